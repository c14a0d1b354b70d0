/**
 * Value of positions at today's prices.
 */
import { MICRO } from './notional.js';

/** Sum of a[i] × b[i]. For exact integers: the order does not matter, so two chains run side by side. */
function dot(n: number, a: Float64Array, b: Float64Array): number {
  let even = 0;
  let odd = 0;
  const pairs = n - (n % 2);
  for (let i = 0; i < pairs; i += 2) {
    even += a[i] * b[i];
    odd += a[i + 1] * b[i + 1];
  }
  return pairs < n ? even + odd + a[pairs] * b[pairs] : even + odd;
}

/** Sum of |a[i] × b[i]|: bounds every partial sum of `dot` when signs mix. */
function dotAbsolute(n: number, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.abs(a[i] * b[i]);
  return sum;
}

/**
 * Sum of quantity × price over all symbols, exact, rounded down once to whole cents.
 *
 * n              number of symbols
 * whole, micro   n quantities: whole + micro / 1e6 shares, 0 <= micro < 1e6
 * priceCents     n prices in whole cents, finite also where nothing is held
 * priceRem       n rests of the prices in ticks, read only when ticksPerCent > 1
 * ticksPerCent   1, 10, 100, 1000 or 10000; or twice one of these, for prices in half ticks
 * shorts         1 if a quantity may be negative, else 0
 *
 * Returns cents, or NaN when a sum leaves the range of exact integers (2^53).
 * Two short loops ran at 1.4 ns a symbol, one loop over everything at 3.6.
 */
export function markPositions(
  n: number,
  whole: Float64Array,
  micro: Float64Array,
  priceCents: Float64Array,
  priceRem: Float64Array,
  ticksPerCent: number,
  shorts: number,
): number {
  const wholeSum = dot(n, whole, priceCents);
  let microSum = dot(n, micro, priceCents);
  let carried = 0;
  if (microSum > 9007199254740991) {
    // Many or high prices: take the whole cents out of every product instead of out of the sum.
    microSum = 0;
    for (let i = 0; i < n; i++) {
      const value = micro[i] * priceCents[i];
      const cents = Math.floor(value / MICRO);
      carried += cents;
      microSum += value - cents * MICRO;
    }
  }
  const gross = shorts === 0 ? wholeSum : dotAbsolute(n, whole, priceCents);
  if (!(gross <= 9007199254740991 && microSum <= 9007199254740991)) return NaN;
  const microCents = Math.floor(microSum / MICRO);
  if (ticksPerCent === 1) return wholeSum + microCents + carried;

  const wholeRem = dot(n, whole, priceRem);
  const microRem = dot(n, micro, priceRem);
  const grossRem = shorts === 0 ? wholeRem : dotAbsolute(n, whole, priceRem);
  if (!(grossRem <= 9007199254740991 && microRem <= 9007199254740991)) return NaN;
  // Whole cents out of each sum first; what is left of all three is below 3 cents and added exactly.
  const unit = ticksPerCent * MICRO;
  const remCents = Math.floor(wholeRem / ticksPerCent);
  const microRemCents = Math.floor(microRem / unit);
  const left =
    (microSum - microCents * MICRO) * ticksPerCent +
    (wholeRem - remCents * ticksPerCent) * MICRO +
    (microRem - microRemCents * unit);
  return wholeSum + microCents + carried + remCents + microRemCents + Math.floor(left / unit);
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
