/** Portfolios against cvxpy's solvers: fixtures of parity/optimize.py, optimize_tail.py and optimize_limits.py. */
import { createHash } from 'node:crypto';
import type { Mat } from '../../src/check.js';
import {
  efficientFrontier,
  estimateCovariance,
  inverseCdarWeights,
  inverseCvarWeights,
  optimizeCdarDetailed,
  optimizeCvarDetailed,
  optimizeMaxDiversificationDetailed,
  optimizeMaxSharpeDetailed,
  optimizeMinVarianceDetailed,
  optimizeRiskParityDetailed,
  type OptimizedPortfolio,
  type PortfolioLimits,
  riskContributions,
  type TailPortfolio,
} from '../../src/optimize/index.js';
import { type Kind, madeReturns, marketReturns, symbolsOf } from '../../src/testing/optimize-problems.js';
import {
  breachOf,
  deviationsOf,
  meansOf,
  ratioGap,
  tailGap,
  varianceGap,
  worthOf,
} from '../../src/testing/optimize-proof.js';
import type { Comparison, FixtureCase, Tolerance } from '../comparison.js';
import { numberOf } from '../comparison.js';
import { TOLERANCES } from '../tolerance.js';

const returnsByDigest = new Map<string, Mat>();

/** The returns of a case: of the twenty stocks, or made. Throws when they are not those of the fixture. */
export function returnsOf({ inputs }: FixtureCase): Mat {
  const digest = String(inputs.digest);
  const known = returnsByDigest.get(digest);
  if (known !== undefined) return known;
  const given = (key: string, fallback?: number): number => numberOf(inputs, key, fallback);
  const made =
    inputs.begin === undefined
      ? madeReturns(
          given('seed'),
          given('rows'),
          given('cols'),
          given('factors', 3),
          inputs.kind as Kind | undefined,
        )
      : marketReturns(given('begin'), given('rows'), given('cols'));
  const bytes = new Uint8Array(made.data.buffer);
  if (createHash('sha256').update(bytes).digest('hex').slice(0, 16) !== digest) {
    throw new RangeError('the returns are not those of the fixture');
  }
  returnsByDigest.set(digest, made);
  return made;
}

type Solve = (c: FixtureCase, returns: Mat, symbols: readonly string[]) => OptimizedPortfolio;

/** Runs a method once for each case, however many comparisons ask for it. */
export function once<T extends OptimizedPortfolio>(
  solve: (c: FixtureCase, returns: Mat, symbols: readonly string[]) => T,
): (c: FixtureCase) => T {
  const found = new Map<string, T>();
  return (c) => {
    const known = found.get(c.case);
    if (known !== undefined) return known;
    const returns = returnsOf(c);
    const portfolio = solve(c, returns, symbolsOf(returns.cols));
    found.set(c.case, portfolio);
    return portfolio;
  };
}

/** Objective, proof and weights of a method. */
function compared<T extends OptimizedPortfolio>(
  fixture: string,
  method: string,
  tolerance: { objective: Tolerance; gap: Tolerance },
  solve: (c: FixtureCase, returns: Mat, symbols: readonly string[]) => T,
  gap: (c: FixtureCase, found: T, returns: Mat) => number,
): Comparison[] {
  const portfolioOf = once(solve);
  const common = { fixture: `optimize/${fixture}.json`, functions: [method] };
  return [
    {
      ...common,
      parts: ['objective', 'status'],
      run: (c) => {
        const { objective, status } = portfolioOf(c);
        return { objective, ...((c.expected as { status?: string }).status && { status }) };
      },
      tolerance: tolerance.objective,
    },
    {
      ...common,
      parts: ['gap'],
      run: (c) => ({ gap: Math.max(gap(c, portfolioOf(c), returnsOf(c)), breachOf(portfolioOf(c).vector)) }),
      tolerance: tolerance.gap,
    },
    {
      ...common,
      parts: ['weights'],
      run: (c) => ({ weights: portfolioOf(c).vector }),
      tolerance: TOLERANCES.optimizeWeights,
    },
  ];
}

const VARIANCE = { objective: TOLERANCES.optimizeVariance, gap: TOLERANCES.optimizeVarianceGap };
const RATIO = { objective: TOLERANCES.optimizeRatio, gap: TOLERANCES.optimizeRatioGap };
const TAIL = { objective: TOLERANCES.optimizeTail, gap: TOLERANCES.optimizeTailGap };

const alphaOf = (c: FixtureCase): number => numberOf(c.params, 'alpha');
const rateOf = (c: FixtureCase): number => numberOf(c.params, 'riskFree', 0);

function tail(kind: 'cvar' | 'cdar'): Comparison[] {
  const [name, optimize] =
    kind === 'cvar' ? ['optimizeCvar', optimizeCvarDetailed] : ['optimizeCdar', optimizeCdarDetailed];
  return compared<TailPortfolio>(
    kind,
    name as string,
    TAIL,
    (c, returns, symbols) => (optimize as typeof optimizeCvarDetailed)(returns, symbols, alphaOf(c)),
    (c, { vector, dual }, returns) => tailGap(kind, returns, vector, alphaOf(c), dual),
  );
}

