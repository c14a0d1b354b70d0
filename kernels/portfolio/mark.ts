/**
 * Value of positions at today's prices.
 */
import { MICRO } from './notional.js';

/**
 * Sum of quantity × price over all symbols, exact, rounded down once to whole cents.
 *
 * n              number of symbols
 * whole, micro   n quantities: whole + micro / 1e6 shares, 0 <= micro < 1e6
 * priceCents     n prices in whole cents, finite also where nothing is held
 * priceRem       n rests of the prices in ticks, read only when ticksPerCent > 1
 * ticksPerCent   1, 10, 100, 1000 or 10000
 *
 * Returns cents, or NaN when a sum leaves the range of exact integers (2^53).
 */
export function markPositions(
  n: number,
  whole: Float64Array,
  micro: Float64Array,
  priceCents: Float64Array,
  priceRem: Float64Array,
  ticksPerCent: number,
): number {
  // Exact integers: the order of addition does not matter, so two chains run side by side.
  let wholeSum = 0;
  let grossSum = 0; // bounds every partial sum of wholeSum when longs and shorts mix
  let microSum = 0;
  let wholeOdd = 0;
  let grossOdd = 0;
  let microOdd = 0;
  const even = n - (n % 2);
  for (let i = 0; i < even; i += 2) {
    const price = priceCents[i];
    const value = whole[i] * price;
    wholeSum += value;
    grossSum += Math.abs(value);
    microSum += micro[i] * price;
    const priceOdd = priceCents[i + 1];
    const valueOdd = whole[i + 1] * priceOdd;
    wholeOdd += valueOdd;
    grossOdd += Math.abs(valueOdd);
    microOdd += micro[i + 1] * priceOdd;
  }
  if (even < n) {
    const value = whole[even] * priceCents[even];
    wholeSum += value;
    grossSum += Math.abs(value);
    microSum += micro[even] * priceCents[even];
  }
  wholeSum += wholeOdd;
  grossSum += grossOdd;
  microSum += microOdd;
  if (!(grossSum <= 9007199254740991 && microSum <= 9007199254740991)) return NaN;
  const microCents = Math.floor(microSum / MICRO);
  if (ticksPerCent === 1) return wholeSum + microCents;

  let wholeRem = 0;
  let grossRem = 0;
  let microRem = 0;
  for (let i = 0; i < n; i++) {
    const value = whole[i] * priceRem[i];
    wholeRem += value;
    grossRem += Math.abs(value);
    microRem += micro[i] * priceRem[i];
  }
  if (!(grossRem <= 9007199254740991 && microRem <= 9007199254740991)) return NaN;
  // Whole cents out of each sum first; what is left of all three is below 3 cents and added exactly.
  const unit = ticksPerCent * MICRO;
  const remCents = Math.floor(wholeRem / ticksPerCent);
  const microRemCents = Math.floor(microRem / unit);
  const left =
    (microSum - microCents * MICRO) * ticksPerCent +
    (wholeRem - remCents * ticksPerCent) * MICRO +
    (microRem - microRemCents * unit);
  return wholeSum + microCents + remCents + microRemCents + Math.floor(left / unit);
}

/**
 * Weight of every position in the equity.
 *
 * n, whole, micro, priceCents, priceRem, ticksPerCent   as in markPositions
 * equityCents   equity after the bar's trades; the weights are 0 when it is not positive
 * out, offset   n weights are written from out[offset]
 */
export function positionWeights(
  n: number,
  whole: Float64Array,
  micro: Float64Array,
  priceCents: Float64Array,
  priceRem: Float64Array,
  ticksPerCent: number,
  equityCents: number,
  out: Float64Array,
  offset: number,
): void {
  const scale = equityCents > 0 ? 1 / equityCents : 0;
  if (ticksPerCent === 1) {
    for (let i = 0; i < n; i++) {
      out[offset + i] = (whole[i] + micro[i] * 1e-6) * priceCents[i] * scale;
    }
    return;
  }
  const perTick = 1 / ticksPerCent;
  for (let i = 0; i < n; i++) {
    out[offset + i] = (whole[i] + micro[i] * 1e-6) * (priceCents[i] + priceRem[i] * perTick) * scale;
  }
}
