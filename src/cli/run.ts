/** `nb-backtest run`: files in, a backtest, a report out. */
import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { backtestWeights } from '../backtest/run.js';
import { type Mat, nearestHint } from '../check.js';
import { ConfigError, DataError, DataSourceError, UnknownSymbolError } from '../errors.js';
import { readTextAndDigest, writeFileAtomic } from '../node/files.js';
import { reportCsv } from '../report/csv.js';
import { reportHtml } from '../report/html.js';
import { reportJson } from '../report/json.js';
import { reportText } from '../report/text.js';
import type { ReportBenchmark, ReportFile, ReportInput } from '../report/types.js';
import { barAtOrAfter } from '../series/bar-dates.js';
import type { PricePanel } from '../series/price-panel.js';
import { readPrices } from '../series/read-prices.js';
import { readWeights } from '../series/read-weights.js';
import { equalWeights, rebalanceBars } from '../series/rebalance-dates.js';
import { weightsToMatrix } from '../series/weight-schedule.js';
import { version } from '../version.js';
import type { RunOptions, SourceOptions } from './run-options.js';
import { type Console, note } from './terminal.js';

/** The files a run reads, and the command that repeats it. */
export interface RunFiles {
  readonly prices: string;
  /** Shown instead of the path, where the file is our own. */
  readonly label?: string;
  readonly command: string;
}

/** Runs and writes; returns nothing, throws what went wrong. */
export function runCommand(files: RunFiles, options: RunOptions, console: Console): void {
  const { source, output } = options;
  refuseOverwriting(output.html, [files.prices, source.weights, source.benchmark]);
  const read: ReportFile[] = [];
  const notes: string[] = [];
  const panel = loadPrices(files.prices, files.label, source, read, notes);
  const benchmark = loadBenchmark(panel, source, read, notes);
  const weights = loadWeights(panel, source, benchmark, read, notes);
  notes.push(timing(options));
  const result = backtestWeights(
    { prices: pricesFor(panel, options), weights, symbols: panel.symbols, dates: panel.dates },
    { ...options.backtest, priceScale: panel.priceScale },
  );
  const report: ReportInput = {
    result,
    name: source.name ?? title(options, panel, benchmark),
    ...(benchmark ? { benchmark } : {}),
    provenance: { command: files.command, files: read, version, notes },
  };
  if (result.trades?.count === 0)
    notes.push('No order was made: check prices, weights, limits and minimum fee.');
  if (!output.quiet) for (const sentence of notes) note(console, sentence);
  // The page first: if it cannot be written, no result is printed as if all were well.
  if (output.html !== undefined) writeFileAtomic(output.html, reportHtml(report));
  if (output.format === 'json') console.out(reportJson(report));
  else if (output.format === 'csv') console.out(reportCsv(report));
  else console.out(reportText(report, { color: output.color }));
  if (output.html !== undefined && !output.quiet) note(console, `Wrote ${output.html}`);
}

/** A page must not take the place of a file it is made from. */
function refuseOverwriting(html: string | undefined, inputs: readonly (string | undefined)[]): void {
  if (html === undefined || !existsSync(html)) return;
  const target = realpathSync(html);
  for (const input of inputs) {
    if (input !== undefined && existsSync(input) && realpathSync(input) === target) {
      throw new ConfigError('--html', html, 'another file than those that are read', 'choose another name');
    }
  }
}

function load(path: string, label: string | undefined, read: ReportFile[]): string {
  const { text, sha256 } = readTextAndDigest(path);
  read.push({ name: label ?? basename(path), sha256 });
  return text;
}

function loadPrices(
  path: string,
  label: string | undefined,
  source: SourceOptions,
  read: ReportFile[],
  notes: string[],
): PricePanel {
  const { panel, notes: found } = readPrices(load(path, label, read), {
    file: label ?? path,
    ...(source.priceScale === undefined ? {} : { priceScale: source.priceScale }),
    ...(source.from === undefined ? {} : { from: source.from }),
    ...(source.to === undefined ? {} : { to: source.to }),
    ...(source.symbols === undefined ? {} : { symbols: withBenchmark(source) }),
  });
  notes.push(...found.sentences);
  for (const [i, symbol] of panel.symbols.entries()) {
    if (columnOf(panel.close, i).every(Number.isNaN)) {
      throw new DataError(`${symbol} has no price at all; leave it out with --symbols`, {
        file: label ?? path,
      });
    }
  }
  return panel;
}

/** A benchmark column must be read too, even if it is not among the symbols to trade. */
function withBenchmark(source: SourceOptions): readonly string[] {
  const { symbols = [], benchmark } = source;
  if (benchmark === undefined || symbols.includes(benchmark) || existsSync(benchmark)) return symbols;
  return [...symbols, benchmark];
}

interface Benchmark extends ReportBenchmark {
  /** Column of the panel, or -1 when it comes from a file. */
  readonly column: number;
}

