/** Exact money arithmetic with BigInt: slow and plain, to check the kernels against. */

/** Micro-shares in a share. */
export const MICRO = 1_000_000n;

/** Largest integer not above a / b, for b > 0. */
export function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

/** The integer nearest to a / b, a half to the even one, for b > 0. */
export function roundDiv(a: bigint, b: bigint): bigint {
  const low = floorDiv(a, b);
  const twice = (a - low * b) * 2n;
  if (twice > b) return low + 1n;
  if (twice < b) return low;
  return low % 2n === 0n ? low : low + 1n;
}

/** Numerator and denominator of the value in cents of `micro` micro-shares at `ticks` of `priceScale` to the unit. */
export function valueFraction(micro: bigint, ticks: bigint, priceScale: bigint): [bigint, bigint] {
  return [micro * ticks * 100n, MICRO * priceScale];
}

/** Value of a trade in cents, rounded once, half to even. */
export function exactNotional(micro: bigint, ticks: bigint, priceScale: bigint): bigint {
  return roundDiv(...valueFraction(micro, ticks, priceScale));
}

/** Cash plus all positions in cents: the exact sum, rounded down once. */
export function exactEquity(
  cash: bigint,
  micro: readonly bigint[],
  ticks: readonly bigint[],
  priceScale: bigint,
): bigint {
  let numerator = 0n;
  for (const [i, quantity] of micro.entries()) numerator += quantity * ticks[i]! * 100n;
  return cash + floorDiv(numerator, MICRO * priceScale);
}

/** Cost of a trade of `cents`: commission and slippage in thousandths of a basis point, each down, then the least fee. */
export function exactCost(cents: bigint, commission: bigint, slippage: bigint, minFee: bigint): bigint {
  if (cents === 0n) return 0n;
  const cost = (cents * commission) / 10_000_000n + (cents * slippage) / 10_000_000n;
  return cost > minFee ? cost : minFee;
}
