/** Rebalance bars × a score × a size: the one loop behind every target. */
import { checkKeys, checkLength, toFloat64, type Vec } from '../check.js';
import { InsufficientDataError, InvalidWeightsError, NonFiniteError, ValidationError } from '../errors.js';
import { formatDate } from '../time.js';
import { pastPrices, type Reach } from './past-prices.js';
import { checkBars, checkPanel, chosenColumns } from './target-input.js';
import type {
  PastPrices,
  ScoreFunction,
  SizeFunction,
  SkippedTarget,
  TargetInput,
  TargetSchedule,
} from './types.js';

/**
 * Target weights from a score and a rule that turns scores into weights.
 *
 * input  `panel`: the prices; `bars`: where to rebalance, rising; `symbols`: those to choose from, default all
 * score  asked at each bar, in order: one number per symbol, NaN to leave it out; see `ScoreFunction`
 * size   asked where at least one symbol has a score: one weight per symbol; see `SizeFunction`
 *
 * Both are given `PastPrices`: copies of what was known at the close of the bar, so neither can look ahead. What they
 * throw passes through. A bar without any score has no target: it is listed in `skipped`, and the portfolio keeps what
 * it holds. Throws `InsufficientDataError` when no bar has a target, `NonFiniteError` for an infinite score,
 * `InvalidWeightsError` for a weight that is no number, `ShapeError` for too few or too many of either; sums and signs
 * of the weights are checked by the backtest. Trade the schedule with its `lag` of 1. O(bars × what the two cost).
 */
export function buildWeightSchedule(
  input: TargetInput,
  score: ScoreFunction,
  size: SizeFunction,
): TargetSchedule {
  checkKeys('input', input, ['panel', 'bars', 'symbols']);
  const { panel } = input;
  checkPanel(panel);
  checkFunction('score', score);
  checkFunction('size', size);
  const { rows, cols } = panel.close;
  const bars = checkBars(input.bars, rows);
  const columns = chosenColumns('symbols', panel, input.symbols);
  const symbols = Object.freeze(Array.from(columns, (j) => panel.symbols[j]!));
  const data = new Float64Array(rows * cols).fill(Number.NaN);
  const skipped: SkippedTarget[] = [];
  let deepest = 0;
  for (const bar of bars) {
    const reach: Reach = { bars: 0 };
    const past = pastPrices(panel, columns, symbols, bar, reach);
    const scores = scoresAt(score(past), past);
    deepest = Math.max(deepest, reach.bars);
    if (scores === undefined) {
      skipped.push({ bar, reason: reach.bars > bar + 1 ? 'short-history' : 'no-score' });
      continue;
    }
    const weights = weightsAt(size(scores.slice(), past), scores, past);
    data.fill(0, bar * cols, (bar + 1) * cols);
    for (let j = 0; j < columns.length; j++) data[bar * cols + columns[j]!] = weights[j]!;
  }
  if (skipped.length === bars.length) refuseEmpty(skipped, deepest, rows);
  return {
    weights: { data, rows, cols },
    lag: 1,
    rebalances: bars.length - skipped.length,
    skipped,
    sentences: skippedSentences(skipped),
  };
}

function checkFunction(field: string, value: unknown): void {
  if (typeof value !== 'function') {
    throw new ValidationError(field, value, 'a function', 'pass score and size, in this order');
  }
}

/** The scores as numbers; undefined where there is none. */
function scoresAt(given: Vec | undefined, past: PastPrices): Float64Array | undefined {
  if (given === undefined) return undefined;
  const field = `score at bar ${past.bar} (${formatDate(past.date)})`;
  const scores = toFloat64(field, given).slice();
  checkLength(field, scores.length, past.symbols.length, 'the symbols to choose from');
  let any = false;
  for (let j = 0; j < scores.length; j++) {
    const value = scores[j]!;
    if (value === Infinity || value === -Infinity) {
      const name = `${field}, symbol ${past.symbols[j]}`;
      throw new NonFiniteError(name, value, 'a finite number, or NaN to leave the symbol out', 'use NaN');
    }
    if (!Number.isNaN(value)) any = true;
  }
  return any ? scores : undefined;
}

/** The weights as finite numbers, 0 for a symbol without a score. */
function weightsAt(given: Vec, scores: Float64Array, past: PastPrices): Float64Array {
  const field = `size at bar ${past.bar} (${formatDate(past.date)})`;
  const weights = toFloat64(field, given).slice();
  checkLength(field, weights.length, past.symbols.length, 'the symbols to choose from');
  for (let j = 0; j < weights.length; j++) {
    const weight = weights[j]!;
    const name = `${field}, symbol ${past.symbols[j]}`;
    if (Number.isNaN(scores[j])) {
      if (weight !== 0 && !Number.isNaN(weight)) {
        const fix = 'give it a score, or the weight 0';
        throw new InvalidWeightsError(name, weight, '0, as the symbol has no score', fix);
      }
      weights[j] = 0;
    } else if (!Number.isFinite(weight)) {
      const fix = 'divide by a sum that is not 0, and use 0 for a symbol that is not held';
      throw new InvalidWeightsError(name, weight, 'a finite weight', fix);
    }
  }
  return weights;
}

/** Bars without a target, counted by their reason. */
function countSkipped(skipped: readonly SkippedTarget[]): { short: number; none: number } {
  const short = skipped.filter(({ reason }) => reason === 'short-history').length;
  return { short, none: skipped.length - short };
}

function refuseEmpty(skipped: readonly SkippedTarget[], deepest: number, rows: number): never {
  const { short, none } = countSkipped(skipped);
  const why: string[] = [];
  if (short > 0) {
    const needs = `${short} ${short === 1 ? 'needs' : 'need'}`;
    why.push(
      `${needs} ${deepest} bars up to and including the rebalance, and the prices have ${rows} in all`,
    );
  }
  if (none > 0) why.push(`at ${none} no symbol has a score that tells it from the others`);
  const count = skipped.length === 1 ? 'the one rebalance has no target' : 'no rebalance has a target';
  throw new InsufficientDataError(
    `${count}: ${why.join('; ')}. Fix: ${short > 0 ? 'give more prices, look back over fewer bars, or rebalance more often' : 'give scores or prices of at least two symbols that differ'}`,
  );
}

/** What a person should know about the bars that were left out. */
function skippedSentences(skipped: readonly SkippedTarget[]): string[] {
  const { short, none } = countSkipped(skipped);
  const have = (count: number): string => `${count} ${count === 1 ? 'rebalance' : 'rebalances'}`;
  const verb = (count: number): string => (count === 1 ? 'has' : 'have');
  const out: string[] = [];
  if (short > 0) out.push(`${have(short)} before the first full window ${verb(short)} no target.`);
  if (none > 0) {
    out.push(
      `${have(none)} at which no symbol has a score ${verb(none)} no target: the portfolio keeps what it holds.`,
    );
  }
  return out;
}
