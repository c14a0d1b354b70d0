/** Reading a book: best prices, levels, queues. */
import { AFTER, BEST, type BookArrays, COUNT, HEAD, TAG } from '../../kernels/book/layout.js';
import { levelAbove, levelBelow } from '../../kernels/book/ladder.js';
import type { OrderEngine } from './order-engine.js';
import type { BookLevel, QueuedOrder, QueueLevel } from './types.js';

/** Best price of a side, or null. */
export function bestPrice(book: BookArrays, side: number): number | null {
  const level = book.ints[BEST + side]!;
  return level < 0 ? null : book.levelNums[level * 4]!;
}

/** Levels of a side by number in the kernels' arrays, best first, at most `most`. */
function levelsOf(book: BookArrays, side: number, most: number): number[] {
  const levels: number[] = [];
  let level = book.ints[BEST + side]!;
  while (level >= 0 && levels.length < most) {
    levels.push(level);
    const price = book.levelNums[level * 4]!;
    level = side === 0 ? levelBelow(book, price) : levelAbove(book, price);
  }
  return levels;
}

function levelOf(book: BookArrays, level: number): BookLevel {
  return {
    price: book.levelNums[level * 4]!,
    quantity: book.levelNums[level * 4 + 1]!,
    orderCount: book.levelLinks[level * 8 + COUNT]!,
  };
}

/** The best levels of a side, at most `most` of them, best first. */
export function topLevels(book: BookArrays, side: number, most: number): BookLevel[] {
  return levelsOf(book, side, most).map((level) => levelOf(book, level));
}

/** Every level of a side with its orders, best first, oldest first. */
export function fullLevels({ book, orders, owners }: OrderEngine, side: number): QueueLevel[] {
  return levelsOf(book, side, Infinity).map((level) => {
    const queue: QueuedOrder[] = [];
    let quantityAhead = 0;
    for (const slot of slotsOf(book, level)) {
      const quantity = book.orderNums[slot * 4]!;
      const id = book.orderNums[slot * 4 + 1]!;
      const owner = owners.ownerOf(book.orderLinks[slot * 8 + TAG]! >>> 3);
      queue.push({
        id,
        quantity,
        owner,
        timestamp: orders.timestampOf(id),
        position: queue.length,
        quantityAhead,
      });
      quantityAhead += quantity;
    }
    return { ...levelOf(book, level), orders: queue };
  });
}

function slotsOf(book: BookArrays, level: number): number[] {
  const slots: number[] = [];
  let slot = book.levelLinks[level * 8 + HEAD]!;
  while (slot >= 0) {
    slots.push(slot);
    slot = book.orderLinks[slot * 8 + AFTER]!;
  }
  return slots;
}

/** Slots of the open orders of a side, by price and then by time. */
export function openSlots(book: BookArrays, side: number): number[] {
  return levelsOf(book, side, Infinity).flatMap((level) => slotsOf(book, level));
}

/** Their ids. */
export function openIds(book: BookArrays, side: number): number[] {
  return openSlots(book, side).map((slot) => book.orderNums[slot * 4 + 1]!);
}
