/** What was traded at each rebalance, and what costs have taken since the start. */
import type { BacktestResult } from '../backtest/types.js';

export interface TradingModel {
  /** Bars at which something was traded, rising. */
  readonly bars: Int32Array;
  /** Traded value at those bars as a fraction of the equity before the trades. */
  readonly turnover: Float64Array;
  readonly meanTurnover: number;
  readonly maxTurnover: number;
  /** Bars + 1: costs paid so far as a fraction of the initial cash. */
  readonly paid: Float64Array;
  /**
   * Bars + 1: the part of the equity that costs have taken, 1 − Π(equity / (equity + cost)): the account would stand
   * higher by drag / (1 − drag) if every cost had been left in it and had grown with it.
   */
  readonly drag: Float64Array;
}

/** Trading over time. O(bars). */
export function tradingModel(result: BacktestResult): TradingModel {
  const { equityCurve, costs, turnover } = result;
  const bars: number[] = [];
  turnover.forEach((value, bar) => {
    if (value > 0) bars.push(bar);
  });
  const at = Float64Array.from(bars, (bar) => turnover[bar]!);
  const paid = new Float64Array(costs.length + 1);
  const drag = new Float64Array(costs.length + 1);
  let total = 0;
  let kept = 1;
  for (let bar = 0; bar < costs.length; bar++) {
    const cost = costs[bar]!;
    const after = Math.max(equityCurve[bar + 1]!, 0);
    total += cost;
    if (cost > 0) kept *= after / (after + cost);
    paid[bar + 1] = total / equityCurve[0]!;
    drag[bar + 1] = 1 - kept;
  }
  return {
    bars: Int32Array.from(bars),
    turnover: at,
    meanTurnover: at.length === 0 ? 0 : at.reduce((a, b) => a + b, 0) / at.length,
    maxTurnover: at.reduce((a, b) => Math.max(a, b), 0),
    paid,
    drag,
  };
}
