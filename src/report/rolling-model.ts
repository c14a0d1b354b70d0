/** Figures over a moving window of half a year, as the page draws them. */
import type { BacktestResult } from '../backtest/types.js';
import {
  rollingBeta,
  rollingCorrelation,
  rollingSharpe,
  rollingSortino,
  rollingVolatility,
} from '../metrics/index.js';
import type { BenchmarkModel } from './benchmark-model.js';

/** Rolling figures, bars + 1 as the curves; NaN until the window is full, and where nothing can be said. */
export interface RollingModel {
  readonly window: number;
  /** Compounded over the window, not as a yearly figure. */
  readonly growth: Float64Array;
  readonly volatility: Float64Array;
  readonly sharpe: Float64Array;
  readonly sortino: Float64Array;
  readonly benchmarkGrowth: Float64Array | null;
  readonly benchmarkVolatility: Float64Array | null;
  readonly benchmarkSharpe: Float64Array | null;
  readonly benchmarkSortino: Float64Array | null;
  readonly beta: Float64Array | null;
  readonly correlation: Float64Array | null;
}

/** Half a year of bars; where the span is short, a third of it. */
export function rollingModel(result: BacktestResult, benchmark: BenchmarkModel | null): RollingModel {
  const { returns, config } = result;
  const bars = returns.length;
  const { periodsPerYear, riskFree } = config;
  const window = Math.max(2, Math.min(Math.round(periodsPerYear / 2), Math.floor(bars / 3)));
  const options = { periodsPerYear, riskFree };
  const volatility = (values: Float64Array): Float64Array =>
    shifted(rollingVolatility(values, window, { periodsPerYear }));
  const sharpe = (values: Float64Array): Float64Array => shifted(rollingSharpe(values, window, options));
  const sortino = (values: Float64Array): Float64Array => shifted(rollingSortino(values, window, options));
  return {
    window,
    growth: growth(result.equityCurve, window),
    volatility: volatility(returns),
    sharpe: sharpe(returns),
    sortino: sortino(returns),
    benchmarkGrowth: benchmark && growth(benchmark.equity, window),
    benchmarkVolatility: benchmark && volatility(benchmark.returns),
    benchmarkSharpe: benchmark && sharpe(benchmark.returns),
    benchmarkSortino: benchmark && sortino(benchmark.returns),
    beta: benchmark && shifted(rollingBeta(returns, benchmark.returns, window)),
    correlation: benchmark && shifted(rollingCorrelation(returns, benchmark.returns, window)),
  };
}

/** One value for the start, before the first bar's. */
function shifted(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length + 1);
  out[0] = Number.NaN;
  out.set(values, 1);
  return out;
}

function growth(equity: Float64Array, window: number): Float64Array {
  return equity.map((value, i) => {
    const before = i < window ? 0 : equity[i - window]!;
    return before > 0 ? value / before - 1 : Number.NaN;
  });
}
