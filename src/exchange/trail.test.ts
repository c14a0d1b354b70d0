import t from 'tap';
import { errorOf } from '../testing/error-of.js';
import { randomStream } from '../testing/random.js';
import { checkTrail, fractionOfPrice, rangeDistance, readFraction, trailStop } from './trail.js';
import type { Trail } from './types.js';
import { WilderRange } from './wilder-range.js';

const MAX = Number.MAX_SAFE_INTEGER;

/** units / 10^places: the shortest digits of a number above 0 and below 1. */
function digitsOf(value: number): { units: bigint; places: number } {
  const [, first, rest = '', exponent] = /^(\d)(?:\.(\d+))?e-(\d+)$/.exec(value.toExponential())!;
  return { units: BigInt(first! + rest), places: Number(exponent) + rest.length };
}

t.test('checkTrail gives a copy of what is right, from one end of each range to the other', async (t) => {
  const right: Trail[] = [
    { kind: 'fixed', offset: 1 },
    { kind: 'fixed', offset: MAX },
    { kind: 'percentage', fraction: 5e-324 },
    { kind: 'percentage', fraction: 1 - 2 ** -53 },
    { kind: 'atr', multiplier: Number.MIN_VALUE, period: 1 },
    { kind: 'atr', multiplier: Number.MAX_VALUE, period: 1_000_000 },
  ];
  for (const trail of right) {
    const copy = checkTrail('trail', trail);
    t.same(copy, trail);
    t.not(copy, trail);
    t.ok(Object.isFrozen(copy), 'the log of events shows this one');
  }
});

t.test('checkTrail names the field, the value and what is allowed', async (t) => {
  const refused = (value: unknown): unknown[] => {
    const { code, detail } = errorOf(() => checkTrail('trail', value));
    return [code, detail!.field, detail!.value, detail!.fix];
  };
  const whole = 'pass a whole number of at least 1';
  for (const offset of [0, -1, -0, 0.5, NaN, Infinity, 2 ** 53, '5', 5n, null, undefined]) {
    t.same(refused({ kind: 'fixed', offset }), ['VALIDATION', 'trail.offset', offset, whole]);
  }
  for (const fraction of [0, -0, 1, -0.1, 1.5, NaN, Infinity, '0.5', null, undefined]) {
    t.same(refused({ kind: 'percentage', fraction }).at(1), 'trail.fraction');
  }
  for (const multiplier of [0, -0, -1, NaN, Infinity, '2', null, undefined]) {
    t.same(refused({ kind: 'atr', multiplier, period: 14 }).at(1), 'trail.multiplier');
  }
  for (const period of [0, -0, 1.5, NaN, 1_000_001, '14', undefined]) {
    t.same(refused({ kind: 'atr', multiplier: 2, period }).at(1), 'trail.period');
  }
  for (const value of [null, undefined, 5, 'fixed', [], [5]]) t.equal(refused(value).at(1), 'trail');
  t.same(refused({ kind: 'percent', fraction: 0.1 }).at(1), 'trail.kind');
  t.same(refused({ offset: 5 }).slice(1, 3), ['trail.kind', undefined]);
  t.same(refused({ kind: 'fixed', offest: 5 }), ['VALIDATION', 'trail.offest', 5, 'did you mean offset']);
  t.same(refused({ kind: 'atr', multiplier: 2, period: 14, perod: 3 }).at(3), 'did you mean period');
  t.same(refused({ kind: 'percentage', fraction: 0.1, offset: 5 }).at(1), 'trail.offset');
});

t.test('a fraction of a price goes by the digits of the fraction, not by its double', async (t) => {
  const of = (price: number, fraction: number): number => fractionOfPrice(price, readFraction(fraction));
  t.ok(Math.ceil(100 * 0.07) === 8, 'what doubles would say');
  t.equal(of(100, 0.07), 7);
  t.equal(of(1001, 0.05), 51, '50.05');
  t.equal(of(1, 0.5), 1);
  t.equal(of(1, 1e-7), 1);
  t.equal(of(10_000_000, 1e-7), 1);
  t.equal(of(10_000_001, 1e-7), 2);
  t.equal(of(MAX, 0.1), 900_719_925_474_100, '900,719,925,474,099.1');
  t.equal(of(MAX, 0.5), 4_503_599_627_370_496, 'half of an odd number');
  t.equal(of(MAX - 1, 0.5), 4_503_599_627_370_495);
  t.equal(of(MAX, 5e-324), 1);
  t.equal(of(MAX, 1 - 2 ** -53), 9_007_199_254_740_991, '2^53 − 1 less 0.999…');
  t.equal(of(1_000_000, 0.12345678901234568), 123_457, '17 digits');
});

