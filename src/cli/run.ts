/** `nb-backtest run`: files in, a backtest, a report out. */
import { backtestWeights } from '../backtest/run.js';
import type { BacktestResult } from '../backtest/types.js';
import type { Mat } from '../check.js';
import { ConfigError, InvalidWeightsError } from '../errors.js';
import { backtestWeightsAsync } from '../node/backtest-async.js';
import { writeFileAtomic } from '../node/files.js';
import { reportCsv } from '../report/csv.js';
import { reportHtml } from '../report/html.js';
import { reportJson } from '../report/json.js';
import { reportText } from '../report/text.js';
import type { ReportInput } from '../report/types.js';
import type { PricePanel } from '../series/price-panel.js';
import { TARGET_NAMES } from '../targets/target-names.js';
import { version } from '../version.js';
import type { Context } from './context.js';
import { pricesArgument } from './run-arguments.js';
import { loadBenchmark } from './run-benchmark.js';
import { type Found, refuseOverwriting } from './run-files.js';
import { type RunOptions, readRunOptions } from './run-options.js';
import { loadPrices } from './run-prices.js';
import { loadWeights, type Targets } from './run-weights.js';
import type { Settings } from './settings.js';

/** Cells of a backtest of about half a second; a longer one goes to a thread, so that Ctrl-C is heard meanwhile. */
const CELLS_AT_ONCE = 5_000_000;

/** What to do about a wrong guess of the reader. */
const OVERRIDE =
  'Read otherwise: --format, --columns, --separator, --decimal, --date-order, --header, --adjusted (nb-backtest help run).';

/** `nb-backtest run PRICES`. */
export async function runCommand(context: Context): Promise<void> {
  await runOn(pricesArgument(context), undefined, context);
}

/** Runs and writes; throws what went wrong. `label` stands for the path of the prices where the file is our own. */
export async function runOn(
  prices: readonly string[],
  label: string | undefined,
  context: Context,
): Promise<void> {
  const { settings, journal, console } = context;
  const options = readRunOptions(settings);
  const { source, output } = options;
  refuseOverwriting(settings, prices);
  const found: Found = { files: [], notes: [] };
  const { panel, benchmark } = await journal.phase('read', async () => {
    const panel = await loadPrices(prices, label, source, context, found);
    return { panel, benchmark: await loadBenchmark(panel, source, settings, found) };
  });
  const targets = await journal.phase('targets', () =>
    loadWeights(panel, source, settings, benchmark, found),
  );
  found.notes.push(timing(options));
  const result = await journal.phase('backtest', () => backtest(panel, targets, options, settings));
  if (result.trades?.count === 0)
    found.notes.push('No order was made: check prices, weights, limits and minimum fee.');
  const report: ReportInput = {
    result,
    name: source.name ?? title(options, targets),
    ...(benchmark ? { benchmark } : {}),
    prices: panel,
    provenance: { command: context.line(), files: found.files, version, notes: found.notes },
  };
  for (const sentence of found.notes) journal.note(sentence);
  if (label === undefined) journal.note(OVERRIDE);
  const text = await journal.phase('report', () => {
    // The page first: if it cannot be written, no result is printed as if all were well.
    if (output.html !== undefined) writeFileAtomic(output.html, reportHtml(report));
    if (output.format === 'json') return reportJson(report);
    if (output.format === 'csv') return reportCsv(report);
    return reportText(report, { color: context.color, ...widthOf(context) });
  });
  console.out(text);
  if (output.html !== undefined) journal.note(`Wrote ${output.html}`);
}

function widthOf({ console }: Context): { width?: number } {
  return console.width === undefined ? {} : { width: console.width };
}

async function backtest(
  panel: PricePanel,
  targets: Targets,
  options: RunOptions,
  settings: Settings,
): Promise<BacktestResult> {
  const input = {
    prices: pricesFor(panel, options, settings),
    weights: targets.weights,
    symbols: panel.symbols,
    dates: panel.dates,
  };
  const config = { ...options.backtest, priceScale: panel.priceScale };
  try {
    return panel.dates.length * panel.symbols.length > CELLS_AT_ONCE
      ? await backtestWeightsAsync(input, config)
      : backtestWeights(input, config);
  } catch (error) {
    throw atItsLine(error, targets);
  }
}

/** Weights that are refused stand in a file: its line says more than the number of the bar. */
function atItsLine(error: unknown, targets: Targets): unknown {
  if (!(error instanceof InvalidWeightsError)) return error;
  const { field, value, constraint, fix } = error.detail;
  const [text, bar] = /^weights at bar (\d+)/.exec(field) ?? [];
  const place = bar === undefined ? undefined : targets.placeOf(Number(bar));
  if (text === undefined || place === undefined) return error;
  const where = field.replace(text, `${place.file}, line ${place.row}`);
  return new InvalidWeightsError(where, value, constraint, fix, { place, cause: error });
}

function pricesFor(
  panel: PricePanel,
  options: RunOptions,
  settings: Settings,
): Mat | { open: Mat; high: Mat; low: Mat; close: Mat } {
  const { open, high, low, close } = panel;
  if (options.backtest.fillPolicy === 'close') return close;
  if (open && high && low) return { open, high, low, close };
  throw new ConfigError(
    settings.label('fill'),
    settings.choice('fill'),
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

function title(options: RunOptions, targets: Targets): string {
  const { weights, rebalance } = options.source;
  const made = (TARGET_NAMES as readonly string[]).includes(weights);
  if (!made) return targets.title;
  const when =
    typeof rebalance === 'string'
      ? rebalance
      : 'every' in rebalance
        ? `every ${rebalance.every} bars`
        : 'on listed dates';
  return `${targets.title}, rebalanced ${when}`;
}
