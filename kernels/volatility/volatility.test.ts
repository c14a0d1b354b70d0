import t from 'tap';
import {
  garmanKlassVariances,
  logChanges,
  parkinsonVariances,
  rogersSatchellVariances,
} from './bar-variance.js';

const LN2 = Math.LN2;

/** Bars whose logarithms are multiples of ln 2: open, high, low, close. */
const open = Float64Array.of(1, 1, 4, 2, 1, NaN);
const high = Float64Array.of(2, 1, 4, 8, 1, 2);
const low = Float64Array.of(0.5, 1, 1, 2, 1, 1);
const close = Float64Array.of(1, 1, 2, 8, NaN, 1);

function near(actual: Float64Array, expected: readonly number[]): boolean {
  return expected.every((e, i) => {
    const x = actual[i] as number;
    return Number.isNaN(e) ? Number.isNaN(x) : Math.abs(x - e) < 8e-15;
  });
}

t.test('variances of bars made of powers of two are the ones of a pencil', async (t) => {
  const out = new Float64Array(6).fill(-99);
  parkinsonVariances(high, low, out);
  t.ok(near(out, [LN2, 0, LN2, LN2, 0, LN2 / 4]), `Parkinson: ln(h/l)^2 / (4 ln 2): ${out}`);
  out.fill(-99);
  garmanKlassVariances(open, high, low, close, out);
  const w = 2 * LN2 - 1;
  const expected = [2, 0, 2 - w, 2 - 4 * w, NaN, NaN].map((x) => x * LN2 * LN2);
  t.ok(near(out, expected), `Garman and Klass: ${out}`);
  out.fill(-99);
  rogersSatchellVariances(open, high, low, close, out);
  const straight = [2 * LN2 * LN2, 0, 2 * LN2 * LN2, 0, NaN, NaN];
  t.ok(near(out, straight), `Rogers and Satchell, where a straight rise has none: ${out}`);
});

t.test('logChanges keeps the digits of a change of a thousand-millionth', async (t) => {
  const out = new Float64Array(4).fill(-99);
  logChanges(Float64Array.of(1, 2, 3, 1), Float64Array.of(1 + 2 ** -30, 1, NaN, 1), out);
  // ln(1 + u) = u - u^2 / 2 + …, u^3 is below the last digit.
  t.equal(out[0], 2 ** -30 - 2 ** -61);
  t.ok(Math.abs(out[1]! + LN2) < 2e-16);
  t.ok(Number.isNaN(out[2]));
  t.equal(out[3], 0);
});

t.test('logChanges knows how little is left after a crash', async (t) => {
  const out = new Float64Array(3).fill(-99);
  logChanges(Float64Array.of(1, 1, 3), Float64Array.of(2 ** -60, 2 ** -12, 3 * 2 ** -2), out);
  const right = [60, 12, 2].map((halvings) => -halvings * LN2);
  t.ok(
    out.every((change, i) => Math.abs(change / right[i]! - 1) < 4e-16),
    `${out}`,
  );
});
