/** Plain twins of windows and averages, for the tests of the kernels of indicators. */

/** Periods around the lengths of blocks and of `walk`. */
export const PERIODS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 13, 64, 199, 200, 201];

/** Cells that nobody has written yet. */
export const filled = (cells: number): Float64Array => new Float64Array(cells).fill(-99);

/** 200 values near 100, one of them 1e25 if asked; Park and Miller's generator. */
export function walk(spike = -1): Float64Array {
  let state = 11;
  let price = 100;
  return Float64Array.from({ length: 200 }, (_, i) => {
    state = (state * 48271) % 2147483647;
    price += state / 2147483647 - 0.5;
    return i === spike ? 1e25 : price;
  });
}

/** The prices of the golden values: 100 + ((7919 i) mod 101) / 10. */
export const GOLDEN: Float64Array = Float64Array.from(
  { length: 120 },
  (_, i) => 100 + ((7919 * i) % 101) / 10,
);

/** `f` of every full window. */
export function overWindows(
  values: ArrayLike<number>,
  period: number,
  f: (window: readonly number[]) => number,
): number[] {
  const list = Array.from(values);
  return list.map((_, i) => (i < period - 1 ? NaN : f(list.slice(i - period + 1, i + 1))));
}

/** Weighted mean with weights by place. */
export function weighted(window: readonly number[], weight: (place: number) => number): number {
  let sum = 0;
  let weights = 0;
  window.forEach((x, place) => {
    sum += x * weight(place);
    weights += weight(place);
  });
  return sum / weights;
}

/** The definition, step by step, over what is there: NaN before, then the mean of the first `period` numbers. */
export function emaTwin(
  values: ArrayLike<number>,
  period: number,
  share: number = 2 / (period + 1),
): number[] {
  const list = Array.from(values);
  const first = list.findIndex((x) => !Number.isNaN(x)) + period - 1;
  const out = list.map(() => NaN);
  if (first >= list.length || first < period - 1) return out;
  out[first] = weighted(list.slice(first - period + 1, first + 1), () => 1);
  for (let i = first + 1; i < list.length; i++) out[i] = out[i - 1] + share * (list[i] - out[i - 1]);
  return out;
}

/** Largest difference relative to 1 and the value; Infinity if only one of two is NaN. */
export function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < b.length; i++) {
    const gap = Number.isNaN(b[i]) === Number.isNaN(a[i]) ? Math.abs(a[i] - b[i]) : Infinity;
    most = Math.max(most, Number.isNaN(gap) ? 0 : gap / Math.max(1, Math.abs(b[i])));
  }
  return most;
}

/** Measured up to 2e-15: a few dozen roundings in another order. */
export const ROUNDING = 1e-13;
