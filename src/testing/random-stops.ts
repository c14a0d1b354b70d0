/** Stops that could stand in a market, drawn at random. */
import type { NewStop } from '../exchange/stop-book.js';
import type { Trail } from '../exchange/types.js';
import type { Random } from './random.js';

/** Prices from `base` to `base` + `width` − 1. */
export interface Market {
  readonly base: number;
  readonly width: number;
}

/** A price of the market. */
export function priceIn(random: Random, { base, width }: Market): number {
  return base + (width > 2 ** 32 ? random.below(2 ** 26) * 2 ** 27 : random.below(width));
}

function trailIn(random: Random, { width }: Market): Trail {
  const offset = 1 + random.below(Math.min(width, 1000));
  const fraction = random.of([0.07, 0.05, 1e-7, 0.333, 0.12345678901234568, 0.5, 0.001, 0.29]);
  const multiplier = random.of([0.5, 1, 2.5, 0.1, 3]);
  return random.of<Trail>([
    { kind: 'fixed', offset },
    { kind: 'percentage', fraction },
    { kind: 'atr', multiplier, period: 1 + random.below(6) },
  ]);
}

/** A stop of any kind, checked values only. */
export function stopIn(random: Random, market: Market, id: number): NewStop {
  const trail = random.oneIn(2) ? trailIn(random, market) : null;
  const asMarket = random.oneIn(2);
  return {
    id,
    side: random.of(['buy', 'sell']),
    stopPrice: priceIn(random, market),
    limitPrice: asMarket || trail !== null ? null : priceIn(random, market),
    limitOffset: asMarket || trail === null ? null : 1 + random.below(40),
    quantity: 1 + random.below(1000),
    timeInForce: random.of(['gtc', 'ioc', 'fok']),
    market: asMarket,
    trail,
    owner: random.oneIn(3) ? null : random.below(3) - 1,
    stp: random.of(['off', 'cancel-newest', 'cancel-oldest', 'decrement-and-cancel']),
    timestamp: id + random.below(2),
  };
}
