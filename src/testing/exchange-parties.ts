/** The books of an outsider: what every order asked for, what trades gave it, and what its owner has from them. */
import type { Order, StpPolicy, Trade } from '../exchange/types.js';
import type { GoodCall } from './exchange-calls.js';
import type { Taker } from './exchange-walk.js';

/** An order or stop as it was asked for, and what it got since. */
export interface Party extends Taker {
  quantity: number;
  limit: number | null;
  filled: number;
  readonly isStop: boolean;
}

/** Shares and cash of an owner; those without an owner share an account. */
interface Account {
  shares: bigint;
  cash: bigint;
}

/** What a submission asks for; null for calls that submit nothing. */
export function partyOf(call: GoodCall, id: number, defaultPolicy: StpPolicy): Party | null {
  switch (call.method) {
    case 'submitLimit': {
      const [side, limit, quantity, timeInForce = 'gtc', options = {}] = call.args;
      const { owner = null, stp = defaultPolicy, postOnly = false } = options;
      return { id, side, limit, quantity, timeInForce, postOnly, owner, stp, filled: 0, isStop: false };
    }
    case 'submitMarket': {
      const [side, quantity, { owner = null, stp = defaultPolicy } = {}] = call.args;
      const rest = { postOnly: false, filled: 0, isStop: false };
      return { id, side, limit: null, quantity, timeInForce: 'ioc', owner, stp, ...rest };
    }
    case 'submitStopMarket': {
      const [side, , quantity, { owner = null, stp = defaultPolicy } = {}] = call.args;
      return { id, side, limit: null, quantity, timeInForce: 'ioc', owner, stp, ...STOP };
    }
    case 'submitStopLimit': {
      const [side, , limit, quantity, timeInForce = 'gtc', options = {}] = call.args;
      const { owner = null, stp = defaultPolicy } = options;
      return { id, side, limit, quantity, timeInForce, owner, stp, ...STOP };
    }
    case 'submitTrailingStopMarket': {
      const [side, , quantity, , { owner = null, stp = defaultPolicy } = {}] = call.args;
      return { id, side, limit: null, quantity, timeInForce: 'ioc', owner, stp, ...STOP };
    }
    case 'submitTrailingStopLimit': {
      const [side, , quantity, , , { owner = null, stp = defaultPolicy } = {}] = call.args;
      return { id, side, limit: null, quantity, timeInForce: 'gtc', owner, stp, ...STOP };
    }
    default:
      return null;
  }
}

const STOP = { postOnly: false, filled: 0, isStop: true };

/** Whether an order adds up, and got what the trades say. */
export function addsUp(order: Order, party: Party): boolean {
  const { quantity, filledQuantity, remainingQuantity, cancelledQuantity } = order;
  return (
    quantity === filledQuantity + remainingQuantity + cancelledQuantity &&
    quantity === party.quantity &&
    filledQuantity === party.filled &&
    Math.min(filledQuantity, remainingQuantity, cancelledQuantity) >= 0
  );
}

/** Shares and cash of all owners, in integers of any size. */
export class Accounts {
  private readonly accounts = new Map<number | null, Account>();

  /** Books a trade between two owners. */
  book(trade: Trade, buyer: number | null, seller: number | null): void {
    const shares = BigInt(trade.quantity);
    const cash = shares * BigInt(trade.price);
    this.add(buyer, shares, -cash);
    this.add(seller, -shares, cash);
  }

  private add(owner: number | null, shares: bigint, cash: bigint): void {
    const account = this.accounts.get(owner);
    if (account === undefined) this.accounts.set(owner, { shares, cash });
    else {
      account.shares += shares;
      account.cash += cash;
    }
  }

  /** What does not add up: all owners together, or an owner against what his orders say they filled; null if nothing. */
  fault(filledShares: ReadonlyMap<number | null, bigint>): string | null {
    let shares = 0n;
    let cash = 0n;
    for (const [owner, account] of this.accounts) {
      shares += account.shares;
      cash += account.cash;
      const filled = filledShares.get(owner) ?? 0n;
      if (account.shares !== filled) {
        return `owner ${owner} has ${account.shares} shares by trades and ${filled} by orders`;
      }
    }
    return shares === 0n && cash === 0n ? null : `all owners together have ${shares} shares and ${cash} cash`;
  }
}
