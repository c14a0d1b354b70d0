import t from 'tap';
import { windowMaxAge, windowMinAge } from './window-ages.js';
import {
  EXTREMES_MARGIN,
  windowExtremesScratch,
  windowMax,
  windowMaxPiece,
  windowMin,
  windowMinPiece,
} from './window-extremes.js';
import { windowMiddle, windowMiddleScratch } from './window-middle.js';

const PERIODS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 33, 250, 599, 600, 601, 2000];
const N = 600;

/** Park and Miller's generator: numbers in (0, 1), the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const random = generator(5);
let price = 100;
const SERIES: Readonly<Record<string, Float64Array>> = {
  walk: Float64Array.from({ length: N }, () => (price += random() - 0.5)),
  noise: Float64Array.from({ length: N }, () => random() - 0.5),
  ties: Float64Array.from({ length: N }, () => Math.floor(random() * 4) - 2),
  zeros: Float64Array.from({ length: N }, () => (random() < 0.5 ? -0 : 0)),
  rising: Float64Array.from({ length: N }, (_, i) => i),
  falling: Float64Array.from({ length: N }, (_, i) => -i),
  constant: new Float64Array(N).fill(7),
  saw: Float64Array.from({ length: N }, (_, i) => i % 37),
};

/** Every window searched from its start; of equal values the later one counts. */
function search(values: Float64Array, period: number, sign: number): { value: number; age: number }[] {
  return Array.from(values, (_, i) => {
    if (i < period - 1) return { value: NaN, age: NaN };
    let at = i - period + 1;
    for (let j = at + 1; j <= i; j++) if (sign * values[j] >= sign * values[at]) at = j;
    return { value: values[at], age: i - at };
  });
}

const filled = (cells: number): Float64Array => new Float64Array(cells).fill(-99);

function* cases(): Generator<readonly [string, Float64Array, number]> {
  for (const [name, values] of Object.entries(SERIES)) {
    for (const period of PERIODS) yield [`${name}, period ${period}`, values, period];
  }
}

t.test('windowMax and windowMin, worked by hand, write every cell', async (t) => {
  const values = Float64Array.of(3, 1, 2, 5, 4, 4, 0);
  const out = filled(7);
  windowMax(values, 3, filled(3), out);
  t.strictSame(Array.from(out), [NaN, NaN, 3, 5, 5, 5, 4]);
  windowMin(values, 3, filled(3), out);
  t.strictSame(Array.from(out), [NaN, NaN, 1, 1, 2, 4, 0]);
  windowMax(values.subarray(0, 0), 3, filled(3), out.subarray(0, 0));
});

t.test('extremes and their ages equal a search of every window, bit for bit', async (t) => {
  const problems: string[] = [];
  for (const [label, values, period] of cases()) {
    for (const [sign, extreme, age] of [
      [1, windowMax, windowMaxAge],
      [-1, windowMin, windowMinAge],
    ] as const) {
      const expected = search(values, period, sign);
      const scratch = filled(windowExtremesScratch(period));
      const found = filled(N);
      const ages = filled(N);
      extreme(values, period, scratch, found);
      age(values, period, scratch, ages);
      const at = expected.findIndex(
        ({ value, age }, i) => !Object.is(value, found[i]) || !Object.is(age, ages[i]),
      );
      if (at >= 0) problems.push(`${label}, sign ${sign}: ${found[at]} aged ${ages[at]} at ${at}`);
    }
  }
  t.strictSame(problems, []);
});

t.test('pieces equal the whole and stay within their margin', async (t) => {
  const problems: string[] = [];
  for (const [label, values, period] of cases()) {
    for (const [piece, whole] of [
      [windowMaxPiece, windowMax],
      [windowMinPiece, windowMin],
    ] as const) {
      const scratch = filled(windowExtremesScratch(period));
      const expected = filled(N);
      whole(values, period, scratch, expected);
      for (let from = period - 1, length = 1; from < N; from += length, length += 41) {
        const to = Math.min(from + length, N);
        const out = filled(3 + EXTREMES_MARGIN + to - from + 3);
        const at = 3 + EXTREMES_MARGIN;
        piece(values, period, from, to, scratch, out, at);
        const same = expected.subarray(from, to).every((value, i) => Object.is(value, out[at + i]));
        const outside = [...out.subarray(0, 3), ...out.subarray(at + to - from)];
        if (!same || outside.some((value) => value !== -99)) problems.push(`${label}, ${from} to ${to}`);
      }
    }
  }
  t.strictSame(problems, []);
});

t.test('windowMiddle is half the sum of both extremes, over many pieces too', async (t) => {
  const problems: string[] = [];
  const n = 3000;
  let level = 50;
  const high = Float64Array.from({ length: n }, () => (level += random() - 0.5));
  const low = high.map((value) => value - random());
  for (const period of [1, 2, 5, 9, 130, 2999, 3000, 3001]) {
    const largest = search(high, period, 1);
    const smallest = search(low, period, -1);
    const out = filled(n);
    windowMiddle(high, low, period, filled(windowMiddleScratch(period)), out);
    const at = out.findIndex((value, i) => !Object.is(value, (largest[i].value + smallest[i].value) / 2));
    if (at >= 0) problems.push(`period ${period}: ${out[at]} at ${at}`);
  }
  t.strictSame(problems, []);
});
