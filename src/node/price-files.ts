/** Price files of any size, one or many, a folder or standard input: read in pieces, gzip unpacked on the way. */
import { createReadStream, type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataSourceError, ValidationError } from '../errors.js';
import { checkEnough } from '../series/price-finish.js';
import { mergePanels } from '../series/merge-panels.js';
import { applyMissing, countMissing } from '../series/missing-cells.js';
import type { PricePanel } from '../series/price-panel.js';
import { PriceReader } from '../series/price-reader.js';
import type { ReadNotes, ReadPricesOptions } from '../series/read-options.js';
import { RowProblems } from '../series/row-problems.js';
import { pickSymbols } from '../series/pick-symbols.js';
import { formatDate } from '../time.js';
import { readError } from './files.js';
import { checkOnProgress, feed, PIECE } from './pieces.js';

/** Endings of the files of a folder that are read; each may be followed by `.gz`. */
const ENDINGS = /\.(?:csv|txt|tsv|json|jsonl|ndjson)(?:\.gz)?$/i;

/** A file that was read. */
export interface PriceFile {
  readonly name: string;
  /** SHA-256 of the bytes as they stand in the file, in hex. */
  readonly sha256: string;
}

/** Prices of all files, and what was seen. */
export interface PriceFilesResult {
  readonly panel: PricePanel;
  /** Of the file where there was one; else of each, in order. */
  readonly notes: readonly ReadNotes[];
  readonly files: readonly PriceFile[];
  /** For a person, one line each. */
  readonly sentences: readonly string[];
}

/** What `readPriceFiles` takes besides the options of `readPrices`. */
export interface PriceFilesOptions extends Omit<ReadPricesOptions, 'file' | 'onReject'> {
  /** Told about bad rows, which are then left out, with the file they are in. */
  readonly onReject?: (row: Parameters<NonNullable<ReadPricesOptions['onReject']>>[0], file: string) => void;
  /** Told how many bytes of how many have been read; the total is NaN where it is not known. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Name that messages use instead of a path. */
  readonly label?: string;
  /** Where `-` reads from. Default: the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/**
 * Reads prices from files: what `readPrices` reads, plain or gzip, in bounded memory whatever the size.
 *
 * paths    files; a folder stands for the price files in it (`.csv`, `.txt`, `.tsv`, `.json`, `.jsonl`, each also
 *          `.gz`), in the order of their names; `-` is standard input. Several files are laid side by side, each with
 *          symbols of its own; a file of one symbol is named after itself
 * options  those of `readPrices`, without `file`; `symbols` and `missing` apply to all files together
 *
 * Throws as `readPrices` does, `DataSourceError` for a path that cannot be read. About 100 MB a second; kept are 16
 * bytes a row and 8 a price.
 */
export async function readPriceFiles(
  paths: readonly string[],
  options: PriceFilesOptions = {},
): Promise<PriceFilesResult> {
  if (!Array.isArray(paths) || paths.length === 0) {
    throw new ValidationError('paths', paths, 'at least one path', 'name a file, a folder, or -');
  }
  const { label, onProgress, onReject, stdin, ...reading } = options;
  checkOnProgress(onProgress);
  if (label !== undefined && typeof label !== 'string') {
    throw new ValidationError('options.label', label, 'a text', 'pass the name that messages use');
  }
  const files = paths.flatMap((path) => expand(path));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const several = files.length > 1;
  const each: ReadPricesOptions = several ? withoutCommon(reading) : reading;
  const parts: { panel: PricePanel; notes: ReadNotes; file: string; sha256: string }[] = [];
  let done = 0;
  for (const { path, bytes } of files) {
    const file = label ?? (path === '-' ? 'standard input' : path);
    const reject = onReject === undefined ? {} : { onReject: (row: RejectedRow) => onReject(row, file) };
    const reader = new PriceReader({ ...each, file, ...reject });
    reader.size = bytes;
    const source = path === '-' ? (stdin ?? process.stdin) : createReadStream(path, { highWaterMark: PIECE });
    const sha256 = await feed(reader, source, file, (read) => onProgress?.(done + read, total));
    done += bytes;
    parts.push({ ...reader.finish(), file, sha256 });
  }
  const listed = parts.map(({ file, sha256 }) => ({ name: basename(file), sha256 }));
  const notes = parts.map((part) => part.notes);
  if (!several) {
    return { panel: parts[0]!.panel, notes, files: listed, sentences: notes[0]!.sentences };
  }
  const merged = pickSymbols(mergePanels(parts), reading.symbols);
  const problems = new RowProblems(undefined, 1);
  const { panel, sentence } = applyMissing(
    merged,
    countMissing(merged.close),
    reading.missing ?? 'keep',
    problems,
  );
  checkEnough(panel.dates.length, reading, problems);
  return { panel, notes, files: listed, sentences: summary(panel, notes, listed, sentence) };
}

type RejectedRow = Parameters<NonNullable<ReadPricesOptions['onReject']>>[0];

/** The options without those that concern all files together. */
function withoutCommon(options: ReadPricesOptions): ReadPricesOptions {
  const { symbols: _symbols, missing: _missing, ...rest } = options;
  return rest;
}

/** The files that a path stands for. */
function expand(path: string): { path: string; bytes: number }[] {
  if (path === '-') return [{ path, bytes: Number.NaN }];
  try {
    const stats = statSync(path);
    if (!stats.isDirectory()) return [{ path, bytes: stats.isFile() ? stats.size : Number.NaN }];
    const names = readdirSync(path, { withFileTypes: true })
      .filter(
        (entry: Dirent) => !entry.isDirectory() && ENDINGS.test(entry.name) && !entry.name.startsWith('.'),
      )
      .map(({ name }) => name)
      .sort((a, b) => (a < b ? -1 : 1));
    if (names.length > 0) {
      return names.map((name) => ({ path: join(path, name), bytes: statSync(join(path, name)).size }));
    }
  } catch (cause) {
    throw readError(path, cause);
  }
  const constraint = 'a folder with .csv, .txt, .tsv or .json files';
  const fix = 'name the files, or put prices into it';
  throw new DataSourceError(
    `must be ${constraint}, but has none. Fix: ${fix}`,
    { file: path },
    {
      detail: { field: 'paths', value: path, constraint, fix },
    },
  );
}

/** What was seen in several files: the whole, then what some of them have in common. */
function summary(
  panel: PricePanel,
  notes: readonly ReadNotes[],
  files: readonly PriceFile[],
  missing: string,
): string[] {
  const span = `${formatDate(panel.dates[0]!)} to ${formatDate(panel.dates.at(-1)!)}`;
  const lines = [
    `Read ${panel.dates.length} dates of ${panel.symbols.length} symbols, ${span}, from ${notes.length} files.`,
  ];
  const counts = new Map<string, number>();
  const firsts = new Map<string, string>();
  for (const [i, { sentences }] of notes.entries()) {
    for (const sentence of sentences) {
      if (/^(?:Read |Price scale |\d+ cells? without)/.test(sentence)) continue;
      counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
      if (!firsts.has(sentence)) firsts.set(sentence, files[i]!.name);
    }
  }
  for (const [sentence, count] of [...counts].slice(0, 12)) {
    const others = count > 1 ? ` and ${count - 1} more` : '';
    lines.push(`${count === notes.length ? 'All files' : `${firsts.get(sentence)!}${others}`}: ${sentence}`);
  }
  if (counts.size > 12) lines.push(`${counts.size - 12} more remarks about single files.`);
  lines.push(`Price scale ${panel.priceScale}: the finest of the files.`);
  if (missing !== '') lines.push(missing);
  return lines;
}
