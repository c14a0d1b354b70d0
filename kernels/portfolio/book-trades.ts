/**
 * What trades leave behind: rows of a trade table, and the cost basis of positions.
 *
 * A trade is the step from (whole, micro) to (nextWhole, nextMicro); `notional` is its value in signed cents.
 */

/**
 * Writes the trades of one bar as rows: sells first, then buys, each in column order.
 *
 * n, bar, whole, micro, nextWhole, nextMicro, notional, cost   the bar's trades
 * priceTicks   n fill prices in ticks
 * at           first free row of the columns; there must be room for n more
 * tradeBar … tradeCost   columns, written
 *
 * Returns the first free row afterwards.
 */
export function recordTrades(
  n: number,
  bar: number,
  whole: Float64Array,
  micro: Float64Array,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
  cost: Float64Array,
  priceTicks: Float64Array,
  at: number,
  tradeBar: Int32Array,
  tradeSymbol: Int32Array,
  tradeQuantity: Float64Array,
  tradePrice: Float64Array,
  tradeNotional: Float64Array,
  tradeCost: Float64Array,
): number {
  let row = at;
  for (let side = -1; side <= 1; side += 2) {
    for (let i = 0; i < n; i++) {
      const quantity = nextWhole[i] - whole[i] + (nextMicro[i] - micro[i]) / 1_000_000;
      if (quantity * side <= 0) continue;
      tradeBar[row] = bar;
      tradeSymbol[row] = i;
      tradeQuantity[row] = quantity;
      tradePrice[row] = priceTicks[i];
      tradeNotional[row] = Math.abs(notional[i]);
      tradeCost[row] = cost[i];
      row += 1;
    }
  }
  return row;
}

/**
 * Updates cost basis and realized profit by the trades of one bar (average cost; costs of trading kept apart).
 *
 * The basis of a position is the cents paid for it (negative for a short: the cents received). A reduction takes the
 * same fraction of the basis as of the shares, rounded to the cent; what is left stays, so nothing drifts and a closed
 * position has basis 0. A trade that flips the position first closes it, with its share of the notional.
 *
 * n, whole, micro, nextWhole, nextMicro, notional   the bar's trades
 * basis, realized   n cents each, updated
 */
export function updateCostBasis(
  n: number,
  whole: Float64Array,
  micro: Float64Array,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
  basis: Float64Array,
  realized: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    const change = nextWhole[i] - whole[i] + (nextMicro[i] - micro[i]) / 1_000_000;
    if (change === 0) continue;
    const held = whole[i] + micro[i] / 1_000_000;
    const moved = notional[i];
    if (held === 0 || held * change > 0) {
      basis[i] += moved;
      continue;
    }
    const ratio = Math.abs(change) / Math.abs(held);
    const closes = nextWhole[i] === 0 && nextMicro[i] === 0;
    if (closes || ratio > 1) {
      const closing = closes ? moved : Math.round(moved / ratio);
      realized[i] += -closing - basis[i];
      basis[i] = moved - closing;
    } else {
      const released = Math.round(basis[i] * ratio);
      realized[i] += -moved - released;
      basis[i] -= released;
    }
  }
}
