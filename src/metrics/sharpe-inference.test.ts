import t from 'tap';
import { uniforms } from '../testing/doubles.js';
import { errorOf } from '../testing/error-of.js';
import {
  deflatedSharpe,
  expectedMaxSharpe,
  minTrackRecordLength,
  probabilisticSharpe,
  type SharpeTrials,
  sharpe,
} from './index.js';

function near(actual: number, expected: number, relative: number): boolean {
  return Object.is(actual, expected) || Math.abs(actual - expected) <= relative * Math.abs(expected);
}

/** Bailey and López de Prado's example: Sharpe 2.5 a year over five years, the best of a hundred trials. */
const EXAMPLE = { n: 1250, nTrials: 100, varTrials: 0.5 / 250, skew: -3, kurt: 10 };
const RATIO = 2.5 / Math.sqrt(250);

t.test('the example of the paper deflates to 0.9004, not to the 0.104 of a length of 100', async (t) => {
  // nanobook takes the number of trials for the length of the record (defect N15).
  const deflated = deflatedSharpe(RATIO, EXAMPLE);
  t.ok(near(deflated, 0.9003968344493903, 1e-14), `${deflated}`);
  t.ok(
    near(deflatedSharpe(RATIO, { ...EXAMPLE, n: 100 }), 0.64111564565599, 1e-13),
    'n and nTrials are two things',
  );
  t.ok(
    near(expectedMaxSharpe({ nTrials: 100, varTrials: 0.5 }), 1.7894064662732059, 1e-12),
    'the ratio a year of the best of 100 without skill: √½ · 2.5306029',
  );
});

t.test('one trial is no selection: a probability, never the Sharpe ratio itself', async (t) => {
  const alone = deflatedSharpe(1.25, { n: 60, nTrials: 1, varTrials: 0.3 });
  t.equal(alone, probabilisticSharpe(1.25, { n: 60 }));
  t.ok(alone > 0.999 && alone <= 1);
  t.equal(deflatedSharpe(1.25, { n: 60, trials: [1.25] }), alone);
  t.equal(expectedMaxSharpe({ nTrials: 1, varTrials: 1 }), 0);
  t.equal(expectedMaxSharpe({ nTrials: 1.2, varTrials: 1 }), 0, 'never below 0, where the formula is');
});

t.test(
  'with normal returns and a ratio of 0 the probability is that of √(n − 1) standard errors',
  async (t) => {
    t.equal(probabilisticSharpe(0, { n: 50 }), 0.5);
    t.equal(probabilisticSharpe(0.3, { n: 50, benchmark: 0.3 }), 0.5);
    // kurt 1 and no skewness: the spread is 1 whatever the ratio.
    t.ok(near(probabilisticSharpe(0.196, { n: 101, kurt: 1 }), 0.9750021048517796, 1e-14), 'Φ(1.96)');
    t.ok(near(probabilisticSharpe(-0.196, { n: 101, kurt: 1 }), 0.024997895148220435, 1e-14), 'Φ(−1.96)');
  },
);

t.test('a longer record, a higher ratio, more skewness and thinner tails are worth more', async (t) => {
  const p = (sr: number, n: number, skew: number, kurt: number): number =>
    probabilisticSharpe(sr, { n, skew, kurt });
  const base = p(0.1, 100, 0, 3);
  t.ok(p(0.1, 200, 0, 3) > base && p(0.12, 100, 0, 3) > base);
  t.ok(p(0.1, 100, 0.5, 3) > base && p(0.1, 100, 0, 2) > base);
  const trials = [0.05, -0.02, 0.11, 0.08, 0.02];
  t.ok(deflatedSharpe(0.11, { n: 100, trials }) < p(0.11, 100, 0, 3));
});

t.test('returns give what their ratio and moments give', async (t) => {
  // -1, -1, -1, 3 about a mean of 2: sums of powers 12, 24, 84.
  const returns = [1, 1, 1, 5].map((x) => x / 100);
  const measured = { n: 4, skew: 6 / (3 * Math.sqrt(3)), kurt: 21 / 9 };
  t.ok(near(probabilisticSharpe(returns), probabilisticSharpe(1, measured), 1e-13));
  t.ok(
    near(
      deflatedSharpe(returns, { nTrials: 9, varTrials: 0.2 }),
      deflatedSharpe(1, { ...measured, nTrials: 9, varTrials: 0.2 }),
      1e-13,
    ),
  );
  const { skew, kurt } = measured;
  t.ok(near(minTrackRecordLength(returns), minTrackRecordLength(1, { skew, kurt }), 1e-12));
  const random = uniforms(3);
  const walk = Float64Array.from({ length: 300 }, () => random() - 0.45);
  const ratio = sharpe(walk, { periodsPerYear: 1 });
  t.ok(probabilisticSharpe(walk, { benchmark: ratio + 1e-9 }) < 0.5);
  t.ok(probabilisticSharpe(walk, { benchmark: ratio - 1e-9 }) > 0.5, 'its ratio is the one of sharpe');
  t.equal(probabilisticSharpe(walk, { benchmark: -Math.sqrt(Number.MAX_VALUE) }), 1);
});

