/** Numbers of 256 binary places in a BigInt: sums are exact, products and quotients good to 77 decimals. */

const PLACES = 256n;

/** 1. */
export const ONE: bigint = 1n << PLACES;

const UNIT = Number(ONE);

/** A double as it is; below 2^-204 its last bits would be lost, so that throws. */
export function fixed(x: number): bigint {
  return BigInt(x * UNIT);
}

/** The nearest double. */
export function double(v: bigint): number {
  return Number(v) / UNIT;
}

export function product(a: bigint, b: bigint): bigint {
  return (a * b) >> PLACES;
}

/** a / b, towards zero in the last of the places. */
export function quotient(a: bigint, b: bigint): bigint {
  return (a << PLACES) / b;
}

export function magnitude(v: bigint): bigint {
  return v < 0n ? -v : v;
}

/** The root of a number that is not negative, by Newton's steps from above. */
export function root(v: bigint): bigint {
  const wide = v << PLACES;
  if (wide === 0n) return 0n;
  let guess = 1n << BigInt(2 * wide.toString(16).length);
  for (;;) {
    const next = (guess + wide / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

export function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
