/** The price files of fixtures/layouts, and what the generator says is in them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Mat } from '../check.js';
import { NbError } from '../errors.js';
import type { PriceField } from '../series/price-layout.js';
import type { PricePanel } from '../series/price-panel.js';
import { PriceReader } from '../series/price-reader.js';
import type { ReadPricesOptions, ReadPricesResult } from '../series/read-options.js';
import { ROOT, readJson } from './repository.js';

/** One file of fixtures/layouts. */
export interface LayoutFile {
  readonly file: string;
  /** Options that the file needs. */
  readonly options: ReadPricesOptions;
  readonly symbols: readonly string[];
  readonly days: readonly number[];
  readonly priceScale: number;
  /** Cells that had more than six decimals. */
  readonly roundedCells: number;
  /** For each field of the panel its ticks, days × symbols; null where a price is missing. */
  readonly ticks: Readonly<Partial<Record<PriceField, readonly (number | null)[]>>>;
}

/** What a reader must give for a file: all of `LayoutFile` but name and options. */
export type LayoutContent = Omit<LayoutFile, 'file' | 'options'>;

/** The files and their content, from the generator. */
export function layoutFiles(): readonly LayoutFile[] {
  return readJson<{ files: LayoutFile[] }>('fixtures/layouts/expected.json').files;
}

/** The bytes of a file; a compressed one is unpacked. */
export function layoutBytes(file: string): Uint8Array {
  const bytes = readFileSync(join(ROOT, 'fixtures/layouts', file));
  return new Uint8Array(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

/** What `expected.json` says of a file, without name and options. */
export function contentOf({ file: _file, options: _options, ...content }: LayoutFile): LayoutContent {
  return content;
}

/** A panel in the form of `expected.json`. */
export function contentRead({ panel, notes }: ReadPricesResult): LayoutContent {
  const { symbols, dates, priceScale } = panel;
  const ticks = Object.fromEntries(fieldsOf(panel).map(([field, mat]) => [field, numbers(mat)]));
  return { symbols, days: [...dates], priceScale, roundedCells: notes.roundedCells, ticks };
}

/** The matrices of a panel by their names, close first. */
export function fieldsOf(panel: PricePanel): [PriceField, Mat][] {
  const names = ['close', 'open', 'high', 'low'] as const;
  return names.flatMap((name) =>
    panel[name] === undefined ? [] : [[name, panel[name]] as [PriceField, Mat]],
  );
}

function numbers(mat: Mat): (number | null)[] {
  return Array.from(mat.data, (value) => (Number.isNaN(value) ? null : value));
}

/** Reads bytes that come in pieces of `size`. */
export function readInPieces(
  bytes: Uint8Array,
  size: number,
  options: NonNullable<ConstructorParameters<typeof PriceReader>[0]>,
): ReadPricesResult {
  const reader = new PriceReader(options);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return reader.finish();
}

/** What came of reading, as one text: the panel and the notes, or the error. Errors that are not ours go on. */
export function outcomeOf(read: () => ReadPricesResult): string {
  try {
    const { panel, notes } = read();
    const mats = fieldsOf(panel).map(
      ([field, { data, rows, cols }]) => `${field} ${rows}x${cols} ${data.join()}`,
    );
    const head = [panel.symbols, panel.priceScale, panel.dates.join(), notes];
    return [JSON.stringify(head), ...mats].join('\n');
  } catch (error) {
    if (!(error instanceof NbError)) throw error;
    const place = 'place' in error ? error.place : undefined;
    return JSON.stringify([error.name, error.code, error.message, place, error.detail]);
  }
}
