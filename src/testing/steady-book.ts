/**
 * Ten million operations through `Book`, and what memory they took: run as a program with `--expose-gc`, it prints a
 * `SteadyBook` as JSON.
 *
 * The same columns are filled again and again: 60 % limit orders over 200 prices, 25 % cancels of recent orders (some
 * done by then), 15 % market orders, the larger the more orders are open, so that the book settles at some thousand.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { Book } from '../exchange/book.js';

const CHUNK = 2_000;
const WARM_UP = 2_000_000;
const OPERATIONS = 10_000_000;
const LEVELS = 100;
const MID = 10_000;
const RECENT = 10_000;

/** What was measured over the operations after the warm-up. */
export interface SteadyBook {
  readonly operations: number;
  readonly trades: number;
  /** Growth of heap, external memory and array buffers, without any collection in between. */
  readonly bytes: number;
  /** Runs of the garbage collector. */
  readonly collections: number;
  /** Most orders open before a chunk. */
  readonly mostOpen: number;
}

const op = new Uint8Array(CHUNK);
const price = new Float64Array(CHUNK);
const quantity = new Float64Array(CHUNK);
const id = new Float64Array(CHUNK);
const commands = { op, price, quantity, id };
const book = new Book({ orders: 65_536, trades: 262_144 });
const state = new Int32Array(1).fill(1);
const counts = new Float64Array(3);

/** Fills the columns, sends them, and adds up trades and the most orders open. */
function run(operations: number): void {
  for (let done = 0; done < operations; done += CHUNK) {
    const open = book.openOrders;
    for (let i = 0; i < CHUNK; i++) {
      const kind = below(20);
      const side = below(2);
      op[i] = 4 * side;
      quantity[i] = 1 + below(100);
      price[i] = side === 0 ? MID - 1 - below(LEVELS) : MID + 1 + below(LEVELS);
      if (kind < 15) counts[0]!++;
      if (kind >= 12 && kind < 15) {
        op[i] = 1 + 4 * side;
        quantity[i] = 1 + below(1 + (open >>> 4));
      } else if (kind >= 15) {
        op[i] = 2;
        id[i] = Math.max(1, counts[0]! - below(RECENT));
      }
    }
    counts[1]! += book.run(commands);
    counts[2] = Math.max(counts[2]!, open);
  }
}

/** A whole number from 0 to `count` - 1: xorshift with 32 bits (Marsaglia 2003, shifts 13, 17, 5). */
function below(count: number): number {
  let x = state[0]!;
  x ^= x << 13;
  x ^= x >>> 17;
  x ^= x << 5;
  state[0] = x;
  return (x >>> 1) % count;
}

function memory(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

let collections = 0;
const observer = new PerformanceObserver((list) => {
  collections += list.getEntries().length;
});
observer.observe({ entryTypes: ['gc'] });

run(WARM_UP);
globalThis.gc?.();
run(WARM_UP); // a collection may throw compiled code away
memory();
await new Promise((resolve) => setTimeout(resolve, 50));
collections = 0;
counts.fill(0, 1);
const before = memory();
run(OPERATIONS);
const bytes = memory() - before;
await new Promise((resolve) => setTimeout(resolve, 50));
const measured: SteadyBook = {
  operations: OPERATIONS,
  trades: counts[1]!,
  bytes,
  collections,
  mostOpen: counts[2]!,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
