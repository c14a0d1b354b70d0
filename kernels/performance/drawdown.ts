/**
 * How far each value is below the highest one so far, as a positive fraction of it: 0.25 after a fall from 8 to 6.
 *
 * equity  n values, the first of them above 0; a NaN makes its own and every later output NaN
 * out     n fractions; 0 at a new peak and at one reached again; above 1 only where equity is below 0
 *
 * O(n). Reference: quantstats to_drawdown_series, with the other sign.
 */
export function drawdownFractions(equity: Float64Array, out: Float64Array): void {
  const n = equity.length;
  let peak = 0;
  for (let i = 0; i < n; i++) {
    const value = equity[i];
    // Math.max keeps a NaN; a comparison would step over it.
    peak = Math.max(peak, value);
    out[i] = 1 - value / peak;
  }
}

/**
 * How far wealth is below its peak after every return, as a positive fraction; the 1 before the first is a peak too.
 *
 * returns  n simple returns as decimals; a NaN makes its own and every later output NaN
 * out      n fractions; 0 at a peak; above 1 only after a return below −1
 *
 * O(n). Wealth is carried as a fraction of its peak, as in `returnTotals`, so the largest output is exactly the
 * maximum drawdown found there, and nothing can overflow. Reference: quantstats to_drawdown_series.
 */
export function drawdownsOfReturns(returns: Float64Array, out: Float64Array): void {
  const n = returns.length;
  let ratio = 1;
  for (let i = 0; i < n; i++) {
    ratio *= 1 + returns[i];
    if (ratio > 1) ratio = 1;
    out[i] = 1 - ratio;
  }
}

/**
 * Sum of the squares of the drawdowns after every return, measured from a peak that starts at 1.
 *
 * returns  n simple returns; a NaN makes the result NaN
 *
 * O(n), without division: wealth is carried as a fraction of its peak. Reference: quantstats ulcer_index.
 */
export function squaredDrawdowns(returns: Float64Array): number {
  const n = returns.length;
  let ratio = 1;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    ratio *= 1 + returns[i];
    if (ratio > 1) ratio = 1;
    const drawdown = 1 - ratio;
    squares += drawdown * drawdown;
  }
  return squares;
}
