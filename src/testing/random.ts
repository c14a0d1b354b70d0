/** A small generator of random numbers for tests: the same numbers from the same seed, everywhere. */

/** Random numbers of one stream. */
export interface Random {
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number;
  /** True once in `n` times. */
  oneIn(n: number): boolean;
  /** One of the items. */
  of<T>(items: readonly T[]): T;
}

/** The stream of a seed and a number: a 32-bit counter with a mixing step (mulberry32). */
export function randomStream(seed: number, stream: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(stream + 1, 0xc2b2ae35)) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (count: number): number => Math.floor((next() / 4_294_967_296) * count);
  return {
    below,
    oneIn: (n) => below(n) === 0,
    of: <T>(items: readonly T[]): T => items[below(items.length)]!,
  };
}
