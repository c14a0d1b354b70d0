/** The options of a rebalance through order books, checked. */
import { checkInteger, checkKeys, checkNumber, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import type { Side, StpPolicy } from '../exchange/types.js';
import type { LobMarket, LobOptions } from './lob-types.js';

const MAX = Number.MAX_SAFE_INTEGER;
const POLICIES: readonly StpPolicy[] = ['off', 'cancel-newest', 'cancel-oldest', 'decrement-and-cancel'];

/** Options with their defaults; `slippage` in thousandths of a basis point, null without a limit. */
export interface ResolvedLobOptions {
  readonly owner: number | null;
  readonly stp: StpPolicy | null;
  readonly slippage: number | null;
}

/** Checks the options; throws `ValidationError` naming the first bad one. */
export function resolveLobOptions(options: LobOptions): ResolvedLobOptions {
  checkKeys('options', options, ['owner', 'stp', 'maxSlippageBps']);
  const { owner = null, stp, maxSlippageBps: bps } = options;
  if (owner !== null) {
    checkInteger('options.owner', owner, -MAX, MAX);
    if (Object.is(owner, -0)) throw new ValidationError('options.owner', owner, 'not -0', 'pass 0');
  }
  if (bps !== undefined) {
    checkNumber('options.maxSlippageBps', bps, 0, 1_000_000);
    if (Math.round(bps * 1000) / 1000 !== bps) {
      const fix = 'round it to a thousandth of a basis point';
      throw new ValidationError('options.maxSlippageBps', bps, 'at most three decimals', fix);
    }
  }
  return {
    owner,
    stp: stp === undefined ? null : checkOneOf('options.stp', stp, POLICIES),
    slippage: bps === undefined ? null : Math.round(bps * 1000),
  };
}

/** Throws unless `multi` has the methods of a `MultiExchange`. */
export function checkMarket(multi: LobMarket): void {
  if (typeof multi?.has !== 'function' || typeof multi.exchange !== 'function') {
    const fix = 'pass a MultiExchange with a book a symbol; of one of nb-backtest/compat, its .core';
    throw new ValidationError('multi', multi, 'a MultiExchange', fix);
  }
}

/**
 * The worst price an order may trade at: `slippage` thousandths of a basis point from the reference price, rounded
 * towards it. Exact; at least 1, at most 2^53 - 1. Null without a limit.
 */
export function limitPrice(side: Side, reference: number, slippage: number | null): number | null {
  if (slippage === null) return null;
  // Twice the reference is whole, half ticks included; below 2^53 the doubling of a double is exact.
  const scale = 2n * 10_000_000n;
  const twice = BigInt(2 * reference);
  const worst = twice * BigInt(side === 'buy' ? 10_000_000 + slippage : 10_000_000 - slippage);
  const limit = side === 'buy' ? worst / scale : (worst + scale - 1n) / scale;
  if (limit < 1n) return 1;
  return limit > BigInt(MAX) ? MAX : Number(limit);
}
