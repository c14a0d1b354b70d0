import t from 'tap';
import { nextBelow, nextUint32, nextUniform } from './generator.js';

const MASK = 0xffffffffn;

/** xoshiro128++ in BigInt, line by line as the authors' C code has it: the slow twin. */
function twin(state: bigint[]): () => bigint {
  const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & MASK;
  return () => {
    let [a, b, c, d] = state as [bigint, bigint, bigint, bigint];
    const result = (rotate((a + d) & MASK, 7n) + a) & MASK;
    const shifted = (b << 9n) & MASK;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11n);
    state.splice(0, 4, a, b, c, d);
    return result;
  };
}

const STATES: readonly (readonly number[])[] = [
  [1, 2, 3, 4],
  [0xffffffff, 0, 0, 0],
  [0, 0, 0, 1],
  [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
  [0xdeadbeef, 0x80000000, 0x7fffffff, 0x12345678],
];

t.test('nextUint32 gives the published numbers of xoshiro128++ from the state 1, 2, 3, 4', async (t) => {
  // rand_xoshiro 0.6 has these ten, made by the authors' xoshiro128plusplus.c.
  const published = [
    641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011, 621204420,
  ];
  const state = Uint32Array.of(1, 2, 3, 4);
  t.same(
    published.map(() => nextUint32(state)),
    published,
  );
  const slow = twin([1n, 2n, 3n, 4n]);
  t.same(
    published.map(() => Number(slow())),
    published,
    'the slow twin too',
  );
});

t.test('nextUint32 and its state follow the BigInt twin for a thousand steps from every state', async (t) => {
  const wrong: string[] = [];
  for (const words of STATES) {
    const state = Uint32Array.from(words);
    const slowState = words.map((word) => BigInt(word));
    const slow = twin(slowState);
    for (let i = 0; i < 1000; i++) {
      if (BigInt(nextUint32(state)) !== slow()) wrong.push(`${words} step ${i}`);
    }
    if (slowState.some((word, k) => word !== BigInt(state[k]!))) wrong.push(`${words}: state`);
  }
  t.same(wrong, []);
});

t.test('nextUniform is the upper 27 and 26 bits of two steps, from 0 up to but not 1', async (t) => {
  const state = Uint32Array.of(1, 2, 3, 4);
  const slow = twin([1n, 2n, 3n, 4n]);
  let wrong = 0;
  for (let i = 0; i < 1000; i++) {
    const bits = ((slow() >> 5n) << 26n) | (slow() >> 6n);
    if (nextUniform(state) !== Number(bits) / 2 ** 53) wrong++;
  }
  t.equal(wrong, 0);
});

t.test(
  'the mean and the variance of a hundred thousand uniforms are those of the distribution',
  async (t) => {
    const state = Uint32Array.of(5, 6, 7, 8);
    const n = 100_000;
    let total = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const u = nextUniform(state) - 0.5;
      total += u;
      squares += u * u;
    }
    t.ok(Math.abs(total / n) < 4 / Math.sqrt(12 * n), 'four standard errors');
    t.ok(Math.abs(squares / n - 1 / 12) < 4 * Math.sqrt(1 / 180 / n), 'four standard errors');
  },
);

t.test('nextBelow draws again what would favour low numbers, as the twin that rejects', async (t) => {
  const wrong: string[] = [];
  // Of 2^31 + 1 almost half of the draws are rejected.
  for (const count of [1, 2, 3, 6, 1000, 65_537, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32]) {
    const state = Uint32Array.of(9, 10, 11, 12);
    const slow = twin([9n, 10n, 11n, 12n]);
    const whole = ((1n << 32n) / BigInt(count)) * BigInt(count);
    for (let i = 0; i < 300; i++) {
      let bits = slow();
      while (bits >= whole) bits = slow();
      if (nextBelow(state, count) !== Number(bits % BigInt(count))) wrong.push(`${count} step ${i}`);
    }
  }
  t.same(wrong, []);
});
