/**
 * From order id to slot: a hash table of slots + 1 (0: empty) with linear probing; the id itself stands in the order. A
 * removed entry leaves a hole and nothing moves; a search looks at as many places as the longest way that any entry had
 * to go since the table was made. Sixteen ids that follow each other share a line of memory; the lines lie scattered, so
 * that orders that stay for long do not stand in the way of all that come later. Never more than an eighth full, for a
 * place that is taken costs a wrong guess of a branch; a table in which entries go far is made larger (`makeRoom`).
 */
import * as layout from './layout.js';
import type { BookArrays } from './layout.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const { ID_STEPS } = layout;

/** Adds an id that is not in the table. */
export function addId(book: BookArrays, id: number, slot: number): void {
  const { ids, ints } = book;
  const mask = ids.length - 1;
  const low = id | 0;
  const mixed = Math.imul(low >>> 4, 0x9e3779b1);
  let at = (((mixed ^ (mixed >>> 15)) << 4) | (low & 15)) & mask;
  let steps = 0;
  while (ids[at] !== 0) {
    at = (at + 1) & mask;
    steps++;
  }
  ids[at] = slot + 1;
  if (steps > ints[ID_STEPS]!) ints[ID_STEPS] = steps;
}

/** Slot of an id, or -1. */
export function findId(book: BookArrays, id: number): number {
  const { ids, orderNums, ints } = book;
  const mask = ids.length - 1;
  const low = id | 0;
  const mixed = Math.imul(low >>> 4, 0x9e3779b1);
  let at = (((mixed ^ (mixed >>> 15)) << 4) | (low & 15)) & mask;
  for (let steps = ints[ID_STEPS]!; steps >= 0; steps--) {
    const slot = (ids[at]! - 1) | 0;
    if (slot >= 0 && orderNums[(slot << 2) | 1] === id) return slot;
    at = (at + 1) & mask;
  }
  return -1;
}

/** Removes an id that is in the table with this slot. */
export function removeId(book: BookArrays, id: number, slot: number): void {
  const { ids } = book;
  const mask = ids.length - 1;
  const low = id | 0;
  const mixed = Math.imul(low >>> 4, 0x9e3779b1);
  let at = (((mixed ^ (mixed >>> 15)) << 4) | (low & 15)) & mask;
  while (ids[at] !== slot + 1) at = (at + 1) & mask;
  ids[at] = 0;
}
