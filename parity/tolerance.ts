/**
 * How far each function may be from its reference: the bound, the worst difference seen, and the cause in words.
 * A comparison that fails means a bug or another convention; a bound is never loosened to pass.
 */
import type { Tolerance } from './comparison.js';

const CENTS =
  'equity is rounded down to a cent at every bar, trades to a cent, quantities to a millionth of a share; the ' +
  'reference rounds nothing';

const NEAREST =
  'the reference is the double nearest to the true value; ours is that one or a neighbour: errors of a little over ' +
  'half a unit in the last place';

/** One row per group of functions; the key is the name that `parity/compare/*.ts` asks for. */
export const TOLERANCES = {
  exp: { rel: 2.3e-16, abs: 5e-324, reason: NEAREST, measured: 0 },
  log: { rel: 2.3e-16, abs: 5e-324, reason: NEAREST, measured: 0 },
  pow: { rel: 2.3e-16, abs: 5e-324, reason: NEAREST, measured: 0 },
  normalDensity: { rel: 2.3e-16, abs: 5e-324, reason: NEAREST, measured: 0 },
  normalQuantile: { rel: 2.3e-16, abs: 5e-324, reason: NEAREST, measured: 0 },
  backtestZeroCost: { rel: 1e-9, abs: 1e-6, reason: CENTS, measured: 0 },
  backtestWithCost: {
    rel: 1e-9,
    abs: 1e-6,
    reason: `${CENTS}; costs are rounded down to a cent`,
    measured: 0,
  },
  backtestExact: { rel: 1e-9, abs: 1e-6, reason: `${CENTS}; costs are rounded down to a cent`, measured: 0 },
  backtestMetrics: {
    rel: 1e-9,
    reason: 'the returns come from an equity in whole cents',
    measured: 0,
  },
  backtestNanobook: {
    rel: 1e-9,
    reason: 'nanobook rounds the value of each position; ours rounds their sum, once',
    measured: 0,
  },
} as const satisfies Record<string, Tolerance>;
