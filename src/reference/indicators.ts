/**
 * Indicators written from their definitions in numbers of 256 binary places, one bar at a time and every window anew.
 *
 * They say what the right number is where two libraries round differently. Each takes numbers without NaN and gives
 * as many, NaN before the first value.
 */
import { double, fixed, magnitude, ONE, product, quotient, root, sum } from './fixed-point.js';

type Series = ArrayLike<number>;
type Exact = readonly bigint[];

/** Bars of one price each, or of three. */
export interface ReferenceBars {
  readonly high: Series;
  readonly low: Series;
  readonly close: Series;
}

function exact(values: Series): bigint[] {
  return Array.from(values, fixed);
}

/** The numbers of the bars from `from` on, NaN before. */
function from(first: number, length: number, value: (i: number) => bigint): number[] {
  return Array.from({ length }, (_, i) => (i < first ? NaN : double(value(i))));
}

/** A number for every window of `period` values. */
function windows(values: Series, period: number, value: (window: Exact, i: number) => bigint): number[] {
  const all = exact(values);
  return from(period - 1, all.length, (i) => value(all.slice(i - period + 1, i + 1), i));
}

function mean(window: Exact): bigint {
  return sum(window) / BigInt(window.length);
}

/** Mean of the squared distances from the mean. */
function spread(window: Exact): bigint {
  const middle = mean(window);
  return mean(window.map((x) => product(x - middle, x - middle)));
}

/** Mean of the last `period` values. */
export function referenceSma(values: Series, period: number): number[] {
  return windows(values, period, mean);
}

export function referenceSum(values: Series, period: number): number[] {
  return windows(values, period, sum);
}

/** Mean with weights 1, 2 … period, the newest heaviest. */
export function referenceWma(values: Series, period: number): number[] {
  const weights = BigInt((period * (period + 1)) / 2);
  return windows(values, period, (window) => sum(window.map((x, k) => x * BigInt(k + 1))) / weights);
}

/** Variance with divisor `period`. */
export function referenceVariance(values: Series, period: number): number[] {
  return windows(values, period, spread);
}

/** Standard deviation with divisor `period`, times `factor`. */
export function referenceStddev(values: Series, period: number, factor: number = 1): number[] {
  return windows(values, period, (window) => product(root(spread(window)), fixed(factor)));
}

/** Mean, and `up` and `down` standard deviations from it. */
export function referenceBbands(
  values: Series,
  period: number,
  up: number,
  down: number,
): { upper: number[]; middle: number[]; lower: number[] } {
  const band = (factor: number): number[] =>
    windows(values, period, (window) => mean(window) + product(root(spread(window)), fixed(factor)));
  return { upper: band(up), middle: referenceSma(values, period), lower: band(-down) };
}

/** Exponential averages from the mean of the `period` values that end at index `first`. */
function averages(values: Exact, period: number, first: number): bigint[] {
  const made: bigint[] = [];
  if (first >= values.length) return made;
  made[first] = mean(values.slice(first - period + 1, first + 1));
  for (let i = first + 1; i < values.length; i++) {
    made[i] = made[i - 1]! + ((values[i]! - made[i - 1]!) * 2n) / BigInt(period + 1);
  }
  return made;
}

/** Exponential moving average, k = 2 / (period + 1), from the mean of the first `period` values. */
export function referenceEma(values: Series, period: number): number[] {
  const made = averages(exact(values), period, period - 1);
  return from(period - 1, values.length, (i) => made[i]!);
}

/** Difference of a fast and a slow exponential average, both begun at the slow one's first bar, and its average. */
export function referenceMacd(
  values: Series,
  fast: number,
  slow: number,
  signal: number,
): { macd: number[]; signal: number[]; histogram: number[] } {
  const all = exact(values);
  const [short, long] = [Math.min(fast, slow), Math.max(fast, slow)];
  const quick = averages(all, short, long - 1);
  const line = averages(all, long, long - 1).map((x, i) => quick[i]! - x);
  const begin = long + signal - 2;
  const smooth = averages(line, signal, begin);
  return {
    macd: from(begin, all.length, (i) => line[i]!),
    signal: from(begin, all.length, (i) => smooth[i]!),
    histogram: from(begin, all.length, (i) => line[i]! - smooth[i]!),
  };
}

