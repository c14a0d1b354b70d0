/** Cents of sums of price × quantity that doubles may not hold. */
import { safeCents } from './safe-cents.js';

/** a / b rounded once, half to even, for b > 0. */
function roundedQuotient(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  const rest = a % b;
  const twice = rest < 0n ? -2n * rest : 2n * rest;
  const away = twice > b || (twice === b && quotient % 2n !== 0n);
  return away ? quotient + (a < 0n ? -1n : 1n) : quotient;
}

/** Cents of `amount` units of which `perUnit` go to the currency unit, rounded once, half to even; or `OverflowError`. */
export function centsOf(what: string, amount: bigint, perUnit: number): number {
  return safeCents(what, Number(roundedQuotient(amount * 100n, BigInt(perUnit))));
}
