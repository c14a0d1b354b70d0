import t from 'tap';
import { soakOptimizers } from './optimize-soak.js';

t.test(
  'no portfolio is better than ours in a hundred random problems, by a proof from the returns alone',
  (t) => {
    const { inputs, outcomes, problems } = soakOptimizers(80, 100, false, () => {});
    t.same(problems, []);
    t.equal(inputs, 100);
    t.ok((outcomes['proven from the returns alone'] ?? 0) > 55);
    t.end();
  },
);