t.test('at the minimum track record length the probability is the confidence', async (t) => {
  const wrong: string[] = [];
  for (const sr of [0.01, 0.1, 0.5]) {
    for (const [skew, kurt] of [
      [0, 3],
      [-2, 9],
      [1, 4],
    ] as const) {
      for (const confidence of [0.6, 0.95, 0.999]) {
        const options = { skew, kurt, benchmark: 0.004 };
        const length = minTrackRecordLength(sr, { ...options, confidence });
        // One observation more or less must lie on either side.
        const at = (n: number): number => probabilisticSharpe(sr, { ...options, n: Math.max(2, n) });
        if (at(Math.ceil(length)) < confidence - 1e-12) wrong.push(`${sr} ${skew} ${confidence}: too short`);
        if (length > 3 && at(Math.floor(length)) > confidence + 1e-12)
          wrong.push(`${sr} ${skew} ${confidence}: too long`);
      }
    }
  }
  t.same(wrong, []);
  // 1 + (1 + 1/8·…): with kurt 1 the spread is 1, so n = 1 + (1.6448536 / 0.1)².
  t.ok(near(minTrackRecordLength(0.1, { kurt: 1 }), 271.5543454095404, 1e-12));
  t.equal(minTrackRecordLength(0.1, { benchmark: 0.1 }), Infinity);
  t.equal(minTrackRecordLength([-0.01, -0.02, 0.005]), Infinity, 'a loss never gets there');
});

t.test('returns that never vary, and propagated gaps, have no probability', async (t) => {
  t.same(probabilisticSharpe([0.01, 0.01, 0.01]), NaN);
  t.same(minTrackRecordLength([0.01, 0.01, 0.01]), NaN);
  t.same(deflatedSharpe([0.01, NaN, 0.02], { nTrials: 2, varTrials: 1, nan: 'propagate' }), NaN);
  t.equal(probabilisticSharpe([0.01, NaN, 0.02], { nan: 'omit' }), probabilisticSharpe([0.01, 0.02]));
});

t.test('two values have a spread of their own: where it is 0 the answer is certain', async (t) => {
  // Kurtosis 1 + skew²: 1 − skew·SR + skew²/4·SR² = (1 − skew·SR/2)², 0 at SR = 2/skew.
  t.equal(probabilisticSharpe(1, { n: 10, skew: 2, kurt: 5 }), 1);
  t.equal(probabilisticSharpe(1, { n: 10, skew: 2, kurt: 5, benchmark: 2 }), 0);
});

t.test('each wrong argument is named', async (t) => {
  const rows: [() => unknown, RegExp][] = [
    [() => probabilisticSharpe(0.1), /'n' has invalid value undefined/],
    [() => probabilisticSharpe(0.1, { n: 1 }), /'n' has invalid value 1/],
    [() => probabilisticSharpe(NaN, { n: 10 }), /'sharpe' has invalid value NaN/],
    [
      () => probabilisticSharpe(0.1, { n: 10, kurt: 0 }),
      /'kurt' has invalid value 0.*at least 1 \+ skew².*excess/,
    ],
    [() => probabilisticSharpe([0.1, 0.2], { n: 10 }), /'n' has invalid value 10.*leave n out/],
    [() => probabilisticSharpe([0.1]), /returns has only 1: at least two/],
    [() => probabilisticSharpe([]), /returns is empty/],
    [() => probabilisticSharpe([0.1, NaN]), /'returns\[1\]' has invalid value NaN/],
    [() => probabilisticSharpe(0.1, { n: 9, benchmrk: 0 } as object), /benchmrk.*did you mean benchmark/],
    [() => deflatedSharpe(0.1, { n: 10, nTrials: 0.5, varTrials: 1 }), /'nTrials' has invalid value 0\.5/],
    [() => deflatedSharpe(0.1, { n: 10, nTrials: 5 }), /'varTrials' has invalid value undefined/],
    [() => deflatedSharpe(0.1, { n: 10, trials: [] }), /'trials'.*one Sharpe ratio or more/],
    [() => expectedMaxSharpe({ trials: [1, 2], nTrials: 2 }), /'trials'.*not given together/],
    [() => expectedMaxSharpe({ trials: [1, Infinity] }), /'trials\[1\]' has invalid value Infinity/],
    [() => expectedMaxSharpe({} as SharpeTrials), /'nTrials' has invalid value undefined/],
    [() => minTrackRecordLength(0.1, { confidence: 0.5 }), /'confidence' has invalid value 0\.5/],
  ];
  for (const [call, message] of rows) t.match(errorOf(call).message, message);
});
