/** The trades that matter most: symbols traded most by value with their prices, and the largest orders. */
import type { BacktestResult, TradeTable } from '../backtest/types.js';
import type { PricePanel } from '../series/price-panel.js';

/** Symbols drawn with their prices. */
const DRAWN = 4;

/** Rows of the table. */
const LARGEST = 20;

/** Places along a chart that can each hold one mark of either side. */
const MARK_PLACES = 110;

/** A trade, or several close together, drawn as one. */
export interface TradeMark {
  readonly bar: number;
  readonly side: 'buy' | 'sell';
  /** Fill price of the largest of them, currency units. */
  readonly price: number;
}

/** One symbol with its prices and trades. */
export interface TradedSymbol {
  readonly name: string;
  /** Value of all its trades, cents. */
  readonly valueCents: number;
  readonly buys: number;
  readonly sells: number;
  /** Closes of the bars, currency units, with one NaN for the start before them; NaN where one is missing. */
  readonly price: Float64Array;
  readonly marks: readonly TradeMark[];
}

export interface TradeRow {
  readonly bar: number;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  /** Shares, positive. */
  readonly quantity: number;
  /** Currency units. */
  readonly price: number;
  readonly valueCents: number;
  readonly costCents: number;
}

export interface TradesModel {
  readonly count: number;
  /** The most traded by value first; empty without prices. */
  readonly drawn: readonly TradedSymbol[];
  /** The largest by value first. */
  readonly largest: readonly TradeRow[];
}

/** The trades worth showing; null where the result keeps none. O(trades + bars). */
export function tradesModel(result: BacktestResult, prices: PricePanel | null): TradesModel | null {
  const { trades, symbols } = result;
  if (trades === null) return null;
  const scale = result.config.priceScale;
  const value = new Float64Array(symbols.length);
  for (let i = 0; i < trades.count; i++) value[trades.symbol[i]!]! += trades.notional[i]!;
  const most = Array.from(value.keys())
    .filter((symbol) => value[symbol]! > 0)
    .sort((a, b) => value[b]! - value[a]! || a - b);
  const drawn: TradedSymbol[] = [];
  for (const symbol of most) {
    if (prices === null || drawn.length === DRAWN) break;
    const column = prices.symbols.indexOf(symbols[symbol]!);
    if (column < 0) continue;
    const price = closesOf(prices, column);
    if (price.every(Number.isNaN)) continue;
    drawn.push({
      name: symbols[symbol]!,
      valueCents: value[symbol]!,
      ...sidesOf(trades, symbol, result.returns.length, scale),
      price,
    });
  }
  return {
    count: trades.count,
    drawn,
    largest: largestOf(trades, LARGEST).map((i) => ({
      bar: trades.bar[i]!,
      symbol: symbols[trades.symbol[i]!]!,
      side: trades.quantity[i]! < 0 ? 'sell' : 'buy',
      quantity: Math.abs(trades.quantity[i]!),
      price: trades.price[i]! / scale,
      valueCents: trades.notional[i]!,
      costCents: trades.cost[i]!,
    })),
  };
}

/** The `count` largest trades by value, the largest first; of equal ones the earlier first. */
function largestOf(trades: TradeTable, count: number): number[] {
  const { notional } = trades;
  const kept: number[] = [];
  for (let i = 0; i < trades.count; i++) {
    if (kept.length === count && notional[i]! <= notional[kept[count - 1]!]!) continue;
    let place = kept.length;
    while (place > 0 && notional[kept[place - 1]!]! < notional[i]!) place--;
    kept.splice(place, 0, i);
    if (kept.length > count) kept.pop();
  }
  return kept;
}

/** Counts the trades of a symbol; of those that fall on one place of the chart the largest of each side is marked. */
function sidesOf(
  trades: TradeTable,
  symbol: number,
  bars: number,
  scale: number,
): { buys: number; sells: number; marks: TradeMark[] } {
  const largest = new Map<string, number>();
  let buys = 0;
  let sells = 0;
  for (let i = 0; i < trades.count; i++) {
    if (trades.symbol[i] !== symbol) continue;
    const side = trades.quantity[i]! < 0 ? 'sell' : 'buy';
    if (side === 'buy') buys++;
    else sells++;
    const key = `${side} ${Math.floor((trades.bar[i]! * MARK_PLACES) / bars)}`;
    const known = largest.get(key);
    if (known === undefined || trades.notional[i]! > trades.notional[known]!) largest.set(key, i);
  }
  const marks = Array.from(largest.values(), (i): TradeMark => ({
    bar: trades.bar[i]!,
    side: trades.quantity[i]! < 0 ? 'sell' : 'buy',
    price: trades.price[i]! / scale,
  }));
  return { buys, sells, marks };
}

/** Closes of a column in currency units, with one NaN for the start before them. */
export function closesOf({ close, priceScale }: PricePanel, column: number): Float64Array {
  const out = new Float64Array(close.rows + 1);
  out[0] = Number.NaN;
  for (let bar = 0; bar < close.rows; bar++) {
    out[bar + 1] = close.data[bar * close.cols + column]! / priceScale;
  }
  return out;
}
