/** A run as one object: prices, targets and options. */
import type { BacktestInput, BacktestOptions, PriceInput } from '../backtest/types.js';
import { checkKeys, checkOneOf, isMatrix, type Mat } from '../check.js';
import { ValidationError } from '../errors.js';
import type { PricePanel } from '../series/price-panel.js';
import { rebalanceBars, type RebalanceRule } from '../series/rebalance-dates.js';
import { type WeightsByDate, weightsToSchedule } from '../series/weights-by-date.js';
import { namedTargets } from '../targets/named-targets.js';
import { checkPanel } from '../targets/target-input.js';
import { type NamedTargetOptions, TARGET_NAMES, type TargetName } from '../targets/target-names.js';
import type { EngineOptions } from './engine.js';

/** What to hold: a built-in rule with its own options, or weights: by date, or a row for every bar (NaN: no rebalance). */
export type RunTargets =
  | (Omit<NamedTargetOptions, 'scores'> & {
      /** A name of the command line: equal, momentum, trend, min-variance, … */
      readonly rule: TargetName;
      /** Default monthly. */
      readonly rebalance?: RebalanceRule;
    })
  | { readonly weights: WeightsByDate | Mat };

/** A run: everything `Engine.run` needs. */
export interface RunPlan {
  readonly prices: PricePanel;
  readonly targets: RunTargets;
  /**
   * As in `backtestWeights`. `priceScale` is that of the prices. `lag` is 1 by default at the close, and 0 at the next
   * open, for a rule, which reads the close of its bar; 0 for weights.
   */
  readonly options: Omit<BacktestOptions, 'priceScale'>;
  readonly engine?: EngineOptions;
}

/** The input and options of the backtest that a plan means. Errors are those of what it names. */
export function readPlan(plan: RunPlan): { input: BacktestInput; options: BacktestOptions } {
  checkKeys('plan', plan, ['prices', 'targets', 'options', 'engine']);
  const { prices, targets, options } = plan;
  checkPanel(prices);
  checkKeys('plan.options', options, Object.keys(options ?? {}));
  if ('priceScale' in options) {
    const fix = 'leave it out: it is that of the prices';
    throw new ValidationError('plan.options.priceScale', options.priceScale, 'not there', fix);
  }
  if (typeof targets !== 'object' || targets === null || 'rule' in targets === 'weights' in targets) {
    throw new ValidationError(
      'plan.targets',
      targets,
      'either {rule, …} or {weights}',
      "write targets: {rule: 'equal'}",
    );
  }
  const { symbols, dates, priceScale } = prices;
  const common = { prices: priceInput(prices), symbols, dates };
  if ('weights' in targets) {
    checkKeys('plan.targets', targets, ['weights']);
    const given = targets.weights;
    const weights = isMatrix(given) ? given : weightsToSchedule(given, prices);
    return { input: { ...common, weights }, options: { ...options, priceScale } };
  }
  const { rule, rebalance = 'monthly', ...settings } = targets;
  const name = checkOneOf('plan.targets.rule', rule, TARGET_NAMES);
  const { weights } = namedTargets(name, prices, rebalanceBars(dates, rebalance), settings);
  const lag = (options.fillPolicy ?? 'close') === 'close' ? 1 : 0;
  return { input: { ...common, weights }, options: { lag, ...options, priceScale } };
}

function priceInput({ open, high, low, close }: PricePanel): PriceInput {
  return open !== undefined && high !== undefined && low !== undefined ? { open, high, low, close } : close;
}
