/**
 * From order id to slot: a hash table of pairs (low half of the id, slot + 1; 0: empty) with linear probing. A removed
 * entry leaves a hole and nothing moves; a search looks at as many places as the longest way that any entry had to go
 * since the table was made. Eight ids that follow each other share a line of memory; the lines lie scattered, so that
 * orders that stay for long do not stand in the way of all that come later. Never more than a quarter full; a table in which
 * entries go far is made larger (`makeRoom`).
 */
import * as layout from './layout.js';
import type { BookArrays } from './layout.js';

// Constants of this file: the engine folds them in, imported ones it reads each time.
const { ID_STEPS } = layout;

/** Adds an id that is not in the table. */
export function addId(book: BookArrays, id: number, slot: number): void {
  const { ids, ints } = book;
  const mask = (ids.length >> 1) - 1;
  const low = id | 0;
  const mixed = Math.imul(low >>> 3, 0x9e3779b1);
  let at = (((mixed ^ (mixed >>> 15)) << 3) | (low & 7)) & mask;
  let steps = 0;
  while (ids[(at << 1) | 1] !== 0) {
    at = (at + 1) & mask;
    steps++;
  }
  ids[at << 1] = low;
  ids[(at << 1) | 1] = slot + 1;
  if (steps > ints[ID_STEPS]!) ints[ID_STEPS] = steps;
}

/** Slot of an id, or -1. `orderNums` has the whole id: the table keeps its low half only. */
export function findId(book: BookArrays, id: number): number {
  const { ids, orderNums, ints } = book;
  const mask = (ids.length >> 1) - 1;
  const low = id | 0;
  const mixed = Math.imul(low >>> 3, 0x9e3779b1);
  let at = (((mixed ^ (mixed >>> 15)) << 3) | (low & 7)) & mask;
  for (let steps = ints[ID_STEPS]!; steps >= 0; steps--) {
    const value = ids[(at << 1) | 1]!;
    if (value !== 0 && ids[at << 1] === low && orderNums[((value - 1) << 2) | 1] === id) return value - 1;
    at = (at + 1) & mask;
  }
  return -1;
}

/** Removes an id that is in the table with this slot. */
export function removeId(book: BookArrays, id: number, slot: number): void {
  const { ids } = book;
  const mask = (ids.length >> 1) - 1;
  const low = id | 0;
  const mixed = Math.imul(low >>> 3, 0x9e3779b1);
  let at = (((mixed ^ (mixed >>> 15)) << 3) | (low & 7)) & mask;
  while (ids[(at << 1) | 1] !== slot + 1) at = (at + 1) & mask;
  ids[(at << 1) | 1] = 0;
}
