/** Weights of a portfolio optimizer, estimated at each rebalance from the returns before it. */
import { checkInteger, checkKeys, checkNumber, checkOneOf } from '../check.js';
import { InsufficientDataError, ValidationError } from '../errors.js';
import { buildWeightSchedule } from './build-weight-schedule.js';
import { LOOK_BACK_MAX, TARGET_DEFAULTS } from './defaults.js';
import { checkLimitSymbols } from './optimizer-limits.js';
import {
  OPTIMIZER_NAMES,
  OPTIMIZER_OPTIONS,
  type OptimizerName,
  type OptimizerSettings,
} from './optimizer-names.js';
import { type OptimizerFallback, OptimizerWalk } from './optimizer-walk.js';
import { optimizerSentence, walkSentences } from './optimizer-sentences.js';
import { checkPanel, chosenColumns } from './target-input.js';
import type { ClosePrices, TargetSchedule } from './types.js';

/** Options of `optimizedWeights`; which of them a method takes stands in `OptimizerSettings`. */
export interface OptimizedWeightsOptions extends OptimizerSettings {
  /** What is optimised: 'min-variance', 'max-sharpe', 'risk-parity', 'cvar', 'cdar', 'hrp', … */
  readonly method: OptimizerName;
  /** Returns to estimate from, 2 to 1,000,000. Default 252. */
  readonly lookback?: number | undefined;
  /** The symbols to choose from, default all. */
  readonly symbols?: readonly string[] | undefined;
}

/** Targets that an optimizer made. */
export interface OptimizedSchedule extends TargetSchedule {
  readonly method: OptimizerName;
  readonly lookback: number;
  /** Rebalances whose weights are not a proven optimum, rising. */
  readonly fallbacks: readonly OptimizerFallback[];
}

const SETTINGS = ['alpha', 'riskFree', 'covariance', 'bounds', 'groups', 'turnover', 'l2'] as const;

/**
 * Weights of a portfolio optimizer at every rebalance, estimated from the last `lookback` simple returns up to and
 * including the bar's; long only, they sum to 1.
 *
 * panel    prices; only closes are read, and of these none after the bar
 * bars     bars to rebalance at, rising, as `rebalanceBars` gives them
 * options  `method`; `lookback` (252 returns, so 253 closes); `symbols`; of the method `alpha` (0.95), `riskFree` of a
 *          period (0), `covariance` ('sample'), and the limits `bounds`, `groups`, `turnover`, `l2`. A setting that the
 *          method does not take throws. `turnover` counts from the target before, carried to the bar by the prices;
 *          the first target has no such limit
 *
 * A symbol with a missing close in the window, or whose price did not move in it, is left out and gets 0; limits then
 * hold for those that are left. A bar before the first full window, without any symbol, or at which the limits cannot be
 * kept by the symbols that are left, has no target: it is in `skipped`. `fallbacks` lists what is no proven optimum:
 *
 * - `degenerate`: the problem has no answer of its own, and the documented stand-in of the optimizer is used
 *   (for the Sharpe ratio the minimum variance where nothing has earned more than the risk-free rate);
 * - `max-iterations`: the search ended early; the weights that it reached are used, which keep the limits;
 * - `failed`: the optimizer refused the returns; equal weight of the symbols that are left;
 * - `turnover`: this limit cannot be kept with the others and was let go.
 *
 * Trade the result with its `lag` of 1. Throws `ValidationError` for a bad panel, bar or option, `UnknownSymbolError`,
 * `InfeasibleError` where all symbols take part and the limits still cannot be kept, and `InsufficientDataError` when no
 * bar has a target. O(bars × what the optimizer costs).
 */
export function optimizedWeights(
  panel: ClosePrices,
  bars: Int32Array | readonly number[],
  options: OptimizedWeightsOptions,
): OptimizedSchedule {
  checkKeys('options', options, ['method', 'lookback', ...SETTINGS, 'symbols']);
  const method = checkOneOf('options.method', options.method, OPTIMIZER_NAMES);
  const settings = settingsOf(method, options);
  const lookback = checkInteger(
    'options.lookback',
    options.lookback ?? TARGET_DEFAULTS.lookback,
    2,
    LOOK_BACK_MAX,
  );
  const { symbols } = options;
  checkPanel(panel);
  const chosen = Array.from(chosenColumns('options.symbols', panel, symbols), (j) => panel.symbols[j]!);
  checkLimitSymbols(settings, chosen);
  const walk = new OptimizerWalk(method, settings, lookback);
  let schedule: TargetSchedule;
  try {
    schedule = buildWeightSchedule(
      { panel, bars, ...(symbols && { symbols }) },
      (past) => walk.at(past),
      (weights) => weights.map((weight) => (Number.isNaN(weight) ? 0 : weight)),
    );
  } catch (error) {
    // Without any target because of the limits: they are what is wrong.
    if (error instanceof InsufficientDataError && walk.clash !== undefined) throw walk.clash;
    throw error;
  }
  const says = `${optimizerSentence(method, settings, chosen.length)} estimated from the last ${lookback} simple returns up to the rebalance.`;
  return {
    ...schedule,
    sentences: [says, ...schedule.sentences, ...walkSentences(walk, panel.dates)],
    method,
    lookback,
    fallbacks: walk.fallbacks,
  };
}

/** The settings that were given; `ValidationError` for one that the method does not take. */
function settingsOf(method: OptimizerName, options: OptimizerSettings): OptimizerSettings {
  const takes = OPTIMIZER_OPTIONS[method];
  const given: Record<string, unknown> = {};
  for (const key of SETTINGS) {
    if (options[key] === undefined) continue;
    if (!takes.includes(key)) {
      const takers = OPTIMIZER_NAMES.filter((name) => OPTIMIZER_OPTIONS[name].includes(key));
      const constraint = `an option of ${takers.join(', ')}, not of ${method}`;
      throw new ValidationError(`options.${key}`, options[key], constraint, `leave ${key} out`);
    }
    given[key] = options[key];
  }
  if (options.turnover !== undefined) checkNumber('options.turnover', options.turnover, 0, 2);
  return given;
}
