/** Statistics of a moving window against their definitions, window by window. */
import t from 'tap';
import { beta, betaScratch } from './beta.js';
import { correl, correlScratch } from './correl.js';
import { linearReg, linearRegAngle, linearRegScratch, linearRegSlope } from './linear-reg.js';
import { stddev, variance, varianceScratch } from './variance.js';
import { windowLine, windowLineScratch } from './window-line.js';

const PERIODS = [2, 3, 4, 5, 8, 13, 64, 199, 200, 201];
const filled = (cells: number): Float64Array => new Float64Array(cells).fill(-99);

/** 200 values near 100, one of them far off if asked; Park and Miller's generator. */
function walk(seed: number, spike = 0): Float64Array {
  let state = seed;
  let price = 100;
  return Float64Array.from({ length: 200 }, (_, i) => {
    state = (state * 48271) % 2147483647;
    price += state / 2147483647 - 0.5;
    return i === 50 && spike !== 0 ? spike : price;
  });
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
const cross = (a: readonly number[], b: readonly number[]): number => {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((x, i) => (x - ma) * (b[i] - mb)));
};

/** The largest difference from `f` of every window, relative to the largest result; Infinity where a NaN is misplaced. */
function gap(
  out: Float64Array,
  period: number,
  series: readonly Float64Array[],
  f: (...windows: number[][]) => number,
): number {
  let worst = 0;
  let size = 1e-300;
  out.forEach((x, i) => {
    if (i < period - 1) {
      if (!Number.isNaN(x)) worst = Infinity;
      return;
    }
    const expected = f(...series.map((list) => Array.from(list.subarray(i - period + 1, i + 1))));
    const difference = Math.abs(x - expected);
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
    size = Math.max(size, Math.abs(expected));
  });
  return worst / size;
}

// Measured up to 4e-14; the twins' own two passes round as well.
const ROUNDING = 1e-12;

t.test('variance and stddev have divisor period, and forget what has left the window', async (t) => {
  for (const values of [walk(3), walk(3, 1e12), walk(3).map((x) => x * 1e-9), walk(3).map((x) => x + 1e6)]) {
    for (const period of PERIODS) {
      const out = filled(200);
      variance(values, period, filled(varianceScratch(period)), out);
      // The offset of a million costs the twin, and nothing else, six digits of the differences.
      t.ok(gap(out, period, [values], (w) => cross(w, w)) < 1e-9, `variance ${period}`);
      stddev(values, period, 2.5, filled(varianceScratch(period)), out);
      t.ok(gap(out, period, [values], (w) => 2.5 * Math.sqrt(cross(w, w))) < 1e-9, `stddev ${period}`);
    }
  }
  const after = filled(200);
  variance(walk(3, 1e12), 5, filled(varianceScratch(5)), after);
  const without = filled(200);
  variance(walk(3), 5, filled(varianceScratch(5)), without);
  t.ok(
    after.subarray(60).every((x, i) => Math.abs(x - without[i + 60]) <= 1e-15 * x),
    'ten bars after the spike as if it had not been',
  );
  variance(filled(9), 4, filled(varianceScratch(4)), after.subarray(0, 9));
  t.strictSame(Array.from(after.subarray(0, 9)), [NaN, NaN, NaN, 0, 0, 0, 0, 0, 0]);
});

t.test('the lines of least squares go where the normal equations say', async (t) => {
  for (const values of [walk(5), walk(5, 1e9)]) {
    for (const period of PERIODS) {
      const out = filled(200);
      const scratch = filled(linearRegScratch(period));
      const places = Array.from({ length: period }, (_, k) => k);
      const slope = (w: number[]): number => cross(places, w) / cross(places, places);
      linearRegSlope(values, period, scratch, out);
      t.ok(gap(out, period, [values], slope) < ROUNDING, `slope ${period}`);
      for (const at of [0, period - 1, period]) {
        linearReg(values, period, at, scratch, out);
        const height = (w: number[]): number => mean(w) + slope(w) * (at - (period - 1) / 2);
        t.ok(gap(out, period, [values], height) < ROUNDING, `height at ${at} of ${period}`);
      }
    }
  }
  const angles = filled(200);
  const slopes = filled(200);
  linearRegSlope(walk(5), 9, filled(linearRegScratch(9)), slopes);
  linearRegAngle(walk(5), 9, filled(linearRegScratch(9)), angles);
  t.ok(
    angles.every((x, i) => i < 8 || Math.abs(x - (Math.atan(slopes[i]) * 180) / Math.PI) < 1e-14 * 90),
    'the angle is that of the slope',
  );
  const line = Float64Array.from({ length: 30 }, (_, i) => 3 + 2 * i);
  const ahead = filled(30);
  linearReg(line, 14, 14, filled(linearRegScratch(14)), ahead);
  t.ok(
    ahead.subarray(13).every((x, i) => Math.abs(x - (3 + 2 * (i + 14))) < 1e-13),
    'a line goes on as it is',
  );
});

t.test('windowLine gives a flat window exactly', async (t) => {
  const out = filled(20);
  windowLine(new Float64Array(20).fill(0.1), 6, 1, 0.3, 0.7, filled(windowLineScratch(6)), out);
  t.ok(out.subarray(5).every((x) => x === 0.1) && out.subarray(0, 5).every(Number.isNaN));
});

t.test('correl is the correlation of every window, 0 where one side stands still', async (t) => {
  for (const [x, y] of [
    [walk(7), walk(8)],
    [walk(7, 1e12), walk(8)],
    [walk(7).map((v) => v * 1e-9), walk(8).map((v) => v * 1e9)],
  ]) {
    for (const period of PERIODS) {
      const out = filled(200);
      correl(x, y, period, filled(correlScratch(period)), out);
      const twin = (a: number[], b: number[]): number => cross(a, b) / Math.sqrt(cross(a, a) * cross(b, b));
      // Two values have correlation 1 or −1, and the twin's rounding decides where they nearly agree.
      t.ok(gap(out, period, [x, y], twin) < 1e-9, `period ${period}`);
      t.ok(
        out.every((v) => !(Math.abs(v) > 1)),
        `period ${period} within −1 and 1`,
      );
    }
  }
  const out = filled(200);
  correl(walk(7), filled(200), 4, filled(correlScratch(4)), out);
  t.ok(out.subarray(3).every((v) => v === 0));
});

t.test('beta is the slope of returns on returns', async (t) => {
  const [x, y] = [walk(9), walk(10)];
  const returns = (list: Float64Array): Float64Array =>
    list.map((v, i) => (i === 0 ? NaN : v / list[i - 1] - 1));
  for (const period of [3, 4, 5, 8, 13, 64, 198, 199, 200]) {
    const out = filled(200);
    beta(x, y, period, filled(betaScratch(period)), out);
    t.ok(Number.isNaN(out[0]));
    const series = [returns(x).subarray(1), returns(y).subarray(1)];
    t.ok(
      gap(out.subarray(1), period, series, (a, b) => cross(a, b) / cross(a, a)) < 1e-9,
      `period ${period}`,
    );
  }
  const out = filled(200);
  beta(filled(200), y, 4, filled(betaScratch(4)), out);
  t.ok(
    out.subarray(4).every((v) => v === 0),
    'a market that stands still',
  );
  beta(x.with(20, 0), y, 4, filled(betaScratch(4)), out);
  t.ok(out.subarray(4).every(Number.isFinite), 'a price of 0 gives no infinity');
});
