/** Which symbols and which months made the return: gains in cents that add up to the change of the equity. */
import { checkKeys, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import { civilFromDays } from '../time.js';
import type { BacktestResult } from './types.js';

/** Gain and trading of one symbol over a whole run, or of all symbols over a period. */
export interface AttributionPart {
  /** Gain of the positions in cents, costs apart: change of their value, plus what was sold, less what was bought. */
  readonly gainCents: number;
  /** The part of it from holding over bars: value after the trades of the bar before × return of the symbol. */
  readonly holdingCents: number;
  /** The rest: from fills to the close of their bar. 0 where all fills are at the close. */
  readonly tradingCents: number;
  /** Costs paid, in cents. */
  readonly costCents: number;
  /** Gain as a fraction of the equity before the first bar of the span. */
  readonly contribution: number;
  /** Costs as such a fraction. */
  readonly cost: number;
  /** Traded value, buys and sells, as a sum of fractions of the equity before each bar. */
  readonly turnover: number;
  /** Mean over the bars of the sum of absolute weights. */
  readonly grossExposure: number;
  /** Mean over the bars of the sum of weights. */
  readonly netExposure: number;
}

/** A symbol over the whole run. */
export interface SymbolAttribution extends AttributionPart {
  readonly symbol: string;
}

/** All symbols over a month or a year. */
export interface PeriodAttribution extends AttributionPart {
  readonly year: number;
  /** 1 to 12; null for a year. */
  readonly month: number | null;
  /** Equity before the first bar of the period, in cents. */
  readonly startCents: number;
  /** Simple return of the period: contribution − cost + residual. */
  readonly return: number;
  /** What rounding to cents leaves, as a fraction of the equity before. */
  readonly residual: number;
}

/** Options of `attribution`. */
export interface AttributionOptions {
  readonly by: 'symbol' | 'month' | 'year';
}

/**
 * Splits what a backtest earned, by symbol over the whole run or by calendar period over all symbols.
 *
 * result   with its panels (`panels: 'all'`) and, for periods, its dates
 * options  `by`
 *
 * The gain of a symbol in a bar is the change of its value, plus what was sold, less what was bought; while nothing of it
 * trades, that is its weight after the trades of the bar before × its return × the equity before. Over a span, gains are
 * added in cents and divided by the equity at its start, so that contribution − cost is the simple return of the span up to
 * the rounding of the equity to cents (`residual`). Throws `ValidationError` without panels or dates. O(bars × symbols + trades).
 */
export function attribution(result: BacktestResult, options: { readonly by: 'symbol' }): SymbolAttribution[];
export function attribution(
  result: BacktestResult,
  options: { readonly by: 'month' | 'year' },
): PeriodAttribution[];
export function attribution(
  result: BacktestResult,
  options: AttributionOptions,
): SymbolAttribution[] | PeriodAttribution[] {
  checkKeys('options', options, ['by']);
  const by = checkOneOf('by', options.by, ['symbol', 'month', 'year']);
  const { equityCurve, symbols } = result;
  if (by === 'symbol') {
    const rows = symbols.map(() => new Sum());
    walk(result, (_, symbol) => rows[symbol]!);
    return rows.map((row, i) => ({
      symbol: symbols[i]!,
      ...row.part(equityCurve[0]!, result.returns.length),
    }));
  }
  const { dates } = result;
  if (dates === null) {
    throw new ValidationError(
      'result.dates',
      null,
      'dates',
      'run the backtest with dates, or split by symbol',
    );
  }
  const starts: number[] = [];
  const rowOfBar = new Int32Array(dates.length);
  for (let t = 0, last = -1; t < dates.length; t++) {
    const { year, month } = civilFromDays(dates[t]!);
    const key = by === 'year' ? year : year * 12 + month;
    if (key !== last) starts.push(t);
    last = key;
    rowOfBar[t] = starts.length - 1;
  }
  const rows = starts.map(() => new Sum());
  walk(result, (t) => rows[rowOfBar[t]!]!);
  return starts.map((start, k): PeriodAttribution => {
    const end = starts[k + 1] ?? dates.length;
    const startCents = equityCurve[start]!;
    const part = rows[k]!.part(startCents, end - start);
    const change = equityCurve[end]! - startCents;
    const { year, month } = civilFromDays(dates[start]!);
    return {
      year,
      month: by === 'year' ? null : month,
      startCents,
      ...part,
      return: startCents > 0 ? change / startCents : 0,
      residual: startCents > 0 ? (change - part.gainCents + part.costCents) / startCents : 0,
    };
  });
}

/** Sums of a row. */
class Sum {
  gain = 0;
  holding = 0;
  costs = 0;
  turnover = 0;
  gross = 0;
  net = 0;

  part(startCents: number, bars: number): AttributionPart {
    const fraction = (cents: number): number => (startCents > 0 ? cents / startCents : 0);
    return {
      gainCents: this.gain,
      holdingCents: this.holding,
      tradingCents: this.gain - this.holding,
      costCents: this.costs,
      contribution: fraction(this.gain),
      cost: fraction(this.costs),
      turnover: this.turnover,
      grossExposure: this.gross / bars,
      netExposure: this.net / bars,
    };
  }
}

/** Adds every bar of every symbol to the row that `rowOf` names, in the order of bars, then columns. */
function walk(result: BacktestResult, rowOf: (t: number, symbol: number) => Sum): void {
  const { holdings, symbolReturns, trades, equityCurve, returns } = result;
  if (holdings === null || symbolReturns === null || trades === null) {
    const fix = "run the backtest with panels: 'all'";
    throw new ValidationError('result.holdings', null, 'the panels of the result', fix);
  }
  const n = holdings.cols;
  const value = new Float64Array(n);
  const bought = new Float64Array(n);
  for (let t = 0, k = 0; t < returns.length; t++) {
    const before = equityCurve[t]!;
    for (; k < trades.count && trades.bar[k] === t; k++) {
      const i = trades.symbol[k]!;
      const notional = trades.notional[k]!;
      const row = rowOf(t, i);
      bought[i]! += trades.quantity[k]! < 0 ? -notional : notional;
      row.costs += trades.cost[k]!;
      if (before > 0) row.turnover += notional / before;
    }
    for (let i = 0; i < n; i++) {
      const row = rowOf(t, i);
      const weight = holdings.data[t * n + i]!;
      const moved = symbolReturns.data[t * n + i]!;
      const now = weight * equityCurve[t + 1]!;
      row.gain += now - value[i]! - bought[i]!;
      if (!Number.isNaN(moved)) row.holding += value[i]! * moved;
      row.gross += Math.abs(weight);
      row.net += weight;
      value[i] = now;
      bought[i] = 0;
    }
  }
}
