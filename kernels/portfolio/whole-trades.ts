/**
 * Trades in whole shares, for markets that know no fractions.
 */
import { notionalCents } from './notional.js';

/**
 * Turns every trade into a whole number of shares. A fraction that is held stays: it cannot be traded away.
 *
 * A target of at least 0 is rounded down to what whole shares reach from the position held, a negative one towards
 * zero. Nothing crosses zero on account of the rounding: an exit leaves the fraction, on the side it was on. A trade
 * worth less than half a cent is left out unless it is an exit.
 *
 * n, weights   n target weights; a weight of 0 is an exit
 * priceCents, priceRem, ticksPerCent, whole, micro   as in markPositions
 * nextWhole, nextMicro, notional   trades, updated; afterwards nextMicro equals micro
 */
export function wholeTrades(
  n: number,
  weights: Float64Array,
  priceCents: Float64Array,
  priceRem: Float64Array,
  ticksPerCent: number,
  whole: Float64Array,
  micro: Float64Array,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    const part = nextMicro[i] - micro[i];
    let shares = nextWhole[i];
    if (weights[i] < 0) {
      if (part > 0) shares += 1;
    } else {
      if (part < 0) shares -= 1;
      if (shares < 0 && whole[i] >= 0) shares = 0;
    }
    const moved = notionalCents(shares - whole[i], 0, priceCents[i], priceRem[i], ticksPerCent);
    nextMicro[i] = micro[i];
    nextWhole[i] = moved === 0 && weights[i] !== 0 ? whole[i] : shares;
    notional[i] = moved;
  }
}
