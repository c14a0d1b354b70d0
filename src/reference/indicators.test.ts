import t from 'tap';
import * as indicators from '../indicators/index.js';
import { double, fixed, quotient, root } from './fixed-point.js';
import {
  referenceAtr,
  referenceBbands,
  referenceBeta,
  referenceCorrel,
  referenceEma,
  referenceLinearReg,
  referenceMacd,
  referenceRsi,
  referenceSma,
  referenceStddev,
  referenceSum,
  referenceVariance,
  referenceWma,
} from './indicators.js';

const EPSILON = 2.220446049250313e-16;

/** Numbers in [0, 1) from a seed: xorshift with 32 bits. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

/** Bars of a random walk in whole cents, `step` of the price a bar at most. */
function walk(count: number, start: number, step: number, seed: number) {
  const next = uniform(seed);
  const [high, low, close, volume] = [0, 1, 2, 3].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const cents = (price: number): number => Math.round(price * 100) / 100;
  let level = start;
  for (let i = 0; i < count; i++) {
    level *= 1 + step * (2 * next() - 1);
    close[i] = cents(level);
    high[i] = cents(close[i]! + level * step * next());
    low[i] = cents(close[i]! - level * step * next());
    volume[i] = Math.round(1000 * next());
  }
  return { high, low, close, volume };
}

/** Worst difference over the given places, in parts of `size`; infinite where one alone is a number. */
function apart(ours: ArrayLike<number>, exact: ArrayLike<number>, size: number): number {
  let worst = 0;
  for (let i = 0; i < exact.length; i++) {
    if (Number.isNaN(ours[i]!) && Number.isNaN(exact[i]!)) continue;
    const difference = Math.abs(ours[i]! - exact[i]!) / size;
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }
  return worst;
}

t.test('numbers of 256 places hold doubles exactly and round back to the nearest', async (t) => {
  t.same(
    [0.1, -123456.789, 1e-40, 1e15, 0].map((x) => double(fixed(x))),
    [0.1, -123456.789, 1e-40, 1e15, 0],
  );
  t.equal(double(quotient(fixed(1), fixed(3))), 1 / 3);
  t.equal(double(root(fixed(2))), Math.SQRT2);
  t.equal(double(root(0n)), 0);
  t.equal(
    double(fixed(0.1) + fixed(0.2)),
    0.30000000000000004,
    'the double nearest to the sum of the two doubles',
  );
});

t.test('the twins give what the definitions give by hand', async (t) => {
  const values = [1, 2, 4, 8, 5];
  t.same(referenceSma(values, 2), [NaN, 1.5, 3, 6, 6.5]);
  t.same(referenceSum(values, 3), [NaN, NaN, 7, 14, 17]);
  t.same(referenceWma([1, 2, 5], 2), [NaN, 5 / 3, 4]);
  t.same(referenceVariance(values, 2), [NaN, 0.25, 1, 4, 2.25]);
  t.same(referenceStddev(values, 2, 2), [NaN, 1, 2, 4, 3]);
  t.same(referenceBbands(values, 2, 2, 1), {
    upper: [NaN, 2.5, 5, 10, 9.5],
    middle: [NaN, 1.5, 3, 6, 6.5],
    lower: [NaN, 1, 2, 4, 5],
  });
  t.same(referenceEma(values, 3), [NaN, NaN, 7 / 3, 31 / 6, 61 / 12]);
  t.same(referenceRsi(values, 2), [NaN, NaN, 100, 100, 1100 / 23]);
  t.same(referenceRsi([3, 3, 3, 3], 2), [NaN, NaN, 0, 0]);
  const bars = { high: [2, 4, 5, 6], low: [1, 1, 3, 5], close: [2, 3, 4, 5] };
  t.same(referenceAtr(bars, 2), [NaN, NaN, 2.5, 2.25], 'true ranges 3, 2, 2');
  const line = referenceLinearReg([0, 1, 5], 3);
  t.same([line.slope[2], line.intercept[2], line.end[2], line.next[2]], [2.5, -0.5, 4.5, 7]);
  t.same(referenceCorrel([1, 2, 3], [2, 4, 6], 3), [NaN, NaN, 1]);
  t.same(referenceCorrel([1, 2, 3], [7, 7, 7], 3), [NaN, NaN, 0]);
  t.same(referenceBeta([1, 2, 2], [4, 6, 9], 2), [NaN, NaN, 0], 'returns 1 and 0 against 0.5 and 0.5');
  t.same(referenceMacd(values, 2, 3, 2), {
    macd: [NaN, NaN, NaN, 7 / 6, 13 / 36],
    signal: [NaN, NaN, NaN, 11 / 12, 59 / 108],
    histogram: [NaN, NaN, NaN, 1 / 4, -5 / 27],
  });
});

