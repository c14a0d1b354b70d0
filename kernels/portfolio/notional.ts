/**
 * Exact money arithmetic of one trade.
 *
 * A quantity is `whole + micro / 1e6` shares, 0 <= micro < 1e6 (minus half a share is -1 and 500,000).
 * A price is `cents + rem / ticksPerCent` cents, 0 <= rem < ticksPerCent. Each product below stays under 2^53
 * for every amount that `src/portfolio` lets in, so every step is an exact integer.
 */

/** Micro-shares in a share. */
export const MICRO = 1_000_000;
const MICRO_INVERSE = 1e-6;

/**
 * Value of `whole + micro / 1e6` shares at a price, rounded once to the nearest cent, half to even.
 *
 * whole, micro       a quantity or a difference of two: whole numbers of either sign, |micro| < 1e6
 * priceCents         whole cents of the price, at least 0; |micro| * priceCents < 2^53
 * priceRem           ticks beyond the whole cents, from 0 to ticksPerCent - 1
 * ticksPerCent       1, 10, 100, 1000 or 10000; or twice one of these, for prices in half ticks
 *
 * Returns signed cents. Half to even is symmetric, so a sale is exactly minus the purchase.
 */
export function notionalCents(
  whole: number,
  micro: number,
  priceCents: number,
  priceRem: number,
  ticksPerCent: number,
): number {
  const microValue = micro * priceCents;
  // The multiplication may put the floor one off next to a whole cent; the rounding below comes out the same.
  const microCents = Math.floor(microValue * MICRO_INVERSE);
  const microLeft = microValue - microCents * MICRO;
  let base = whole * priceCents + microCents;
  if (ticksPerCent === 1) {
    // Arithmetic, because a branch on the fraction would be a coin toss; only the exact half looks at the parity.
    if (microLeft === 500_000) return base % 2 === 0 ? base : base + 1;
    return base + Math.floor(microLeft * MICRO_INVERSE + 0.5);
  }
  const wholeTicks = whole * priceRem;
  const wholeCents = Math.floor(wholeTicks / ticksPerCent);
  const unit = ticksPerCent * MICRO;
  const fraction =
    (wholeTicks - wholeCents * ticksPerCent) * MICRO + microLeft * ticksPerCent + micro * priceRem;
  const carry = Math.floor(fraction / unit);
  const left = fraction - carry * unit;
  base += wholeCents + carry;
  const up = left * 2 > unit || (left * 2 === unit && base % 2 !== 0) ? 1 : 0;
  return base + up;
}

/**
 * `x` rounded to the nearest integer, half to even.
 *
 * Adding 2^52 makes the hardware round, which it does half to even; from 2^52 on every double is whole.
 */
export function roundHalfEven(x: number): number {
  if (x >= 0) return x < 4503599627370496 ? x + 4503599627370496 - 4503599627370496 : x;
  return x > -4503599627370496 ? x - 4503599627370496 + 4503599627370496 : x;
}
