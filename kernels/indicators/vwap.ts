/** Index of the first value of `vwap`; a period of 0 is the whole series so far. */
export function vwapLookback(period: number): number {
  return period === 0 ? 0 : period - 1;
}

/** Cells of scratch that `vwap` needs. */
export function vwapScratch(period: number): number {
  return 2 * period;
}

/**
 * Average price weighted by volume: sum of typical price × volume / sum of volume; the typical price is
 * (high + low + close) / 3.
 *
 * high, low, close, volume  n numbers each, without NaN
 * period   bars of the sums; 0: all since the first
 * scratch  vwapScratch(period) cells
 * out      n numbers; the first period − 1 NaN, and NaN where the volume of all bars is 0; must not overlap the inputs
 *
 * O(n). Sums over all bars carry what rounding took along (Knuth's two-sum), so that their error does not grow with
 * the length. Sums over a window are put together from blocks as in sma.ts: nothing is taken out again.
 */
export function vwap(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  if (period === 0) {
    wholeVwap(high, low, close, volume, out);
  } else {
    windowVwap(high, low, close, volume, period, scratch, out);
  }
}

function wholeVwap(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  out: Float64Array,
): void {
  const n = out.length;
  let traded = 0;
  let tradedLost = 0;
  let shares = 0;
  let sharesLost = 0;
  for (let i = 0; i < n; i++) {
    const x = ((high[i] + low[i] + close[i]) / 3) * volume[i];
    const y = volume[i];
    const nextTraded = traded + x;
    tradedLost += twoSumError(traded, x, nextTraded);
    traded = nextTraded;
    const nextShares = shares + y;
    sharesLost += twoSumError(shares, y, nextShares);
    shares = nextShares;
    out[i] = (traded + tradedLost) / (shares + sharesLost);
  }
}

/** What a + b lost when it was rounded to `sum`. Knuth, The Art of Computer Programming 2, 4.2.2. */
export function twoSumError(a: number, b: number, sum: number): number {
  const shadow = sum - a;
  return a - (sum - shadow) + (b - shadow);
}

function windowVwap(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  period: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = out.length;
  const sharesAt = period;
  out.fill(NaN, 0, period - 1);
  scratch[period - 1] = 0;
  scratch[sharesAt + period - 1] = 0;
  for (let start = 0; start < n; start += period) {
    const end = Math.min(start + period, n);
    if (start > 0) {
      // scratch[j]: the previous block without its first j + 1 bars, summed from the right.
      let traded = 0;
      let shares = 0;
      for (let j = period - 2; j >= 0; j--) {
        const k = start - period + j + 1;
        traded += ((high[k] + low[k] + close[k]) / 3) * volume[k];
        shares += volume[k];
        scratch[j] = traded;
        scratch[sharesAt + j] = shares;
      }
    }
    let traded = 0;
    let shares = 0;
    const full = start === 0 ? Math.min(period - 1, n) : start;
    for (let i = start; i < full; i++) {
      traded += ((high[i] + low[i] + close[i]) / 3) * volume[i];
      shares += volume[i];
    }
    for (let i = full; i < end; i++) {
      traded += ((high[i] + low[i] + close[i]) / 3) * volume[i];
      shares += volume[i];
      out[i] = (traded + scratch[i - start]) / (shares + scratch[sharesAt + i - start]);
    }
  }
}
