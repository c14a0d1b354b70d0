import { nextBelow, nextUint32 } from '../random/generator.js';

/**
 * A resample of a series in blocks of random length: each starts at a random place and runs on, from the end of the
 * series to its beginning.
 *
 * values   n numbers, n >= 1
 * restart  chance that the next value starts a block, times 2^32: 2^32 / (mean length), at most 2^32
 * state    of the random generator, moved on by about n (1 + restart 2^-32) steps
 * out      n numbers; must not overlap `values`
 *
 * O(n). Lengths are geometric, which leaves the resample stationary. Source: Politis and Romano 1994, The Stationary
 * Bootstrap.
 */
export function stationaryResample(
  values: Float64Array,
  restart: number,
  state: Uint32Array,
  out: Float64Array,
): void {
  const n = values.length;
  let at = nextBelow(state, n);
  out[0] = values[at];
  for (let i = 1; i < n; i++) {
    at++;
    if (nextUint32(state) < restart) at = nextBelow(state, n);
    else if (at === n) at = 0;
    out[i] = values[at];
  }
}
