import t from 'tap';
import { runNode } from '../../src/testing/child.js';
import { doubleAfter, twoTo, uniforms } from '../../src/testing/doubles.js';
import { worstPoints } from '../../src/testing/worst-ulp.js';
import { exp, expSum } from './exp.js';
import { EXP_TABLE } from './exp-table.js';
import { log } from './log.js';
import { LOG_TABLE } from './log-table.js';
import { normalDensity } from './normal-density.js';
import { normalQuantile } from './normal-quantile.js';
import { pow } from './pow.js';
import { floorExponent, powerOfTwo } from './power-of-two.js';

// The bounds are those of the docstrings: the worst of many millions of points, rounded up.
for (const [name, bound, f] of [
  ['exp', 0.52, exp],
  ['log', 0.51, log],
  ['pow', 0.53, pow],
  ['normal-density', 0.52, normalDensity],
  ['normal-quantile', 3, normalQuantile],
] as const) {
  t.test(`${name} is within ${bound} ulp of mpmath everywhere`, async (t) => {
    for (const { group, ulps, at } of worstPoints(name, f)) {
      t.ok(ulps <= bound, `${group}: worst ${ulps} at ${at}`);
    }
  });
}

t.test('the ends of the range of exp and log are those of the format', async (t) => {
  t.equal(exp(0), 1);
  t.equal(exp(-0), 1);
  t.equal(exp(Infinity), Infinity);
  t.equal(exp(-Infinity), 0);
  t.equal(exp(710), Infinity);
  t.equal(exp(-746), 0);
  t.equal(exp(5e-324), 1);
  t.ok(Number.isNaN(exp(NaN)) && Number.isNaN(expSum(NaN, 0)));
  t.ok(Object.is(log(1), 0));
  t.equal(log(0), -Infinity);
  t.equal(log(-0), -Infinity);
  t.equal(log(Infinity), Infinity);
  for (const x of [-5e-324, -1, -Infinity, NaN]) t.ok(Number.isNaN(log(x)), `log(${x}) is NaN`);
});

t.test('expSum feels the part of the exponent that one double cannot hold', async (t) => {
  t.equal(expSum(0, 1e-13), 1 + 1e-13);
  t.equal(expSum(1, 0), exp(1));
  t.ok(expSum(700, 5e-14) > exp(700) && expSum(700, -5e-14) < exp(700));
});

t.test('pow has the special cases of ECMAScript', async (t) => {
  const is = (x: number, y: number, expected: number): boolean =>
    t.ok(Object.is(pow(x, y), expected), `pow(${x}, ${y}) is ${expected}, got ${pow(x, y)}`);
  for (const x of [NaN, 0, -0, 1, -1, 2.5, -7, Infinity, -Infinity]) {
    is(x, 0, 1);
    is(x, -0, 1);
    is(x, NaN, NaN);
    is(x, 1, x);
  }
  for (const y of [1, 2, -1, 0.5, 3.3, Infinity, -Infinity]) is(NaN, y, NaN);
  for (const x of [1, -1]) for (const y of [Infinity, -Infinity]) is(x, y, NaN);
  for (const x of [1.0000000000000002, 2, -2, Infinity, -Infinity]) {
    is(x, Infinity, Infinity);
    is(x, -Infinity, 0);
  }
  for (const x of [0.9999999999999999, 0.5, -0.5, 5e-324, 0, -0]) {
    is(x, Infinity, 0);
    is(x, -Infinity, Infinity);
  }
  for (const [big, small] of [
    [Infinity, 0],
    [0, Infinity],
  ] as const) {
    const sign = big === Infinity ? 1 : -1;
    for (const y of [0.5, 1.5, 2, 3, 9007199254740991, 1e300]) {
      is(big, sign * y, Infinity);
      is(big, -sign * y, 0);
    }
    is(-small, -sign * 3, -Infinity);
    is(-small, sign * 3, -0);
    is(-big, sign * 3, -Infinity);
    is(-big, -sign * 3, -0);
    for (const y of [0.5, 2, 9007199254740992]) {
      is(-big, sign * y, Infinity);
      is(-big, -sign * y, 0);
    }
  }
  for (const x of [-2, -0.3, -1e-320]) for (const y of [0.5, -0.5, 1 / 3, 1e-300]) is(x, y, NaN);
  is(-2, 3, -8);
  is(-2, -2, 0.25);
  is(-1, 9007199254740991, -1);
  is(-1, 1e300, 1);
  is(1, -1e300, 1);
  is(-10, 309, -Infinity);
  is(-10, -325, -0);
  is(-1.5, 1e300, Infinity);
  is(1.5, -1e300, 0);
  is(0.5, 1e300, 0);
  is(0.5, 18446744073709552000, 0);
});

