/**
 * Everything the report writers show, worked out once from the result: figures of both series, monthly and yearly
 * returns, drawdowns, costs by year, rolling figures, and the curves in the form the charts draw.
 */
import type { BacktestResult } from '../backtest/types.js';
import { checkLength } from '../check.js';
import { ValidationError } from '../errors.js';
import { monthlyReturns, yearlyReturns } from '../metrics/index.js';
import type { PricePanel } from '../series/price-panel.js';
import { formatDate } from '../time.js';
import { type BenchmarkModel, benchmarkModel } from './benchmark-model.js';
import { type CostYear, costsOf, costYears } from './cost-years.js';
import { type DrawdownRow, drawdownCurve, drawdownRows } from './drawdown-rows.js';
import { type Figure, makeFigures, type SeriesFigures, type SpanFigures } from './figures.js';
import { type RelativeFigure, relativeFigures } from './relative-figures.js';
import { type StopsModel, stopsModel } from './stops-model.js';
import { type RollingModel, rollingModel } from './rolling-model.js';
import { type TimeAxis, timeAxis } from './time-axis.js';
import type { ReportInput, ReportProvenance } from './types.js';

/** Return of a calendar month, or of a year (month 0). */
export interface PeriodReturn {
  readonly year: number;
  /** 1 to 12; 0 for a whole year. */
  readonly month: number;
  readonly strategy: number;
  /** NaN where there is no benchmark. */
  readonly benchmark: number;
}

export interface ReportModel {
  readonly name: string;
  readonly result: BacktestResult;
  readonly bars: number;
  /** First and last day as text, or bar numbers. */
  readonly from: string;
  readonly to: string;
  /** Day of a bar as text, or its number; -1 is the start. */
  readonly label: (bar: number) => string;
  /** Cents, bars + 1. */
  readonly equity: Float64Array;
  /** Bars + 1, positive fractions of the highest equity so far. */
  readonly drawdown: Float64Array;
  readonly benchmark: BenchmarkModel | null;
  readonly monthly: readonly PeriodReturn[];
  readonly yearly: readonly PeriodReturn[];
  /** Deepest first. */
  readonly drawdowns: readonly DrawdownRow[];
  readonly figures: readonly Figure[];
  readonly costs: CostYear;
  readonly costYears: readonly CostYear[];
  readonly rolling: RollingModel;
  /** What stops did; null where none were asked for. */
  readonly stops: StopsModel | null;
  /** Prices of the bars, where the report was given them. */
  readonly prices: PricePanel | null;
  /** Axis of a chart of full width, and of half the width. */
  readonly time: TimeAxis;
  readonly narrowTime: TimeAxis;
  /** Rows of the comparison; empty without a benchmark. */
  readonly relative: readonly RelativeFigure[];
  /** What the reader must know, one line each. */
  readonly notes: readonly string[];
  readonly provenance: ReportProvenance;
}

/** The model of a report. Throws `ShapeError` for a benchmark or prices of another length. O(bars). */
export function reportModel(input: ReportInput): ReportModel {
  const { result, provenance } = input;
  const bars = result.returns.length;
  if (bars === 0) {
    throw new ValidationError(
      'result.returns',
      0,
      'at least one bar',
      'run the backtest on at least one row of prices',
    );
  }
  const label = (bar: number): string =>
    result.dates === null ? `bar ${bar + 1}` : formatDate(result.dates[Math.max(bar, 0)]!);
  const prices = pricesOf(input, bars);
  const benchmark = input.benchmark ? benchmarkModel(input.benchmark, result) : null;
  const monthly = periods(result, benchmark, monthlyReturns);
  const yearly = periods(result, benchmark, yearlyReturns);
  const drawdowns = drawdownRows(result.equityCurve, result.dates, label);
  const costs = costsOf(result, 'All', 0, bars, result.trades?.count ?? Number.NaN);
  const years = bars / result.config.periodsPerYear;
  const strategyFigures: SeriesFigures = {
    ...result.metrics,
    ...spanFigures(result.equityCurve, drawdowns, monthly, yearly, (period) => period.strategy),
    turnoverPerYear: costs.turnover / years,
    costs: costs.costCents,
    costBps: costs.bps,
    costBpsPerYear: costs.bps / years,
    trades: costs.trades,
    rebalances: rebalances(result),
  };
  return {
    name: input.name,
    result,
    bars,
    from: label(0),
    to: label(bars - 1),
    label,
    equity: result.equityCurve,
    drawdown: drawdownCurve(result.equityCurve),
    benchmark,
    monthly,
    yearly,
    drawdowns,
    figures: makeFigures(
      strategyFigures,
      benchmark ? benchmarkFigures(benchmark, result, monthly, yearly, label) : undefined,
      result.dates !== null,
    ),
    costs,
    costYears: costYears(result, costs),
    rolling: rollingModel(result, benchmark),
    stops: stopsModel(result, prices),
    prices,
    time: timeAxis(result.dates, bars),
    narrowTime: timeAxis(result.dates, bars, 6),
    relative: benchmark ? relativeFigures(benchmark.relative) : [],
    notes: notesOf(input, benchmark, label),
    provenance,
  };
}

