/** Channels, trends and prices of bars against hand-worked cases and plain twins of the published definitions. */
import t from 'tap';
import { donchian, donchianScratch } from './donchian.js';
import { heikinAshi } from './heikin-ashi.js';
import { ichimoku, ichimokuLookback, ichimokuScratch } from './ichimoku.js';
import { keltner } from './keltner.js';
import { avgPrice, medPrice, typPrice, wclPrice } from './price-transforms.js';
import { sar } from './sar.js';
import { slideSum } from './sma.js';
import { supertrend } from './supertrend.js';
import { twoSumError, vwap, vwapScratch } from './vwap.js';

const filled = (cells: number): Float64Array => new Float64Array(cells).fill(-99);
const of = (...values: number[]): Float64Array => Float64Array.from(values);
const worst = (a: Float64Array, b: readonly number[]): number =>
  a.reduce((most, x, i) => {
    const gap = Number.isNaN(x) && Number.isNaN(b[i]) ? 0 : Math.abs(x - b[i]);
    return gap <= most ? most : gap;
  }, 0);

/** A market of 400 bars whose prices stay near 100; Park and Miller's generator. */
function market(seed: number): { high: Float64Array; low: Float64Array; close: Float64Array } {
  let state = seed;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  let price = 100;
  const close = Float64Array.from({ length: 400 }, () => (price += (random() - 0.5) * 2));
  const high = close.map((x, i) => Math.max(x, close[Math.max(0, i - 1)]) + random());
  const low = close.map((x, i) => Math.min(x, close[Math.max(0, i - 1)]) - random());
  return { high, low, close };
}

/** Average true range as Wilder and TA-Lib define it. */
function atrTwin(high: Float64Array, low: Float64Array, close: Float64Array, period: number): number[] {
  const ranges = Array.from(close, (_, i) =>
    i === 0
      ? NaN
      : Math.max(high[i] - low[i], Math.abs(high[i] - close[i - 1]), Math.abs(low[i] - close[i - 1])),
  );
  const out = ranges.map(() => NaN);
  out[period] = ranges.slice(1, period + 1).reduce((a, b) => a + b) / period;
  for (let i = period + 1; i < out.length; i++) out[i] = (out[i - 1] * (period - 1) + ranges[i]) / period;
  return out;
}

// Five bars worked by hand; their true ranges from bar 1 on are 2, 4, 3 and 4.
const HIGH = of(11, 12, 15, 15, 12);
const LOW = of(9, 10, 13, 12, 8);
const CLOSE = of(10, 11, 14.5, 12, 9);

t.test('prices of a bar, worked by hand', async (t) => {
  const open = of(8, 10);
  const high = of(12, 11);
  const low = of(6, 9);
  const close = of(9, 10.5);
  const out = filled(2);
  avgPrice(open, high, low, close, out);
  t.strictSame(Array.from(out), [8.75, 10.125]);
  medPrice(high, low, out);
  t.strictSame(Array.from(out), [9, 10]);
  typPrice(high, low, close, out);
  t.strictSame(Array.from(out), [9, 30.5 / 3]);
  wclPrice(high, low, close, out);
  t.strictSame(Array.from(out), [9, 10.25]);
});

t.test('heikinAshi opens in the middle of the candle before', async (t) => {
  const out = [filled(3), filled(3), filled(3), filled(3)] as const;
  heikinAshi(of(8, 10, 4), of(12, 12, 8), of(6, 8, 3), of(10, 8, 5), ...out);
  t.strictSame(
    out.map((prices) => Array.from(prices)),
    [
      [9, 9, 9.25],
      [12, 12, 9.25],
      [6, 8, 3],
      [9, 9.5, 5],
    ],
  );
  heikinAshi(of(), of(), of(), of(), of(), of(), of(), of());
});

t.test('donchian takes the bar itself into its channel', async (t) => {
  const [upper, middle, lower] = [filled(5), filled(5), filled(5)];
  donchian(HIGH, LOW, 2, filled(donchianScratch(2)), upper, middle, lower);
  t.strictSame(Array.from(upper), [NaN, 12, 15, 15, 15]);
  t.strictSame(Array.from(lower), [NaN, 9, 10, 12, 8]);
  t.strictSame(Array.from(middle), [NaN, 10.5, 12.5, 13.5, 11.5]);
});