/** Every function that has a twin, both over the same bars: name, ours, exact. */
function pairs(
  { high, low, close }: ReturnType<typeof walk>,
  period: number,
): [string, ArrayLike<number>, ArrayLike<number>][] {
  const line = referenceLinearReg(close, period);
  const bands = indicators.bbands(close, period);
  const exactBands = referenceBbands(close, period, 2, 2);
  const macd = indicators.macd(close, period, 2 * period, 9);
  const exactMacd = referenceMacd(close, period, 2 * period, 9);
  return [
    ['sma', indicators.sma(close, period), referenceSma(close, period)],
    ['sum', indicators.rollingSum(close, period), referenceSum(close, period)],
    ['wma', indicators.wma(close, period), referenceWma(close, period)],
    ['ema', indicators.ema(close, period), referenceEma(close, period)],
    ['variance', indicators.variance(close, period), referenceVariance(close, period)],
    ['stddev', indicators.stddev(close, period), referenceStddev(close, period)],
    ['rsi', indicators.rsi(close, period), referenceRsi(close, period)],
    ['atr', indicators.atr(high, low, close, period), referenceAtr({ high, low, close }, period)],
    ['linearReg', indicators.linearReg(close, period), line.end],
    ['linearRegSlope', indicators.linearRegSlope(close, period), line.slope],
    ['linearRegIntercept', indicators.linearRegIntercept(close, period), line.intercept],
    ['tsf', indicators.tsf(close, period), line.next],
    ['correl', indicators.correl(high, low, period), referenceCorrel(high, low, period)],
    ['beta', indicators.beta(high, low, period), referenceBeta(high, low, period)],
    ...(['upper', 'middle', 'lower'] as const).map((key): [string, Float64Array, number[]] => [
      `bbands.${key}`,
      bands[key],
      exactBands[key],
    ]),
    ...(['macd', 'signal', 'histogram'] as const).map((key): [string, Float64Array, number[]] => [
      `macd.${key}`,
      macd[key],
      exactMacd[key],
    ]),
  ];
}

t.test('ours are within 2e-15 of the scale of the exact values, beta within 1e-10', async (t) => {
  const kinds: [string, number, number][] = [
    ['everyday prices', 100, 0.01],
    ['prices of a coin', 0.05, 0.2],
    ['prices of 10,000 that hardly move', 10_000, 2e-6],
    ['prices of a billion', 1e9, 0.01],
  ];
  const wrong: string[] = [];
  for (const [kind, start, step] of kinds) {
    for (const period of [2, 7, 30]) {
      const bars = walk(90, start, step, 17);
      for (const [name, ours, exact] of pairs(bars, period)) {
        const size = Math.max(1, start, ...Array.from(exact, (x) => Math.abs(x) || 0));
        const found = apart(ours, exact, size);
        // Measured: 7e-16. A beta of two returns near 1e-6, themselves known to 1e-16, keeps ten digits: 8e-11.
        if (!(found <= (name === 'beta' ? 1e-10 : 2e-15)))
          wrong.push(`${name}(${period}), ${kind}: ${found}`);
      }
    }
  }
  t.same(wrong, []);
});

