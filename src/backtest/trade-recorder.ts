/** Trades in columns that grow between bars, never inside one. */
import { recordTrades } from '../../kernels/portfolio/book-trades.js';
import type { Ledger } from '../portfolio/ledger.js';
import type { PriceRow } from '../portfolio/price-row.js';
import type { TradeTable } from './types.js';

/** Collects the orders of each rebalance; memory grows by doubling. */
export class TradeRecorder {
  private count = 0;
  private bar: Int32Array<ArrayBuffer>;
  private symbol: Int32Array<ArrayBuffer>;
  private quantity: Float64Array<ArrayBuffer>;
  private price: Float64Array<ArrayBuffer>;
  private notional: Float64Array<ArrayBuffer>;
  private cost: Float64Array<ArrayBuffer>;

  constructor(symbols: number) {
    const room = Math.max(1024, symbols * 4);
    this.bar = new Int32Array(room);
    this.symbol = new Int32Array(room);
    this.quantity = new Float64Array(room);
    this.price = new Float64Array(room);
    this.notional = new Float64Array(room);
    this.cost = new Float64Array(room);
  }

  /** Adds the orders that `ledger` has just booked at bar `t`, filled at `prices`. */
  record(t: number, ledger: Ledger, prices: PriceRow): void {
    const n = ledger.size;
    if (this.count + n > this.bar.length) this.grow(Math.max(this.bar.length * 2, this.count + n));
    this.count = recordTrades(
      n,
      t,
      ledger.priorWhole,
      ledger.priorMicro,
      ledger.whole,
      ledger.micro,
      ledger.notional,
      ledger.cost,
      prices.ticks,
      this.count,
      this.bar,
      this.symbol,
      this.quantity,
      this.price,
      this.notional,
      this.cost,
    );
  }

  /** Adds one trade of bar `t`: signed shares, the price in ticks, value and cost in cents. */
  add(t: number, symbol: number, quantity: number, price: number, notional: number, cost: number): void {
    const row = this.count;
    if (row + 1 > this.bar.length) this.grow(this.bar.length * 2);
    this.bar[row] = t;
    this.symbol[row] = symbol;
    this.quantity[row] = quantity;
    this.price[row] = price;
    this.notional[row] = notional;
    this.cost[row] = cost;
    this.count = row + 1;
  }

  /** The columns, cut to the rows written. */
  table(): TradeTable {
    const end = this.count;
    return {
      count: end,
      bar: this.bar.slice(0, end),
      symbol: this.symbol.slice(0, end),
      quantity: this.quantity.slice(0, end),
      price: this.price.slice(0, end),
      notional: this.notional.slice(0, end),
      cost: this.cost.slice(0, end),
    };
  }

  private grow(room: number): void {
    const ints = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(room);
      next.set(old);
      return next;
    };
    const doubles = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const next = new Float64Array(room);
      next.set(old);
      return next;
    };
    this.bar = ints(this.bar);
    this.symbol = ints(this.symbol);
    this.quantity = doubles(this.quantity);
    this.price = doubles(this.price);
    this.notional = doubles(this.notional);
    this.cost = doubles(this.cost);
  }
}
