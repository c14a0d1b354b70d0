/** The price files of a run. */
import { existsSync } from 'node:fs';
import type { Mat } from '../check.js';
import { ConfigError, DataError, InsufficientDataError } from '../errors.js';
import { writeFileAtomic } from '../node/files.js';
import { type PriceFilesOptions, readPriceFiles } from '../node/price-files.js';
import { csvText } from '../report/escape.js';
import { barAtOrAfter } from '../series/bar-dates.js';
import { mapPrices, type PricePanel } from '../series/price-panel.js';
import type { RejectedRow } from '../series/row-problems.js';
import { TARGET_NAMES } from '../targets/target-names.js';
import { formatDate } from '../time.js';
import { columnOf } from './columns.js';
import type { Context } from './context.js';
import { SEPARATOR_WORDS } from './options/reading.js';
import { type Found, shownPath } from './run-files.js';
import type { SourceOptions } from './run-options.js';
import type { Settings } from './settings.js';

/** Days that clocks of the world may be ahead of ours. */
const AHEAD = 1;
const DAY_MS = 86_400_000;
/** Rejected rows that are listed, and characters of a cell of the list. */
const REJECTS_MAX = 100_000;
const CELL_MAX = 1_000;
/** Rows from which on the share of bad ones says something. */
const ROWS_MIN = 10;

/** Which prices are wanted. */
export interface PricesWanted extends Pick<SourceOptions, 'symbols' | 'from' | 'to' | 'priceScale'> {
  /** A column that is read beside the symbols, where it is no file. */
  readonly benchmark?: string | undefined;
  /** What the weights are called. */
  readonly weights?: string;
  /** Traded volumes too. */
  readonly volume?: boolean;
}

/** Reads the prices of all paths; symbols without any price are refused. */
export async function loadPrices(
  paths: readonly string[],
  label: string | undefined,
  source: PricesWanted,
  context: Context,
  found: Found,
): Promise<PricePanel> {
  const { settings } = context;
  const rejects = settings.text('rejects');
  const rejected = new Rejects();
  const shown = label ?? paths.map(shownPath).join(', ');
  let bar: ReturnType<Context['progress']> | undefined;
  const { panel, files, notes, sentences } = await readPriceFiles(paths, {
    ...readingOptions(settings, source),
    ...(source.from === undefined || looksBack(source.weights) ? {} : { from: source.from }),
    ...(source.volume === undefined ? {} : { volume: source.volume }),
    ...(source.to === undefined ? {} : { to: source.to }),
    ...(source.symbols === undefined ? {} : { symbols: withBenchmark(source) }),
    ...(label === undefined ? {} : { label }),
    ...(rejects === undefined ? {} : { onReject: (row, file) => rejected.add(row, file) }),
    onProgress: (done, total) => {
      bar ??= context.progress(`Reading ${shown}`, Number.isNaN(total) ? 0 : total, 'B');
      bar.update(done);
    },
  }).finally(() => {
    bar?.stop();
    // The list helps most where reading failed in the end.
    if (rejects !== undefined) rejected.write(rejects);
  });
  for (const [i, { dataRows, rejectedRows }] of notes.entries())
    refuseMostBad(files[i]!.name, dataRows, rejectedRows);
  found.files.push(...files);
  found.notes.push(...sentences);
  if (rejects !== undefined) found.notes.push(`Rejected rows are listed in ${rejects}: ${rejected.count}.`);
  for (const [i, symbol] of panel.symbols.entries()) {
    if (columnOf(panel.close, i).every(Number.isNaN)) {
      const fix = 'leave it out with --symbols';
      throw new DataError(
        `${symbol} has no price at all. Fix: ${fix}`,
        { file: shown },
        {
          detail: { field: 'symbols', value: symbol, constraint: 'a symbol with at least one price', fix },
        },
      );
    }
  }
  return panel;
}

/** Whether targets of this name read prices before the first rebalance. */
function looksBack(weights: string | undefined): boolean {
  return (
    weights !== undefined && weights !== 'equal' && (TARGET_NAMES as readonly string[]).includes(weights)
  );
}

