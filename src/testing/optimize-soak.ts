/**
 * Random portfolios for a long test: each answer proven from the returns alone, and held against cvxpy's solvers where
 * the Python of the parity suite is there.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findPython } from '../../bench/peer.js';
import type { Mat } from '../check.js';
import {
  optimizeCdarDetailed,
  optimizeCvarDetailed,
  optimizeMaxDiversificationDetailed,
  optimizeMaxSharpeDetailed,
  optimizeMinVarianceDetailed,
  type OptimizedPortfolio,
  optimizeRiskParityDetailed,
  type PortfolioLimits,
} from '../optimize/index.js';
import { type Kind, madeReturns, symbolsOf } from './optimize-problems.js';
import {
  breachOf,
  deviationsOf,
  meansOf,
  ratioGap,
  tailGap,
  varianceGap,
  worthOf,
} from './optimize-proof.js';
import { type Random, randomStream } from './random.js';
import { ROOT } from './repository.js';
import type { SoakResult } from './soaks.js';

const METHODS = [
  'min-variance',
  'max-sharpe',
  'max-diversification',
  'risk-parity',
  'cvar',
  'cdar',
  'cvar',
  'cdar',
] as const;
export type Method = (typeof METHODS)[number];

/** One random portfolio to find, as parity/optimize_soak.py reads it. */
export interface Problem {
  readonly method: Method;
  readonly inputs: {
    readonly seed: number;
    readonly rows: number;
    readonly cols: number;
    readonly factors: number;
    readonly kind: Kind;
  };
  readonly alpha: number;
  readonly riskFree: number;
  readonly limits: PortfolioLimits;
}

const COLS = [2, 3, 5, 8, 12, 20, 20, 35, 50, 80, 120];
const ROWS = [60, 60, 90, 126, 252, 252, 504, 1260, 2500];
const ALPHAS = [0.5, 0.75, 0.9, 0.95, 0.95, 0.975, 0.99];
const KINDS: readonly Kind[] = ['plain', 'plain', 'duplicate', 'multiple', 'dominant', 'rounded', 'losing'];
/** Most cells of an ordinary problem; one in forty may have ten times as many. */
const CELLS = 40_000;
/** How much worse than another portfolio an answer may be, relative: by its proof, and against cvxpy. */
const QUADRATIC = 1e-10;
const LINEAR = 1e-9;
const BREACH = 1e-12;
const BATCH = 50;
const PROBLEMS_SHOWN = 20;

/** Problem number `index` of a seed. */
export function problemOf(seed: number, index: number): Problem {
  const random = randomStream(seed, index);
  const cells = random.oneIn(40) ? 10 * CELLS : CELLS;
  let rows = random.of(ROWS);
  let cols = random.oneIn(40) ? random.of([200, 500]) : random.of(COLS);
  while (rows * cols > cells) {
    if (random.oneIn(2)) rows = random.of(ROWS);
    else cols = random.of(COLS);
  }
  if (random.oneIn(10)) rows = Math.max(4, Math.min(rows, Math.floor(cols * 0.7)));
  const method = random.of(METHODS);
  const inputs = {
    seed: seed * 100_000 + index,
    rows,
    cols,
    factors: 1 + random.below(6),
    kind: random.of(KINDS),
  };
  const limits =
    random.oneIn(3) && method !== 'risk-parity' && cols > 4 ? limitsOf(random, method, rows, cols) : {};
  const riskFree = random.oneIn(3) ? 0.0001 : 0;
  return { method, inputs, alpha: random.of(ALPHAS), riskFree, limits };
}

