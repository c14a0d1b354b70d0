/** One digest of everything that decides what an exchange does next, and of all it has traded. */
import { CLOCK, LAST_ORDER_ID, LAST_PRICE, LAST_TRADE_ID, LEVEL, TAG } from '../../kernels/book/layout.js';
import { digestParts } from '../digest.js';
import { openSlots } from './book-view.js';
import type { OrderFlow } from './order-flow.js';

const COLUMNS = 7;
/** In the digest an order without an owner has this for one. */
const NOBODY = Number.NaN;

/** SHA-256 over open orders by side, price and time; pending stops; clock, counters, last price; the trades' hash. */
export function exchangeHash(flow: OrderFlow): string {
  const { engine, stops } = flow;
  const { nums } = engine.book;
  const state = Float64Array.of(nums[CLOCK]!, nums[LAST_ORDER_ID]!, nums[LAST_TRADE_ID]!, nums[LAST_PRICE]!);
  return digestParts([
    ['state', state],
    ['bids', orderColumns(flow, 0)],
    ['asks', orderColumns(flow, 1)],
    ['trades', engine.trades.digest()],
    ...stops.digestParts(),
  ]);
}

/** Price, id, open quantity, owner, policy and post-only, timestamp, filled quantity of every open order of a side. */
function orderColumns({ engine, owners }: OrderFlow, side: number): Float64Array {
  const { book, orders } = engine;
  const { orderNums, orderLinks } = book;
  const slots = openSlots(book, side);
  const rows = new Float64Array(slots.length * COLUMNS);
  let at = 0;
  for (const slot of slots) {
    const id = orderNums[slot * 4 + 1]!;
    const tag = orderLinks[slot * 8 + TAG]!;
    rows[at] = book.levelNums[orderLinks[slot * 8 + LEVEL]! * 4]!;
    rows[at + 1] = id;
    rows[at + 2] = orderNums[slot * 4]!;
    rows[at + 3] = owners.ownerOf(tag >>> 3) ?? NOBODY;
    rows[at + 4] = tag & 7;
    rows[at + 5] = orders.timestampOf(id);
    rows[at + 6] = orders.quantityOf(id) - orderNums[slot * 4]!;
    at += COLUMNS;
  }
  return rows;
}
