/** Pace, range and flow of prices against hand-worked cases, TA-Lib's numbers and plain twins of the definitions. */
import t from 'tap';
import { aroon, aroonOsc, aroonOscScratch, aroonScratch } from './aroon.js';
import { averageOfThree } from './average-of-three.js';
import { ad, adosc, bop, obv } from './balance.js';
import { endBlock } from './block-sums.js';
import { cci, cciScratch } from './cci.js';
import { cmo } from './cmo.js';
import { mfi, mfiScratch } from './mfi.js';
import { mom, rateOfChange } from './rate-of-change.js';
import { rsi } from './rsi.js';
import { sma } from './sma.js';
import { fastK, stochasticScratch, willr } from './stochastic.js';
import { ultosc, ultoscScratch } from './ultosc.js';

const filled = (cells: number): Float64Array => new Float64Array(cells).fill(-99);
const of = (...values: number[]): Float64Array => Float64Array.from(values);
const worst = (a: Float64Array, b: ArrayLike<number>): number =>
  a.reduce((most, x, i) => {
    const gap = Number.isNaN(x) && Number.isNaN(b[i]) ? 0 : Math.abs(x - b[i]);
    return gap <= most ? most : gap;
  }, 0);
const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

/** A market of n bars near `level`, in steps of a cent, with ties; Park and Miller's generator. */
function market(
  n: number,
  level: number,
  seed: number,
): Record<'high' | 'low' | 'close' | 'volume', Float64Array> {
  let state = seed;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const cents = (x: number): number => Math.round(x * 100) / 100;
  let price = level;
  const close = Float64Array.from(
    { length: n },
    () => (price = Math.max(0.01, cents(price + random() * 2 - 1))),
  );
  const high = close.map((x, i) => cents(Math.max(x, close[Math.max(0, i - 1)]) + random()));
  const low = close.map((x, i) => Math.max(0.01, cents(Math.min(x, close[Math.max(0, i - 1)]) - random())));
  return { high, low, close, volume: close.map(() => Math.floor(random() * 1000)) };
}

/** The bars of every window, as a twin that looks at each of them anew. */
function windows(n: number, first: number, bars: number, of: (from: number, to: number) => number): number[] {
  return Array.from({ length: n }, (_, i) => (i < first ? NaN : of(i - bars + 1, i + 1)));
}

t.test('rsi and cmo of four prices, worked by hand', async (t) => {
  const out = filled(4);
  rsi(of(10, 11, 10.5, 12), 2, out);
  t.ok(worst(out, [NaN, NaN, 100 * (2 / 3), 100 * (8 / 9)]) < 1e-13);
  cmo(of(10, 11, 10.5, 12), 2, out);
  t.ok(worst(out, [NaN, NaN, 100 / 3, 100 * (7 / 9)]) < 1e-13);
});

t.test('rsi equals what TA-Lib 0.8.2 gives for the prices of the specification', async (t) => {
  const close = Float64Array.from({ length: 60 }, (_, i) => 100 + ((7919 * i) % 101) / 10);
  const out = filled(60);
  rsi(close, 14, out);
  t.equal(
    out.findIndex((x) => !Number.isNaN(x)),
    14,
  );
  t.ok(Math.abs(out[14] - 55.156950672645756) < 1e-12);
  t.ok(Math.abs(out[59] - 53.587800429411345) < 1e-12);
});

t.test(
  'rsi and cmo are exactly at their ends where prices go one way, and 0 where they do not move',
  async (t) => {
    const out = filled(300);
    const up = Float64Array.from({ length: 300 }, (_, i) => 100 + Math.sqrt(i) / 3);
    const ends = (values: Float64Array): number[] => {
      rsi(values, 14, out);
      const found = new Set(out.subarray(14));
      cmo(values, 14, out);
      return [...found, ...new Set(out.subarray(14))];
    };
    t.strictSame(ends(up), [100, 100]);
    t.strictSame(ends(up.map((x) => 300 - x)), [0, -100]);
    t.strictSame(ends(up.fill(7.77)), [0, 0]);
  },
);

t.test('rsi and cmo keep their value while prices stand still', async (t) => {
  const close = new Float64Array(900).fill(101.5);
  close.set([100, 101, 100.25, 103, 102, 101.5]);
  const out = filled(close.length);
  for (const period of [2, 5, 14]) {
    rsi(close, period, out);
    t.ok(Math.abs(out[899] - out[20]) < 1e-9, `rsi ${period}`);
    cmo(close, period, out);
    t.ok(Math.abs(out[899] - out[20]) < 1e-9, `cmo ${period}`);
  }
});

