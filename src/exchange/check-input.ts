/** Checks of what comes into an exchange. Each throws an error that names field, value, constraint and fix. */
import { checkBoolean, checkKeys } from '../check.js';
import { OverflowError, ValidationError } from '../errors.js';
import { policyCode } from './codes.js';
import type { Owners } from './owners.js';
import type { LimitOptions, OrderOptions } from './types.js';

const MAX = Number.MAX_SAFE_INTEGER;
const ORDER_KEYS: readonly string[] = ['owner', 'stp'];
const LIMIT_KEYS: readonly string[] = ['owner', 'stp', 'postOnly'];

/** Throws unless `value` is an integer from 1 to 2^53 - 1. */
export function checkWhole(field: string, value: unknown): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return;
  const fix =
    typeof value === 'number' && value > MAX
      ? 'use a coarser unit: beyond 2^53 - 1 integers are not exact'
      : 'pass a whole number of ticks, units or the like, at least 1';
  throw new ValidationError(field, value, 'an integer from 1 to 9007199254740991', fix);
}

/** Tag of an order in the kernels: owner's code × 8 + policy × 2 + post-only. */
export function tagOf(
  options: OrderOptions | LimitOptions,
  limit: boolean,
  timeInForce: number,
  owners: Owners,
  policy: number,
): number {
  checkKeys('options', options, limit ? LIMIT_KEYS : ORDER_KEYS);
  const stp = options.stp === undefined ? policy : policyCode('options.stp', options.stp);
  const { postOnly = false } = options as LimitOptions;
  checkBoolean('options.postOnly', postOnly);
  if (postOnly && timeInForce !== 0) {
    throw new ValidationError('options.postOnly', postOnly, 'false unless timeInForce is gtc', 'use gtc');
  }
  return (owners.codeOf(options.owner) << 3) | (stp << 1) | (postOnly ? 1 : 0);
}

/** Throws when `more` would take the open quantity of a side past what integers hold exactly. */
export function checkSideRoom(side: string, open: number, more: number): void {
  if (open <= MAX - more) return;
  const constraint = `open quantity of the ${side} side of at most 9007199254740991, resting orders and stops together`;
  throw new OverflowError(
    `${more} more would take the open quantity of the ${side} side from ${open} past 2^53 - 1`,
    {},
    { field: 'quantity', value: more, constraint, fix: 'use a smaller quantity, or a coarser unit' },
  );
}

/** Throws unless the prices of a bar are in order. */
export function checkBar(high: number, low: number, close: number): void {
  checkWhole('high', high);
  checkWhole('low', low);
  checkWhole('close', close);
  if (low > high) throw new ValidationError('low', low, `at most the high, ${high}`, 'correct the bar');
  if (close < low || close > high) {
    const constraint = `a price from the low ${low} to the high ${high}`;
    throw new ValidationError('close', close, constraint, 'correct the bar');
  }
}

/** Throws when what an order filled so far and its new open quantity would together be past what integers hold exactly. */
export function checkOrderRoom(filled: number, open: number): void {
  if (open <= MAX - filled) return;
  throw new OverflowError(
    `${open} more after ${filled} filled would take the quantity of the order past 2^53 - 1`,
    {},
    {
      field: 'quantity',
      value: open,
      constraint:
        'quantity of an order of at most 9007199254740991, what it filled and what is open together',
      fix: 'use a smaller quantity, or a new order',
    },
  );
}