t.test('after 1,000,000 bars at 10,000 the error is as small as after the first window', async (t) => {
  const count = 1_000_000;
  const bars = walk(count, 10_000, 0.0005, 5);
  const { high, low, close } = bars;
  const period = 200;
  const last = count - 1;
  // Averages forget: what they held 6,000 bars ago has a weight below 1e-25.
  const from = count - 6000;
  const tail = { high: high.subarray(from), low: low.subarray(from), close: close.subarray(from) };
  const window = close.subarray(count - period);
  const line = referenceLinearReg(window, period);
  const end = (exact: readonly number[]): number => exact[exact.length - 1]!;
  const rows: [string, number, number, number][] = [
    ['sma', indicators.sma(close, period)[last]!, end(referenceSma(window, period)), 1e4],
    ['sum', indicators.rollingSum(close, period)[last]!, end(referenceSum(window, period)), 2e6],
    ['stddev', indicators.stddev(close, period)[last]!, end(referenceStddev(window, period)), 1e2],
    ['linearReg', indicators.linearReg(close, period)[last]!, end(line.end), 1e4],
    ['correl', indicators.correl(high, low, period)[last]!, exactCorrel(high, low, period), 1],
    ['ema', indicators.ema(close, period)[last]!, end(referenceEma(tail.close, period)), 1e4],
    ['rsi', indicators.rsi(close, 14)[last]!, end(referenceRsi(tail.close, 14)), 1e2],
    ['atr', indicators.atr(high, low, close, 14)[last]!, end(referenceAtr(tail, 14)), 1e1],
  ];
  // In units of the last place of the size beside it. Measured: 2.5 at most, the correlation and the EMA.
  const errors = rows.map(
    ([name, ours, exact, size]) => [name, Math.abs(ours - exact) / (size * EPSILON)] as const,
  );
  t.same(
    errors.filter(([, error]) => !(error <= 8)),
    [],
  );
});

function exactCorrel(x: Float64Array, y: Float64Array, period: number): number {
  const end = x.length;
  return referenceCorrel(x.subarray(end - period), y.subarray(end - period), period)[period - 1]!;
}

t.test('nothing is left of a price of a billion once it has left the window', async (t) => {
  const calm = walk(120, 100, 0.01, 9);
  const wild = { ...walk(120, 100, 0.01, 9) };
  for (const column of ['high', 'low', 'close'] as const) wild[column][20] = 1e9;
  type Bars = typeof calm;
  const windowed: Record<string, (bars: Bars) => Float64Array> = {
    sma: ({ close }) => indicators.sma(close, 14),
    wma: ({ close }) => indicators.wma(close, 14),
    trima: ({ close }) => indicators.trima(close, 14),
    rollingSum: ({ close }) => indicators.rollingSum(close, 14),
    variance: ({ close }) => indicators.variance(close, 14),
    stddev: ({ close }) => indicators.stddev(close, 14),
    linearReg: ({ close }) => indicators.linearReg(close, 14),
    correl: ({ high, low }) => indicators.correl(high, low, 14),
    beta: ({ high, low }) => indicators.beta(high, low, 14),
    cci: ({ high, low, close }) => indicators.cci(high, low, close, 14),
    ultosc: ({ high, low, close }) => indicators.ultosc(high, low, close, 7, 14, 28),
    mfi: ({ high, low, close, volume }) => indicators.mfi(high, low, close, volume, 14),
    stoch: ({ high, low, close }) => indicators.stoch(high, low, close, 9, 5, 4).slowD,
    vwap: ({ high, low, close, volume }) => indicators.vwap(high, low, close, volume, 14),
  };
  const wrong = Object.entries(windowed).filter(([, f]) => {
    // The longest memory is that of ultosc: 28 bars and the one before. Whole blocks may be rounded otherwise.
    const found = apart(f(wild).subarray(50), f(calm).subarray(50), 100);
    return !(found <= 1e-13);
  });
  t.same(
    wrong.map(([name]) => name),
    [],
  );
});