t.test('mom and rateOfChange compare with the value some bars before; 0 as base gives 0', async (t) => {
  const out = filled(4);
  mom(of(1, 0, 3, 6), 2, out);
  t.strictSame(Array.from(out), [NaN, NaN, 2, 6]);
  rateOfChange(of(1, 0, 3, 6), 2, 1, 100, out);
  t.strictSame(Array.from(out), [NaN, NaN, 200, 0]);
  rateOfChange(of(1, 2, 3, 6), 3, 0, 1, out);
  t.strictSame(Array.from(out), [NaN, NaN, NaN, 6]);
  rateOfChange(of(1, 2), 3, 0, 1, out.subarray(2));
  t.strictSame(Array.from(out.subarray(2)), [NaN, NaN]);
});

t.test('fastK and willr equal a look at every window, in narrow and in wide markets', async (t) => {
  const problems: string[] = [];
  for (const [level, bars] of [
    [1000, 1500],
    [1000, 1501],
    [2, 1500],
  ]) {
    const { high, low, close } = market(bars, level, 5);
    for (const period of [1, 2, 3, 5, 9, 14, 63, 1499, 1500, 1501]) {
      const twin = (fromTop: boolean): number[] =>
        windows(bars, period - 1, period, (from, to) => {
          const highest = Math.max(...high.subarray(from, to));
          const lowest = Math.min(...low.subarray(from, to));
          if (highest === lowest) return 0;
          return 100 * ((close[to - 1] - (fromTop ? highest : lowest)) / (highest - lowest));
        });
      const out = filled(bars);
      const scratch = filled(stochasticScratch(period));
      fastK(high, low, close, period, scratch, out);
      if (worst(out, twin(false)) > 0) problems.push(`fastK(${period}) near ${level}`);
      willr(high, low, close, period, scratch, out);
      if (worst(out, twin(true)) > 0) problems.push(`willr(${period}) near ${level}`);
    }
  }
  t.strictSame(problems, []);
});

t.test('a range within rounding of nothing is none', async (t) => {
  const out = filled(3);
  fastK(of(0.3, 0.3, 0.3), of(0.3, 0.3, 0.3), of(0.3, 0.1 + 0.2, 0.3), 2, filled(stochasticScratch(2)), out);
  t.strictSame(Array.from(out), [NaN, 0, 0]);
});

t.test('averageOfThree has the bits of sma of 3 bars over the rest of the values', async (t) => {
  const problems: string[] = [];
  const values = Float64Array.from({ length: 40 }, (_, i) => Math.sin(i * i) * 10);
  for (let n = 0; n <= 40; n++) {
    for (const from of [0, 1, 4]) {
      const part = values.subarray(0, n);
      const out = filled(n);
      averageOfThree(part, from, out);
      const twin = filled(Math.max(0, n - from));
      sma(part.subarray(from), 3, twin);
      const same = out.subarray(0, from).every(Number.isNaN) && worst(out.subarray(from), twin) === 0;
      if (!same) problems.push(`${n} values from ${from}`);
    }
  }
  t.strictSame(problems, []);
});

t.test(
  'aroon counts the bars since the extremes, the latest of equal ones; aroonOsc is the difference',
  async (t) => {
    const problems: string[] = [];
    const n = 1500;
    const { high, low } = market(n, 20, 9);
    for (const period of [2, 3, 14, 100, n - 1, n]) {
      const age = (values: Float64Array, best: (...values: number[]) => number): number[] =>
        windows(n, period, period + 1, (from, to) => {
          const extreme = best(...values.subarray(from, to));
          return to - 1 - values.lastIndexOf(extreme, to - 1);
        });
      const lows = age(low, Math.min);
      const highs = age(high, Math.max);
      const down = filled(n);
      const up = filled(n);
      aroon(high, low, period, filled(aroonScratch(period)), down, up);
      const line = (ages: number[]): number[] => ages.map((bars) => (100 * (period - bars)) / period);
      if (worst(down, line(lows)) > 1e-13 || worst(up, line(highs)) > 1e-13) problems.push(`aroon ${period}`);
      const out = filled(n);
      aroonOsc(high, low, period, filled(aroonOscScratch(period)), out);
      const twin = lows.map((bars, i) => (100 * (bars - highs[i])) / period);
      if (worst(out, twin) > 1e-13) problems.push(`aroonOsc ${period}`);
    }
    t.strictSame(problems, []);
  },
);

