/** Recipes and estimators, and what other makers of portfolios reach: fixtures of parity/optimize_tools.py. */
import {
  blackLitterman,
  type CovarianceName,
  estimateCovariance,
  inverseCdarWeights,
  inverseCvarWeights,
  optimizeCdarDetailed,
  optimizeCvarDetailed,
  optimizeHrp,
  optimizeMaxSharpeDetailed,
  optimizeMinVarianceDetailed,
  optimizeRiskParity,
} from '../../src/optimize/index.js';
import type { Mat } from '../../src/check.js';
import { symbolsOf } from '../../src/testing/optimize-problems.js';
import type { Comparison, FixtureCase, Tolerance } from '../comparison.js';
import { numberOf, numbersOf, rowsOf } from '../comparison.js';
import { TOLERANCES } from '../tolerance.js';
import { returnsOf } from './optimize.js';

/** All of a small matrix; of a large one the diagonal and the product with 1, 2 … N. */
function lookedAt({ data, rows: n }: Mat): Record<string, unknown> {
  const rows = Array.from({ length: n }, (_, i) => data.subarray(i * n, (i + 1) * n));
  if (n <= 5) return { matrix: rows };
  return {
    diagonal: rows.map((row, i) => row[i]),
    product: rows.map((row) => row.reduce((sum, value, j) => sum + value * (j + 1), 0)),
  };
}

function largestIn(value: unknown): number {
  if (typeof value === 'number') return Math.abs(value);
  return Object.values(value as object).reduce<number>((most, part) => Math.max(most, largestIn(part)), 0);
}

function views(c: FixtureCase): unknown {
  const returns = returnsOf(c);
  const gains = numbersOf(c.params, 'gains');
  const { prior, expectedReturns, covariance } = blackLitterman({
    covariance: estimateCovariance(returns),
    symbols: symbolsOf(returns.cols),
    marketWeights: numbersOf(c.inputs, 'marketWeights'),
    riskAversion: numberOf(c.params, 'riskAversion'),
    tau: numberOf(c.params, 'tau'),
    views: rowsOf(c.params, 'views').map((row, k) => ({
      weights: Object.fromEntries(row.flatMap((weight, j) => (weight === 0 ? [] : [[`A${j}`, weight]]))),
      expected: gains[k] as number,
    })),
  });
  return { prior, expectedReturns, ...lookedAt(covariance) };
}

/** Our answer to what a tool was asked, in the shape of its own. */
function asked(c: FixtureCase): unknown {
  const returns = returnsOf(c);
  const symbols = symbolsOf(returns.cols);
  const alpha = numberOf(c.params, 'alpha', 0.95);
  switch (c.params.method) {
    case 'min-variance':
      return { objective: optimizeMinVarianceDetailed(returns, symbols).objective };
    case 'max-sharpe':
      return { objective: optimizeMaxSharpeDetailed(returns, symbols).objective };
    case 'cvar':
      return { objective: optimizeCvarDetailed(returns, symbols, alpha).objective };
    case 'cdar':
      return { objective: optimizeCdarDetailed(returns, symbols, alpha).objective };
    case 'risk-parity':
      return { weights: Object.values(optimizeRiskParity(returns, symbols)) };
    case 'hrp':
      return { weights: Object.values(optimizeHrp(returns, symbols)) };
    case 'inverse-cvar':
      return { weights: Object.values(inverseCvarWeights(returns, symbols, alpha)) };
    default:
      return { weights: Object.values(inverseCdarWeights(returns, symbols, alpha)) };
  }
}

const BEST = ['optimizeMinVariance', 'optimizeMaxSharpe', 'optimizeCvar', 'optimizeCdar'];

function tool(name: string, part: string, functions: readonly string[], tolerance: Tolerance): Comparison {
  return { fixture: `optimize/${name}.json`, functions, parts: [part], run: asked, tolerance };
}

export const comparisons: readonly Comparison[] = [
  {
    fixture: 'optimize/hrp.json',
    functions: ['optimizeHrp'],
    run: (c) => {
      const returns = returnsOf(c);
      return { weights: Object.values(optimizeHrp(returns, symbolsOf(returns.cols))) };
    },
    tolerance: TOLERANCES.optimizeHrp,
  },
  {
    fixture: 'optimize/covariance.json',
    functions: ['estimateCovariance'],
    run: (c) => lookedAt(estimateCovariance(returnsOf(c), c.params.estimator as CovarianceName)),
    tolerance: TOLERANCES.optimizeCovariance,
    scale: (c) => largestIn(c.expected),
  },
  {
    fixture: 'optimize/black-litterman.json',
    functions: ['blackLitterman'],
    run: views,
    tolerance: TOLERANCES.optimizeViews,
  },
  tool('pypfopt', 'objective', BEST.slice(0, 2), TOLERANCES.optimizePypfopt),
  tool('riskfolio', 'objective', BEST, TOLERANCES.optimizeRiskfolio),
  tool('riskfolio', 'weights', ['optimizeRiskParity', 'optimizeHrp'], TOLERANCES.optimizeRiskfolioWeights),
  tool('nanobook', 'objective', BEST.slice(0, 2), TOLERANCES.optimizeNanobook),
  tool(
    'nanobook',
    'weights',
    ['optimizeRiskParity', 'optimizeHrp', 'inverseCvarWeights', 'inverseCdarWeights'],
    TOLERANCES.optimizeNanobookWeights,
  ),
];
