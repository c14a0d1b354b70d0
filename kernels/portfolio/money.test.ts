import t from 'tap';
import { uniform } from '../../src/testing/market.js';
import { exactEquity, exactNotional } from '../../src/reference/exact.js';
import { floorRate, orderCosts, tradeCost } from './cost.js';
import { markPositions, positionWeights } from './mark.js';
import { MICRO, notionalCents, roundHalfEven } from './notional.js';
import { equityAfterCosts, targetsInCents, targetsInTicks } from './target.js';

const filled = (n: number): Float64Array => new Float64Array(n).fill(-12345);

t.test('notionalCents is the exact product rounded once, half to even, at every price scale', async (t) => {
  const random = uniform(1);
  let ties = 0;
  for (let k = 0; k < 60_000; k++) {
    const ticksPerCent = [1, 10, 100, 1000, 10_000, 2, 20_000][k % 7]!;
    const cents = k % 3 === 0 ? Math.floor(random() * 9e9) : 1 + Math.floor(random() * 50_000);
    const rem = Math.floor(random() * ticksPerCent);
    const whole = Math.floor((random() - 0.5) * (k % 3 === 0 ? 1000 : 1e7));
    // Multiples of 50,000 micro-shares make exact halves common.
    const micro =
      k % 2 === 0 ? Math.floor((random() - 0.5) * 2e6) : Math.floor((random() - 0.5) * 40) * 50_000;
    const ticks = BigInt(cents) * BigInt(ticksPerCent) + BigInt(rem);
    const quantity = BigInt(whole) * 1_000_000n + BigInt(micro);
    const exact = exactNotional(quantity, ticks, BigInt(ticksPerCent) * 100n);
    if ((quantity * ticks * 2n) % (1_000_000n * BigInt(ticksPerCent)) === 0n) ties += 1;
    if (BigInt(notionalCents(whole, micro, cents, rem, ticksPerCent)) !== exact) {
      t.fail(`${whole} + ${micro}µ at ${cents} + ${rem}/${ticksPerCent}: expected ${exact}`);
      return;
    }
  }
  t.ok(ties > 500, `${ties} of the cases are whole or half cents`);
  t.same([2.5, 3.5, -2.5, -3.5, 2.4999999999999996, 0.5, -0.5, 2 ** 52 + 1].map(roundHalfEven), [
    2,
    4,
    -2,
    -4,
    2,
    0,
    -0,
    2 ** 52 + 1,
  ]);
});

t.test('markPositions rounds the exact sum down once and answers NaN past 2^53', async (t) => {
  const random = uniform(2);
  for (let k = 0; k < 400; k++) {
    const n = k % 7;
    const ticksPerCent = [1, 10, 10_000, 2, 20_000][k % 5]!;
    const whole = Float64Array.from({ length: n }, () => Math.floor((random() - 0.3) * 1e6));
    const micro = Float64Array.from({ length: n }, () => Math.floor(random() * 1e6));
    const cents = Float64Array.from({ length: n }, () => Math.floor(random() * 1e6));
    const rem = Float64Array.from({ length: n }, () => Math.floor(random() * ticksPerCent));
    const quantities = Array.from(whole, (w, i) => BigInt(w) * 1_000_000n + BigInt(micro[i]!));
    const ticks = Array.from(cents, (c, i) => BigInt(c) * BigInt(ticksPerCent) + BigInt(rem[i]!));
    const exact = exactEquity(0n, quantities, ticks, BigInt(ticksPerCent) * 100n);
    if (BigInt(markPositions(n, whole, micro, cents, rem, ticksPerCent, 1)) !== exact) t.fail(`case ${k}`);
  }
  const big = Float64Array.of(2 ** 30, 2 ** 30);
  t.ok(
    Number.isNaN(markPositions(2, big, new Float64Array(2), big, new Float64Array(2), 1, 0)),
    '2^61 cents',
  );
  const weights = filled(3);
  positionWeights(
    2,
    Float64Array.of(1, 2),
    Float64Array.of(500_000, 0),
    Float64Array.of(100, 50),
    new Float64Array(2),
    1,
    1000,
    weights,
    1,
  );
  t.same(Array.from(weights), [-12345, 0.15, 0.1]);
  positionWeights(
    1,
    Float64Array.of(1),
    new Float64Array(1),
    Float64Array.of(100),
    Float64Array.of(5),
    10,
    0,
    weights,
    0,
  );
  t.equal(weights[0], 0, 'no weights without equity');
});

