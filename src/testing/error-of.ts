/** The error that a call throws. */
import { NbError } from '../errors.js';

/** The error of ours that `call` throws; anything else it throws, or nothing, fails the test. */
export function errorOf(call: () => unknown): NbError {
  try {
    call();
  } catch (error) {
    if (error instanceof NbError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
