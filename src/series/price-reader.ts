/** Reads a price file that comes in pieces: a small one by a library, a large one byte by byte in little memory. */
import { checkOneOf } from '../check.js';
import { DataError, InsufficientDataError } from '../errors.js';
import { LongRows } from './long-rows.js';
import { finishPanel } from './price-finish.js';
import { type PriceRows, type RowFilter, WideRows } from './price-rows.js';
import { checkReadOptions, type ReadPricesOptions, type ReadPricesResult, symbolOf } from './read-options.js';
import { type PlanChoice, planRead, type ReadPlan, SAMPLE_ROWS } from './read-plan.js';
import { RowProblems } from './row-problems.js';
import { ByteRows } from './table/byte-rows.js';
import {
  decodeText,
  type Encoding,
  encodingOf,
  nulError,
  refuseEmpty,
  refuseNul,
  withoutMark,
} from './table/decode.js';
import { jsonRows, looksLikeJson } from './table/json-rows.js';
import { TextRow } from './table/row.js';
import { findSeparator } from './table/separator.js';
import { lineEndOf, type SplitRows, splitRows } from './table/split-rows.js';
import { Utf8Check } from './table/utf8-check.js';

/** Bytes up to which a file is read as one text. */
const TEXT_BYTES = 4_000_000;
/** Of a large file, the bytes that the plan is made from; and its rows, fewer where they are long. */
const SAMPLE_BYTES = 1 << 20;
const SAMPLE_CELLS = 60_000;
const SAMPLE_ROWS_MIN = 20;
/** Most bytes of blank lines before a table. */
const BLANK_MAX = 8_000_000;
/** A size from which on it is no file's. */
const SIZE_MAX = 1e12;
/** Most bytes of a text: the longest that engines hold. */
const TEXT_MAX = 500_000_000;

/**
 * Reads prices from the bytes of a file, piece by piece, with bounded memory.
 *
 *     const reader = new PriceReader({ file: 'prices.csv' });
 *     for await (const piece of file.stream()) reader.push(piece);
 *     const { panel, notes } = reader.finish();
 *
 * Options, results and errors are those of `readPrices`. Up to 4 MB and JSON are read as one text at the end; larger
 * files row by row as they come, about 100 MB a second, keeping 16 bytes a row and 8 a price.
 */
export class PriceReader {
  /** Bytes of the whole file, where they are known before: a good guess of the rows saves copies. */
  size = 0;
  readonly #options: ReadPricesOptions;
  readonly #choice: PlanChoice;
  readonly #filter: RowFilter;
  readonly #problems: RowProblems;
  readonly #limit: number;
  readonly #utf8: Utf8Check;
  /** Pieces kept until the file is known to be large. */
  #kept: Uint8Array[] = [];
  #bytes = 0;
  #rows: ByteRows | undefined;
  #taker: WideRows | LongRows | undefined;
  #utf16: InstanceType<typeof TextDecoder> | undefined;
  #whole = false;
  #started = false;

  /** `scanner` forces one of the two ways to read, for comparing them: row by row, or as one text. Default: by size. */
  constructor(options: ReadPricesOptions & { readonly scanner?: 'bytes' | 'text' } = {}) {
    const { scanner, ...rest } = options;
    if (scanner !== undefined) checkOneOf('options.scanner', scanner, ['bytes', 'text']);
    const checked = checkReadOptions(rest);
    this.#options = rest;
    this.#choice = checked.choice;
    this.#filter = checked.filter;
    this.#problems = new RowProblems(rest.file, rest.maxErrors ?? 5, rest.onReject);
    this.#utf8 = new Utf8Check(this.#problems);
    this.#limit = scanner === 'bytes' ? 0 : scanner === 'text' ? Infinity : TEXT_BYTES;
  }

