/**
 * Difference of a fast and a slow exponential average.
 *
 * values   n numbers without NaN
 * fast     1 to `slow`
 * slow     period of the slow average
 * percent  1 for percent of the slow average, 0 for the plain difference
 * out      n numbers; the first `slow` − 1 of them NaN; must not overlap `values`
 *
 * Each average starts with the mean of its own first values, unlike in `macd`. O(n), one pass.
 * Reference: TA-Lib APO and PPO.
 */
export function emaOscillator(
  values: Float64Array,
  fast: number,
  slow: number,
  percent: number,
  out: Float64Array,
): void {
  const n = values.length;
  if (n < slow) {
    out.fill(NaN);
    return;
  }
  const fastShare = 2 / (fast + 1);
  const slowShare = 2 / (slow + 1);
  let slowAverage = 0;
  for (let i = 0; i < fast; i++) {
    slowAverage += values[i];
    out[i] = NaN;
  }
  let fastAverage = slowAverage / fast;
  for (let i = fast; i < slow; i++) {
    slowAverage += values[i];
    fastAverage += fastShare * (values[i] - fastAverage);
    out[i] = NaN;
  }
  slowAverage /= slow;
  out[slow - 1] = percent === 1 ? percentOf(fastAverage, slowAverage) : fastAverage - slowAverage;
  if (percent === 1) {
    for (let i = slow; i < n; i++) {
      fastAverage += fastShare * (values[i] - fastAverage);
      slowAverage += slowShare * (values[i] - slowAverage);
      out[i] = percentOf(fastAverage, slowAverage);
    }
  } else {
    for (let i = slow; i < n; i++) {
      fastAverage += fastShare * (values[i] - fastAverage);
      slowAverage += slowShare * (values[i] - slowAverage);
      out[i] = fastAverage - slowAverage;
    }
  }
}

/**
 * The same of two averages that are there already.
 *
 * slow     n numbers, NaN below their lookback
 * percent  1 for percent of the slow average, 0 for the plain difference
 * out      n fast averages on entry, n differences on return; NaN where either is
 */
export function oscillator(slow: Float64Array, percent: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = percent === 1 ? percentOf(out[i], slow[i]) : out[i] - slow[i];
  }
}

/** 100 × (fast − slow) / slow; 0 if slow is 0. */
export function percentOf(fast: number, slow: number): number {
  return slow !== 0 ? (100 * (fast - slow)) / slow : 0;
}
