/** Backtests of strategies: functions that decide at each bar what to hold. */
import { ValidationError } from '../errors.js';
import { checkStrategy, StrategyRun } from './strategy-run.js';
import type {
  AsyncStrategy,
  AsyncStrategyOptions,
  Strategy,
  StrategyInput,
  StrategyOptions,
} from './strategy-types.js';
import type { BacktestResult } from './types.js';

/**
 * Runs a strategy over historical prices: at every bar it is shown the prices up to that bar and the portfolio, and says
 * what to hold.
 *
 * strategy  `(bar, prices, portfolio) => targets`; see `StrategyPrices`, `StrategyPortfolio`, `StrategyTargets`. The two
 *           objects are windows onto the run: they show no later bar, whoever keeps them
 * input     prices, symbols and dates, as in `backtestWeights`
 * options   those of `backtestWeights`; `lag` is 1 by default at the close and 0 at the next open, since a strategy knows
 *           the close; `bars` asks it at some bars only
 *
 * The result is that of `backtestWeights` with the same targets, to the bit.
 * Throws `StrategyError` with `barIndex` and `cause` for what the strategy throws; `InvalidWeightsError`, naming the bar,
 * for what is no set of weights (NaN, unknown or repeated symbols, undefined, too much leverage); a promise is refused:
 * see `runBacktestAsync`. Else as `backtestWeights`.
 * Cost: O(bars × symbols) and what the strategy takes.
 */
export function runBacktest(
  strategy: Strategy,
  input: StrategyInput,
  options: StrategyOptions,
): BacktestResult {
  checkStrategy(strategy);
  const run = new StrategyRun(input, options);
  for (let t = 0; t < run.bars; t++) {
    run.begin(t);
    if (run.asks(t)) {
      let answer: unknown;
      try {
        answer = strategy(t, run.window, run.portfolio);
      } catch (error) {
        throw run.failed(t, error);
      }
      if (isPromise(answer)) {
        answer.then(undefined, () => undefined);
        throw new ValidationError(
          'strategy',
          strategy,
          'a function that answers at once',
          'call runBacktestAsync with a strategy that returns promises',
        );
      }
      run.take(t, answer);
    }
    run.end(t);
  }
  return run.result();
}

/**
 * As `runBacktest`, with a strategy that may answer with a promise. Bars stay in order: the next begins when the answer
 * is there. `options.signal` ends the run between two bars; the promise then rejects with the signal's reason.
 */
export async function runBacktestAsync(
  strategy: AsyncStrategy,
  input: StrategyInput,
  options: AsyncStrategyOptions,
): Promise<BacktestResult> {
  checkStrategy(strategy);
  const { signal, ...rest } = options ?? {};
  const run = new StrategyRun(input, rest);
  for (let t = 0; t < run.bars; t++) {
    signal?.throwIfAborted();
    run.begin(t);
    if (run.asks(t)) {
      let answer: unknown;
      try {
        answer = await strategy(t, run.window, run.portfolio);
      } catch (error) {
        throw run.failed(t, error);
      }
      run.take(t, answer);
    }
    run.end(t);
  }
  return run.result();
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
