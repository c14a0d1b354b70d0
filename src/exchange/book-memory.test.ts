import { fileURLToPath } from 'node:url';
import t from 'tap';
import { runNode } from '../testing/child.js';
import type { SteadyBook } from '../testing/steady-book.js';

t.test('ten million operations of the batch form allocate nothing once it is warm', async (t) => {
  const script = fileURLToPath(new URL('../testing/steady-book.js', import.meta.url));
  const { status, stdout, stderr } = await runNode(['--expose-gc', script]);
  t.equal(status, 0, stderr);
  const { operations, trades, bytes, collections, mostOpen } = JSON.parse(stdout) as SteadyBook;
  t.equal(operations, 10_000_000);
  t.ok(trades > operations / 2, `${trades} trades: the work was done`);
  t.ok(mostOpen > 1_000 && mostOpen < 20_000, `${mostOpen} open orders: the book is in a steady state`);
  t.equal(collections, 0, 'the collector had no reason to run');
  // An object takes 16 bytes, so this is less than one in 800 operations; what the compiler keeps is in it.
  t.ok(bytes < operations / 50, `memory grew by ${bytes} bytes`);
});