const riskParity = once((c, returns, symbols) => {
  const { budgets } = c.params;
  return optimizeRiskParityDetailed(
    returns,
    symbols,
    budgets === null ? {} : { budgets: budgets as number[] },
  );
});

/** A method with the limits of a case. */
const limited: Solve = (c, returns, symbols) => {
  const limits = c.params.limits as PortfolioLimits;
  switch (c.params.method) {
    case 'min-variance':
      return optimizeMinVarianceDetailed(returns, symbols, limits);
    case 'max-sharpe':
      return optimizeMaxSharpeDetailed(returns, symbols, rateOf(c), limits);
    case 'cvar':
      return optimizeCvarDetailed(returns, symbols, alphaOf(c), limits);
    default:
      return optimizeCdarDetailed(returns, symbols, alphaOf(c), limits);
  }
};

/** What the weights come to, squared weights and their price included. */
function worth(c: FixtureCase, vector: Float64Array): number {
  const aim = { alpha: numberOf(c.params, 'alpha', 0), riskFree: rateOf(c) };
  const { method, limits } = c.params as { method: string; limits: PortfolioLimits };
  return worthOf({ ...aim, method, limits }, returnsOf(c), vector);
}

function limits(fixture: string, functions: readonly string[], objective: Tolerance): Comparison[] {
  const portfolioOf = once(limited);
  const common = { fixture: `optimize/${fixture}.json`, functions };
  return [
    {
      ...common,
      parts: ['objective', 'status'],
      run: (c) => {
        const { vector, status } = portfolioOf(c);
        return { objective: worth(c, vector), ...((c.expected as { status?: string }).status && { status }) };
      },
      tolerance: objective,
    },
    {
      ...common,
      parts: ['breach'],
      run: (c) => ({ breach: breachOf(portfolioOf(c).vector, c.params.limits as PortfolioLimits) }),
      tolerance: TOLERANCES.optimizeLimits,
    },
    {
      ...common,
      parts: ['weights'],
      run: (c) => ({ weights: portfolioOf(c).vector }),
      tolerance: TOLERANCES.optimizeWeights,
    },
  ];
}

export const comparisons: readonly Comparison[] = [
  ...compared(
    'min-variance',
    'optimizeMinVariance',
    VARIANCE,
    (_, returns, symbols) => optimizeMinVarianceDetailed(returns, symbols),
    (_, { vector }, returns) => varianceGap(returns, vector),
  ),
  ...compared(
    'max-sharpe',
    'optimizeMaxSharpe',
    RATIO,
    (c, returns, symbols) => optimizeMaxSharpeDetailed(returns, symbols, rateOf(c)),
    (c, { vector, status }, returns) =>
      status === 'degenerate'
        ? varianceGap(returns, vector)
        : ratioGap(
            returns,
            vector,
            meansOf(returns).map((mean) => mean - rateOf(c)),
          ),
  ),
  ...compared(
    'max-diversification',
    'optimizeMaxDiversification',
    RATIO,
    (_, returns, symbols) => optimizeMaxDiversificationDetailed(returns, symbols),
    (_, { vector }, returns) => ratioGap(returns, vector, deviationsOf(returns)),
  ),
  {
    fixture: 'optimize/risk-parity.json',
    functions: ['optimizeRiskParity', 'riskContributions'],
    parts: ['contributions'],
    run: (c) => ({
      contributions: riskContributions(riskParity(c).vector, estimateCovariance(returnsOf(c))),
    }),
    tolerance: TOLERANCES.optimizeShares,
  },
  {
    fixture: 'optimize/risk-parity.json',
    functions: ['optimizeRiskParity'],
    parts: ['weights'],
    run: (c) => ({ weights: riskParity(c).vector }),
    tolerance: TOLERANCES.optimizeWeights,
  },
  ...tail('cvar'),
  ...tail('cdar'),
  ...limits('limits-variance', ['optimizeMinVariance', 'optimizeMaxSharpe'], TOLERANCES.optimizeVariance),
  ...limits('limits-tail', ['optimizeCvar', 'optimizeCdar'], TOLERANCES.optimizeTail),
  {
    fixture: 'optimize/frontier.json',
    functions: ['efficientFrontier'],
    run: (c) => {
      const returns = returnsOf(c);
      const options = { points: numberOf(c.params, 'points'), ...(c.params.limits as PortfolioLimits) };
      const { points } = efficientFrontier(returns, symbolsOf(returns.cols), options);
      return {
        expectedReturn: points.map((point) => point.expectedReturn),
        volatility: points.map((point) => point.volatility),
      };
    },
    tolerance: TOLERANCES.optimizeFrontier,
  },
  {
    fixture: 'optimize/inverse-tail.json',
    functions: ['inverseCvarWeights', 'inverseCdarWeights'],
    run: (c) => {
      const returns = returnsOf(c);
      const symbols = symbolsOf(returns.cols);
      return {
        cvar: Object.values(inverseCvarWeights(returns, symbols, alphaOf(c))),
        cdar: Object.values(inverseCdarWeights(returns, symbols, alphaOf(c))),
      };
    },
    tolerance: TOLERANCES.optimizeInverse,
  },
];
