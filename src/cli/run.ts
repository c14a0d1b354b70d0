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
import { type Context, widthOf } from './context.js';
import { isManner, optionNamed } from './options/index.js';
import { pricesArgument } from './run-arguments.js';
import { loadBenchmark } from './run-benchmark.js';
import { type Found, refuseOverwriting } from './run-files.js';
import { type RunOptions, readRunOptions } from './run-options.js';
import { fromDay, loadPrices } from './run-prices.js';
import { loadWeights, type Targets } from './run-weights.js';
import type { Settings } from './settings.js';

/** Cells of a backtest of about half a second; a longer one goes to a thread, so that Ctrl-C is heard meanwhile. */
const CELLS_AT_ONCE = 5_000_000;

/** Options of what is shown. */
const OUTPUTS: readonly string[] = ['html', 'json', 'csv', 'name'];
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
  const { panel, history, benchmark } = await journal.phase('read', async () => {
    const history = await loadPrices(prices, label, source, context, found);
    const panel = fromDay(history, source.from, found);
    return { panel, history, benchmark: await loadBenchmark(panel, source, settings, found) };
  });
  const targets = await journal.phase('targets', () =>
    loadWeights(panel, history, source, settings, benchmark, found),
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
    provenance: {
      command: context.line(),
      files: found.files,
      settings: settingsOf(settings),
      version,
      notes: found.notes,
    },
  };
  const text = await journal.phase('report', () => {
    // The page first: if it cannot be written, no result is printed as if all were well.
    if (output.html !== undefined) writeFileAtomic(output.html, reportHtml(report));
    if (output.format === 'json') return reportJson(report);
    if (output.format === 'csv') return reportCsv(report);
    // On a terminal the remarks stand above, from stderr.
    const seen = console.width !== undefined && !settings.on('quiet');
    const shown = seen ? { ...report, provenance: { ...report.provenance, notes: [] } } : report;
    return reportText(shown, { color: context.color, ...widthOf(context) });
  });
  // After the page is written: an error of it is then all that stands on stderr.
  for (const sentence of found.notes) journal.note(sentence);
  const dropped = skipped(result);
  if (dropped !== '') journal.note(dropped);
  if (label === undefined) journal.note(OVERRIDE);
  console.out(text);
  if (output.html !== undefined) journal.note(`Wrote ${output.html}`);
}

/** What the result's own remarks say about orders that were not made; empty where all were. */
function skipped({ skippedRebalances }: BacktestResult): string {
  const count = skippedRebalances.length;
  if (count === 0) return '';
  const reasons = [...new Set(skippedRebalances.map(({ reason }) => reason))].join(', ');
  const symbols = [...new Set(skippedRebalances.flatMap(({ symbol }) => symbol ?? []))];
  const of =
    symbols.length === 0 ? '' : ` of ${symbols.slice(0, 5).join(', ')}${symbols.length > 5 ? ', …' : ''}`;
  return `Warning: ${count} rebalance${count === 1 ? '' : 's'} or part of one${of} did not take place (${reasons}).`;
}

/** What was asked for, by option: what decides the result and is not among the options of the backtest. */
function settingsOf(settings: Settings): Record<string, string> {
  const asked = new Map([
    ['weights', settings.text('weights')!],
    ['rebalance', settings.list('rebalance')!.join(',')],
  ]);
  for (const [name, { text, origin }] of settings.all()) {
    const path = optionNamed(name)?.kind.type === 'file' && name !== 'weights';
    if (!isManner(name) && origin !== 'command' && !path && !OUTPUTS.includes(name)) asked.set(name, text);
  }
  return Object.fromEntries(asked);
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
