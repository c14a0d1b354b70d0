/** The words of the exchange and their numbers in the kernels. */
import { checkOneOf } from '../check.js';
import type { OrderStatus, Reason, Side, StpPolicy, TimeInForce } from './types.js';

export const SIDES: readonly Side[] = ['buy', 'sell'];
export const TIMES_IN_FORCE: readonly TimeInForce[] = ['gtc', 'ioc', 'fok'];
export const POLICIES: readonly StpPolicy[] = [
  'off',
  'cancel-newest',
  'cancel-oldest',
  'decrement-and-cancel',
];
export const STATUSES: readonly OrderStatus[] = [
  'new',
  'partially-filled',
  'filled',
  'cancelled',
  'rejected',
];
export const REASONS: readonly (Reason | null)[] = [
  null,
  'fok-unfilled',
  'would-cross',
  'self-trade',
  'no-liquidity',
  'unknown-order',
  'not-open',
];

function codeOf(field: string, word: unknown, words: readonly string[]): number {
  return words.indexOf(checkOneOf(field, word, words));
}

export function sideCode(side: unknown): number {
  if (side === 'buy') return 0;
  if (side === 'sell') return 1;
  return codeOf('side', side, SIDES);
}

export function timeInForceCode(timeInForce: unknown): number {
  if (timeInForce === 'gtc') return 0;
  return codeOf('timeInForce', timeInForce, TIMES_IN_FORCE);
}

export function policyCode(field: string, policy: unknown): number {
  return codeOf(field, policy, POLICIES);
}
