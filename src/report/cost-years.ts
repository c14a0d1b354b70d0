/** Trading and its costs, year by year. */
import type { BacktestResult } from '../backtest/types.js';
import { civilFromDays } from '../time.js';

/** Trading of one year, or of the whole span. */
export interface CostYear {
  readonly label: string;
  /** Traded value as a fraction of the equity, summed. */
  readonly turnover: number;
  /** NaN where the result keeps no trades. */
  readonly trades: number;
  readonly costCents: number;
  /** Costs in basis points of the mean equity. */
  readonly bps: number;
}

/** Trading from bar `from` up to, not including, bar `to`, with that many trades. */
export function costsOf(
  result: BacktestResult,
  label: string,
  from: number,
  to: number,
  trades: number,
): CostYear {
  let turnover = 0;
  let costCents = 0;
  let equity = 0;
  for (let bar = from; bar < to; bar++) {
    turnover += result.turnover[bar]!;
    costCents += result.costs[bar]!;
    equity += result.equityCurve[bar + 1]!;
  }
  const mean = equity / (to - from);
  return { label, turnover, trades, costCents, bps: mean > 0 ? (costCents / mean) * 10_000 : Number.NaN };
}

/** One row a calendar year; without dates the whole span `all` alone. */
export function costYears(result: BacktestResult, all: CostYear): CostYear[] {
  const { dates, trades } = result;
  if (dates === null) return [all];
  const rows: CostYear[] = [];
  let trade = 0;
  let start = 0;
  while (start < dates.length) {
    const { year } = civilFromDays(dates[start]!);
    let end = start + 1;
    while (end < dates.length && civilFromDays(dates[end]!).year === year) end++;
    const firstTrade = trade;
    while (trades !== null && trade < trades.count && trades.bar[trade]! < end) trade++;
    rows.push(costsOf(result, String(year), start, end, trades === null ? Number.NaN : trade - firstTrade));
    start = end;
  }
  return rows;
}