/** The prices from a day on, where older ones were read for targets that look back; `InsufficientDataError` for none. */
export function fromDay(history: PricePanel, from: number | undefined, found: Found): PricePanel {
  const first = from === undefined ? 0 : barAtOrAfter(history.dates, from);
  if (first === 0) return history;
  const rows = history.dates.length - first;
  if (rows < 2) {
    const fix = 'set an earlier --from';
    const detail = {
      field: 'from',
      value: formatDate(from!),
      constraint: 'at least 2 dates from it on',
      fix,
    };
    const message = `must have at least 2 dates from ${formatDate(from!)}, was ${rows}. Fix: ${fix}`;
    throw new InsufficientDataError(message, {}, detail);
  }
  found.notes.push(
    `The run starts on ${formatDate(history.dates[first]!)}; targets look back on the ${first} bars before.`,
  );
  const cut = (mat: Mat): Mat => ({ data: mat.data.slice(first * mat.cols), rows, cols: mat.cols });
  return { ...history, dates: history.dates.slice(first), ...mapPrices(history, cut) };
}

/** How price files are read, those of the benchmark too. */
export function readingOptions(
  settings: Settings,
  source: Pick<PricesWanted, 'priceScale'>,
): PriceFilesOptions {
  const separator = settings.text('separator');
  const header = settings.text('header');
  const decimal = settings.text('decimal');
  const dateOrder = settings.text('date-order');
  return {
    format: settings.choice('format'),
    adjusted: settings.choice('adjusted') === 'yes',
    missing: settings.choice('missing-cells'),
    intraday: settings.choice('intraday'),
    columns: columnChoice(settings),
    lastDay: Math.floor(Date.now() / DAY_MS) + AHEAD,
    ...(separator === undefined ? {} : { separator: SEPARATOR_WORDS[separator]! }),
    ...(header === undefined ? {} : { header: header === 'yes' }),
    ...(decimal === undefined ? {} : { decimal: decimal as '.' | ',' }),
    ...(dateOrder === undefined ? {} : { dateOrder: dateOrder as 'ymd' | 'dmy' | 'mdy' }),
    ...(source.priceScale === undefined ? {} : { priceScale: source.priceScale }),
  };
}

/** `date=Day,close=5` as columns by role. */
function columnChoice(settings: Settings): Record<string, string | number> {
  const choice = new Map<string, string | number>();
  for (const part of settings.list('columns') ?? []) {
    const at = part.indexOf('=');
    if (at < 1 || at === part.length - 1) {
      const constraint = 'pairs of role and column';
      throw new ConfigError(
        settings.label('columns'),
        part,
        constraint,
        'write for example date=Day,close=5',
      );
    }
    const column = part.slice(at + 1).trim();
    choice.set(part.slice(0, at).trim(), /^\d+$/.test(column) ? Number(column) : column);
  }
  return Object.fromEntries(choice);
}

/** Where more than half of the rows are bad, the file is misread, or one date puts all later rows out of order. */
function refuseMostBad(file: string, rows: number, bad: number): void {
  if (rows < ROWS_MIN || bad * 2 <= rows) return;
  const fix = 'look at the list of rejected rows: one wrong date may put all later ones out of order';
  const detail = { field: 'rows', value: bad, constraint: 'at most half of the rows bad', fix };
  throw new DataError(
    `must have at most half of its rows bad, but ${bad} of ${rows} are. Fix: ${fix}`,
    { file },
    { detail },
  );
}

/** The list of rejected rows, as CSV. */
class Rejects {
  count = 0;
  readonly #lines: string[] = ['file,line,column,value,reason,row'];

  add(row: RejectedRow, file: string): void {
    this.count += 1;
    if (this.count > REJECTS_MAX) return;
    const cells = [file, String(row.line), row.column ?? '', row.value, row.reason, row.text];
    this.#lines.push(cells.map((cell) => csvText(cell.slice(0, CELL_MAX))).join(','));
  }

  write(path: string): void {
    const more = this.count - REJECTS_MAX;
    if (more > 0) this.#lines.push(csvText(`and ${more} more rows`));
    writeFileAtomic(path, `${this.#lines.join('\n')}\n`);
  }
}

/** A benchmark column must be read too, even if it is not among the symbols to trade. */
function withBenchmark(source: PricesWanted): readonly string[] {
  const { symbols = [], benchmark } = source;
  if (benchmark === undefined || symbols.includes(benchmark) || existsSync(benchmark)) return symbols;
  return [...symbols, benchmark];
}
