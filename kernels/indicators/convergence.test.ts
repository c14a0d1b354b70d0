/** Differences and bands of averages against plain twins of their definitions and values of TA-Lib 0.8.2. */
import t from 'tap';
import {
  emaTwin,
  filled,
  GOLDEN,
  overWindows,
  PERIODS,
  ROUNDING,
  walk,
  weighted,
  worst,
} from '../../src/testing/average-twins.js';
import { emaOscillator, oscillator } from './apo.js';
import { bandsAround, bbands } from './bbands.js';
import { macd } from './macd.js';
import { averageDifference, finishMacd } from './macd-ext.js';

t.test('macd starts all three averages with means, the first two at one bar', async (t) => {
  const [line, signals, histogram] = [filled(120), filled(120), filled(120)];
  macd(GOLDEN, 12, 26, 9, 2 / 13, 2 / 27, line, signals, histogram);
  const found = [33, 59].flatMap((i) => [line[i], signals[i], histogram[i]]);
  const expected = [
    0.46431586683344506, 0.5065069961283923, -0.04219112929494728, 0.35890564847309747,
  ].concat([0.09331118913961732, 0.26559445933348014]);
  t.ok(worst(found, expected) < ROUNDING, 'the values of TA-Lib');
  t.ok(Number.isNaN(line[32]) && Number.isNaN(signals[32]) && Number.isNaN(histogram[32]));

  const fast = emaTwin(
    Array.from(GOLDEN, (x, i) => (i < 14 ? NaN : x)),
    12,
  );
  const slow = emaTwin(GOLDEN, 26);
  const twin = slow.map((x, i) => fast[i] - x);
  t.ok(worst(signals, emaTwin(twin, 9)) < ROUNDING);
  macd(walk().fill(7), 3, 5, 2, 0.5, 1 / 3, line, signals, histogram);
  t.strictSame(line.slice(5), new Float64Array(115), 'nothing where nothing moves');
});

t.test('differences of averages that are there already', async (t) => {
  const line = Float64Array.of(-99, -99, 5, 7, 8);
  const signals = Float64Array.of(-99, -99, 6, 9, 11);
  averageDifference(2, signals, line);
  t.strictSame(Array.from(line), [NaN, NaN, 1, 2, 3]);
  const histogram = filled(5);
  finishMacd(3, line, signals, histogram);
  t.strictSame(
    [line, signals, histogram].map((list) => Array.from(list)),
    [
      [NaN, NaN, NaN, 2, 3],
      [NaN, NaN, NaN, 9, 11],
      [NaN, NaN, NaN, -7, -8],
    ],
  );
});

t.test('the price oscillators start each average with its own first values', async (t) => {
  const values = walk();
  const [fast, slow] = [emaTwin(values, 4), emaTwin(values, 9)];
  for (const percent of [0, 1]) {
    const expected = slow.map((x, i) => (percent === 1 ? (100 * (fast[i] - x)) / x : fast[i] - x));
    const out = filled(200);
    emaOscillator(values, 4, 9, percent, out);
    t.ok(worst(out, expected) < ROUNDING, `percent ${percent}`);
    const again = Float64Array.from(fast);
    oscillator(Float64Array.from(slow), percent, again);
    t.ok(worst(again, expected) < ROUNDING, `percent ${percent}, of averages`);
  }
  const out = Float64Array.of(3);
  oscillator(Float64Array.of(0), 1, out);
  t.equal(out[0], 0, 'no percent of nothing');
});

t.test('bbands are population deviations around the mean, whatever has left the window', async (t) => {
  const [upper, middle, lower] = [filled(120), filled(120), filled(120)];
  bbands(GOLDEN, 20, 2, 2, upper, middle, lower);
  const found = [19, 59].flatMap((i) => [upper[i], middle[i], lower[i]]);
  const expected = [110.4488012468314, 104.60999999999999, 98.77119875316858, 110.82880124683128].concat([
    104.98999999999987, 99.15119875316846,
  ]);
  t.ok(worst(found, expected) < ROUNDING, 'the values of TA-Lib');
  for (const values of [walk(), walk(50)]) {
    for (const period of PERIODS) {
      const outs = [filled(200), filled(200), filled(200)] as const;
      bbands(values, period, 1.5, 3, ...outs);
      const mean = overWindows(values, period, (w) => weighted(w, () => 1));
      const sd = overWindows(values, period, (w) => {
        const m = weighted(w, () => 1);
        return Math.sqrt(
          weighted(
            w.map((x) => (x - m) * (x - m)),
            () => 1,
          ),
        );
      });
      const bands = [mean.map((m, i) => m + 1.5 * sd[i]), mean, mean.map((m, i) => m - 3 * sd[i])];
      bands.forEach((band, k) => t.ok(worst(outs[k], band) < ROUNDING, `period ${period}, output ${k}`));
    }
  }
  const flat = [filled(40), filled(40), filled(40)] as const;
  bbands(new Float64Array(40).fill(0.1), 7, 2, 2, ...flat);
  t.ok(
    flat.every((out) => out.slice(6).every((x) => x === 0.1)),
    'flat prices, flat bands',
  );

  const around = Float64Array.of(NaN, 10, 20);
  const [high, low] = [Float64Array.of(1, NaN, 2), filled(3)];
  bandsAround(around, 2, 1, high, low);
  t.strictSame(
    [high, around, low].map((list) => Array.from(list)),
    [
      [NaN, NaN, 24],
      [NaN, NaN, 20],
      [NaN, NaN, 18],
    ],
  );
});