function loadBenchmark(
  panel: PricePanel,
  source: SourceOptions,
  read: ReportFile[],
  notes: string[],
): Benchmark | undefined {
  const wanted = source.benchmark;
  if (wanted === undefined) return undefined;
  const column = panel.symbols.indexOf(wanted);
  if (column >= 0) {
    return { name: wanted, returns: priceReturns(carried(columnOf(panel.close, column))), column };
  }
  if (!existsSync(wanted)) {
    throw new ConfigError(
      '--benchmark',
      wanted,
      'a symbol of the prices or a price file',
      nearestHint(wanted, panel.symbols),
    );
  }
  const { panel: other } = readPrices(load(wanted, undefined, read), { file: wanted });
  if (other.symbols.length !== 1) {
    throw new ConfigError('--benchmark', wanted, 'a file of one symbol', 'keep one price column in it');
  }
  const name = other.symbols[0]!;
  const prices = new Float64Array(panel.dates.length);
  let stale = 0;
  const known = carried(columnOf(other.close, 0));
  let before = 0;
  let shared = 0;
  for (const [t, day] of panel.dates.entries()) {
    const at = barAtOrAfter(other.dates, day);
    const exact = at < other.dates.length && other.dates[at] === day;
    prices[t] = exact ? known[at]! : at > 0 ? known[at - 1]! : Number.NaN;
    if (exact) shared += 1;
    else if (at > 0) stale += 1;
    else before += 1;
  }
  if (shared === 0) {
    throw new ConfigError(
      '--benchmark',
      wanted,
      'a file with some of the dates of the prices',
      'give prices of the same years, or set --from and --to',
    );
  }
  if (before > 0)
    notes.push(`Benchmark ${name} starts ${before} bars after the prices; it counts as 0 there.`);
  notes.push(
    `Benchmark ${name} from ${basename(wanted)}${stale > 0 ? `; bars without its price carry the last one: ${stale}` : ''}.`,
  );
  return { name, returns: priceReturns(prices), column: -1 };
}

function columnOf(mat: Mat, column: number): Float64Array {
  return Float64Array.from({ length: mat.rows }, (_, t) => mat.data[t * mat.cols + column]!);
}

/** Prices with each gap filled by the last one before it. */
function carried(prices: Float64Array): Float64Array {
  const out = prices.slice();
  for (let t = 1; t < out.length; t++) if (Number.isNaN(out[t])) out[t] = out[t - 1]!;
  return out;
}

/** Simple returns with 0 at the first bar, as the strategy's entry bar. */
function priceReturns(prices: Float64Array): Float64Array {
  return prices.map((price, t) => (t === 0 ? 0 : price / prices[t - 1]! - 1));
}

function loadWeights(
  panel: PricePanel,
  source: SourceOptions,
  benchmark: Benchmark | undefined,
  read: ReportFile[],
  notes: string[],
): Mat {
  if (source.weights === 'equal') {
    const traded = source.symbols ?? panel.symbols.filter((_, i) => i !== benchmark?.column);
    if (traded.length === 0) {
      throw new ConfigError(
        '--benchmark',
        source.benchmark,
        'not the only symbol',
        'give a file with more symbols',
      );
    }
    const bars = rebalanceBars(panel.dates, source.rebalance);
    return equalWeights(panel, bars, { symbols: traded });
  }
  if (!existsSync(source.weights)) {
    const known = ['equal'];
    if (!/[./\\]/.test(source.weights)) {
      throw new ConfigError(
        '--weights',
        source.weights,
        'equal, or a CSV file of weights',
        nearestHint(source.weights, known),
      );
    }
    throw new DataSourceError('no such file; check the path of --weights', { file: source.weights });
  }
  if (source.rebalanceGiven) {
    throw new ConfigError(
      '--rebalance',
      'with a weights file',
      'left out: the file says when',
      'drop --rebalance',
    );
  }
  const { entries } = readWeights(load(source.weights, undefined, read), { file: source.weights });
  const inRange = entries.filter(
    ({ date }) =>
      (source.from === undefined || date >= source.from) && (source.to === undefined || date <= source.to),
  );
  try {
    const schedule = weightsToMatrix(inRange, panel, { file: source.weights });
    notes.push(...schedule.sentences);
    const left = entries.length - inRange.length;
    if (left > 0) notes.push(`Weights at dates outside --from and --to are left out: ${left}.`);
    return schedule.weights;
  } catch (error) {
    if (error instanceof UnknownSymbolError) {
      throw new UnknownSymbolError(
        `weights in ${source.weights}`,
        error.detail.value,
        error.detail.constraint,
        error.detail.fix,
      );
    }
    throw error;
  }
}

function pricesFor(
  panel: PricePanel,
  options: RunOptions,
): Mat | { open: Mat; high: Mat; low: Mat; close: Mat } {
  const { open, high, low, close } = panel;
  if (options.backtest.fillPolicy === 'close') return close;
  if (open && high && low) return { open, high, low, close };
  throw new ConfigError(
    '--fill',
    options.backtest.fillPolicy === 'nextOpen' ? 'next-open' : 'next-typical',
    'close, as the prices have no open, high and low on the basis of the close',
    'give Open,High,Low,Close columns without a differing adjusted close, or use --fill close',
  );
}

function timing(options: RunOptions): string {
  const { lag = 0, fillPolicy } = options.backtest;
  const bars = lag + (fillPolicy === 'close' ? 0 : 1);
  const price = fillPolicy === 'nextOpen' ? 'open' : fillPolicy === 'nextTypical' ? 'typical price' : 'close';
  if (bars === 0)
    return 'Targets trade at the close of the bar they are known at (lag 0): make sure they do not use that close.';
  return `Targets known at one bar trade at the ${price} ${bars === 1 ? 'of the next bar' : `${bars} bars later`}.`;
}

function title(options: RunOptions, panel: PricePanel, benchmark: Benchmark | undefined): string {
  const { weights, rebalance, symbols } = options.source;
  if (weights !== 'equal') return `Weights from ${basename(weights)}`;
  const count =
    symbols?.length ?? panel.symbols.length - (benchmark !== undefined && benchmark.column >= 0 ? 1 : 0);
  const when =
    typeof rebalance === 'string'
      ? rebalance
      : 'every' in rebalance
        ? `every ${rebalance.every} bars`
        : 'on listed dates';
  return `Equal weight of ${count} symbol${count === 1 ? '' : 's'}, rebalanced ${when}`;
}
