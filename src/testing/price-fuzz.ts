/**
 * Damaged price files against the reader: every one gives prices or an error of ours, by both ways of reading alike,
 * in good time, and no prototype changes.
 */
import { NbError } from '../errors.js';
import { PRICE_FORMATS } from '../series/price-formats.js';
import { PriceReader } from '../series/price-reader.js';
import type { ReadPricesOptions, ReadPricesResult } from '../series/read-options.js';
import { fieldsOf, outcomeOf } from './layouts.js';
import { damaged, type SeedFile, seedFiles } from './price-mutations.js';
import { type Random, randomStream } from './random.js';
import { stopwatch } from './stopwatch.js';

/** What came of many damaged files. */
export interface FuzzReport {
  inputs: number;
  bytes: number;
  /** Files that gave prices. */
  panels: number;
  /** Errors by name. */
  readonly errors: Map<string, number>;
  /** Longest time of one reading in milliseconds for each 100 kB, files below counted as such. */
  slowest: number;
  /** Broken promises; the first few in words. */
  problemCount: number;
  readonly problems: string[];
}

/** Milliseconds that 100 kB may take. */
const LIMIT = 1_000;
const PROBLEMS_SHOWN = 20;

/** One damaged file. */
export interface FuzzInput {
  readonly bytes: Uint8Array;
  readonly options: ReadPricesOptions;
  /** How it was made. */
  readonly story: string;
}

/** Input `index` of a seed; the same in every run. */
export function fuzzInput(seed: number, index: number, seeds: readonly SeedFile[]): FuzzInput {
  const random = randomStream(seed, index);
  const { bytes, story } = damaged(random, seeds);
  const options = random.oneIn(3) ? someOptions(random) : {};
  return { bytes, options, story: `${story} ${JSON.stringify(options)}` };
}

function someOptions(random: Random): ReadPricesOptions {
  const all: readonly ReadPricesOptions[] = [
    { format: random.of(PRICE_FORMATS) },
    { separator: random.of([',', ';', '\t', '|'] as const) },
    { decimal: random.of(['.', ','] as const) },
    { dateOrder: random.of(['ymd', 'dmy', 'mdy'] as const) },
    { header: random.oneIn(2) },
    { columns: { date: random.of([1, 2, 'Date']), close: random.of([2, 5, 9, 'Close', '__proto__']) } },
    { missing: random.of(['keep', 'skip-empty', 'error', 'drop', 'carry'] as const) },
    { intraday: 'daily' },
    { adjusted: false },
    { priceScale: random.of([1, 100, 1_000_000]) },
    { symbols: [random.of(['AAPL', 'KO', '__proto__', '^IXIC', 'constructor'])] },
    { from: 16_810, lastDay: 16_815 },
    { maxErrors: 1 },
  ];
  const chosen = Array.from({ length: 1 + random.below(2) }, () => random.of(all));
  return Object.assign({}, ...chosen) as ReadPricesOptions;
}

/** Reads a file one way; rejected rows are part of the outcome. */
function readOne(input: FuzzInput, scanner: 'text' | 'bytes', size: number, rejects: boolean): string {
  const rejected: unknown[] = [];
  const own: NonNullable<ConstructorParameters<typeof PriceReader>[0]> = {
    ...input.options,
    scanner,
    file: 'f.csv',
    ...(rejects ? { onReject: (row) => rejected.push(row) } : {}),
  };
  const { bytes } = input;
  const outcome = outcomeOf(() => {
    const reader = new PriceReader(own);
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    const result = reader.finish();
    checkPanel(result);
    return result;
  });
  return outcome + JSON.stringify(rejected);
}

/** Throws where a panel is not what the reader promises. */
function checkPanel({ panel, notes }: ReadPricesResult): void {
  const { dates, symbols, priceScale } = panel;
  const fault = (what: string): never => {
    throw new Error(`promise broken: ${what}`);
  };
  if (dates.length < 2 || symbols.length < 1) fault(`${dates.length} dates and ${symbols.length} symbols`);
  for (let t = 1; t < dates.length; t++) if (dates[t]! <= dates[t - 1]!) fault(`date ${t} does not rise`);
  if (new Set(symbols).size !== symbols.length) fault('a symbol stands twice');
  if (![1, 10, 100, 1e3, 1e4, 1e5, 1e6].includes(priceScale)) fault(`price scale ${priceScale}`);
  for (const [field, { data, rows, cols }] of fieldsOf(panel)) {
    if (rows !== dates.length || cols !== symbols.length || data.length !== rows * cols)
      fault(`${field} has another shape`);
    for (const tick of data) {
      if (!Number.isNaN(tick) && !(Number.isSafeInteger(tick) && tick > 0)) fault(`${field} holds ${tick}`);
    }
  }
  for (const sentence of notes.sentences) {
    const own = sentence.replace(/"(?:[^"\\]|\\.)*"/g, '');
    if (own === '' || /undefined|NaN|\[object/.test(own)) fault(`a note says ${sentence}`);
  }
}

