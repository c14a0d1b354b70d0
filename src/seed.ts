/** Seeds: from a number or a word of the caller to the state of the random generator. The door of seedrandom. */
import seedrandom from 'seedrandom';
import { checkInteger } from './check.js';
import { ValidationError } from './errors.js';

/** Longest seed in plain ASCII: seedrandom folds a key of more than 256 characters onto itself. */
const SEED_LENGTH_MAX = 200;

/**
 * The state of the random generator for a seed.
 *
 * seed    a whole number below 2^53 in size, or a text of 1 to 200 characters, of which one outside of plain ASCII
 *         counts as five; 42 and '42' are the same seed
 * stream  0 (default) to 2^53 − 1: one seed has as many streams, for parts that must not share their numbers
 *
 * Gives four words, never all 0, for `nextUint32`, `nextUniform` and `nextBelow` of kernels/random/generator: the
 * first four numbers of seedrandom 3.0.5 for the key `stream:seed`. The same on every machine and in every version.
 * Throws `ValidationError`.
 */
export function seedState(seed: number | string, stream: number = 0): Uint32Array {
  checkInteger('stream', stream, 0, Number.MAX_SAFE_INTEGER);
  const random = seedrandom(`${stream}:${plainText(seed)}`);
  const state = Uint32Array.from({ length: 4 }, () => random.int32());
  // The generator would stay at zero for ever: one seed in 2^128.
  if (state.every((word) => word === 0)) state[0] = 1;
  return state;
}

/** The seed in plain ASCII, two seeds never alike: seedrandom reads only the low byte of a character. */
function plainText(seed: unknown): string {
  if (Number.isSafeInteger(seed)) return String(seed);
  const text =
    typeof seed === 'string'
      ? seed.replace(/[^ -[\]-~]/g, (c) => `\\${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : '';
  if (text.length === 0 || text.length > SEED_LENGTH_MAX) {
    throw new ValidationError(
      'seed',
      seed,
      `a whole number below 2^53 in size, or a text of 1 to ${SEED_LENGTH_MAX} characters`,
      'pass a number such as 42',
    );
  }
  return text;
}