t.test('powers that a double can hold are exact', async (t) => {
  const wrong: string[] = [];
  let tens = 1n;
  for (let n = 0; n <= 22; n++, tens *= 10n) t.equal(pow(10, n), Number(tens));
  for (let base = 2; base <= 60; base++) {
    for (let n = 0, power = 1n; power < 2n ** 53n; n++, power *= BigInt(base)) {
      if (pow(base, n) !== Number(power) || pow(-base, n) !== (n % 2 ? -1 : 1) * Number(power))
        wrong.push(`${base}^${n}`);
      if (n > 1 && pow(Number(power), 1 / n) !== base && (n & (n - 1)) === 0)
        wrong.push(`root ${n} of ${power}`);
    }
  }
  for (let k = -1074; k <= 1023; k++) if (pow(2, k) !== twoTo(k)) wrong.push(`2^${k}`);
  const next = uniforms(7);
  for (let i = 0; i < 2000; i++) {
    const x = (1 + next()) * twoTo(Math.floor(next() * 2000) - 1000);
    if (pow(x, 1) !== x || pow(-x, 1) !== -x || pow(x, 2) !== x * x || pow(-x, 2) !== x * x)
      wrong.push(`${x}`);
    if (pow(x, -1) !== 1 / x || pow(-x, -1) !== -1 / x || pow(x, 0.5) !== Math.sqrt(x)) wrong.push(`${x}`);
  }
  t.same(wrong, []);
});

t.test('neighbouring arguments give results in the same order', async (t) => {
  const next = uniforms(11);
  for (const [name, f, low, high] of [
    ['exp', exp, 1e-3, 700],
    ['exp(-x)', (x: number) => -exp(-x), 1e-3, 745],
    ['log', log, 1e-320, 1e300],
    ['log near 1', log, 0.98, 1.02],
    ['x^0.3', (x: number) => pow(x, 0.3), 0.01, 100],
    ['1.01^x', (x: number) => pow(1.01, x), 1, 7000],
    ['density', (x: number) => -normalDensity(x), 1e-3, 38],
  ] as const) {
    let wrong = 0;
    for (let i = 0; i < 100; i++) {
      let x = low + (high - low) * next();
      let before = f(x);
      for (let j = 0; j < 50; j++) {
        x = doubleAfter(x, 1);
        const now = f(x);
        if (!(now >= before)) wrong++;
        before = now;
      }
    }
    t.equal(wrong, 0, name);
  }
});

t.test('the normal quantile is odd around one half and has the ends of the line', async (t) => {
  const wrong: string[] = [];
  t.equal(normalQuantile(0), -Infinity);
  t.equal(normalQuantile(-0), -Infinity);
  t.equal(normalQuantile(1), Infinity);
  t.ok(Object.is(normalQuantile(0.5), 0));
  for (const p of [-5e-324, -1, 1.0000000000000002, Infinity, -Infinity, NaN]) {
    t.ok(Number.isNaN(normalQuantile(p)), `quantile of ${p} is NaN`);
  }
  const next = uniforms(5);
  for (let i = 0; i < 5000; i++) {
    const upper = 0.5 + 0.5 * next(); // 1 - upper is exact
    if (normalQuantile(1 - upper) !== -normalQuantile(upper)) wrong.push(`${upper}`);
  }
  t.same(wrong, []);
});

t.test('the normal density is even, and 0 far out', async (t) => {
  for (const x of [0, 1e-300, 0.3, 5, 38.4]) t.equal(normalDensity(-x), normalDensity(x));
  for (const x of [39, 40, 1e300, Infinity, -Infinity]) t.equal(normalDensity(x), 0);
  t.ok(Number.isNaN(normalDensity(NaN)));
});

t.test('powers of two and exponents agree with the bits of the format', async (t) => {
  const wrong: string[] = [];
  for (let k = -1024; k <= 1023; k++) if (powerOfTwo(k) !== twoTo(k)) wrong.push(`2^${k}`);
  for (let k = -1074; k <= 1023; k++) {
    const low = twoTo(k);
    const high = k === 1023 ? Number.MAX_VALUE : doubleAfter(twoTo(k + 1), -1);
    if (floorExponent(low) !== k || floorExponent(high) !== k) wrong.push(`exponent ${k}`);
  }
  t.same(wrong, []);
});