/** Limits that a random portfolio meets. */
function limitsOf(random: Random, method: Method, rows: number, cols: number): PortfolioLimits {
  const portfolio = (): number[] => {
    const parts = Array.from({ length: cols }, () => (random.oneIn(2) ? 0 : 1 + random.below(20)));
    const sum = parts.reduce((a, b) => a + b, 0);
    return sum === 0 ? parts.map(() => 1 / cols) : parts.map((part) => part / sum);
  };
  const linear = method === 'cvar' || method === 'cdar';
  const within = portfolio();
  const most = Math.max(...within);
  if (random.oneIn(4) && (!linear || rows <= 252)) {
    const l2 = (linear ? 0.01 : 0.0001) * (1 + random.below(5));
    return random.oneIn(2) ? { l2 } : { l2, bounds: [0, Math.min(1, Math.max(most, 1.5 / cols))] };
  }
  const limits: { -readonly [key in keyof PortfolioLimits]: PortfolioLimits[key] } = {};
  if (random.oneIn(2)) {
    limits.bounds = random.oneIn(2)
      ? [random.oneIn(2) ? 0 : Math.min(...within) / 2, Math.min(1, most)]
      : Object.fromEntries(
          within.slice(0, 4).map((weight, j) => [`A${j}`, [weight / 2, Math.min(1, weight + 0.05)]]),
        );
  }
  if (random.oneIn(2)) {
    limits.groups = Array.from({ length: 1 + random.below(3) }, () => {
      const members = within.flatMap((_, j) => (random.oneIn(3) ? [j] : []));
      const chosen = members.length === 0 ? [0, 1] : members;
      const whole = chosen.reduce((sum, j) => sum + within[j]!, 0);
      const [min, max] = [Math.max(0, whole - 0.05), Math.min(1, whole + random.of([0.01, 0.1, 0.3]))];
      return { symbols: chosen.map((j) => `A${j}`), ...(random.oneIn(2) && { min }), max };
    });
  }
  if (random.oneIn(2)) {
    const current = portfolio();
    const moved = within.reduce((sum, weight, j) => sum + Math.abs(weight - current[j]!), 0);
    const named = Object.fromEntries(current.map((weight, j) => [`A${j}`, weight]));
    limits.turnover = { current: named, max: moved + random.of([0, 0.05, 0.3]) };
  }
  return limits;
}

/** Our answer, by how much another portfolio could be better (NaN where only cvxpy can tell), and what is broken. */
function answerOf(
  problem: Problem,
  returns: Mat,
): { found: OptimizedPortfolio; gap: number; breach: number } {
  const { method, alpha, riskFree, limits } = problem;
  const symbols = symbolsOf(returns.cols);
  const plain = Object.keys(limits).length === 0;
  const proven = (found: OptimizedPortfolio, gap: () => number) => ({
    found,
    gap: plain ? gap() : NaN,
    breach: breachOf(found.vector, limits),
  });
  switch (method) {
    case 'min-variance': {
      const found = optimizeMinVarianceDetailed(returns, symbols, limits);
      return proven(found, () => varianceGap(returns, found.vector));
    }
    case 'max-sharpe':
    case 'max-diversification': {
      const sharpe = method === 'max-sharpe';
      const found = sharpe
        ? optimizeMaxSharpeDetailed(returns, symbols, riskFree, limits)
        : optimizeMaxDiversificationDetailed(returns, symbols, limits);
      const gains = sharpe ? meansOf(returns).map((mean) => mean - riskFree) : deviationsOf(returns);
      const none = sharpe && Math.max(...gains) <= 0;
      return proven(found, () =>
        none
          ? varianceGap(returns, found.vector)
          : found.status === 'degenerate'
            ? NaN
            : ratioGap(returns, found.vector, gains),
      );
    }
    case 'risk-parity': {
      const found = optimizeRiskParityDetailed(returns, symbols);
      const apart = (share: number): number => Math.abs(share - 1 / returns.cols);
      return proven(found, () =>
        found.status === 'degenerate' ? NaN : Math.max(...Array.from(found.contributions, apart)),
      );
    }
    default: {
      const optimize = method === 'cvar' ? optimizeCvarDetailed : optimizeCdarDetailed;
      const found = optimize(returns, symbols, alpha, limits);
      return proven(found, () => tailGap(method, returns, found.vector, alpha, found.dual));
    }
  }
}