/** Wilder's averages: the mean of the `period` values after the first, then (average × (period − 1) + x) / period. */
function wilder(values: Exact, period: number): bigint[] {
  const made: bigint[] = [];
  if (period >= values.length) return made;
  made[period] = mean(values.slice(1, period + 1));
  for (let i = period + 1; i < values.length; i++) {
    made[i] = (made[i - 1]! * BigInt(period - 1) + values[i]!) / BigInt(period);
  }
  return made;
}

function changes(values: Exact): bigint[] {
  return values.map((x, i) => (i === 0 ? 0n : x - values[i - 1]!));
}

/** Wilder's relative strength index, 0 where nothing has moved. */
export function referenceRsi(values: Series, period: number): number[] {
  const moved = changes(exact(values));
  const rise = wilder(
    moved.map((x) => (x > 0n ? x : 0n)),
    period,
  );
  const all = wilder(moved.map(magnitude), period);
  return from(period, values.length, (i) => (all[i] === 0n ? 0n : quotient(100n * rise[i]!, all[i]!)));
}

/** True ranges; 0 for the first bar, which has no bar before it. */
function ranges({ high, low, close }: ReferenceBars): bigint[] {
  const [h, l, c] = [exact(high), exact(low), exact(close)];
  return h.map((x, i) => {
    if (i === 0) return 0n;
    const all = [x - l[i]!, magnitude(x - c[i - 1]!), magnitude(l[i]! - c[i - 1]!)];
    return all.reduce((largest, range) => (range > largest ? range : largest));
  });
}

/** Wilder's average of the true ranges. */
export function referenceAtr(bars: ReferenceBars, period: number): number[] {
  const made = wilder(ranges(bars), period);
  return from(period, bars.close.length, (i) => made[i]!);
}

/** Slope and value at the first bar of the line of least squares through a window. */
function line(window: Exact): { slope: bigint; start: bigint } {
  const n = BigInt(window.length);
  const places = window.map((_, k) => BigInt(k));
  const [x, xx] = [sum(places), sum(places.map((k) => k * k))];
  const [y, xy] = [sum(window), sum(window.map((value, k) => value * BigInt(k)))];
  const slope = (n * xy - x * y) / (n * xx - x * x);
  return { slope, start: (y - slope * x) / n };
}

/** The line of least squares through the last `period` values: its slope, and where it begins, ends and goes on. */
export function referenceLinearReg(
  values: Series,
  period: number,
): { slope: number[]; intercept: number[]; end: number[]; next: number[] } {
  const at = (place: number): number[] =>
    windows(values, period, (window) => {
      const { slope, start } = line(window);
      return start + slope * BigInt(place);
    });
  return {
    slope: windows(values, period, (window) => line(window).slope),
    intercept: at(0),
    end: at(period - 1),
    next: at(period),
  };
}

/** Pearson's correlation of the last `period` pairs, 0 where one side is constant. */
export function referenceCorrel(values: Series, other: Series, period: number): number[] {
  const second = exact(other);
  return windows(values, period, (a, i) => {
    const b = second.slice(i - period + 1, i + 1);
    const [x, y] = [mean(a), mean(b)];
    const covariance = mean(a.map((value, k) => product(value - x, b[k]! - y)));
    const size = product(root(spread(a)), root(spread(b)));
    return size === 0n ? 0n : quotient(covariance, size);
  });
}

/** Slope of the returns of `other` on those of `values` over the last `period` returns, 0 where these are constant. */
export function referenceBeta(values: Series, other: Series, period: number): number[] {
  const returns = (series: Exact): bigint[] =>
    series.map((x, i) => (i === 0 || series[i - 1] === 0n ? 0n : quotient(x, series[i - 1]!) - ONE));
  const [a, b] = [returns(exact(values)), returns(exact(other))];
  return from(period, values.length, (i) => {
    const x = a.slice(i - period + 1, i + 1);
    const y = b.slice(i - period + 1, i + 1);
    const [p, q] = [mean(x), mean(y)];
    const square = sum(x.map((value) => product(value - p, value - p)));
    const both = sum(x.map((value, k) => product(value - p, y[k]! - q)));
    return square === 0n ? 0n : quotient(both, square);
  });
}
