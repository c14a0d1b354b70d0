/**
 * Cuts trades down: order limits, and buys that the cash does not cover.
 *
 * A trade is the step from (whole, micro) to (nextWhole, nextMicro); `notional` is its value in signed cents.
 */
import { MICRO, notionalCents } from './notional.js';

/**
 * Leaves out trades that are too small to send: inside the no-trade band or below the minimum value.
 * A target of exactly 0 is an exit and always goes through.
 *
 * n, weights, offset   target weights from weights[offset]
 * equityCents          cents that the weights are fractions of
 * bandCents            a symbol whose value is within this many cents of its target is left alone; -1 turns it off
 * minCents             a trade of less than this many cents is left out; 0 turns it off
 * priceCents, priceRem, ticksPerCent, whole, micro   prices and positions held, as in markPositions
 * nextWhole, nextMicro, notional   trades, updated
 */
export function dropSmallTrades(
  n: number,
  weights: Float64Array,
  offset: number,
  equityCents: number,
  bandCents: number,
  minCents: number,
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
    const weight = weights[offset + i];
    const price = priceCents[i] + priceRem[i] / ticksPerCent;
    const held = (whole[i] + micro[i] / MICRO) * price;
    // A rest of 1e-9 keeps a difference of exactly the band inside it, whatever the rounding of the products.
    const inBand = Math.abs(weight * equityCents - held) <= bandCents * (1 + 1e-9);
    if (weight !== 0 && (inBand || Math.abs(notional[i]) < minCents)) {
      nextWhole[i] = whole[i];
      nextMicro[i] = micro[i];
      notional[i] = 0;
    }
  }
}

/**
 * Shrinks the trade of symbol `i` to `factor` of its size, rounded towards zero to lots.
 *
 * factor       from 0 to 1
 * wanted…      the trade to shrink, as (wantedWhole, wantedMicro)
 * priceCents, priceRem, ticksPerCent, lotMicro, whole, micro   as in targetsInTicks
 * nextWhole, nextMicro, notional   cell i is written; may be the same arrays as wanted…
 */
export function shrinkTrade(
  i: number,
  factor: number,
  wantedWhole: Float64Array,
  wantedMicro: Float64Array,
  priceCents: Float64Array,
  priceRem: Float64Array,
  ticksPerCent: number,
  lotMicro: number,
  whole: Float64Array,
  micro: Float64Array,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
): void {
  const stepWhole = wantedWhole[i] - whole[i];
  const stepMicro = wantedMicro[i] - micro[i];
  const sign = stepWhole + stepMicro / MICRO < 0 ? -1 : 1;
  const scaled = factor * stepWhole * sign;
  let shares = Math.floor(scaled);
  let parts = Math.floor((scaled - shares) * MICRO + factor * stepMicro * sign);
  const carry = Math.floor(parts / MICRO);
  shares += carry;
  parts -= carry * MICRO;
  if (lotMicro >= MICRO) {
    parts = 0;
    shares = Math.floor(shares / (lotMicro / MICRO)) * (lotMicro / MICRO);
  } else if (lotMicro > 1) {
    parts = Math.floor(parts / lotMicro) * lotMicro;
  }
  shares *= sign;
  parts *= sign;
  const moved = notionalCents(shares, parts, priceCents[i], priceRem[i], ticksPerCent);
  notional[i] = moved;
  if (moved === 0) {
    nextWhole[i] = whole[i];
    nextMicro[i] = micro[i];
    return;
  }
  let microSum = micro[i] + parts;
  let wholeSum = whole[i] + shares;
  if (microSum >= MICRO) {
    wholeSum += 1;
    microSum -= MICRO;
  } else if (microSum < 0) {
    wholeSum -= 1;
    microSum += MICRO;
  }
  nextWhole[i] = wholeSum;
  nextMicro[i] = microSum;
}
