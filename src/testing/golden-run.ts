/**
 * The golden run: backtests of made-up prices whose every number must be the same on every Node, in a browser,
 * in any time zone and language. Its digests are committed; a change of them is a change of results.
 */
import {
  type BacktestOptions,
  type BacktestResult,
  backtestWeights,
  computeMetrics,
  type Mat,
} from '../index.js';

export const GOLDEN_PATH = 'docs/contracts/golden-run.json';

/** Digests and figures of one backtest. */
export interface GoldenCase {
  readonly inputDigest: string;
  readonly configDigest: string;
  readonly resultDigest: string;
  /** Shortest round-trip digits, so that one wrong bit shows. */
  readonly metrics: Readonly<Record<string, string>>;
}

const BARS = 260;
const SYMBOLS = 12;

/** A small generator of whole numbers: a 32-bit linear congruence. */
function wholeNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % below;
  };
}

function matrix(cell: (row: number, column: number) => number): Mat {
  const data = new Float64Array(BARS * SYMBOLS);
  for (let i = 0; i < BARS; i++) {
    for (let j = 0; j < SYMBOLS; j++) data[i * SYMBOLS + j] = cell(i, j);
  }
  return { data, rows: BARS, cols: SYMBOLS };
}

/** Closes in cents that move by up to 3 % a bar, and opens, highs and lows around them. */
function prices(): { open: Mat; high: Mat; low: Mat; close: Mat } {
  const next = wholeNumbers(20261121);
  const last = Array.from({ length: SYMBOLS }, (_, j) => 1500 + 731 * j);
  const close = matrix((_, j) => {
    last[j] = Math.max(100, Math.round((last[j]! * (9700 + next(601))) / 10000));
    return last[j]!;
  });
  const at = (i: number, j: number): number => close.data[Math.max(0, i) * SYMBOLS + j]!;
  const open = matrix((i, j) => at(i - 1, j));
  const high = matrix((i, j) => Math.max(at(i, j), at(i - 1, j)) + next(50));
  const low = matrix((i, j) => Math.max(1, Math.min(at(i, j), at(i - 1, j)) - next(50)));
  return { open, high, low, close };
}

/** Random fractions that sum to less than one, on every `every`-th bar; NaN rows between. */
function weights(every: number): Mat {
  const next = wholeNumbers(7);
  let row = new Float64Array(SYMBOLS);
  return matrix((i, j) => {
    if (i % every !== 0) return NaN;
    if (j === 0) {
      const parts = Array.from({ length: SYMBOLS }, () => next(1000));
      const sum = parts.reduce((total, part) => total + part, 50);
      row = Float64Array.from(parts, (part) => part / sum);
    }
    return row[j]!;
  });
}

function summary(result: BacktestResult): GoldenCase {
  const metrics: Record<string, string> = {};
  for (const profile of ['default', 'quantstats-0.0.86'] as const) {
    for (const [name, value] of Object.entries(computeMetrics(result.returns, { profile }))) {
      metrics[`${profile} ${name}`] = String(value);
    }
  }
  const { inputDigest, configDigest, resultDigest } = result;
  return { inputDigest, configDigest, resultDigest, metrics };
}

/** Runs every case. Pure: no file, clock, environment or random source is touched. */
export function goldenRun(): Record<string, GoldenCase> {
  const bars = prices();
  const run = (every: number, options: Partial<BacktestOptions>): GoldenCase =>
    summary(
      backtestWeights({ prices: bars, weights: weights(every) }, { initialCash: 100_000_000, ...options }),
    );
  return {
    'daily, micro-shares, no cost': run(1, {}),
    'every 21 bars, whole shares, costs, a bar of lag': run(21, {
      quantityStep: 1,
      lag: 1,
      costModel: { commissionBps: 12.5, slippageBps: 3, minTradeFee: 199 },
    }),
    'every 5 bars at the next open, a no-trade band': run(5, {
      fillPolicy: 'nextOpen',
      costBps: 10,
      limits: { noTradeBandBps: 50 },
    }),
  };
}
