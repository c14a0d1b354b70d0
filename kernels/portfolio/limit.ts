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
 * bandCents            a trade of at most this many cents is left out; -1 turns the band off
 * minCents             a trade of less than this many cents is left out; 0 turns it off
 * whole, micro         n positions held
 * nextWhole, nextMicro, notional   trades, updated
 */
export function dropSmallTrades(
  n: number,
  weights: Float64Array,
  offset: number,
  bandCents: number,
  minCents: number,
  whole: Float64Array,
  micro: Float64Array,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    const size = Math.abs(notional[i]);
    if (weights[offset + i] !== 0 && (size <= bandCents || size < minCents)) {
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

/**
 * Keeps the `keep` largest trades, leaves out the others.
 *
 * n               number of symbols
 * keep            how many to keep, at least 1
 * rank            n places of the symbols in name order: ties go to the lower rank, whatever the listing order
 * whole, micro    n positions held
 * nextWhole, nextMicro, notional   trades, updated
 *
 * O(keep × n).
 */
export function keepLargestTrades(
  n: number,
  keep: number,
  rank: Int32Array,
  whole: Float64Array,
  micro: Float64Array,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
): void {
  // Walk down from the largest: (size, rank) of the last one kept is the mark the rest must not pass.
  let lastSize = Infinity;
  let lastRank = -1;
  for (let kept = 0; kept < keep; kept++) {
    let bestSize = -1;
    let bestRank = -1;
    for (let i = 0; i < n; i++) {
      if (nextWhole[i] === whole[i] && nextMicro[i] === micro[i]) continue;
      const size = Math.abs(notional[i]);
      const after = size < lastSize || (size === lastSize && rank[i] > lastRank);
      if (after && (size > bestSize || (size === bestSize && rank[i] < bestRank))) {
        bestSize = size;
        bestRank = rank[i];
      }
    }
    if (bestSize < 0) return;
    lastSize = bestSize;
    lastRank = bestRank;
  }
  for (let i = 0; i < n; i++) {
    const size = Math.abs(notional[i]);
    if (size < lastSize || (size === lastSize && rank[i] > lastRank)) {
      nextWhole[i] = whole[i];
      nextMicro[i] = micro[i];
      notional[i] = 0;
    }
  }
}