t.test('keltner is the average of the close with average true ranges on both sides', async (t) => {
  const [upper, middle, lower] = [filled(5), filled(5), filled(5)];
  keltner(HIGH, LOW, CLOSE, 1, 2, 1, upper, middle, lower);
  t.strictSame(Array.from(upper), [NaN, 15, 22.5, 18, 17]);
  t.strictSame(Array.from(middle), [NaN, 11, 14.5, 12, 9]);
  t.strictSame(Array.from(lower), [NaN, 7, 6.5, 6, 1]);

  const { high, low, close } = market(3);
  for (const [period, multiplier, atrPeriod] of [
    [20, 2, 10],
    [5, 1.5, 30],
    [400, 2, 10],
    [20, 2, 400],
  ] as const) {
    const first = Math.max(period - 1, atrPeriod);
    let average = close.subarray(0, period).reduce((a, b) => a + b) / period;
    const averages = Array.from(close, (x, i) => {
      if (i >= period) average = (x * 2 + average * (period - 1)) / (period + 1);
      return i < first ? NaN : average;
    });
    const ranges = atrTwin(high, low, close, atrPeriod);
    const outputs = [filled(400), filled(400), filled(400)] as const;
    keltner(high, low, close, period, multiplier, atrPeriod, ...outputs);
    // Measured 6e-14: the twin puts the same averages together in another order.
    [1, 0, -1].forEach((sign, k) => {
      const expected = averages.map((x, i) => (sign === 0 ? x : x + sign * multiplier * ranges[i]));
      t.ok(worst(outputs[k], expected) < 2e-13, `period ${period}, output ${k}`);
    });
  }
});

t.test('ichimoku shows at a bar the spans of `displacement` bars before', async (t) => {
  const { high, low } = market(4);
  for (const [conversion, base, span, displacement] of [
    [9, 26, 52, 26],
    [3, 2, 5, 0],
    [1, 10, 4, 390],
    [60, 30, 20, 500],
  ] as const) {
    const middle = (i: number, period: number): number =>
      i < period - 1
        ? NaN
        : (Math.max(...high.subarray(i - period + 1, i + 1)) +
            Math.min(...low.subarray(i - period + 1, i + 1))) /
          2;
    const bars = Array.from(high, (_, i) => i);
    const outputs = [filled(400), filled(400), filled(400), filled(400)] as const;
    const scratch = filled(ichimokuScratch(conversion, base, span));
    ichimoku(high, low, conversion, base, span, displacement, scratch, ...outputs);
    const expected = [
      bars.map((i) => middle(i, conversion)),
      bars.map((i) => middle(i, base)),
      bars.map((i) => (middle(i - displacement, conversion) + middle(i - displacement, base)) / 2),
      bars.map((i) => middle(i - displacement, span)),
    ];
    outputs.forEach((out, k) => t.strictSame(Array.from(out), expected[k], `displacement ${displacement}`));
    const first = Math.min(
      ...outputs.map((out) => out.findIndex((x) => !Number.isNaN(x))).filter((i) => i >= 0),
    );
    t.equal(ichimokuLookback(conversion, base, span, displacement), first);
  }
});

t.test('supertrend turns when the close passes the band that stands', async (t) => {
  const line = filled(5);
  const direction = filled(5);
  supertrend(HIGH, LOW, CLOSE, 1, 1, line, direction);
  t.strictSame(Array.from(line), [NaN, 13, 10, 10.5, 14]);
  t.strictSame(Array.from(direction), [NaN, -1, 1, 1, -1]);
});

t.test('supertrend is the published script of TradingView, direction negated', async (t) => {
  for (const [seed, period, multiplier] of [
    [5, 10, 3],
    [6, 3, 1],
    [7, 1, 0.5],
    [8, 400, 3],
  ] as const) {
    const { high, low, close } = market(seed);
    const ranges = atrTwin(high, low, close, period);
    const [lines, directions]: number[][] = [[], []];
    let [lowerBefore, upperBefore, trendBefore] = [0, 0, NaN];
    for (let i = 0; i < 400; i++) {
      const source = (high[i] + low[i]) / 2;
      let lower = source - multiplier * ranges[i];
      let upper = source + multiplier * ranges[i];
      lower = lower > lowerBefore || close[i - 1] < lowerBefore ? lower : lowerBefore;
      upper = upper < upperBefore || close[i - 1] > upperBefore ? upper : upperBefore;
      let direction: number;
      if (i === 0 || Number.isNaN(ranges[i - 1])) direction = 1;
      else if (trendBefore === upperBefore) direction = close[i] > upper ? -1 : 1;
      else direction = close[i] < lower ? 1 : -1;
      const trend = direction === -1 ? lower : upper;
      lines.push(i < period ? NaN : trend);
      directions.push(i < period ? NaN : -direction);
      [lowerBefore, upperBefore, trendBefore] = i < period ? [0, 0, NaN] : [lower, upper, trend];
    }
    const line = filled(400);
    const direction = filled(400);
    supertrend(high, low, close, period, multiplier, line, direction);
    t.strictSame(Array.from(direction), directions);
    // Measured 1.5e-14: the twin averages the ranges in another order.
    t.ok(worst(line, lines) < 2e-13);
  }
});

