/** The benchmark as the report shows it: the same money, the same bars, the same conventions. */
import type { BacktestResult } from '../backtest/types.js';
import { checkLength } from '../check.js';
import { type BenchmarkMetrics, benchmarkMetrics, computeMetrics, type Metrics } from '../metrics/index.js';
import { drawdownCurve } from './drawdown-rows.js';
import type { ReportBenchmark } from './types.js';

export interface BenchmarkModel {
  readonly name: string;
  /** One a bar; where the benchmark has no value the return is 0. */
  readonly returns: Float64Array;
  /** Cents, bars + 1: the same initial cash in the benchmark. */
  readonly equity: Float64Array;
  readonly drawdown: Float64Array;
  readonly metrics: Metrics;
  /** Bars after the first at which the benchmark has no return. */
  readonly missing: number;
  readonly relative: BenchmarkMetrics;
}

/** Follows the benchmark's returns from the result's initial cash. Throws `ShapeError` for another length. */
export function benchmarkModel(given: ReportBenchmark, result: BacktestResult): BenchmarkModel {
  const bars = result.returns.length;
  checkLength('benchmark.returns', given.returns.length, bars, 'result.returns');
  let missing = 0;
  const returns = given.returns.map((value, bar) => {
    if (Number.isFinite(value)) return value;
    if (bar > 0) missing++;
    return 0;
  });
  const equity = new Float64Array(bars + 1);
  equity[0] = result.equityCurve[0]!;
  for (let bar = 0; bar < bars; bar++) equity[bar + 1] = equity[bar]! * (1 + returns[bar]!);
  const { periodsPerYear, riskFree, profile, metricsFrom } = result.config;
  return {
    name: given.name,
    returns,
    equity,
    drawdown: drawdownCurve(equity),
    metrics: computeMetrics(returns.subarray(metricsFrom), { periodsPerYear, riskFree, profile }),
    missing,
    relative: benchmarkMetrics(result.returns.subarray(metricsFrom), returns.subarray(metricsFrom), {
      periodsPerYear,
      riskFree,
    }),
  };
}
