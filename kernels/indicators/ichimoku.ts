import { windowMiddle, windowMiddleScratch } from '../rolling/window-middle.js';

/** Index of the first value of any line of `ichimoku`. */
export function ichimokuLookback(
  conversionPeriod: number,
  basePeriod: number,
  spanPeriod: number,
  displacement: number,
): number {
  const spanA = Math.max(conversionPeriod, basePeriod) - 1 + displacement;
  const spanB = spanPeriod - 1 + displacement;
  return Math.min(conversionPeriod - 1, basePeriod - 1, spanA, spanB);
}

/** Cells of scratch that `ichimoku` needs. */
export function ichimokuScratch(conversionPeriod: number, basePeriod: number, spanPeriod: number): number {
  return windowMiddleScratch(Math.max(conversionPeriod, basePeriod, spanPeriod));
}

/**
 * Lines of Ichimoku. The middle of p bars is (largest high + smallest low) / 2.
 *
 * high, low         n numbers each, without NaN
 * conversionPeriod  bars of the conversion line, 1 or more
 * basePeriod        bars of the base line, 1 or more
 * spanPeriod        bars of the second leading span, 1 or more
 * displacement      bars by which both spans are shifted ahead, 0 or more
 * scratch           ichimokuScratch(…) cells
 * conversion, base  n middles; NaN while their window fills
 * spanA             mean of conversion and base, `displacement` bars ago; NaN before there is one
 * spanB             middle of `spanPeriod` bars, `displacement` bars ago; NaN before there is one
 *
 * Outputs must not overlap anything. O(n) whatever the data and the periods.
 */
export function ichimoku(
  high: Float64Array,
  low: Float64Array,
  conversionPeriod: number,
  basePeriod: number,
  spanPeriod: number,
  displacement: number,
  scratch: Float64Array,
  conversion: Float64Array,
  base: Float64Array,
  spanA: Float64Array,
  spanB: Float64Array,
): void {
  const n = high.length;
  windowMiddle(high, low, conversionPeriod, scratch, conversion);
  windowMiddle(high, low, basePeriod, scratch, base);
  windowMiddle(high, low, spanPeriod, scratch, spanB);
  for (let i = n - 1; i >= displacement; i--) {
    const then = i - displacement;
    spanA[i] = (conversion[then] + base[then]) * 0.5;
    spanB[i] = spanB[then];
  }
  spanA.fill(NaN, 0, displacement);
  spanB.fill(NaN, 0, displacement);
}