t.test('the short way to targets gives the same cells as the general one', async (t) => {
  const random = uniform(3);
  for (let k = 0; k < 3000; k++) {
    const n = 8;
    const equity = Math.floor(random() * (k % 10 === 0 ? 1e15 : 1e10)) + 1;
    const weights = Float64Array.from({ length: n }, () => (random() < 0.3 ? 0 : random() / n));
    const cents = Float64Array.from(
      { length: n },
      () => 1 + Math.floor(random() * (k % 2 === 0 ? 300 : 60_000)),
    );
    const whole = Float64Array.from({ length: n }, () => (random() < 0.3 ? 0 : Math.floor(random() * 1e5)));
    const micro = Float64Array.from({ length: n }, () =>
      k % 3 === 0 ? 0 : Math.floor(random() * 20) * 50_000,
    );
    const a = [filled(n), filled(n), filled(n), filled(2)] as const;
    const b = [filled(n), filled(n), filled(n), filled(2)] as const;
    targetsInCents(n, equity, weights, 0, cents, whole, micro, ...a);
    targetsInTicks(n, equity, weights, 0, cents, new Float64Array(n), 1, 1, whole, micro, ...b);
    if (JSON.stringify(a.map((x) => Array.from(x))) !== JSON.stringify(b.map((x) => Array.from(x)))) {
      t.same(a, b, `case ${k}`);
      return;
    }
  }
  t.pass('3,000 rows');
});

t.test('targetsInTicks never spends more than the target and is within one lot of it', async (t) => {
  const random = uniform(4);
  for (let k = 0; k < 2000; k++) {
    const ticksPerCent = [1, 10, 10_000, 2, 20_000][k % 5]!;
    const lot = [1, 1000, 1_000_000, 100_000_000][k % 4]!;
    const weight = (random() - 0.3) * 2;
    const equity = Math.floor(random() * 1e9) + 1;
    const cents = Float64Array.of(1 + Math.floor(random() * 60_000));
    const rem = Float64Array.of(Math.floor(random() * ticksPerCent));
    const next = [filled(1), filled(1), filled(1), filled(2)] as const;
    targetsInTicks(
      1,
      equity,
      Float64Array.of(weight),
      0,
      cents,
      rem,
      ticksPerCent,
      lot,
      new Float64Array(1),
      new Float64Array(1),
      ...next,
    );
    const quantity = BigInt(next[0][0]!) * 1_000_000n + BigInt(next[1][0]!);
    const size = quantity < 0n ? -quantity : quantity;
    const price = BigInt(cents[0]!) * BigInt(ticksPerCent) + BigInt(rem[0]!);
    const value = BigInt(Math.floor(Math.abs(weight) * (equity * (1 + 2 ** -51))));
    const unit = BigInt(ticksPerCent) * 1_000_000n;
    const fits = size * price <= value * unit && size % BigInt(lot) === 0n;
    const next1 = (size + BigInt(lot)) * price > value * unit;
    const sign = quantity === 0n || quantity < 0n === weight < 0;
    const dust = quantity === 0n && value * unit < unit;
    if (!(fits && sign && (next1 || dust))) t.fail(`case ${k}: ${quantity} at ${price} for ${value}`);
  }
  t.pass('2,000 cases');
});

t.test('costs are rounded down part by part, exactly also where the product passes 2^53', async (t) => {
  t.equal(floorRate(99_999, 10, 10_000), 99);
  for (const amount of [9e15, 123_456_789_012_345, 9_007_199_254_740_991]) {
    t.equal(
      BigInt(floorRate(amount, 12_345, 10_000_000)),
      (BigInt(amount) * 12_345n) / 10_000_000n,
      String(amount),
    );
  }
  t.equal(tradeCost(0, 10, 10_000, 0, 10_000, 500), 0, 'no trade, no minimum fee');
  t.equal(tradeCost(1000, 10, 10_000, 0, 10_000, 500), 500);
  const cost = filled(3);
  orderCosts(3, Float64Array.of(-1_000_000, 0, 500_000), 10, 10_000, 5, 10_000, 0, cost);
  t.same(Array.from(cost), [1500, 0, 750], 'buys and sells pay alike');
});

t.test('equityAfterCosts solves V = V0 - c * traded', async (t) => {
  const one = Float64Array.of(1);
  const zero = new Float64Array(1);
  const net = equityAfterCosts(1, 1_000_000, one, 0, Float64Array.of(100), zero, 1, zero, zero, 0.01, 0);
  t.equal(net, Math.floor(1_000_000 / 1.01), 'all in at 1 %: V0 / (1 + c)');
  t.equal(
    equityAfterCosts(1, 1000, one, 0, Float64Array.of(100), zero, 1, zero, zero, 0, 5000),
    0,
    'a fee above the equity',
  );
  t.equal(MICRO, 1_000_000);
});
