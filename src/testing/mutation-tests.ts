/**
 * The tests that a mutant of the matching code meets (`npm run mutation`), in one process that ends at the first
 * failure. Tests of the imported files run first, in this order.
 */
import '../../kernels/book/book.test.js';
import '../../kernels/book/batch.test.js';
import '../../kernels/book/edges.test.js';
import '../../kernels/book/plain.test.js';
import '../../kernels/book/ladder.test.js';
import '../exchange/order-cases.test.js';
import '../../kernels/book/tables.test.js';
import '../exchange/book-room.test.js';
import '../exchange/check-input.test.js';
import '../exchange/order-log.test.js';
import '../exchange/stop-book.test.js';
import '../exchange/trail.test.js';
import '../exchange/cascade.test.js';
import '../exchange/stop-state.test.js';
import '../exchange/book.test.js';
import fc from 'fast-check';
import t from 'tap';
import { EXCHANGE_KIT } from './exchange-kit.js';
import { scripts } from './exchange-scripts.js';
import { runScript, Tally } from './exchange-trial.js';

const SEQUENCES = 40;
const CALLS = 100;

t.test(`${SEQUENCES} sequences of ${CALLS} calls give what the slow twin gives`, async (t) => {
  for (const script of fc.sample(scripts(CALLS), { seed: 20_250_301, numRuns: SEQUENCES })) {
    const tally = new Tally();
    runScript(EXCHANGE_KIT, script, tally);
    t.equal(tally.calls, CALLS);
  }
});
