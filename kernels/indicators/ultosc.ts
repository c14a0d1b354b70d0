import { endBlock } from './block-sums.js';

/** Index of the first value of `ultosc`. */
export function ultoscLookback(short: number, middle: number, long: number): number {
  return Math.max(short, middle, long);
}

/** Cells of scratch that `ultosc` needs. */
export function ultoscScratch(short: number, middle: number, long: number): number {
  return 2 * (short + middle + long);
}

/**
 * Ultimate oscillator: 100 × (4 s + 2 m + l) / 7, where s, m and l are buying pressure / true range over the shortest,
 * the middle and the longest of three windows; a window without range counts as 0.
 *
 * high, low, close     n numbers each, without NaN; low is never above high
 * short, middle, long  bars of the windows, 1 or more each, in any order
 * scratch              ultoscScratch(short, middle, long) cells
 * out                  n numbers, the first max(short, middle, long) of them NaN; must not overlap the inputs
 *
 * Buying pressure is close − min(low, previous close), range as in `trueRange`, both without a branch. Sums by
 * blocks, so nothing is left of bars that have gone by.
 * O(n). Source: L. Williams, The Ultimate Oscillator, 1985. Reference: TA-Lib ULTOSC.
 */
export function ultosc(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  short: number,
  middle: number,
  long: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = high.length;
  const c = Math.max(short, middle, long);
  const a = Math.min(short, middle, long);
  const b = short + middle + long - a - c;
  out.fill(NaN, 0, c);
  if (n <= c) return;
  const atB = 2 * a;
  const atC = atB + 2 * b;
  scratch.fill(0, 0, atC + 2 * c);
  let before = close[0];
  let pressureA = 0;
  let pressureB = 0;
  let pressureC = 0;
  let rangeA = 0;
  let rangeB = 0;
  let rangeC = 0;
  let placeA = 0;
  let placeB = 0;
  let placeC = 0;
  for (let i = 1; i < n; i++) {
    const h = high[i];
    const l = low[i];
    const price = close[i];
    const gap = l - before;
    const pressure = price - l + (Math.abs(gap) + gap) * 0.5;
    const range = (h - l + (Math.abs(h - before) + Math.abs(gap))) * 0.5;
    before = price;
    pressureA += pressure;
    pressureB += pressure;
    pressureC += pressure;
    rangeA += range;
    rangeB += range;
    rangeC += range;
    if (i >= c) {
      const reachA = rangeA + scratch[a + placeA];
      const reachB = rangeB + scratch[atB + b + placeB];
      const reachC = rangeC + scratch[atC + c + placeC];
      const s = reachA === 0 ? 0 : (pressureA + scratch[placeA]) / reachA;
      const m = reachB === 0 ? 0 : (pressureB + scratch[atB + placeB]) / reachB;
      const r = reachC === 0 ? 0 : (pressureC + scratch[atC + placeC]) / reachC;
      out[i] = 100 * ((4 * s + 2 * m + r) / 7);
    }
    scratch[placeA] = pressure;
    scratch[a + placeA] = range;
    scratch[atB + placeB] = pressure;
    scratch[atB + b + placeB] = range;
    scratch[atC + placeC] = pressure;
    scratch[atC + c + placeC] = range;
    if (++placeA === a) {
      endBlock(scratch, 0, a);
      endBlock(scratch, a, a);
      placeA = 0;
      pressureA = 0;
      rangeA = 0;
    }
    if (++placeB === b) {
      endBlock(scratch, atB, b);
      endBlock(scratch, atB + b, b);
      placeB = 0;
      pressureB = 0;
      rangeB = 0;
    }
    if (++placeC === c) {
      endBlock(scratch, atC, c);
      endBlock(scratch, atC + c, c);
      placeC = 0;
      pressureC = 0;
      rangeC = 0;
    }
  }
}
