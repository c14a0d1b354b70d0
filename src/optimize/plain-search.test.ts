/** The search among many assets against the whole covariance matrix. */
import t from 'tap';
import type { Mat } from '../check.js';
import { randomStream } from '../testing/random.js';
import { estimateCovariance } from './estimate-covariance.js';
import { readLimits } from './limits.js';
import { optimizeMaxDiversificationDetailed } from './max-diversification.js';
import { optimizeMaxSharpeDetailed } from './max-sharpe.js';
import { optimizeMinVarianceDetailed } from './min-variance.js';
import { searchPlain } from './plain-search.js';
import type { OptimizedPortfolio } from './types.js';

const ROWS = 180;
const COLS = 96;
const NAMES = Array.from({ length: COLS }, (_, j) => `S${j}`);
const PLAIN = readLimits({}, NAMES);
const ONES = (risks: Float64Array): Float64Array => risks.map(() => 1);

/** Returns with a common part of the given size; one asset may stand out, each second one double the one before it. */
function returns(stream: number, common: number, kind: 'plain' | 'twins' | 'giant'): Mat {
  const random = randomStream(21, stream);
  const draw = (): number => (random.below(20001) + random.below(20001) - 20000) / 1e6;
  const betas = NAMES.map(() => 0.5 + random.below(1000) / 1000);
  const data = new Float64Array(ROWS * COLS);
  for (let k = 0; k < ROWS; k++) {
    const market = draw() * common;
    for (let j = 0; j < COLS; j++) {
      const doubled = kind === 'twins' && j % 2 === 1;
      data[k * COLS + j] = doubled ? 2 * data[k * COLS + j - 1]! : 0.0003 + market * betas[j]! + draw();
    }
    if (kind === 'giant') data[k * COLS] = 300 * data[k * COLS]!;
  }
  return { data, rows: ROWS, cols: COLS };
}

t.test('many assets give the same portfolios as their whole covariance matrix', async (t) => {
  const problems: string[] = [];
  const cases = [
    ['plain', 2],
    ['plain', 0],
    ['twins', 1],
    ['giant', 2],
  ] as const;
  cases.forEach(([kind, common], stream) => {
    const mat = returns(stream, common, kind);
    const covariance = estimateCovariance(mat);
    const compare = (what: string, few: OptimizedPortfolio, whole: OptimizedPortfolio): void => {
      const far = Math.abs(few.objective / whole.objective - 1);
      const apart = Math.max(...few.vector.map((weight, j) => Math.abs(weight - whole.vector[j]!)));
      // Measured 7e-16 and 5e-16; twins may share as they like.
      if (!(far < 1e-13) || !(apart < 1e-13 || kind === 'twins'))
        problems.push(`${kind} ${what}: ${far} ${apart}`);
      if (few.status !== 'optimal' || !(few.kkt < 1e-12))
        problems.push(`${kind} ${what}: ${few.status} ${few.kkt}`);
    };
    const whole = { covariance };
    compare(
      'variance',
      optimizeMinVarianceDetailed(mat, NAMES),
      optimizeMinVarianceDetailed(mat, NAMES, whole),
    );
    compare('Sharpe', optimizeMaxSharpeDetailed(mat, NAMES), optimizeMaxSharpeDetailed(mat, NAMES, 0, whole));
    compare(
      'diversification',
      optimizeMaxDiversificationDetailed(mat, NAMES),
      optimizeMaxDiversificationDetailed(mat, NAMES, whole),
    );
  });
  t.strictSame(problems, []);
});

t.test('searchPlain leaves to the whole matrix what it is not for', async (t) => {
  const mat = returns(0, 2, 'plain');
  const sample = { ...mat, symbols: NAMES };
  t.ok(searchPlain(sample, undefined, PLAIN, ONES), 'few of many are held');
  t.ok(searchPlain(sample, 'sample', PLAIN, ONES));
  t.equal(searchPlain(sample, 'oas', PLAIN, ONES), undefined);
  t.equal(searchPlain(sample, undefined, readLimits({ l2: 1 }, NAMES), ONES), undefined);
  t.equal(
    searchPlain(sample, undefined, PLAIN, (risks) => risks.map(() => -1)),
    undefined,
    'no reward above 0',
  );
  const apart = { ...returns(1, 0, 'plain'), symbols: NAMES };
  t.equal(searchPlain(apart, undefined, PLAIN, ONES), undefined, 'more than half are held');
  const short = { ...sample, data: mat.data.subarray(0, COLS * COLS), rows: COLS };
  t.equal(searchPlain(short, undefined, PLAIN, ONES), undefined, 'no more rows than assets');
  const still = { ...sample, data: mat.data.map((x, i) => (i % COLS === 3 ? 0.01 : x)) };
  t.equal(searchPlain(still, undefined, PLAIN, ONES), undefined, 'an asset that never moves');
});
