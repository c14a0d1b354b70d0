/** Order books by symbol on the slow exchange: what `rebalanceLob` trades on, without the code under test behind it. */
import type { StpPolicy } from '../exchange/types.js';
import type { LobExchange, LobMarket } from '../portfolio/lob-types.js';
import { ReferenceExchange } from '../reference/exchange.js';
import type { ReferenceLevels } from '../reference/exchange-book.js';

/** The slow exchange with the views of a book. */
export class SlowExchange extends ReferenceExchange implements LobExchange {
  readonly priceScale: number;

  constructor(priceScale: number, stp: StpPolicy = 'off') {
    super({ stp });
    this.priceScale = priceScale;
  }

  fullBook(): ReferenceLevels {
    return this.levels();
  }

  depth(count = 10): ReferenceLevels {
    const { bids, asks } = this.levels();
    return { bids: bids.slice(0, count), asks: asks.slice(0, count) };
  }
}

/** Slow exchanges by symbol. */
export class SlowMarket implements LobMarket {
  readonly priceScale: number;
  private readonly stp: StpPolicy;
  private readonly bySymbol = new Map<string, SlowExchange>();

  constructor({
    priceScale = 100,
    stp = 'off',
  }: { readonly priceScale?: number; readonly stp?: StpPolicy } = {}) {
    this.priceScale = priceScale;
    this.stp = stp;
  }

  has(symbol: string): boolean {
    return this.bySymbol.has(symbol);
  }

  exchange(symbol: string): SlowExchange {
    const known = this.bySymbol.get(symbol);
    if (known !== undefined) return known;
    const fresh = new SlowExchange(this.priceScale, this.stp);
    this.bySymbol.set(symbol, fresh);
    return fresh;
  }
}

/** Price and quantity of a resting order. */
export type Level = readonly [price: number, quantity: number];

/** Books with these resting orders. */
export function books(
  levels: Readonly<Record<string, { readonly bids?: readonly Level[]; readonly asks?: readonly Level[] }>>,
  priceScale = 100,
): SlowMarket {
  const market = new SlowMarket({ priceScale });
  for (const [symbol, { bids = [], asks = [] }] of Object.entries(levels)) {
    const exchange = market.exchange(symbol);
    for (const [price, quantity] of bids) exchange.submitLimit('buy', price, quantity);
    for (const [price, quantity] of asks) exchange.submitLimit('sell', price, quantity);
  }
  return market;
}
