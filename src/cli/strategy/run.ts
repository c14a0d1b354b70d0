/** The backtest of a strategy, and the bars at which it is asked. */
import { runBacktestAsync } from '../../backtest/run-backtest.js';
import type { AsyncStrategy, StrategyInput, StrategyOptions } from '../../backtest/strategy-types.js';
import type { BacktestResult } from '../../backtest/types.js';
import { NbError } from '../../errors.js';
import { mapPrices, type PricePanel } from '../../series/price-panel.js';
import { rebalanceBars } from '../../series/rebalance-dates.js';
import type { Context } from '../context.js';
import { backtestInput, backtestOptions } from '../run-backtest.js';
import type { Benchmark } from '../run-benchmark.js';
import type { RunOptions } from '../run-options.js';
import type { Settings } from '../settings.js';
import { atTheirLine, cannotMake } from './failure.js';
import { inTheirHands } from './hands.js';
import type { LoadedStrategy } from './load.js';

/** What a strategy is run on. */
export interface StrategyTask {
  readonly input: StrategyInput;
  readonly options: StrategyOptions;
}

/** Prices without a benchmark's column, which is not traded, and the bars at which the strategy is asked. */
export function strategyTask(
  panel: PricePanel,
  benchmark: Benchmark | undefined,
  options: RunOptions,
  settings: Settings,
): StrategyTask {
  const traded = withoutColumn(panel, benchmark?.column ?? -1);
  const input = backtestInput(traded, options, settings);
  const every = backtestOptions(traded, options);
  // Somebody who decides at every bar answers null to keep what is held; nobody but them knows when that is.
  if (!settings.has('rebalance')) return { input, options: every };
  return { input, options: { ...every, bars: rebalanceBars(panel.dates, options.source.rebalance) } };
}

/** When a strategy is asked, for a person. */
export function asked(
  { options, input }: StrategyTask,
  settings: Settings,
  { origin }: LoadedStrategy,
): string {
  if (options.bars === undefined) return `Strategy ${origin.file} is asked at every bar.`;
  const rule = settings.list('rebalance')!.join(',');
  const bars = `${options.bars.length} of ${input.dates!.length} bars`;
  return `Strategy ${origin.file} is asked at ${bars} (${settings.label('rebalance')} ${rule}).`;
}

/** Name of the module with its parameters. */
export function strategyTitle({ origin: { file, params } }: LoadedStrategy): string {
  const values = Object.entries(params).map(([name, value]) => `${name} ${String(value)}`);
  return `Strategy ${file}${values.length === 0 ? '' : ` (${values.join(', ')})`}`;
}

/** Runs the strategy; what goes wrong in it is told with its line. */
export async function backtestStrategy(
  strategy: LoadedStrategy,
  { input, options }: StrategyTask,
  context: Pick<Context, 'progress'>,
): Promise<BacktestResult> {
  const bars = input.dates!.length;
  const progress = context.progress(`Running ${strategy.origin.file}`, bars, 'bars');
  return await told(strategy, async () => {
    const decide = await madeFrom(strategy, input);
    const counted: AsyncStrategy = (bar, prices, portfolio) => {
      progress.update(bar);
      return decide(bar, prices, portfolio);
    };
    return await runBacktestAsync(counted, input, options);
  }).finally(() => progress.stop());
}

/** What goes wrong in somebody's code is told with its line. */
export async function told<T>(strategy: LoadedStrategy, work: () => Promise<T>): Promise<T> {
  try {
    return await inTheirHands(work);
  } catch (error) {
    throw atTheirLine(error, strategy.path);
  }
}

/** The strategy made from prices; what goes wrong there is told with its line. */
export async function madeFrom(strategy: LoadedStrategy, input: StrategyInput): Promise<AsyncStrategy> {
  try {
    return await strategy.make(input);
  } catch (error) {
    throw error instanceof NbError ? error : cannotMake(strategy.path, error);
  }
}

function withoutColumn(panel: PricePanel, column: number): PricePanel {
  if (column < 0) return panel;
  const keep = panel.symbols.flatMap((_, i) => (i === column ? [] : [i]));
  return {
    ...panel,
    symbols: keep.map((i) => panel.symbols[i]!),
    ...mapPrices(panel, ({ data, rows, cols }) => {
      const out = new Float64Array(rows * keep.length);
      for (let t = 0; t < rows; t++) keep.forEach((i, k) => (out[t * keep.length + k] = data[t * cols + i]!));
      return { data: out, rows, cols: keep.length };
    }),
  };
}
