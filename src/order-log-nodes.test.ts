/** The log of a live exchange, replayed by the command on every supported Node. `npm run soak` does ten times as many. */
import t from 'tap';
import { findNode, NODES_HINT, SUPPORTED_NODES } from './testing/other-nodes.js';
import { replayEverywhere } from './testing/order-log-run.js';
import { requireOrSkip } from './testing/require.js';

t.test('100,000 events of every kind replay to the state hash of the live run', async (t) => {
  const { live, replayed } = replayEverywhere(100_000, 1);
  t.equal(replayed.get('this one'), live);
  for (const version of SUPPORTED_NODES) {
    if (!requireOrSkip(t, `Node ${version}`, findNode(version) !== undefined, NODES_HINT)) continue;
    t.equal(replayed.get(version), live, `on Node ${version}`);
  }
});
