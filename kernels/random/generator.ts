/** 2^-53: the spacing of the numbers of `nextUniform`. */
const SPACING = 1.1102230246251565e-16;

/**
 * The next 32 random bits, as a whole number from 0 to 2^32 − 1.
 *
 * state  four words, not all 0 (`seedState` of src/seed.ts makes them); moved on by one step
 *
 * xoshiro128++ 1.0 of Blackman and Vigna (Scrambled Linear Pseudorandom Number Generators, 2021): period 2^128 − 1.
 * The generator is frozen: a seed gives these numbers in every later version. Reference: the authors' C code, of which
 * the test has a slow twin and the published numbers.
 */
export function nextUint32(state: Uint32Array): number {
  const s0 = state[0];
  const s1 = state[1];
  const s3 = state[3];
  const sum = (s0 + s3) | 0;
  const result = (((sum << 7) | (sum >>> 25)) + s0) >>> 0;
  const s2 = state[2] ^ s0;
  const last = s3 ^ s1;
  state[1] = s1 ^ s2;
  state[0] = s0 ^ last;
  state[2] = s2 ^ (s1 << 9);
  state[3] = (last << 11) | (last >>> 21);
  return result;
}

/**
 * A random number of at least 0 and below 1: one of the 2^53 multiples of 2^-53, all alike.
 *
 * state  as for `nextUint32`; moved on by two steps, the first of which gives the upper bits
 */
export function nextUniform(state: Uint32Array): number {
  const upper = nextUint32(state) >>> 5;
  const lower = nextUint32(state) >>> 6;
  return (upper * 67108864 + lower) * SPACING;
}

/**
 * A random whole number from 0 to `count` − 1, all alike.
 *
 * state  as for `nextUint32`; moved on by one step, seldom by more
 * count  1 to 2^32, a whole number
 *
 * The remainder of 32 bits; the few highest numbers, which would favour the low remainders, are drawn again.
 */
export function nextBelow(state: Uint32Array, count: number): number {
  const whole = 4294967296 - (4294967296 % count);
  let bits = nextUint32(state);
  while (bits >= whole) bits = nextUint32(state);
  return bits % count;
}
