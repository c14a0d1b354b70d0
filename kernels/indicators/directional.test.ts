/** True range and directional movement against hand-worked cases, TA-Lib's numbers and a plain twin. */
import t from 'tap';
import { adx, adxr, dx } from './directional-index.js';
import { minusDi, plusDi } from './directional-indicator.js';
import { minusDm, plusDm } from './directional-movement.js';
import { atr, natr, trueRange } from './true-range.js';

type Kernel = (
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
) => void;

const filled = (cells: number): Float64Array => new Float64Array(cells).fill(-99);
const of = (...values: number[]): Float64Array => Float64Array.from(values);
const worst = (a: Float64Array, b: readonly number[]): number =>
  a.reduce((most, x, i) => {
    const gap = Number.isNaN(x) && Number.isNaN(b[i]) ? 0 : Math.abs(x - b[i]);
    return gap <= most ? most : gap;
  }, 0);
const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

// The bars of the specification, for which TA-Lib 0.8.2 was asked.
const CLOSE = Float64Array.from({ length: 60 }, (_, i) => 100 + ((7919 * i) % 101) / 10);
const HIGH = CLOSE.map((x, i) => x + 1 + (i % 3) / 4);
const LOW = CLOSE.map((x, i) => x - 1 - (i % 5) / 8);

/** Wilder's definitions with `if`, sums and divisions as they are in his book. */
function wilder(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
): Record<string, number[]> {
  const bars = Array.from(close, (_, i) => {
    const rise = high[i] - high[i - 1];
    const fall = low[i - 1] - low[i];
    return {
      up: rise > fall && rise > 0 ? rise : 0,
      down: fall > rise && fall > 0 ? fall : 0,
      range: Math.max(high[i] - low[i], Math.abs(high[i] - close[i - 1]), Math.abs(low[i] - close[i - 1])),
    };
  });
  const smooth = (values: readonly number[]): number[] => {
    const out = values.map(() => NaN);
    out[period - 1] = sum(values.slice(1, period));
    for (let i = period; i < values.length; i++) out[i] = out[i - 1] - out[i - 1] / period + values[i];
    return out;
  };
  const up = smooth(bars.map((bar) => bar.up));
  const down = smooth(bars.map((bar) => bar.down));
  const range = smooth(bars.map((bar) => bar.range));
  const plus = up.map((x, i) => (i < period ? NaN : (100 * x) / range[i]));
  const minus = down.map((x, i) => (i < period ? NaN : (100 * x) / range[i]));
  const index = plus.map((x, i) => (100 * Math.abs(x - minus[i])) / (x + minus[i]));
  const average = index.map(() => NaN);
  average[2 * period - 1] = sum(index.slice(period, 2 * period)) / period;
  for (let i = 2 * period; i < index.length; i++) {
    average[i] = (average[i - 1] * (period - 1) + index[i]) / period;
  }
  const rating = average.map((x, i) => (x + average[i - (period - 1)]) / 2);
  return { up, down, plus, minus, index, average, rating };
}

t.test('trueRange of gaps up and down, worked by hand', async (t) => {
  const out = filled(4);
  trueRange(of(11, 12, 20, 9), of(9, 10, 18, 8), of(10, 11, 19, 8.5), out);
  t.strictSame(Array.from(out), [NaN, 2, 9, 11]);
  trueRange(of(), of(), of(), of());
});

t.test('atr equals what TA-Lib 0.8.2 gives for the bars of the specification', async (t) => {
  const out = filled(60);
  atr(HIGH, LOW, CLOSE, 14, out);
  t.equal(
    out.findIndex((x) => !Number.isNaN(x)),
    14,
  );
  t.ok(Math.abs(out[14] - 6.019642857142857) < 1e-14);
  t.ok(Math.abs(out[59] - 6.041148018374357) < 1e-14);
});

t.test('atr of one bar is the true range; natr is it in percent, but for one bar', async (t) => {
  const range = filled(60);
  trueRange(HIGH, LOW, CLOSE, range);
  const out = filled(60);
  atr(HIGH, LOW, CLOSE, 1, out);
  t.ok(worst(out, Array.from(range)) < 1e-14);
  natr(HIGH, LOW, CLOSE, 1, out);
  t.ok(worst(out, Array.from(range)) < 1e-14);
  const average = filled(60);
  atr(HIGH, LOW, CLOSE, 3, average);
  natr(HIGH, LOW, CLOSE, 3, out);
  t.ok(
    worst(
      out,
      Array.from(average, (x, i) => (100 * x) / CLOSE[i]),
    ) < 1e-13,
  );
  natr(of(1, 1, 1), of(-1, -1, -1), of(0, 0, 0), 2, out.subarray(57));
  t.strictSame(Array.from(out.subarray(57)), [NaN, NaN, 0]);
});

t.test('movement, indicators and indices equal the definitions with comparisons and divisions', async (t) => {
  const problems: string[] = [];
  for (const period of [2, 3, 7, 14, 20]) {
    const twin = wilder(HIGH, LOW, CLOSE, period);
    const check = (label: string, kernel: Kernel): void => {
      const out = filled(60);
      kernel(HIGH, LOW, CLOSE, period, out);
      // Worst difference seen: 6e-14 of numbers up to 100.
      if (!(worst(out, twin[label]) < 1e-12)) problems.push(`${label} ${period}: ${worst(out, twin[label])}`);
    };
    check('up', (high, low, _, p, out) => plusDm(high, low, p, out));
    check('down', (high, low, _, p, out) => minusDm(high, low, p, out));
    check('plus', plusDi);
    check('minus', minusDi);
    check('index', dx);
    check('average', adx);
    check('rating', adxr);
  }
  t.strictSame(problems, []);
});

t.test('movement and indicators of one bar', async (t) => {
  const high = of(10, 12, 12, 11);
  const low = of(8, 9, 7, 7);
  const close = of(9, 10, 8, 8);
  const out = filled(4);
  plusDm(high, low, 1, out);
  t.strictSame(Array.from(out), [NaN, 2, 0, 0]);
  minusDm(high, low, 1, out);
  t.strictSame(Array.from(out), [NaN, 0, 2, 0]);
  plusDi(high, low, close, 1, out);
  t.strictSame(Array.from(out), [NaN, 2 / 3, 0, 0]);
  minusDi(high, low, close, 1, out);
  t.strictSame(Array.from(out), [NaN, 0, 2 / 5, 0]);
});

t.test('a market that never moves has 0 everywhere', async (t) => {
  const flat = new Float64Array(50).fill(12.34);
  for (const kernel of [plusDi, minusDi, dx, adx, adxr]) {
    const out = filled(50);
    kernel(flat, flat, flat, 5, out);
    t.strictSame([...new Set(out.filter((x) => !Number.isNaN(x)))], [0], kernel.name);
  }
});

t.test('ratios keep their value while prices stand still', async (t) => {
  const still = (values: Float64Array): Float64Array => {
    const long = new Float64Array(900).fill(CLOSE[59]);
    long.set(values);
    return long;
  };
  const bars = [still(HIGH), still(LOW), still(CLOSE)] as const;
  for (const period of [2, 14]) {
    for (const kernel of [plusDi, minusDi, dx]) {
      const out = filled(900);
      kernel(...bars, period, out);
      t.ok(Math.abs(out[899] - out[61]) < 1e-9, `${kernel.name} ${period}`);
    }
    const out = filled(900);
    dx(...bars, period, out);
    const index = out[899];
    adx(...bars, period, out);
    t.ok(Math.abs(out[899] - index) < 1e-9, `adx goes to the index, ${period}`);
  }
});