t.test('sar follows its position, turns at the stop and keeps out of the last two bars', async (t) => {
  const high = of(10, 12, 13, 13, 9, 10, 10.5);
  const low = of(8, 9, 11, 8, 6, 7, 7);
  const out = filled(7);
  const run = (start: number, offset: number, sign: number): number[] => {
    sar(high, low, start, offset, 0.25, 0.25, 0.5, 0.25, 0.25, 0.5, sign, out);
    return Array.from(out);
  };
  t.strictSame(run(0, 0, 1), [NaN, 8, 9, 13, 13, 13, 6]);
  t.strictSame(run(0, 0, -1), [NaN, 8, 9, -13, -13, -13, 6]);
  // Moved half away at the turn: 13 + 6.5, then a quarter of the way to 8, then half the way to 6, but not below 13.
  t.strictSame(run(0, 0.5, -1).slice(0, 6), [NaN, 8, 9, -19.5, -16.625, -13]);
  // Long from a stop of 5: 5 + (12 − 5) / 4, then half the way to 13, not above the low of 9.
  t.strictSame(run(5, 0, -1).slice(0, 4), [NaN, 5, 6.75, -13]);
  // Short from a stop of 20: 20 − (20 − 9) / 4, then the same extreme again, then a new one.
  t.strictSame(run(-20, 0, 1).slice(0, 5), [NaN, 20, 17.25, 15.1875, 13]);
  sar(high.subarray(0, 1), low.subarray(0, 1), 0, 0, 0.02, 0.02, 0.2, 0.02, 0.02, 0.2, 1, out.subarray(0, 1));
  t.ok(Number.isNaN(out[0]));
});

t.test('vwap weighs typical prices with volumes, over all bars or a window', async (t) => {
  const price = of(10, 20, 30, 30);
  const volume = of(1, 3, 0, 0);
  const out = filled(4);
  vwap(price, price, price, volume, 0, filled(vwapScratch(0)), out);
  t.strictSame(Array.from(out), [10, 17.5, 17.5, 17.5]);
  vwap(price, price, price, volume, 2, filled(vwapScratch(2)), out);
  t.strictSame(Array.from(out), [NaN, 17.5, 20, NaN], 'NaN where nothing is traded');
});

t.test('vwap and slideSum keep nothing of a bar that has left the window', async (t) => {
  const { high, low, close } = market(9);
  const volume = close.map((_, i) => (i === 50 ? 1e25 : 1 + ((i * 7919) % 1000)));
  const spiked = close.map((x, i) => (i === 50 ? 1e25 : x));
  for (const period of [1, 2, 7, 64, 399, 400, 401]) {
    const out = filled(400);
    const sums = filled(400);
    vwap(high, low, close, volume, period, filled(vwapScratch(period)), out);
    slideSum(spiked, period, 1, sums);
    const bars = Array.from(close, (_, i) => i);
    const total = (i: number, f: (k: number) => number): number =>
      i < period - 1 ? NaN : bars.slice(i - period + 1, i + 1).reduce((sum, k) => sum + f(k), 0);
    const traded = (k: number): number => ((high[k] + low[k] + close[k]) / 3) * volume[k];
    const averages = bars.map((i) => total(i, traded) / total(i, (k) => volume[k]));
    // Measured 6e-14 and 8e-16, for two orders of adding up to 400 numbers near 100.
    t.ok(worst(out, averages) < 2e-13, `vwap, period ${period}`);
    const sumsTwin = bars.map((i) => total(i, (k) => spiked[k]));
    t.ok(
      worst(
        sums.map((x, i) => x / sumsTwin[i]),
        sumsTwin.map((x) => x / x),
      ) < 1e-14,
      `period ${period}`,
    );
  }
});

t.test('vwap over 300,000 bars is as exact as over one', async (t) => {
  const n = 300_000;
  const price = new Float64Array(n).fill(0.1);
  const volume = Float64Array.from({ length: n }, (_, i) => 1 / (1 + (i % 10)));
  const out = filled(n);
  vwap(price, price, price, volume, 0, filled(0), out);
  // Products are within half an ulp of 0.1 × volume and the sums lose nothing: 2.8e-17, against 2e-13 of plain sums.
  t.ok(worst(out, Array.from(price)) <= 3e-17);
  t.equal(twoSumError(1, 2 ** -60, 1), 2 ** -60);
});
