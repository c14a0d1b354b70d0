/** A running hash of trades: the same rows in the same order give the same four words, however they came in pieces. */
import * as layout from './layout.js';

const { TRADE_WIDTH } = layout;

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Folds rows `from` … `to - 1` into `state`, four integers. Multiply and rotate in four lanes; not for security. */
export function foldTrades(
  rows: Float64Array | Uint32Array,
  from: number,
  to: number,
  state: Int32Array,
): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  for (let i = from * TRADE_WIDTH; i < to * TRADE_WIDTH; i++) {
    const value = rows[i]!;
    a = (Math.imul(rotate(a ^ (value | 0), 13), 0x85ebca6b) + d) | 0;
    b = (Math.imul(rotate(b ^ ((value / 4294967296) | 0), 17), 0xc2b2ae35) + a) | 0;
    c = (Math.imul(rotate(c + b, 7), 0x27d4eb2f) ^ a) | 0;
    d = (rotate(d ^ c, 19) + 0x165667b1) | 0;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}