/** Everything that hangs on Object.prototype and its like, as text. */
function prototypes(): string {
  const roots = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype];
  return roots.map((root) => Reflect.ownKeys(root).map(String).join()).join(';');
}

/** Reads one damaged file both ways and adds what came of it to the report. */
export function fuzzOne(seed: number, index: number, seeds: readonly SeedFile[], report: FuzzReport): void {
  const random = randomStream(seed + 1, index);
  const rejects = random.oneIn(4);
  const size = random.of([1 << 20, 4_096, 64, 7]);
  const input = fuzzInput(seed, index, seeds);
  const problem = (text: string): void => {
    report.problemCount += 1;
    if (report.problems.length < PROBLEMS_SHOWN)
      report.problems.push(`seed ${seed}, input ${index}, ${input.story}: ${text}`);
  };
  report.inputs += 1;
  report.bytes += input.bytes.length;
  try {
    const textTime = stopwatch();
    const byText = readOne(input, 'text', 1 << 20, rejects);
    const longestText = textTime();
    const bytesTime = stopwatch();
    const byBytes = readOne(input, 'bytes', size, rejects);
    const longest = Math.max(longestText, bytesTime());
    const slowness = longest / Math.max(1, input.bytes.length / 100_000);
    report.slowest = Math.max(report.slowest, slowness);
    if (slowness > LIMIT) problem(`${longest.toFixed()} ms for ${input.bytes.length} bytes`);
    if (!agree(byText, byBytes)) problem(`two readings differ:${difference(byText, byBytes)}`);
    count(byText, report, problem);
  } catch (error) {
    problem(
      error instanceof Error
        ? `${error.name}: ${error.message} ${error.stack?.split('\n')[1]?.trim()}`
        : String(error),
    );
  }
}

/**
 * Whether two readings say the same. A fault of the file as a whole is found first by the reader of texts and where it
 * stands by the reader of bytes, which may have met another one before: then two errors are agreement.
 */
function agree(byText: string, byBytes: string): boolean {
  if (byText === byBytes) return true;
  const whole =
    /^\["DataError","DATA","[^"]*(?:UTF-8|UTF-16|NUL character|a quote that|a closing quote|characters long)/;
  return whole.test(byText) && byBytes.startsWith('["');
}

/** Counts an outcome: `[[…]]` is a panel, `["DataError", …]` an error, which must say something. */
function count(outcome: string, report: FuzzReport, problem: (text: string) => void): void {
  const name = /^\["(\w+)","\w+","(?=[^"])/.exec(outcome)?.[1];
  if (outcome.startsWith('[[')) report.panels += 1;
  else if (name === undefined) problem(`an error without a message: ${clip(outcome)}`);
  else report.errors.set(name, (report.errors.get(name) ?? 0) + 1);
}

/** Both texts from a little before the place where they part. */
function difference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, at - 60);
  return [a, b].map((text) => `\n  ${clip(text.slice(0, 40))} … ${clip(text.slice(from))}`).join('');
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** Reads inputs `from` to `to` - 1 of a seed. `tell` is called now and then with how many are done. */
export function fuzzPrices(
  seed: number,
  from: number,
  to: number,
  tell?: (done: number) => void,
): FuzzReport {
  const seeds = seedFiles();
  const report: FuzzReport = {
    inputs: 0,
    bytes: 0,
    panels: 0,
    errors: new Map(),
    slowest: 0,
    problemCount: 0,
    problems: [],
  };
  const before = prototypes();
  for (let index = from; index < to; index++) {
    fuzzOne(seed, index, seeds, report);
    if (index % 10_000 === 9_999) tell?.(index + 1 - from);
  }
  if (prototypes() !== before || NbError.prototype.name !== 'Error') {
    report.problemCount += 1;
    report.problems.push('a prototype has changed');
  }
  return report;
}
