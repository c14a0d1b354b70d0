/** Giving back the spare memory of a book. */
import {
  type BookArrays,
  LEVEL,
  NEAR_BASE,
  NUMS,
  OPEN_LEVELS,
  OPEN_ORDERS,
  TAG,
} from '../../kernels/book/layout.js';
import { findId } from '../../kernels/book/id-table.js';
import { restOrder } from '../../kernels/book/rest.js';
import { makeRoom, newBook } from './book-memory.js';
import { openIds } from './book-view.js';

const SPARE = 64;

/** Brings the arrays down to what is open, with a little room to spare. O(open orders). */
export function compactBook(book: BookArrays): void {
  const { nums, ints, orderNums, orderLinks, levelNums } = book;
  const fresh = newBook(ints[OPEN_ORDERS]! + SPARE, ints[OPEN_LEVELS]! + SPARE, SPARE);
  for (const side of [0, 1]) {
    for (const id of openIds(book, side)) {
      const slot = findId(book, id);
      const price = levelNums[orderLinks[slot * 8 + LEVEL]! * 4]!;
      makeRoom(fresh, 1);
      restOrder(fresh, side, price, orderNums[slot * 4]!, id, orderLinks[slot * 8 + TAG]!);
    }
  }
  // Clock and counters go on, and the open quantity has the stops in it; the base belongs to the new ladder.
  for (let i = 0; i < NUMS; i++) if (i !== NEAR_BASE) fresh.nums[i] = nums[i]!;
  Object.assign(book, fresh);
}
