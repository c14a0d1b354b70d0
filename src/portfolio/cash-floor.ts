/** How far cash may fall. */
import { roundHalfEven } from '../../kernels/portfolio/notional.js';
import type { LedgerRules } from './ledger-rules.js';

/**
 * The least cash a rebalance to `weights[offset …]` of `equityCents` may leave: 0, or minus what the targets borrow when
 * leverage is allowed. The targets are summed as whole cents: an exact sum, whatever the listing order.
 */
export function cashFloor(
  n: number,
  rules: LedgerRules,
  equityCents: number,
  weights: Float64Array,
  offset: number,
): number {
  if (rules.maxGross <= 1) return 0;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += roundHalfEven(weights[offset + i]! * equityCents);
  return Math.min(0, equityCents - sum);
}
