import { NEGLIGIBLE_SPREAD } from './deviation.js';

/** Cells of scratch that `rollingSharpeRatios` needs for a window of `window` values. */
export function rollingSharpeScratch(window: number): number {
  return 2 * (window + 1);
}

/**
 * Sharpe ratio of the last `window` returns at every index: `rollingSharpes` of `rollingMoments`, bit for bit, without
 * arrays of means and variances between them.
 *
 * returns   n simple returns; a NaN or an infinity makes exactly the windows that contain it NaN
 * window    2 to n
 * riskFree  return of one period that is no reward for risk
 * scale     square root of the periods in a year
 * scratch   rollingSharpeScratch(window) cells
 * out       n ratios; the first window − 1 cells are NaN; 0 where the spread is only rounding; must not overlap
 *
 * Gives 0 when all returns are finite, else NaN. O(n) for every window, with the error bound of `rollingMoments`: the
 * sums of a window are those of one block from the right and of the next from the left. Half of the time goes to the
 * square root and the division; making both sums in one loop of four chains was no faster.
 * Reference: quantstats rolling_sharpe.
 */
export function rollingSharpeRatios(
  returns: Float64Array,
  window: number,
  riskFree: number,
  scale: number,
  scratch: Float64Array,
  out: Float64Array,
): number {
  const n = returns.length;
  const negligible = NEGLIGIBLE_SPREAD;
  const perWindow = 1 / window;
  const halfPerFreedom = 1 / (window - 1) / 2;
  let doubt = 0;
  // Cells 2 j and 2 j + 1: sum and squares of the previous block from its j-th value on; none before the first.
  for (let cell = 0; cell < 2 * (window + 1); cell++) scratch[cell] = 0;
  for (let start = 0; start < n; start += window) {
    const end = Math.min(start + window, n);
    const shift = returns[start];
    if (start > 0) {
      let sum = 0;
      let squares = 0;
      for (let j = window - 1; j > 0; j--) {
        const d = returns[start - window + j] - shift;
        sum += d;
        squares += d * d;
        scratch[2 * j] = sum;
        scratch[2 * j + 1] = squares;
      }
    }
    let sum = 0;
    let squares = 0;
    let cell = 2;
    for (let i = start; i < end; i++) {
      const d = returns[i] - shift;
      sum += d;
      squares += d * d;
      const total = sum + scratch[cell];
      const offset = total * perWindow;
      const mean = shift + offset;
      const spread = squares + scratch[cell + 1] - total * offset;
      // Not below 0: two equal numbers may round apart. Twice max(spread, 0), without a branch.
      const deviation = Math.sqrt((spread + Math.abs(spread)) * halfPerFreedom);
      const ratio = ((mean - riskFree) / deviation) * scale;
      out[i] = deviation <= negligible * Math.abs(mean) ? 0 : ratio;
      cell += 2;
    }
    doubt += sum - sum;
  }
  for (let i = 0; i < window - 1; i++) out[i] = NaN;
  return doubt;
}