t.test('cci, mfi and ultosc equal sums over every window', async (t) => {
  const problems: string[] = [];
  const n = 300;
  const { high, low, close, volume } = market(n, 50, 3);
  const typical = Array.from(close, (x, i) => (high[i] + low[i] + x) / 3);
  const check = (label: string, out: Float64Array, twin: readonly number[]): void => {
    // Twins add up what the kernels add up in blocks: 300 sums of numbers near 100 differ by at most 1e-12.
    if (!(worst(out, twin) < 1e-9)) problems.push(`${label}: off by ${worst(out, twin)}`);
  };
  for (const period of [2, 3, 14, 50, 299]) {
    const out = filled(n);
    cci(high, low, close, period, filled(cciScratch(period)), out);
    const index = (from: number, to: number): number => {
      const part = typical.slice(from, to);
      const mean = sum(part) / period;
      const deviation = sum(part.map((x) => Math.abs(x - mean))) / period;
      return deviation < 1e-12 ? 0 : (part[period - 1] - mean) / (0.015 * deviation);
    };
    check(`cci ${period}`, out, windows(n, period - 1, period, index));

    mfi(high, low, close, volume, period, filled(mfiScratch(period)), out);
    const flow = (sign: number): number[] =>
      typical.map((x, i) => (sign * (x - typical[i - 1]) > 1e-12 ? x * volume[i] : 0));
    const [up, down] = [flow(1), flow(-1)];
    const share = (from: number, to: number): number => {
      const rise = sum(up.slice(from, to));
      const total = rise + sum(down.slice(from, to));
      return total === 0 ? 0 : (100 * rise) / total;
    };
    check(`mfi ${period}`, out, windows(n, period, period, share));
  }
  const pressure = Array.from(close, (x, i) => x - Math.min(low[i], close[i - 1] ?? NaN));
  const range = Array.from(close, (_, i) => Math.max(high[i], close[i - 1]) - Math.min(low[i], close[i - 1]));
  const sets: readonly (readonly [number, number, number])[] = [
    [7, 14, 28],
    [28, 7, 14],
    [1, 1, 1],
    [5, 100, 5],
  ];
  for (const periods of sets) {
    const out = filled(n);
    ultosc(high, low, close, ...periods, filled(ultoscScratch(...periods)), out);
    const [a, b, c] = [...periods].sort((x, y) => x - y);
    const twin = windows(n, c, c, (_, to) => {
      const part = (bars: number): number =>
        sum(pressure.slice(to - bars, to)) / sum(range.slice(to - bars, to));
      return (100 * (4 * part(a) + 2 * part(b) + part(c))) / 7;
    });
    check(`ultosc ${periods.join(' ')}`, out, twin);
  }
  t.strictSame(problems, []);
});

t.test('windows without movement give 0, whatever came before', async (t) => {
  const price = Float64Array.from({ length: 60 }, (_, i) => (i < 20 ? 1e6 + i * 12345.67 : 9.37));
  const zeros = (out: Float64Array): number => out.subarray(45).filter((x) => Object.is(x, 0)).length;
  const out = filled(60);
  cci(price, price, price, 14, filled(cciScratch(14)), out);
  t.equal(zeros(out), 15);
  mfi(price, price, price, price, 14, filled(mfiScratch(14)), out);
  t.equal(zeros(out), 15);
  ultosc(price, price, price, 5, 7, 9, filled(ultoscScratch(5, 7, 9)), out);
  t.equal(zeros(out), 15);
});

t.test('obv, ad, adosc and bop, worked by hand', async (t) => {
  const out = filled(3);
  obv(of(5, 6, 6), of(100, 20, 7), out);
  t.strictSame(Array.from(out), [100, 120, 120]);
  obv(of(5, 4), of(100, 20), out.subarray(1));
  t.strictSame(Array.from(out.subarray(1)), [100, 80]);
  const high = of(12, 11, 11);
  const low = of(8, 7, 11);
  const close = of(11, 7, 11);
  const volume = of(100, 30, 1000);
  ad(high, low, close, volume, out);
  t.strictSame(Array.from(out), [50, 20, 20]);
  adosc(high, low, close, volume, 3, 1, out); // shares of a half and of one
  t.strictSame(Array.from(out), [NaN, NaN, 7.5]);
  bop(of(9, 8, 11), high, low, close, out);
  t.strictSame(Array.from(out), [0.5, -0.25, 0]);
});

t.test('endBlock leaves at every place the sum of what came after it', async (t) => {
  const cells = of(-1, 1, 2, 4, -1);
  endBlock(cells, 1, 3);
  t.strictSame(Array.from(cells), [-1, 6, 4, 0, -1]);
});
