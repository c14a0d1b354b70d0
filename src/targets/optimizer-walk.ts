/** The optimizer at one rebalance after the other: who takes part, what it was told, what it could not do. */
import { sum } from '../../kernels/stats/sum.js';
import { NbError, ValidationError } from '../errors.js';
import type { OptimizedPortfolio, PortfolioLimits } from '../optimize/types.js';
import { limitsOf } from './optimizer-limits.js';
import type { OptimizerName, OptimizerSettings } from './optimizer-names.js';
import { type ReturnWindow, returnWindow } from './return-window.js';
import { runOptimizer } from './run-optimizer.js';
import type { PastPrices } from './types.js';

/** A rebalance whose weights are not a proven optimum. */
export interface OptimizerFallback {
  readonly bar: number;
  /** What happened; see `optimizedWeights`. */
  readonly reason: 'degenerate' | 'max-iterations' | 'failed' | 'turnover';
  /** What the optimizer said, for a person. */
  readonly says: string;
}

type Turnover = NonNullable<PortfolioLimits['turnover']>;

/** Asked at each rebalance in order; remembers what a person should know. */
export class OptimizerWalk {
  readonly fallbacks: OptimizerFallback[] = [];
  /** Rebalances at which a symbol was left out, for a missing price and for one that did not move. */
  readonly gaps: Map<string, number> = new Map<string, number>();
  readonly flat: Map<string, number> = new Map<string, number>();
  /** Rebalances at which limits could not be kept, and the error of the first. */
  clashes = 0;
  clash: NbError | undefined;
  /** What the optimizer remarked, and at how many rebalances. */
  readonly warnings: Map<string, number> = new Map<string, number>();
  readonly #method: OptimizerName;
  readonly #settings: OptimizerSettings;
  readonly #lookback: number;
  /** The target before: weight of each column, and its bar. */
  #held: { readonly bar: number; readonly weights: Float64Array } | undefined;

  constructor(method: OptimizerName, settings: OptimizerSettings, lookback: number) {
    this.#method = method;
    this.#settings = settings;
    this.#lookback = lookback;
  }

  /** The weights of the symbols that take part, NaN for the others; undefined where there is no target. */
  at(past: PastPrices): Float64Array | undefined {
    const closes = past.closes(this.#lookback + 1);
    if (closes === undefined) return undefined;
    const window = returnWindow(closes, past.symbols);
    for (const j of window.gaps) count(this.gaps, past.symbols[j]!);
    for (const j of window.flat) count(this.flat, past.symbols[j]!);
    if (window.symbols.length === 0) return undefined;
    const vector = this.#solve(past, window);
    if (vector === undefined) return undefined;
    const weights = new Float64Array(past.symbols.length).fill(Number.NaN);
    window.columns.forEach((column, k) => (weights[column] = vector[k]!));
    this.#held = { bar: past.bar, weights };
    return weights;
  }

  #solve(past: PastPrices, window: ReturnWindow): Float64Array | undefined {
    const { returns, symbols } = window;
    const { turnover: most, ...all } = this.#settings;
    const settings = limitsOf(all, symbols);
    const turnover = most === undefined ? undefined : this.#turnover(past, window, most);
    const run = (limit: Turnover | undefined): OptimizedPortfolio =>
      runOptimizer(this.#method, returns, symbols, { ...settings, ...(limit && { turnover: limit }) });
    try {
      if (turnover !== undefined) {
        const kept = turnover.max < 0 ? undefined : feasible(() => run(turnover));
        if (kept !== undefined) return this.#noted(past, kept);
      }
      const result = run(undefined);
      if (turnover === undefined) return this.#noted(past, result);
      const says = `the turnover limit of ${most} cannot be kept`;
      this.fallbacks.push({ bar: past.bar, reason: 'turnover', says });
      return result.vector;
    } catch (error) {
      if (isClash(error)) {
        if (symbols.length === past.symbols.length) throw error;
        this.clashes += 1;
        this.clash ??= error;
        return undefined;
      }
      if (!isRefusal(error)) throw error;
      this.fallbacks.push({ bar: past.bar, reason: 'failed', says: error.message });
      return new Float64Array(symbols.length).fill(1 / symbols.length);
    }
  }

  /** The weights of a result, with a note of what is not as it should be. */
  #noted({ bar }: PastPrices, { vector, status, warnings }: OptimizedPortfolio): Float64Array {
    if (status !== 'optimal') this.fallbacks.push({ bar, reason: status, says: warnings.join('; ') });
    else for (const warning of warnings) count(this.warnings, warning);
    return vector;
  }

  /**
   * The target before, carried to this bar by the prices, and what may still be moved when that of the symbols that no
   * longer take part has been sold; undefined at the first target.
   */
  #turnover(past: PastPrices, { columns, symbols }: ReturnWindow, most: number): Turnover | undefined {
    if (this.#held === undefined) return undefined;
    const ago = past.bar - this.#held.bar;
    const carried = this.#held.weights.map((weight, j) => {
      if (!(weight > 0)) return 0;
      const growth = past.close(j) / past.close(j, ago);
      return Number.isFinite(growth) ? weight * growth : weight;
    });
    const total = sum(carried, 0, carried.length);
    const current: Record<string, number> = Object.create(null) as Record<string, number>;
    let kept = 0;
    columns.forEach((column, k) => {
      const weight = carried[column]! / total;
      current[symbols[k]!] = weight;
      kept += weight;
    });
    return { current, max: kept > 1 - 1e-12 ? most : most - (1 - kept) };
  }
}

/** What `act` gives; undefined where the limits cannot be kept. */
function feasible<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (isClash(error)) return undefined;
    throw error;
  }
}

function isClash(error: unknown): error is NbError {
  return error instanceof NbError && error.code === 'INFEASIBLE';
}

/** Whether the returns were refused, not an option. */
function isRefusal(error: unknown): error is NbError {
  if (!(error instanceof NbError)) return false;
  return (
    !(error instanceof ValidationError) ||
    /^(?:returns|variance of|CVaR of|CDaR of)\b/.test(error.detail.field)
  );
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
