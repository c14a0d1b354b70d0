/** The two sides of a row of trades. */

/** Sums of buys and of sells in cents, all at least 0. */
export interface TradeSides {
  readonly bought: number;
  readonly buyCost: number;
  readonly sold: number;
  readonly sellCost: number;
}

/** Adds up `notional` (signed cents) and `cost` by side; sums of safe integers. */
export function tradeSides(notional: Float64Array, cost: Float64Array): TradeSides {
  let bought = 0;
  let buyCost = 0;
  let sold = 0;
  let sellCost = 0;
  for (let i = 0; i < notional.length; i++) {
    if (notional[i]! > 0) {
      bought += notional[i]!;
      buyCost += cost[i]!;
    } else {
      sold -= notional[i]!;
      sellCost += cost[i]!;
    }
  }
  return { bought, buyCost, sold, sellCost };
}
