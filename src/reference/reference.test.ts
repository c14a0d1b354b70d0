import t from 'tap';
import { exactCost, exactEquity, exactNotional, floorDiv, roundDiv } from './exact.js';

t.test('the exact twin rounds by hand-checked rules', async (t) => {
  t.same([floorDiv(7n, 2n), floorDiv(-7n, 2n), floorDiv(-8n, 2n)], [3n, -4n, -4n]);
  t.same(
    [roundDiv(5n, 2n), roundDiv(7n, 2n), roundDiv(-5n, 2n), roundDiv(-7n, 2n), roundDiv(8n, 3n)],
    [2n, 4n, -2n, -4n, 3n],
    'a half goes to the even integer on both sides of zero',
  );
  t.equal(exactNotional(500_000n, 101n, 100n), 50n, 'half a share at 1.01 is 50.5 cents: 50');
  t.equal(exactNotional(500_000n, 103n, 100n), 52n, 'half a share at 1.03 is 51.5 cents: 52');
  t.equal(exactNotional(1_000_000n, 264n, 1000n), 26n, 'one share at 0.264 is 26.4 cents: 26');
  t.equal(
    exactEquity(10n, [500_000n, 500_000n], [101n, 101n], 100n),
    111n,
    'two halves of 101 cents make 101 cents',
  );
  t.equal(exactEquity(0n, [-500_000n], [101n], 100n), -51n, 'a short of 50.5 cents is rounded down to -51');
  t.equal(
    exactCost(99_999n, 10_000n, 5_000n, 0n),
    99n + 49n,
    'each part of 99.999 and 49.9995 cents is rounded down',
  );
  t.equal(exactCost(1n, 10_000n, 0n, 100n), 100n, 'the minimum fee');
  t.equal(exactCost(0n, 10_000n, 0n, 100n), 0n, 'nothing traded costs nothing');
});
