/** Moving averages against plain twins of their definitions and values of TA-Lib 0.8.2. */
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
import { bbands } from './bbands.js';
import { dema } from './dema.js';
import { ema } from './ema.js';
import { kama, kamaScratch } from './kama.js';
import { mama, mamaScratch } from './mama.js';
import { movingAverage, movingAverageLookback, movingAverageScratch } from './moving-average.js';
import { sma } from './sma.js';
import { t3, t3Scratch } from './t3.js';
import { tema } from './tema.js';
import { trima, trimaScratch } from './trima.js';
import { percentChange, trix } from './trix.js';
import { wma, wmaScratch } from './wma.js';

t.test('sma, wma and trima are the weighted means of their windows, whatever has left them', async (t) => {
  for (const values of [walk(), walk(50)]) {
    for (const period of PERIODS) {
      const out = filled(200);
      sma(values, period, out);
      t.ok(
        worst(
          out,
          overWindows(values, period, (w) => weighted(w, () => 1)),
        ) < ROUNDING,
        `sma ${period}`,
      );
      wma(values, period, filled(wmaScratch(period)), out);
      t.ok(
        worst(
          out,
          overWindows(values, period, (w) => weighted(w, (k) => k + 1)),
        ) < ROUNDING,
        `wma ${period}`,
      );
      trima(values, period, filled(trimaScratch(period)), out);
      const weight = (k: number): number => Math.min(k + 1, period - k);
      t.ok(
        worst(
          out,
          overWindows(values, period, (w) => weighted(w, weight)),
        ) < ROUNDING,
        `trima ${period}`,
      );
    }
  }
});

t.test('sma and bbands say by their last cell that a value somewhere was not finite', async (t) => {
  for (const at of [0, 1, 57, 198, 199]) {
    for (const strange of [NaN, Infinity, -Infinity]) {
      const out = [filled(200), filled(200), filled(200)] as const;
      sma(walk().with(at, strange), 5, out[0]);
      t.notOk(Number.isFinite(out[0][199]), `sma, ${strange} at ${at}`);
      bbands(walk().with(at, strange), 5, 2, 2, ...out);
      t.notOk(Number.isFinite(out[0][199]), `bbands, ${strange} at ${at}`);
    }
  }
});

t.test('sums that overflow spoil their own windows only', async (t) => {
  const out = filled(6);
  sma(Float64Array.of(1.5e308, 1.5e308, 1, 2, 3, 4), 2, out);
  t.strictSame(Array.from(out), [NaN, Infinity, 7.5e307, 1.5, 2.5, 3.5]);
});

t.test('ema, dema, tema, t3 and trix follow the recursion bar by bar', async (t) => {
  const values = walk();
  for (const period of PERIODS) {
    const out = filled(200);
    const e = [emaTwin(values, period)];
    for (let k = 1; k < 6; k++) e.push(emaTwin(e[k - 1], period));
    const at = (f: (...averages: number[]) => number): number[] =>
      e[0].map((_, i) => f(...e.map((list) => list[i])));
    ema(values, period, out);
    t.ok(worst(out, e[0]) < ROUNDING, `ema ${period}`);
    dema(values, period, out);
    t.ok(
      worst(
        out,
        at((a, b) => 2 * a - b),
      ) < ROUNDING,
      `dema ${period}`,
    );
    tema(values, period, out);
    t.ok(
      worst(
        out,
        at((a, b, c) => 3 * a - 3 * b + c),
      ) < ROUNDING,
      `tema ${period}`,
    );
    t3(values, period, 0, filled(t3Scratch()), out);
    // With volume factor 0 only the third average is left, but the other three must have begun.
    t.ok(
      worst(
        out,
        at((_a, _b, c, _d, _e, f) => c + 0 * f),
      ) < ROUNDING,
      `t3 without volume, ${period}`,
    );
    trix(values, period, out);
    t.ok(
      worst(
        out,
        e[2].map((x, i) => 100 * (x / (e[2][i - 1] ?? NaN) - 1)),
      ) < 2e-12,
      `trix ${period}`,
    );
  }
  t.equal(percentChange(0, 3), 0);
});

t.test('kama moves by the square of a share between those of 30 bars and 2', async (t) => {
  const values = walk();
  for (const period of PERIODS) {
    const expected = Array.from(values, () => NaN);
    let average = values[period - 1];
    for (let i = period; i < 200; i++) {
      let way = 0;
      for (let k = i - period + 1; k <= i; k++) way += Math.abs(values[k] - values[k - 1]);
      const share = (Math.abs(values[i] - values[i - period]) / way) * (2 / 3 - 2 / 31) + 2 / 31;
      average += share * share * (values[i] - average);
      expected[i] = average;
    }
    const out = filled(200);
    kama(values, period, filled(kamaScratch(period)), out);
    t.ok(worst(out, period === 1 ? values : expected) < ROUNDING, `period ${period}`);
  }
  const out = filled(9);
  kama(Float64Array.of(1, 2, 3, 3, 3, 3, 3, 9, 9), 3, filled(kamaScratch(3)), out);
  t.equal(
    out[5],
    out[4] + (4 / 9) * (3 - out[4]),
    'a window that stands still counts as one that goes straight',
  );
});

t.test('the averages of the golden prices are those of TA-Lib', async (t) => {
  const [first, second] = [filled(120), filled(120)];
  mama(GOLDEN, 0.5, 0.05, filled(mamaScratch()), first, second);
  const found = [first[31], second[31], first[32], second[32], first[119], second[119]];
  const expected = [NaN, NaN, 107.16452514031786, 101.66156391185359, 106.13527501729753, 104.82265209218045];
  t.ok(worst(found, expected) < ROUNDING, 'mama');
  // DEMA TEMA TRIMA KAMA T3 of 7 bars at bars 60 and 119, in the order of the types.
  const values: readonly [type: number, at60: number, at119: number][] = [
    [3, 105.5506347366262, 105.03711664931126],
    [4, 105.49245667132618, 105.00515493263627],
    [5, 105.18749999999879, 104.6874999999946],
    [6, 105.96493879349303, 106.40527740530499],
    [8, 105.44833285143544, 104.89425385837781],
  ];
  for (const [type, at60, at119] of values) {
    const out = filled(120);
    movingAverage(type, GOLDEN, 7, filled(movingAverageScratch(type, 7)), out);
    t.ok(worst([out[60], out[119]], [at60, at119]) < ROUNDING, `type ${type}`);
  }
});

t.test(
  'every type of average begins at its lookback and gives the values themselves for period 1',
  async (t) => {
    for (let type = 0; type < 9; type++) {
      const out = filled(200);
      movingAverage(type, walk(), 6, filled(movingAverageScratch(type, 6)), out);
      t.equal(
        out.findIndex((x) => !Number.isNaN(x)),
        movingAverageLookback(type, 6),
        `type ${type}`,
      );
      movingAverage(type, walk(), 1, filled(movingAverageScratch(type, 1)), out);
      t.strictSame(out, walk());
    }
  },
);