t.test('every row of the tables is the logarithm or power it says, to 95 bits', async (t) => {
  const wrong: string[] = [];
  const one = 1n << 160n;
  const fixed = (x: number): bigint => BigInt(x * twoTo(112)) << 48n; // exact for the numbers of the tables
  const isNear = (actual: bigint, expected: bigint, name: string): void => {
    const off = actual - expected;
    if ((off < 0n ? -off : off) >> 65n !== 0n) wrong.push(name);
  };
  for (let j = 0; j < 64; j++) {
    let power = fixed(EXP_TABLE[2 * j]!) + fixed(EXP_TABLE[2 * j + 1]!);
    for (let i = 0; i < 6; i++) power = (power * power) / one;
    isNear(power >> BigInt(j), one, `(2^(${j}/64))^64`);
  }
  /** log(top / bottom) by the series of atanh. */
  const logarithm = (top: bigint, bottom: bigint): bigint => {
    let term = ((top - bottom) * one) / (top + bottom);
    const square = (term * term) / one;
    let sum = 0n;
    for (let n = 1n; term !== 0n; n += 2n, term = (term * square) / one) sum += (2n * term) / n;
    return sum;
  };
  for (let i = 128; i <= 256; i++) {
    const [c, high, low] = LOG_TABLE.slice(3 * (i - 128), 3 * (i - 127)) as [number, number, number];
    const numerator = BigInt(c * 512) * (i < 182 ? 1n : 2n);
    if (!(Math.abs((c * i) / 128 - 1) < 0.003 && Number.isInteger(high * twoTo(42)))) wrong.push(`row ${i}`);
    isNear(fixed(high) + fixed(low), -logarithm(numerator, 512n), `log of row ${i}`);
  }
  t.same(wrong, []);
});

/** Bits of 200,000 results, folded into one number. Also run as text in other processes, so it uses no outer name. */
function foldedBits(f: {
  exp: typeof exp;
  log: typeof log;
  pow: typeof pow;
  normalDensity: typeof normalDensity;
  normalQuantile: typeof normalQuantile;
}): string {
  const words = new Uint32Array(2);
  const number = new Float64Array(words.buffer);
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 16777216;
  };
  let first = 0;
  let second = 0;
  for (let i = 0; i < 40000; i++) {
    const a = draw();
    const b = draw();
    number[0] = 0;
    words[1] = Math.floor(a * 0x7fe00000); // the high word, as everywhere JavaScript runs: any positive finite double
    words[0] = Math.floor(b * 4294967296);
    const wide = number[0] as number;
    const results = [
      f.exp(a * 1460 - 750),
      f.log(wide),
      f.pow(b < 0.5 ? wide : 0.5 + a, b * 400 - 200),
      f.normalDensity(a * 80 - 40),
      f.normalQuantile(b < 0.5 ? a : wide / (1 + wide)),
    ];
    for (let j = 0; j < 5; j++) {
      number[0] = results[j] as number;
      if (Number.isNaN(number[0])) words.fill(1); // a NaN has many bit patterns
      first = Math.imul(first ^ (words[0] as number), 16777619) + (words[1] as number);
      second = Math.imul(second ^ (words[1] as number), 2246822519) + first;
    }
  }
  return `${first >>> 0} ${second >>> 0}`;
}

t.test('optimised, unoptimised and interpreted runs give the same bits', async (t) => {
  const here = foldedBits({ exp, log, pow, normalDensity, normalQuantile });
  const imports = [
    ['exp', 'exp'],
    ['log', 'log'],
    ['pow', 'pow'],
    ['normal-density', 'normalDensity'],
    ['normal-quantile', 'normalQuantile'],
  ].map(
    ([file, name]) => `import { ${name} } from ${JSON.stringify(new URL(`./${file}.js`, import.meta.url))};`,
  );
  const program = `${imports.join('\n')}\nconst run = ${foldedBits.toString()};
    console.log(run({ exp, log, pow, normalDensity, normalQuantile }));`;
  const flags = ['--no-opt', '--jitless'];
  const children = await Promise.all(
    flags.map((flag) => runNode([flag, '--input-type=module', '--eval', program])),
  );
  children.forEach((child, i) => {
    t.equal(child.stdout.trim(), here, `${flags[i]} ${child.stderr}`);
  });
});
