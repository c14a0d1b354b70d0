import { endBlock } from './block-sums.js';

/** Index of the first value of `mfi`. */
export function mfiLookback(period: number): number {
  return period;
}

/** Cells of scratch that `mfi` needs. */
export function mfiScratch(period: number): number {
  return 2 * period;
}

/**
 * Money flow index: 100 × flow of rising bars / flow of all bars of the last `period` that rose or fell; 0 if none did.
 * 0 to 100 for prices above 0.
 *
 * high, low, close, volume  n numbers each, without NaN
 * period                    1 or more
 * scratch                   mfiScratch(period) cells
 * out                       n numbers, the first `period` of them NaN; must not overlap the inputs
 *
 * The flow of a bar is typical price × volume, the typical price (high + low + close) / 3; a bar rises when its
 * typical price is above the one before by more than rounding, which is 1e-14 of both together, as in TA-Lib. Sums by blocks, so nothing is left of flows that have gone by.
 * O(n). Source: G. Quong, A. Soudack, Volume-Weighted RSI: Money Flow, 1989. Reference: TA-Lib MFI.
 */
export function mfi(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = high.length;
  out.fill(NaN, 0, period);
  if (n <= period) return;
  scratch.fill(0, 0, 2 * period);
  let before = (high[0] + low[0] + close[0]) / 3;
  let risen = 0;
  let fallen = 0;
  let place = 0;
  for (let i = 1; i < n; i++) {
    const typical = (high[i] + low[i] + close[i]) / 3;
    const flow = typical * volume[i];
    const change = typical - before;
    const rounding = 1e-14 * (Math.abs(typical) + Math.abs(before));
    const up = flow * Number(change > rounding);
    const down = flow * Number(-change > rounding);
    before = typical;
    risen += up;
    fallen += down;
    const gain = risen + scratch[place];
    const total = gain + (fallen + scratch[period + place]);
    if (i >= period) out[i] = total === 0 ? 0 : 100 * (gain / total);
    scratch[place] = up;
    scratch[period + place] = down;
    if (++place === period) {
      endBlock(scratch, 0, period);
      endBlock(scratch, period, period);
      risen = 0;
      fallen = 0;
      place = 0;
    }
  }
}