  /** Takes the next piece. Throws as `readPrices` does for what is wrong so far. */
  push(piece: Uint8Array): void {
    this.#bytes += piece.length;
    if (this.#rows !== undefined) {
      this.#scan(piece);
      return;
    }
    this.#kept.push(piece.slice());
    if (this.#bytes > TEXT_MAX) {
      const message = `must be at most ${TEXT_MAX} bytes as JSON. Fix: save the prices as CSV, which may be larger`;
      throw new DataError(message, this.#problems.place());
    }
    if (this.#bytes > Math.max(this.#limit, TEXT_BYTES) && !this.#whole) this.#begin();
  }

  /** Ends the file: the panel and what the reader saw. */
  finish(): ReadPricesResult {
    if (this.#rows === undefined && this.#limit === 0 && this.#bytes > 0) this.#begin();
    if (this.#rows === undefined) return this.#finishText(decodeText(joined(this.#kept), this.#problems));
    if (this.#utf16 !== undefined) this.#recode(new Uint8Array(0), true);
    else this.#utf8.end(this.#rows.line);
    this.#rows.end();
    return this.#finish(this.#taker!);
  }

  /** The whole text at once, as `readPrices` has it. */
  readText(text: string): ReadPricesResult {
    return this.#finishText(withoutMark(text, this.#problems));
  }

  #finishText(body: string): ReadPricesResult {
    const problems = this.#problems;
    refuseEmpty(body, problems);
    const { format, separator: wanted } = this.#options;
    if (format === 'json' || (looksLikeJson(body) && wanted === undefined)) return this.#finishJson(body);
    const separator = wanted ?? findSeparator(body, problems);
    const split = splitRows(body, separator, problems);
    return this.#takeAll(split, separator, this.#choice, { source: body });
  }

  #finishJson(body: string): ReadPricesResult {
    const problems = this.#problems;
    problems.unit = 'record';
    const rows = jsonRows(body, problems);
    const choice = { ...this.#choice, header: this.#choice.header ?? (rows.header ? true : undefined) };
    return this.#takeAll(rows, ',', choice, { symbol: rows.symbol, json: rows.shape });
  }

  #takeAll(
    split: SplitRows,
    separator: string,
    choice: PlanChoice,
    about: { readonly source?: string; readonly symbol?: string | undefined; readonly json?: string },
  ): ReadPricesResult {
    const problems = this.#problems;
    const plan = planRead(sampleOf(split), separator, choice, problems);
    const taker = this.#takerOf(plan, split.rows.length, about.symbol);
    const row = new TextRow(separator, about.source);
    for (let i = 0; i < split.rows.length; i++) {
      row.cells = split.rows[i]!;
      row.line = split.lines[i]!;
      taker.take(row);
    }
    return this.#finish(taker, about.json);
  }

  #takerOf(plan: ReadPlan, rows: number, symbol?: string): WideRows | LongRows {
    const name = plan.symbol ?? symbol ?? symbolOf(this.#options.file);
    return plan.layout.name === 'wide'
      ? new WideRows(plan, this.#filter, this.#problems, rows)
      : new LongRows(plan, this.#filter, this.#problems, name, rows);
  }

  /** The file is large: makes the plan from what is there and goes on row by row. */
  #begin(): void {
    const problems = this.#problems;
    const head = joined(this.#kept);
    const encoding = encodingOf(head, problems);
    if (encoding.startsWith('utf-16')) this.#utf16 = new TextDecoder(encoding, { fatal: true });
    else if (head.includes(0)) refuseNul(new TextDecoder().decode(head), problems);
    const sample = startOf(head, encoding, problems);
    const { format, separator: wanted } = this.#options;
    if (format === 'json' || (looksLikeJson(sample) && wanted === undefined)) {
      // JSON is read as one text, whatever its size.
      this.#whole = true;
      return;
    }
    if (sample.trim() === '') {
      // Looking at a blank start again and again would take ever longer.
      if (head.length <= BLANK_MAX) return;
      const message = `must start with a table, but has ${BLANK_MAX} blank characters first. Fix: remove them`;
      throw new DataError(message, problems.place());
    }
    const separator = wanted ?? findSeparator(sample, problems);
    const split = sampleOf(splitRows(sample, separator, problems, true));
    const plan = planRead(split, separator, this.#choice, problems);
    this.#taker = this.#takerOf(plan, this.#expectedRows(split));
    const taker = this.#taker;
    const numeric = plan.layout.prices.map(({ column }) => column);
    if (plan.layout.volumeColumn >= 0) numeric.push(plan.layout.volumeColumn);
    this.#rows = new ByteRows(separator, lineEndOf(sample), numeric, problems, (row) => {
      taker.take(row);
    });
    if (lineEndOf(sample) === '\n') {
      this.#rows.direct = taker.direct(separator.charCodeAt(0));
    }
    const pieces = encoding === 'utf-8' ? this.#kept : [encoding === 'utf-8-bom' ? head.subarray(3) : head];
    this.#kept = [];
    for (const piece of pieces) this.#scan(piece);
  }

  /** UTF-16 to UTF-8, the last piece with `end`. */
  #recode(piece: Uint8Array, end: boolean): Uint8Array {
    try {
      return new TextEncoder().encode(this.#utf16!.decode(piece, { stream: !end }));
    } catch (cause) {
      const half = end && this.#bytes % 2 !== 0;
      const what = half ? 'UTF-16 text ends in half a character' : 'must be whole UTF-16 text';
      const message = `${what}. Fix: save the file as UTF-8`;
      throw new DataError(message, this.#problems.place(), { cause });
    }
  }

  /** About how many rows the whole file has, 0 where its size is not known. */
  #expectedRows(sample: SplitRows): number {
    const { size } = this;
    if (!(size > 0 && size < SIZE_MAX)) return 0;
    let characters = 0;
    for (const row of sample.rows) for (const cell of row) characters += cell.length + 1;
    return Math.ceil((1.1 * size * sample.rows.length) / Math.max(1, characters));
  }

  #scan(piece: Uint8Array): void {
    let bytes = this.#utf16 === undefined ? piece : this.#recode(piece, false);
    // A second byte order mark, as the library skips it too.
    if (!this.#started && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
      bytes = bytes.subarray(3);
    this.#started = true;
    if (this.#utf16 === undefined) this.#utf8.check(bytes, this.#rows!.line);
    else if (bytes.includes(0)) throw nulError(this.#problems, this.#rows!.line);
    this.#rows!.push(bytes);
  }

  #finish(taker: WideRows | LongRows, json?: string): ReadPricesResult {
    const problems = this.#problems;
    if (taker.seen === 0) {
      const fix = 'add the data rows';
      throw new InsufficientDataError(`has a header but no rows. Fix: ${fix}`, problems.place(), {
        field: 'rows',
        value: 0,
        constraint: 'at least 2 rows',
        fix,
      });
    }
    const rows: PriceRows = taker.finish();
    problems.throwIfAny();
    return finishPanel(rows, taker, this.#options, problems, json);
  }
}

/** The text of the first bytes, whole lines where there are several; `DataError` where they are no text. */
function startOf(head: Uint8Array, encoding: Encoding, problems: RowProblems): string {
  const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding;
  const bytes = head.subarray(0, SAMPLE_BYTES);
  let text: string;
  try {
    text = new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return decodeText(head, problems);
  }
  const end = bytes.length < head.length ? text.lastIndexOf(lineEndOf(text)) : -1;
  return end < 0 ? text : text.slice(0, end + 1);
}

/** How many rows of so many cells the plan is made from. */
function sampleRows(width: number): number {
  return Math.max(SAMPLE_ROWS_MIN, Math.min(SAMPLE_ROWS, Math.floor(SAMPLE_CELLS / width)));
}

/** The rows that the plan is made from. */
function sampleOf(split: SplitRows): SplitRows {
  const end = Math.min(split.rows.length, sampleRows(split.rows[0]?.length ?? 1));
  return { rows: split.rows.slice(0, end), lines: split.lines.subarray(0, end) };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
