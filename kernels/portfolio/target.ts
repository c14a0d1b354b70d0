/**
 * From target weights to the positions wanted and the money they move.
 *
 * The target value of a symbol is weight × equity, rounded down to the cent (after adding 2^-51 of itself, so that
 * 0.29 × 100 is 29). Rounded to the nearest, half of all full rebalances would miss a few cents of cash. The target
 * quantity is the largest number of lots whose value does not exceed it (exact while value × ticksPerCent stays below
 * 2^53, else within one lot). A trade worth less than half a cent is not made, unless it closes the position.
 *
 * Two kernels give the same answer: `targetsInCents` is the short way for prices in cents and lots of one micro-share,
 * `targetsInTicks` takes every price scale, lot and size. Twin of both: src/reference/backtest.ts, in BigInt.
 */
import { MICRO, notionalCents } from './notional.js';

/** 1.5 × 2^52: adding and subtracting it rounds a double below 2^51 to the nearest integer, half to even. */
const NEAREST = 6755399441055744;
/** 1 + 2^-51. */
const ROUNDING_SLACK = 1 + 4.440892098500626e-16;

/**
 * Targets and trades for prices in whole cents, lots of one micro-share and no short targets.
 *
 * n                number of symbols
 * equityCents      cents the targets are fractions of
 * weights, offset  n target weights from weights[offset]; finite, at least 0
 * priceCents       n prices, from 1 to 2^53 / 1e6
 * whole, micro     n positions held
 * nextWhole, nextMicro   n positions wanted, written; 0 <= nextMicro < 1e6
 * notional         n trades in signed cents, written: positive buys
 * totals           2 cells, written: sum of |notional|, sum of notional
 *
 * O(n), nothing is allocated. The floor of a correctly rounded quotient of integers below 2^53 is the exact floor.
 * Two plain loops take 7 ns a symbol, one loop that also looks for halves 13: a branch on a double, however rare, cost
 * more than the arithmetic. So the second loop only notes the largest rest and the smallest trade; if a half cent or
 * a trade of nothing may be among them, `settleTrades` goes over the row again.
 */
export function targetsInCents(
  n: number,
  equityCents: number,
  weights: Float64Array,
  offset: number,
  priceCents: Float64Array,
  whole: Float64Array,
  micro: Float64Array,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
  totals: Float64Array,
): void {
  const scale = equityCents * ROUNDING_SLACK;
  for (let i = 0; i < n; i++) {
    const cents = priceCents[i];
    const value = Math.floor(weights[offset + i] * scale);
    const shares = Math.floor(value / cents);
    nextWhole[i] = shares;
    nextMicro[i] = Math.floor(((value - shares * cents) * MICRO) / cents);
  }
  let gross = 0;
  let net = 0;
  let largestRest = 0;
  let smallestTrade = Infinity;
  for (let i = 0; i < n; i++) {
    const cents = priceCents[i];
    const microValue = (nextMicro[i] - micro[i]) * cents;
    const microCents = microValue * 1e-6 + NEAREST - NEAREST;
    const moved = (nextWhole[i] - whole[i]) * cents + microCents;
    const size = Math.abs(moved);
    largestRest = Math.max(largestRest, Math.abs(microValue - microCents * MICRO));
    // A symbol without a target that is not held moves nothing either, and needs no second look.
    smallestTrade = Math.min(smallestTrade, size + 1 - Math.min(1, weights[offset + i] * 1e300));
    notional[i] = moved;
    gross += size;
    net += moved;
  }
  totals[0] = gross;
  totals[1] = net;
  if (largestRest >= 500_000 || smallestTrade === 0) {
    settleTrades(n, weights, offset, priceCents, whole, micro, nextWhole, nextMicro, notional, totals);
  }
}

/** Values the trades of a row again with exact halves, and leaves out those that move no cent unless they close. */
function settleTrades(
  n: number,
  weights: Float64Array,
  offset: number,
  priceCents: Float64Array,
  whole: Float64Array,
  micro: Float64Array,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
  totals: Float64Array,
): void {
  let gross = 0;
  let net = 0;
  for (let i = 0; i < n; i++) {
    const moved = notionalCents(nextWhole[i] - whole[i], nextMicro[i] - micro[i], priceCents[i], 0, 1);
    if (moved === 0 && weights[offset + i] !== 0) {
      nextWhole[i] = whole[i];
      nextMicro[i] = micro[i];
    }
    notional[i] = moved;
    // Read back: V8 takes whole numbers that a call gives for 32-bit ones, and its sums of them start over and over.
    const cents = notional[i];
    gross += Math.abs(cents);
    net += cents;
  }
  totals[0] = gross;
  totals[1] = net;
}

