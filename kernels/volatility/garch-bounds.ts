import { sum } from '../stats/sum.js';

const DECAY = 0.94;
const WINDOW = 75;

/**
 * What stands for every squared residual and every variance before the first: the mean of the first 75 squares, of
 * which each weighs 0.94 times the one before.
 *
 * residuals  n numbers; fewer than 75 are all taken
 *
 * O(1). Source: arch 8.0.0, `backcast` of its volatility processes.
 */
export function garchBackcast(residuals: Float64Array): number {
  const count = Math.min(WINDOW, residuals.length);
  let weight = 1;
  let weights = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    weights += weight;
    total += weight * residuals[i] * residuals[i];
    weight *= DECAY;
  }
  return total / weights;
}

/**
 * Loose bounds of the conditional variance, which keep a likelihood finite wherever a search may step.
 *
 * residuals     n numbers
 * backcast      of `garchBackcast`
 * unit          variance that counts as 1: 1 for returns in percent, as arch has it
 * lower, upper  n bounds: a millionth and a million times the exponentially weighted variance (0.94) of the squares
 *               before, the lower at least 1e-8 of the variance, the upper from unit + the largest square to 1e7 times
 *               that
 *
 * O(n). Source: arch 8.0.0, `variance_bounds`.
 */
export function garchVarianceBounds(
  residuals: Float64Array,
  backcast: number,
  unit: number,
  lower: Float64Array,
  upper: Float64Array,
): void {
  const n = residuals.length;
  const mean = sum(residuals, 0, n) / n;
  let spread = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const square = residuals[i] * residuals[i];
    spread += (residuals[i] - mean) * (residuals[i] - mean);
    if (square > largest) largest = square;
  }
  const floor = spread / n / 1e8;
  const least = unit + largest;
  const most = 1e7 * least;
  let average = backcast;
  for (let i = 0; i < n; i++) {
    const low = average / 1e6;
    const high = average * 1e6;
    lower[i] = low < floor ? floor : low;
    upper[i] = high < least ? least : high > most ? most : high;
    average = (1 - DECAY) * residuals[i] * residuals[i] + DECAY * average;
  }
}
