/** `nb-backtest run`: files in, a backtest, a report out. */
import type { BacktestResult } from '../backtest/types.js';
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
import { backtestTargets } from './run-backtest.js';
import { type Benchmark, loadBenchmark } from './run-benchmark.js';
import { type Found, refuseOverwriting } from './run-files.js';
import { type RunOptions, readRunOptions } from './run-options.js';
import { fromDay, loadPrices } from './run-prices.js';
import { loadWeights } from './run-weights.js';
import type { Settings } from './settings.js';
import { stopNotes } from './stops.js';
import { type LoadedStrategy, loadStrategy } from './strategy/load.js';
import { asked, backtestStrategy, strategyTask, strategyTitle } from './strategy/run.js';

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
  refuseOverwriting(settings, prices);
  const found: Found = { files: [], notes: [] };
  // Code of theirs first: what is wrong with it is known before anything is read.
  const strategy = await loadStrategy(settings, found);
  const options = readRunOptions(settings);
  const { source, output } = options;
  const { panel, history, benchmark } = await journal.phase('read', async () => {
    const history = await loadPrices(prices, label, source, context, found);
    const panel = fromDay(history, source.from, found);
    return { panel, history, benchmark: await loadBenchmark(panel, source, settings, found) };
  });
  const prepared: Prepared = { panel, history, benchmark, options, found };
  const { result, name } =
    strategy === undefined
      ? await runTargets(prepared, context)
      : await runStrategy(strategy, prepared, context);
  if (result.trades?.count === 0)
    found.notes.push('No order was made: check prices, weights, limits and minimum fee.');
  const report: ReportInput = {
    result,
    name: source.name ?? name,
    ...(benchmark ? { benchmark } : {}),
    prices: panel,
    provenance: {
      command: context.line(),
      files: found.files,
      settings: settingsOf(settings, strategy),
      ...(strategy === undefined ? {} : { strategy: strategy.origin }),
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

/** What is there when the backtest begins. */
interface Prepared {
  readonly panel: PricePanel;
  readonly history: PricePanel;
  readonly benchmark: Benchmark | undefined;
  readonly options: RunOptions;
  readonly found: Found;
}

/** A result, and what it is called unless somebody says otherwise. */
interface Named {
  readonly result: BacktestResult;
  readonly name: string;
}

async function runTargets(
  { panel, history, benchmark, options, found }: Prepared,
  { settings, journal }: Context,
): Promise<Named> {
  const targets = await journal.phase('targets', () =>
    loadWeights(panel, history, options.source, settings, benchmark, found),
  );
  found.notes.push(timing(options), ...stopNotes(options.backtest.stops, panel));
  const result = await journal.phase('backtest', () => backtestTargets(panel, targets, options, settings));
  return { result, name: title(options, targets.title) };
}

async function runStrategy(
  strategy: LoadedStrategy,
  { panel, benchmark, options, found }: Prepared,
  context: Context,
): Promise<Named> {
  const task = strategyTask(panel, benchmark, options, context.settings);
  found.notes.push(asked(task, context.settings, strategy), timing(options));
  found.notes.push(...stopNotes(options.backtest.stops, panel));
  const result = await context.journal.phase('backtest', () => backtestStrategy(strategy, task, context));
  return { result, name: strategyTitle(strategy) };
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
function settingsOf(settings: Settings, strategy: LoadedStrategy | undefined): Record<string, string> {
  const asked = new Map(
    strategy === undefined
      ? [
          ['weights', settings.text('weights')!],
          ['rebalance', settings.list('rebalance')!.join(',')],
        ]
      : [['strategy', strategy.origin.file]],
  );
  for (const [name, { text, origin }] of settings.all()) {
    const path = optionNamed(name)?.kind.type === 'file' && name !== 'weights';
    if (!isManner(name) && origin !== 'command' && !path && !OUTPUTS.includes(name))
      asked.set(name, text.replaceAll('\n', ' '));
  }
  return Object.fromEntries(asked);
}

function timing(options: RunOptions): string {
  const { lag = 0, fillPolicy } = options.backtest;
  const bars = lag + (fillPolicy === 'close' ? 0 : 1);
  const price = fillPolicy === 'nextOpen' ? 'open' : fillPolicy === 'nextTypical' ? 'typical price' : 'close';
  if (bars === 0)
    return 'Targets trade at the close of the bar they are known at (lag 0): make sure they do not use that close.';
  return `Targets known at one bar trade at the ${price} ${bars === 1 ? 'of the next bar' : `${bars} bars later`}.`;
}

function title(options: RunOptions, targets: string): string {
  const { weights, rebalance } = options.source;
  const made = (TARGET_NAMES as readonly string[]).includes(weights);
  if (!made) return targets;
  const when =
    typeof rebalance === 'string'
      ? rebalance
      : 'every' in rebalance
        ? `every ${rebalance.every} bars`
        : 'on listed dates';
  return `${targets}, rebalanced ${when}`;
}
