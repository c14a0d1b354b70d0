/**
 * Portfolios of least variance, best Sharpe ratio, equal risk, least CVaR and least CDaR from 1,260 days, covariance
 * included, against cvxpy's solvers, Clarabel itself, HiGHS in WebAssembly, quadprog and nanobook.
 */
import {
  optimizeCdarDetailed,
  optimizeCvarDetailed,
  optimizeMaxSharpeDetailed,
  optimizeMinVarianceDetailed,
  optimizeRiskParityDetailed,
  type OptimizedPortfolio,
} from '../src/optimize/index.js';
import { madeReturns, symbolsOf } from '../src/testing/optimize-problems.js';
import type { Mat } from '../src/check.js';
import { type Bench, type BenchCase, job, type Kernel, type PeerUse } from './harness.js';

const DAYS = 1260;
const ALPHA = 0.95;

type Optimize = (returns: Mat, symbols: readonly string[]) => OptimizedPortfolio;

function kernel(
  optimize: Optimize,
  objective = (found: OptimizedPortfolio, _: Mat) => found.objective,
): Kernel {
  return ({ returns }) => {
    const symbols = symbolsOf(returns.cols);
    return job(
      () => optimize(returns, symbols),
      (found) => ({ objective: objective(found, returns) }),
    );
  };
}

/** Variance of the portfolio, from its returns. */
function variance({ vector }: OptimizedPortfolio, { data, rows, cols }: Mat): number {
  const path = Array.from({ length: rows }, (_, t) =>
    vector.reduce((sum, weight, j) => sum + weight * data[t * cols + j], 0),
  );
  const mean = path.reduce((sum, x) => sum + x, 0) / rows;
  return path.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (rows - 1);
}

interface Method {
  readonly kernel: string;
  readonly title: string;
  /** Bound of the difference of the objectives: the peers stop within their own tolerances. */
  readonly relative: number;
  readonly peers: readonly (readonly [script: string, what: string, most: number])[];
}

/** Clarabel stops where the gap is below 1e-8, which is the fourth digit of a variance of 0.0001. */
const QUADRATIC = 1e-3;

const CVXPY = 'the problem as a user of cvxpy writes it';
const DIRECT = 'Clarabel with matrices made by numpy and scipy, without cvxpy';

/** Most assets: beyond them a peer needs more time than its row is worth. */
const METHODS: Readonly<Record<string, Method>> = {
  'min-variance': {
    kernel: 'minVariance',
    title: 'least variance',
    relative: QUADRATIC,
    peers: [
      ['cvxpy_clarabel', CVXPY, 500],
      ['clarabel', DIRECT, 500],
      ['quadprog', 'solveQP, covariance by plain loops', 100],
      ['nanobook', 'py_optimize_min_variance on its lists', 500],
    ],
  },
  'max-sharpe': {
    kernel: 'maxSharpe',
    title: 'best Sharpe ratio',
    relative: QUADRATIC,
    peers: [
      ['cvxpy_clarabel', CVXPY, 500],
      ['clarabel', DIRECT, 500],
      ['nanobook', 'py_optimize_max_sharpe on its lists', 500],
    ],
  },
  'risk-parity': {
    kernel: 'riskParity',
    title: 'equal shares of risk',
    relative: QUADRATIC,
    peers: [
      ['cvxpy_clarabel', CVXPY, 500],
      ['nanobook', 'py_optimize_risk_parity on its lists', 500],
    ],
  },
  cvar: {
    kernel: 'cvar',
    title: 'least CVaR at 0.95',
    relative: 1e-6,
    peers: [
      ['cvxpy_simplex', CVXPY, 500],
      ['cvxpy_ipm', CVXPY, 500],
      ['cvxpy_clarabel', CVXPY, 500],
      ['highs', 'HiGHS in WebAssembly, the program as the text that it reads', 50],
    ],
  },
  cdar: {
    kernel: 'cdar',
    title: 'least CDaR at 0.95',
    relative: 1e-6,
    peers: [
      ['cvxpy_simplex', CVXPY, 500],
      ['cvxpy_ipm', CVXPY, 500],
      ['cvxpy_clarabel', CVXPY, 500],
      ['highs', 'HiGHS in WebAssembly, the program as the text that it reads', 50],
    ],
  },
};

const SIZES = [10, 50, 100, 500];

function peersOf(name: string, { kernel: called, relative, peers }: Method, assets: number): PeerUse[] {
  return peers
    .filter(([, , most]) => assets <= most)
    .map(([script, what]) => ({
      script,
      kernel: called,
      what,
      params: { method: name, alpha: ALPHA },
      agree:
        script === 'nanobook' && name !== 'risk-parity'
          ? 'it does not reach the optimum: see docs/divergences.md'
          : { fields: ['objective'], relative },
      ...(script === 'highs' || (name.startsWith('c') && assets >= 100) ? { slow: true } : { briefly: true }),
    }));
}

function casesOf(name: string, method: Method): BenchCase[] {
  const common = (assets: number, days: number): Omit<BenchCase, 'name'> => ({
    title: `${method.title}, ${assets} assets × ${days.toLocaleString('en-US')} days`,
    kernel: method.kernel,
    makeInput: () => ({ returns: madeReturns(1000 + assets, days, assets) }),
    cells: assets * days,
  });
  return [
    ...SIZES.map((assets) => ({
      ...common(assets, DAYS),
      name: `${name}-${assets}x${DAYS}`,
      peers: peersOf(name, method, assets),
    })),
    ...[315, 5040].map((days) => ({ ...common(50, days), name: `days-${name}-50x${days}` })),
  ];
}

export const bench: Bench = {
  name: 'optimize',
  kernels: {
    minVariance: kernel(optimizeMinVarianceDetailed),
    maxSharpe: kernel(optimizeMaxSharpeDetailed),
    riskParity: kernel(optimizeRiskParityDetailed, variance),
    cvar: kernel((returns, symbols) => optimizeCvarDetailed(returns, symbols, ALPHA)),
    cdar: kernel((returns, symbols) => optimizeCdarDetailed(returns, symbols, ALPHA)),
  },
  cases: Object.entries(METHODS).flatMap(([name, method]) => casesOf(name, method)),
};
