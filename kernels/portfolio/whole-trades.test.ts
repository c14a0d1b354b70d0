import t from 'tap';
import { wholeTrades } from './whole-trades.js';

/** The trade of one symbol in micro-shares, and its value: position held and wanted in shares, at 100 cents. */
function trade(weight: number, held: number, wanted: number, cents = 100): (number | bigint)[] {
  const split = (shares: number): [Float64Array, Float64Array] => {
    const micro = BigInt(Math.round(shares * 1e6));
    const rest = ((micro % 1_000_000n) + 1_000_000n) % 1_000_000n;
    return [Float64Array.of(Number((micro - rest) / 1_000_000n)), Float64Array.of(Number(rest))];
  };
  const before = split(held);
  const next = split(wanted);
  const notional = Float64Array.of(-12345);
  const price = Float64Array.of(cents);
  wholeTrades(1, Float64Array.of(weight), price, new Float64Array(1), 1, ...before, ...next, notional);
  const left = next[0][0]! + next[1][0]! / 1e6;
  return [left, notional[0]!];
}

t.test('a target is rounded down to what whole shares reach, and the fraction held stays', async (t) => {
  t.same(trade(0.5, 0, 12.6), [12, 1200]);
  t.same(trade(0.5, 10, 12.6), [12, 200]);
  t.same(trade(0.5, 15, 12.6), [12, -300], 'a sale goes down to the target, too');
  t.same(trade(0.5, 10.5, 12.6), [12.5, 200]);
  t.same(trade(0.5, 10.7, 12.6), [11.7, 100], '12.7 would be above the target');
  t.same(trade(0.5, 0.7, 0.2), [0.7, 0], 'nothing to sell');
  t.same(trade(0.5, 12, 12), [12, 0]);
});

t.test('an exit leaves the fraction on the side it was on', async (t) => {
  t.same(trade(0, 10, 0), [0, -1000]);
  t.same(trade(0, 10.5, 0), [0.5, -1000]);
  t.same(trade(0, 0.5, 0), [0.5, 0]);
  t.same(trade(0, -2.5, 0), [-0.5, 200]);
  t.same(trade(0, -2, 0), [0, 200]);
});

t.test('a short target is rounded towards zero', async (t) => {
  t.same(trade(-0.5, 0, -2.4), [-2, -200]);
  t.same(trade(-0.5, 0.5, -2.4), [-1.5, -200], '-2.5 would be beyond the target');
  t.same(trade(-0.5, 3.25, -2.75), [-2.75, -600]);
  t.same(trade(-0.5, 0.5, -0.2), [0.5, 0], 'no whole share on the way to -0.2');
});

t.test('from a short fraction to a long target the shares go no further than the target', async (t) => {
  t.same(trade(0.5, -2.5, 0.3), [-0.5, 200]);
  t.same(trade(0.5, -2.5, 0.6), [0.5, 300]);
});

t.test('shares worth less than half a cent are not traded, but an exit sells them', async (t) => {
  t.same(trade(0.5, 0, 3, 0), [0, 0]);
  t.same(trade(0, 3, 0, 0), [0, 0]);
});