/** What differences of an objective are relative to: itself, or a small part of what a single asset has. */
function scaleOf(method: Method, best: number, returns: Mat): number {
  const largest = returns.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const least = { cvar: 1e-3 * largest, cdar: 1e-3 * largest, 'min-variance': 1e-6 * largest * largest };
  return Math.max(Math.abs(best), (least as Partial<Record<Method, number>>)[method] ?? 0);
}

/** What cvxpy's best objective is for each problem; null where it has none. Undefined without Python. */
function askPython(problems: readonly Problem[]): (number | null)[] | undefined {
  const python = findPython();
  if (python === undefined) return undefined;
  const { status, stdout, stderr } = spawnSync(python, ['-B', join(ROOT, 'parity/optimize_soak.py')], {
    input: JSON.stringify(problems),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', RAYON_NUM_THREADS: '1' },
  });
  if (status !== 0) throw new Error(`parity/optimize_soak.py: ${stderr.slice(-2_000)}`);
  return JSON.parse(stdout) as (number | null)[];
}

/** Solves `inputs` problems; cvxpy is asked, too, when `peers` is true and its Python is there. */
export function soakOptimizers(
  seed: number,
  inputs: number,
  peers: boolean,
  tell: (done: number) => void,
): SoakResult {
  const outcomes: Record<string, number> = {};
  const problems: string[] = [];
  let problemCount = 0;
  const count = (name: string): void => {
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  };
  const report = (index: number, problem: Problem, what: string): void => {
    problemCount += 1;
    const { inputs: made, ...rest } = problem;
    if (problems.length < PROBLEMS_SHOWN)
      problems.push(
        `problem ${index}: ${what}; ${JSON.stringify(made)} ${JSON.stringify(rest).slice(0, 300)}`,
      );
  };
  for (let start = 0; start < inputs; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, inputs - start) }, (_, i) =>
      problemOf(seed, start + i),
    );
    const theirs = peers ? askPython(batch) : undefined;
    batch.forEach((problem, i) => {
      const { method, limits } = problem;
      const { seed: own, rows, cols, factors, kind } = problem.inputs;
      const returns = madeReturns(own, rows, cols, factors, kind);
      const bound = method === 'cvar' || method === 'cdar' ? LINEAR : QUADRATIC;
      count(`${method}${Object.keys(limits).length === 0 ? '' : ', with limits'}`);
      try {
        const { found, gap, breach } = answerOf(problem, returns);
        if (found.status === 'max-iterations') report(start + i, problem, 'no proof was found');
        if (found.status === 'degenerate') count('no answer of its own, said so');
        if (Number.isNaN(gap)) count('without a proof from the returns alone');
        else if (gap <= bound) count('proven from the returns alone');
        else report(start + i, problem, `another portfolio may be better by ${gap}`);
        if (!(breach <= BREACH)) report(start + i, problem, `a limit is broken by ${breach}`);
        const best = theirs?.[i];
        if (best === undefined) return;
        if (best === null || found.status === 'degenerate') return count('not compared with cvxpy');
        const ours = worthOf(problem, returns, found.vector);
        const worse = (method.startsWith('max') ? best - ours : ours - best) / scaleOf(method, best, returns);
        if (worse > bound) report(start + i, problem, `${ours}, cvxpy has ${best}`);
        else count(worse < -bound ? 'better than the best of cvxpy' : 'as good as the best of cvxpy');
      } catch (error) {
        report(start + i, problem, `${(error as Error).name}: ${(error as Error).message}`);
      }
    });
    tell(Math.min(inputs, start + BATCH));
  }
  const sorted = Object.fromEntries(Object.entries(outcomes).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { inputs, outcomes: sorted, problemCount, problems };
}
