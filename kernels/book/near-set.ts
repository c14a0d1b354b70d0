/**
 * The set of prices near the market: one bit a price, 2,048 of them in 64 words. Places count from the base of the
 * window. A neighbour is found in its word or in one of the next words, 64 at most.
 */

/** Prices of the window. */
export const NEAR_PRICES = 2048;
/** Words of the set. */
export const NEAR_WORDS = 64;

/** Adds a place. */
export function addNear(bits: Int32Array, place: number): void {
  bits[place >>> 5] = bits[place >>> 5]! | (1 << (place & 31));
}

/** Removes a place. */
export function removeNear(bits: Int32Array, place: number): void {
  bits[place >>> 5] = bits[place >>> 5]! & ~(1 << (place & 31));
}

/** Lowest place of the set that is at least `place`, or -1. */
export function nearFrom(bits: Int32Array, place: number): number {
  if (place >= NEAR_PRICES) return -1;
  let word = place >>> 5;
  let rest = bits[word]! & (-1 << (place & 31));
  while (rest === 0) {
    word++;
    if (word === NEAR_WORDS) return -1;
    rest = bits[word]!;
  }
  return (word << 5) + 31 - Math.clz32(rest & -rest);
}

/** Highest place of the set that is at most `place`, or -1. */
export function nearUpTo(bits: Int32Array, place: number): number {
  if (place < 0) return -1;
  let word = place >>> 5;
  let rest = bits[word]! & (-1 >>> (31 - (place & 31)));
  while (rest === 0) {
    word--;
    if (word < 0) return -1;
    rest = bits[word]!;
  }
  return (word << 5) + 31 - Math.clz32(rest);
}