t.test('10,000 fractions of prices of every size agree with long division by hand', async (t) => {
  const random = randomStream(20250105, 0);
  const wrong: unknown[] = [];
  for (let i = 0; i < 10_000; i++) {
    const price = Math.max(1, Math.floor(MAX / 2 ** random.below(53)) - random.below(3));
    const digits = 1 + random.below(17);
    let text = '0.' + '0'.repeat(random.oneIn(4) ? random.below(12) : 0);
    for (let k = 0; k < digits; k++) text += String(random.below(10));
    const fraction = Number(`${text}7`);
    const { units, places } = digitsOf(fraction);
    const product = BigInt(price) * units;
    const whole = product / 10n ** BigInt(places);
    const expected = Number(whole * 10n ** BigInt(places) === product ? whole : whole + 1n);
    const got = fractionOfPrice(price, readFraction(fraction));
    if (got !== expected) wrong.push([price, fraction, got, expected]);
  }
  t.same(wrong, []);
});

t.test('a trail stands below the best price for a sell, above it for a buy, or nowhere', async (t) => {
  t.equal(trailStop('sell', 100, 10), 90);
  t.equal(trailStop('buy', 100, 10), 110);
  t.equal(trailStop('sell', 100, 99), 1);
  t.equal(trailStop('sell', 100, 100), 0);
  t.equal(trailStop('sell', 100, Infinity), 0);
  t.equal(trailStop('buy', MAX - 5, 5), MAX);
  t.equal(trailStop('buy', MAX - 5, 6), 0);
  t.equal(trailStop('buy', MAX, MAX), 0);
  t.equal(trailStop('buy', 1, Infinity), 0);
  t.equal(rangeDistance(2, 3.25), 7);
  t.equal(rangeDistance(2, 0), 1, 'a market that stands still');
  t.equal(rangeDistance(0.001, 3), 1);
  t.equal(rangeDistance(Number.MAX_VALUE, 10), Infinity);
});

t.test('the average true range is the mean of the first ranges, then Wilder’s recurrence', async (t) => {
  const range = new WilderRange();
  t.equal(range.average(1), null);
  range.addBar(105, 95, 100);
  t.equal(range.average(1), null, 'the first bar has no close before it');
  range.addBar(110, 104, 108); // 110 − 100: a gap up counts from the close before
  t.equal(range.average(1), 10);
  t.equal(range.average(2), null);
  range.addBar(100, 98, 99); // 108 − 98: a gap down too
  range.addBar(120, 90, 100); // 30
  t.equal(range.average(3), (10 + 10 + 30) / 3);
  range.addBar(101, 97, 100); // 4
  t.equal(range.average(3), (((10 + 10 + 30) / 3) * 2 + 4) / 3);
  t.equal(range.average(2), (((10 + 10) / 2 + 30) / 2 + 4) / 2, 'asked for late, counted from the first bar');
  t.equal(range.average(1), 4);
  t.equal(range.average(4), 13.5);
  t.equal(range.average(5), null);
  const later = WilderRange.fromJSON('bars', JSON.parse(JSON.stringify(range)));
  t.same(later.toJSON(), { close: 100, trueRanges: [10, 10, 30, 4] });
  for (const each of [range, later]) each.addBar(100, 100, 100);
  t.equal(later.average(3), range.average(3));
  range.compact(new Set([1]));
  t.equal(range.average(3), later.average(3), 'compact forgets nothing that counts');
});

t.test('the average true range of 60 bars is TA-Lib’s', async (t) => {
  // Bars in fortieths: c = 100 + ((7919 i) mod 101) / 10, h = c + 1 + (i mod 3) / 4, l = c − 1 − (i mod 5) / 8.
  // TA-Lib 0.8.2, ATR of 14: 6.019642857142857 at bar 14, 6.041148018374357 at bar 59.
  const range = new WilderRange();
  for (let i = 0; i < 60; i++) {
    const close = 4000 + 4 * ((7919 * i) % 101);
    range.addBar(close + 40 + 10 * (i % 3), close - 40 - 5 * (i % 5), close);
    const average = range.average(14);
    if (i < 14) t.equal(average, null);
    if (i === 14) t.ok(Math.abs(average! / 40 - 6.019642857142857) < 1e-13);
    if (i === 59) t.ok(Math.abs(average! / 40 - 6.041148018374357) < 1e-13);
  }
  t.equal(range.count, 59);
});

t.test('a market that moves by the same amount every bar has that range, for every period', async (t) => {
  const range = new WilderRange();
  for (let i = 0; i < 500; i++) range.addBar(1000 + 3 * i, 998 + 3 * i, 1000 + 3 * i);
  for (const period of [1, 2, 7, 14, 100, 499]) t.equal(range.average(period), 3);
  t.equal(range.average(500), null);
});

t.test('bars read back are checked field by field', async (t) => {
  const field = (json: unknown): string => errorOf(() => WilderRange.fromJSON('bars', json)).detail!.field;
  t.equal(field(null), 'bars');
  t.equal(field({ close: 5, trueRanges: [], x: 1 }), 'bars.x');
  t.equal(field({ close: 5 }), 'bars.trueRanges');
  t.equal(field({ trueRanges: [] }), 'bars.close');
  t.equal(field({ close: null, trueRanges: [1] }), 'bars.close');
  t.equal(field({ close: 0, trueRanges: [] }), 'bars.close');
  for (const bad of [-1, -0, 0.5, null, '1', 2 ** 53]) {
    t.equal(field({ close: 5, trueRanges: [0, bad] }), 'bars.trueRanges[1]');
  }
});
