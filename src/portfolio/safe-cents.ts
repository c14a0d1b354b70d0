/** The border of exact money. */
import { OverflowError } from '../errors.js';

/** `value` if it is an exact integer of cents, else `OverflowError`. */
export function safeCents(what: string, value: number): number {
  if (!Number.isSafeInteger(value)) {
    throw new OverflowError(
      `${what} of ${value} cents is not exact: it must stay below 2^53 cents`,
      {},
      {
        field: what,
        value,
        constraint: 'an exact integer of cents below 2^53 (about 90 trillion currency units)',
        fix: 'use less initial cash, a smaller price scale, or whole shares (quantityStep: 1)',
      },
    );
  }
  return value;
}