/** Bars with trades, those aside at which only stops traded. */
function rebalances({ turnover, trades, stopEvents }: BacktestResult): number {
  const orders = new Map<number, number>();
  for (const { bar } of stopEvents) orders.set(bar, 0);
  for (let i = 0; i < (trades?.count ?? 0); i++) {
    const known = orders.get(trades!.bar[i]!);
    if (known !== undefined) orders.set(trades!.bar[i]!, known + 1);
  }
  for (const { bar } of stopEvents) orders.set(bar, orders.get(bar)! - 1);
  return turnover.reduce((count, value, t) => count + (value > 0 && orders.get(t) !== 0 ? 1 : 0), 0);
}

function pricesOf({ prices }: ReportInput, bars: number): PricePanel | null {
  if (!prices) return null;
  checkLength('prices.close.rows', prices.close.rows, bars, 'result.returns');
  return prices;
}

function benchmarkFigures(
  benchmark: BenchmarkModel,
  result: BacktestResult,
  monthly: readonly PeriodReturn[],
  yearly: readonly PeriodReturn[],
  label: (bar: number) => string,
): SeriesFigures {
  const rows = drawdownRows(benchmark.equity, result.dates, label);
  return {
    ...benchmark.metrics,
    ...spanFigures(benchmark.equity, rows, monthly, yearly, (period) => period.benchmark),
  };
}

function spanFigures(
  equity: Float64Array,
  drawdowns: readonly DrawdownRow[],
  monthly: readonly PeriodReturn[],
  yearly: readonly PeriodReturn[],
  of: (period: PeriodReturn) => number,
): SpanFigures {
  const best = (list: readonly PeriodReturn[]): number =>
    list.length === 0 ? Number.NaN : list.reduce((a, period) => Math.max(a, of(period)), -Infinity);
  const worst = (list: readonly PeriodReturn[]): number =>
    list.length === 0 ? Number.NaN : list.reduce((a, period) => Math.min(a, of(period)), Infinity);
  return {
    finalEquity: equity[equity.length - 1]!,
    bestMonth: best(monthly),
    worstMonth: worst(monthly),
    bestYear: best(yearly),
    worstYear: worst(yearly),
    longestDrawdown: drawdowns.reduce((longest, row) => Math.max(longest, row.length), 0),
  };
}

function periods(result: BacktestResult, benchmark: BenchmarkModel | null, split: Splitter): PeriodReturn[] {
  if (result.dates === null) return [];
  const other = benchmark ? split(benchmark.returns, result.dates) : null;
  return split(result.returns, result.dates).map(({ year, month, totalReturn }, i) => ({
    year,
    month: month ?? 0,
    strategy: totalReturn,
    benchmark: other ? other[i]!.totalReturn : Number.NaN,
  }));
}

type Splitter = (
  returns: Float64Array,
  dates: Int32Array,
) => readonly { readonly year: number; readonly month?: number; readonly totalReturn: number }[];

/** What the reader must know about the numbers, our own remarks first. */
function notesOf(
  input: ReportInput,
  benchmark: BenchmarkModel | null,
  label: (bar: number) => string,
): string[] {
  const { result } = input;
  const lines: string[] = [];
  if (result.status === 'bankrupt')
    lines.push(`Bankrupt: the equity was gone, ${label(result.bankruptBar)}.`);
  if (benchmark && benchmark.missing > 0) {
    lines.push(
      `The benchmark has no return at ${benchmark.missing} bars after the first; it counts as 0 there.`,
    );
  }
  const skipped = result.skippedRebalances.length;
  if (skipped > 0) {
    const reasons = [...new Set(result.skippedRebalances.map(({ reason }) => reason))].join(', ');
    lines.push(`${skipped} rebalances, or parts of one, did not take place (${reasons}).`);
  }
  const from = result.config.metricsFrom;
  if (from > 0) lines.push(`Ratios and risk figures leave out the first ${from} of the bars.`);
  return [...lines, ...input.provenance.notes];
}
