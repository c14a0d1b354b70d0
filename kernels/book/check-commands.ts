/** A look over a column of commands before it is run. */

import * as layout from './layout.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const { CANCEL, MARKET, MAX_TICKS } = layout;

/** Whether a value is an integer from 1 to 2^53 - 1. */
function isWhole(value: number): boolean {
  return value >= 1 && value <= MAX_TICKS && Math.floor(value) === value;
}

/** 0 for an integer from 1 to 2^53 - 1, else something else or NaN; without a branch. */
function flaw(value: number): number {
  const over = value - 1;
  const under = MAX_TICKS - value;
  return value - Math.floor(value) + (Math.abs(over) - over) + (Math.abs(under) - under);
}

/**
 * Whether nothing stands out in the commands `from` … `to - 1`. False does not mean that one is bad: a NaN where nothing
 * is read counts too. Adds up flaws instead of branching, for what a command is follows no pattern.
 */
export function commandsLookGood(
  op: Uint8Array,
  price: Float64Array,
  quantity: Float64Array,
  id: Float64Array,
  from: number,
  to: number,
): boolean {
  let flaws = 0;
  let codes = 0;
  for (let i = from; i < to; i++) {
    const code = op[i]!;
    const kind = code & 3;
    const high = kind >> 1;
    flaws += (kind ^ CANCEL) * flaw(quantity[i]!);
    flaws += (((kind ^ high) & 1) ^ 1) * flaw(price[i]!);
    flaws += high * flaw(id[i]!);
    const force = code >> 3;
    const timed = force | (force >> 1);
    codes |= (high ^ 1) & ((force & (force >> 1)) | (code & timed) | ((code >> 5) & (code | timed))) & 1;
  }
  return flaws === 0 && codes === 0;
}

/**
 * Place of the first command of `from` … `to - 1` that has a price, quantity, id or owner out of range, an unknown time
 * in force, a market order with one, or is post-only without being a good-till-cancelled limit order; `to` when all are right.
 */
export function firstBadCommand(
  op: Uint8Array,
  price: Float64Array,
  quantity: Float64Array,
  id: Float64Array,
  owner: Int32Array,
  owners: number,
  from: number,
  to: number,
): number {
  for (let i = from; i < to && i < owner.length; i++) if (owner[i]! >>> 0 >= owners) return i;
  if (commandsLookGood(op, price, quantity, id, from, to)) return to;
  for (let i = from; i < to; i++) {
    const code = op[i]!;
    const kind = code & 3;
    if (kind !== CANCEL && !isWhole(quantity[i]!)) return i;
    if ((kind & 1) === kind >> 1 && !isWhole(price[i]!)) return i;
    if (kind >= 2) {
      if (!isWhole(id[i]!)) return i;
    } else if (
      (code & 24) === 24 ||
      (kind === MARKET && (code & 24) !== 0) ||
      ((code & 32) !== 0 && (code & 25) !== 0)
    ) {
      return i;
    }
  }
  return to;
}