/**
 * Targets and trades for every price scale, lot and size.
 *
 * priceCents, priceRem, ticksPerCent   prices as in markPositions, at least one tick
 * lotMicro   smallest tradable quantity in micro-shares: 1 … 1e6 by powers of ten, or k × 1e6
 * (rest)     as in targetsInCents; a negative weight is a short target, its quantity rounded towards zero
 *
 * O(n), nothing is allocated. `totals` leaves the exact integers when an amount does: the caller checks them.
 */
export function targetsInTicks(
  n: number,
  equityCents: number,
  weights: Float64Array,
  offset: number,
  priceCents: Float64Array,
  priceRem: Float64Array,
  ticksPerCent: number,
  lotMicro: number,
  whole: Float64Array,
  micro: Float64Array,
  nextWhole: Float64Array,
  nextMicro: Float64Array,
  notional: Float64Array,
  totals: Float64Array,
): void {
  const scale = equityCents * ROUNDING_SLACK;
  const lotShares = lotMicro > MICRO ? lotMicro / MICRO : 1;
  let gross = 0;
  let net = 0;
  for (let i = 0; i < n; i++) {
    const weight = weights[offset + i];
    const cents = priceCents[i];
    const rem = priceRem[i];
    const value = Math.floor(Math.abs(weight) * scale);
    // Whole shares: the quotient may be one off, the rest (in ticks, exact) says which way.
    const priceTicks = cents * ticksPerCent + rem;
    let shares = Math.floor((value * ticksPerCent) / priceTicks);
    let rest = (value - shares * cents) * ticksPerCent - shares * rem;
    if (rest < 0) {
      shares -= 1;
      rest += priceTicks;
    } else if (rest >= priceTicks) {
      shares += 1;
      rest -= priceTicks;
    }
    let parts = 0;
    if (lotMicro < MICRO) {
      parts = Math.min(Math.floor((rest * MICRO) / priceTicks), MICRO - 1);
      parts = Math.floor(parts / lotMicro) * lotMicro;
    } else if (lotShares > 1) {
      shares = Math.floor(shares / lotShares) * lotShares;
    }
    if (weight < 0) {
      shares = -shares;
      if (parts > 0) {
        shares -= 1;
        parts = MICRO - parts;
      }
    }
    const moved = notionalCents(shares - whole[i], parts - micro[i], cents, rem, ticksPerCent);
    if (moved === 0 && weight !== 0) {
      shares = whole[i];
      parts = micro[i];
    }
    nextWhole[i] = shares;
    nextMicro[i] = parts;
    notional[i] = moved;
    gross += Math.abs(moved);
    net += moved;
  }
  totals[0] = gross;
  totals[1] = net;
}

/**
 * What the trades to `weights` of `base` cents would cost, in doubles.
 *
 * (arguments)  as in equityAfterCosts
 */
function costOfTargets(
  n: number,
  base: number,
  weights: Float64Array,
  offset: number,
  priceCents: Float64Array,
  priceRem: Float64Array,
  ticksPerCent: number,
  whole: Float64Array,
  micro: Float64Array,
  costRate: number,
  minFee: number,
): number {
  let cost = 0;
  for (let i = 0; i < n; i++) {
    const price = priceCents[i] + priceRem[i] / ticksPerCent;
    const traded = Math.abs(weights[offset + i] * base - (whole[i] + micro[i] / MICRO) * price);
    if (traded >= 0.5) cost += Math.max(traded * costRate, minFee);
  }
  return cost;
}

/**
 * Equity after costs that a rebalance to `weights` leaves: V' = V − cost(trades to weight × V').
 *
 * n, weights, offset, prices, whole, micro   as in targetsInTicks
 * equityCents   V, before costs
 * costRate      commission plus slippage as a fraction, from 0 to 2
 * minFee        cents a trade costs at least
 *
 * A fixed point of a few rounds where costs are small; else, or where a minimum fee keeps it swinging, the largest
 * V' with V' + cost <= V is bisected. Works in doubles (fractions of a cent do not matter to a target) and returns
 * whole cents, rounded down, never below 0.
 */
export function equityAfterCosts(
  n: number,
  equityCents: number,
  weights: Float64Array,
  offset: number,
  priceCents: Float64Array,
  priceRem: Float64Array,
  ticksPerCent: number,
  whole: Float64Array,
  micro: Float64Array,
  costRate: number,
  minFee: number,
): number {
  let net = equityCents;
  let low = 0;
  let high = equityCents;
  for (let round = 0; round < 80; round++) {
    const tried = round < 16 ? net : (low + high) / 2;
    const cost = costOfTargets(
      n,
      tried,
      weights,
      offset,
      priceCents,
      priceRem,
      ticksPerCent,
      whole,
      micro,
      costRate,
      minFee,
    );
    if (round < 16) {
      net = Math.max(equityCents - cost, 0);
      if (Math.abs(net - tried) < 0.01) return Math.floor(net);
    } else if (tried + cost <= equityCents) {
      low = tried;
    } else {
      high = tried;
    }
  }
  return Math.floor(low);
}
