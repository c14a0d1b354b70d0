import t from 'tap';
import { runNode } from '../../src/testing/child.js';
import { ulp, uniforms } from '../../src/testing/doubles.js';
import { worstPoints } from '../../src/testing/worst-ulp.js';
import { erf, erfc } from './erf.js';
import { expm1 } from './expm1.js';
import { gamma } from './gamma.js';
import { incompleteBeta } from './incomplete-beta.js';
import { incompleteBetaInverse } from './incomplete-beta-inverse.js';
import { incompleteGamma, incompleteGammaUpper } from './incomplete-gamma.js';
import { lgamma, lgammaAfter1 } from './lgamma.js';
import { log } from './log.js';
import { log1p, logDeficit } from './log1p.js';
import { normalCdf, normalSurvival } from './normal-cdf.js';
import { normalDensity } from './normal-density.js';
import { normalTailCorrection } from './normal-tail.js';
import { polynomial, ratio } from './ratio.js';
import { sinePi } from './sine-pi.js';
import { gammaOverStirling, stirlingError } from './stirling.js';
import {
  studentTCdf,
  studentTDensity,
  studentTPowerScale,
  studentTSurvival,
  studentTTwoSided,
} from './student-t.js';
import { studentTQuantile } from './student-t-quantile.js';

// The bounds are those of the docstrings.
for (const [name, bound, f] of [
  ['erf', 2, erf],
  ['erfc', 3, erfc],
  ['normal-cdf', 3, normalCdf],
  ['gamma', 7, gamma],
  ['lgamma', 4, lgamma],
] as const) {
  t.test(`${name} is within ${bound} ulp of mpmath everywhere`, async (t) => {
    for (const { group, ulps, at } of worstPoints(name, f)) {
      t.ok(ulps <= bound, `${group}: worst ${ulps} at ${at}`);
    }
  });
}

for (const [name, bound, f] of [
  ['student-t-two-sided', 1e-14, studentTTwoSided],
  ['student-t-density', 4e-15, studentTDensity],
  ['student-t-quantile', 3e-15, studentTQuantile],
  ['incomplete-beta', 3e-13, incompleteBeta],
  ['incomplete-beta-inverse', 5e-14, incompleteBetaInverse],
  ['incomplete-gamma', 5e-14, incompleteGamma],
  ['incomplete-gamma-upper', 2e-13, incompleteGammaUpper],
] as const) {
  t.test(`${name} is within ${bound} of mpmath, relatively, down to 1e-300`, async (t) => {
    for (const { group, relative, at } of worstPoints(name, f)) {
      t.ok(relative <= bound, `${group}: worst ${relative}, at or near ${at}`);
    }
  });
}

const isNear = (actual: number, expected: number, ulps: number): boolean =>
  actual === expected || Math.abs(actual - expected) <= ulps * ulp(expected);

t.test('the ends of every range have their limits', async (t) => {
  const wrong: string[] = [];
  for (const [name, actual, expected] of [
    ['erf(-0)', erf(-0), -0],
    ['erf(Infinity)', erf(Infinity), 1],
    ['erf(-Infinity)', erf(-Infinity), -1],
    ['erfc(28)', erfc(28), 0],
    ['erfc(Infinity)', erfc(Infinity), 0],
    ['erfc(-Infinity)', erfc(-Infinity), 2],
    ['normalCdf(0)', normalCdf(0), 0.5],
    ['normalCdf(-39)', normalCdf(-39), 0],
    ['normalCdf(Infinity)', normalCdf(Infinity), 1],
    ['normalSurvival(Infinity)', normalSurvival(Infinity), 0],
    ['gamma(171.7)', gamma(171.7), Infinity],
    ['gamma(Infinity)', gamma(Infinity), Infinity],
    ['gamma(-190.5)', gamma(-190.5), 0],
    ['lgamma(1)', lgamma(1), 0],
    ['lgamma(2)', lgamma(2), 0],
    ['lgamma(0)', lgamma(0), Infinity],
    ['lgamma(-3)', lgamma(-3), Infinity],
    ['lgamma(Infinity)', lgamma(Infinity), Infinity],
    ['lgamma(-Infinity)', lgamma(-Infinity), Infinity],
    ['I_0', incompleteBeta(2, 3, 0), 0],
    ['I_1', incompleteBeta(2, 3, 1), 1],
    ['inverse of 0', incompleteBetaInverse(2, 3, 0), 0],
    ['inverse of 1', incompleteBetaInverse(2, 3, 1), 1],
    ['P(2, Infinity)', incompleteGamma(2, Infinity), 1],
    ['Q(2, Infinity)', incompleteGammaUpper(2, Infinity), 0],
    ['Q(2, 0)', incompleteGammaUpper(2, 0), 1],
    ['two-sided of 0', studentTTwoSided(0, 5), 1],
    ['two-sided of Infinity', studentTTwoSided(Infinity, 5), 0],
    ['cdf of -Infinity', studentTCdf(-Infinity, 5), 0],
    ['survival of -Infinity', studentTSurvival(-Infinity, 5), 1],
    ['density of Infinity', studentTDensity(Infinity, 5), 0],
    ['quantile of 0', studentTQuantile(0, 5), -Infinity],
    ['quantile of 1', studentTQuantile(1, 5), Infinity],
    ['quantile of 1/2', studentTQuantile(0.5, 5), 0],
    ['infinite df', studentTCdf(1.5, Infinity), normalCdf(1.5)],
    ['density of infinite df', studentTDensity(1.5, Infinity), normalDensity(1.5)],
  ] as const) {
    if (!Object.is(actual, expected)) wrong.push(`${name} is ${actual}, not ${expected}`);
  }
  t.same(wrong, []);
});

t.test('an argument outside the range gives NaN', async (t) => {
  const given: [string, number][] = [];
  for (const bad of [NaN, -1, -Infinity]) {
    given.push(
      [`beta a ${bad}`, incompleteBeta(bad, 1, 0.5)],
      [`beta b ${bad}`, incompleteBeta(1, bad, 0.5)],
    );
    given.push(
      [`beta x ${bad}`, incompleteBeta(1, 1, bad)],
      [`inverse p ${bad}`, incompleteBetaInverse(1, 1, bad)],
    );
    given.push([`P a ${bad}`, incompleteGamma(bad, 1)], [`Q x ${bad}`, incompleteGammaUpper(1, bad)]);
    given.push([`t df ${bad}`, studentTTwoSided(1, bad)], [`density df ${bad}`, studentTDensity(1, bad)]);
    given.push(
      [`quantile df ${bad}`, studentTQuantile(0.3, bad)],
      [`quantile p ${bad}`, studentTQuantile(bad, 3)],
    );
  }
  for (const f of [erf, erfc, normalCdf, normalSurvival, gamma, lgamma, log1p, expm1, sinePi]) {
    given.push([f.name, f(NaN)]);
  }
  given.push(['gamma(0)', gamma(0)], ['gamma(-2)', gamma(-2)], ['gamma(-Infinity)', gamma(-Infinity)]);
  given.push(
    ['t NaN', studentTCdf(NaN, 3)],
    ['density NaN', studentTDensity(NaN, 3)],
    ['log1p', log1p(-1.5)],
  );
  given.push(['beta x 2', incompleteBeta(1, 1, 2)], ['beta a Infinity', incompleteBeta(Infinity, 1, 0.5)]);
  t.same(
    given.filter(([, value]) => !Number.isNaN(value)),
    [],
  );
});

t.test('both sides of a distribution make up 1, and its inverse comes back', async (t) => {
  const next = uniforms(3);
  const wrong: string[] = [];
  for (let i = 0; i < 300; i++) {
    const x = 8 * next() - 4;
    const a = 0.2 + 30 * next();
    const b = 0.2 + 30 * next();
    const p = next();
    const say = (what: string, holds: boolean): void => {
      if (!holds) wrong.push(`${what}: ${x}, ${a}, ${b}, ${p}`);
    };
    say('erf is odd', erf(-x) === -erf(x));
    say('erf and erfc', isNear(erf(x) + erfc(x), 1, 2));
    say('normal', normalSurvival(x) === normalCdf(-x) && isNear(normalCdf(x) + normalCdf(-x), 1, 2));
    say('t', studentTSurvival(x, a) === studentTCdf(-x, a));
    say('two sides of t', studentTTwoSided(x, a) === 2 * studentTCdf(-Math.abs(x), a));
    say('beta', isNear(incompleteBeta(a, b, p) + incompleteBeta(b, a, 1 - p), 1, 64));
    say('gamma', isNear(incompleteGamma(a, 20 * p) + incompleteGammaUpper(a, 20 * p), 1, 64));
    say('inverse of t', isNear(studentTCdf(studentTQuantile(p, a), a), p, 256));
    say('inverse of beta', isNear(incompleteBeta(a, b, incompleteBetaInverse(a, b, p)), p, 4096));
    say('t is beta', isNear(studentTTwoSided(x, a), incompleteBeta(a / 2, 0.5, a / (a + x * x)), 4096));
  }
  t.same(wrong, []);
});

t.test('closed forms are met', async (t) => {
  const wrong: string[] = [];
  for (let n = 1, factorial = 1; n <= 23; factorial *= n, n++) {
    if (gamma(n) !== factorial) wrong.push(`${n - 1}!`); // 22! is the last that a double holds
  }
  for (let i = 1; i < 40; i++) {
    const x = i / 40;
    const two = Math.SQRT2 * 3 * x; // t of two degrees of freedom
    for (const [name, actual, expected] of [
      ['I_x(3, 1)', incompleteBeta(3, 1, x), x * x * x],
      ['I_x(1, 2)', incompleteBeta(1, 2, x), x * (2 - x)],
      ['inverse (2, 1)', incompleteBetaInverse(2, 1, x), Math.sqrt(x)],
      ['P(1, x)', incompleteGamma(1, x), -expm1(-x)],
      ['Q(1/2, x^2)', incompleteGammaUpper(0.5, x * x), erfc(x)],
      ['two-sided t, df 2', studentTTwoSided(two, 2), 2 / (2 + two * two + two * Math.sqrt(2 + two * two))],
      ['quantile, df 2', studentTQuantile(x, 2), (2 * x - 1) / Math.sqrt(2 * x * (1 - x))],
      ['quantile, df 1', studentTQuantile(x, 1), -sinePi(0.5 - x) / sinePi(x)],
      ['far t, df 1', studentTTwoSided(1e200 * x, 1), 2e-200 / (Math.PI * x)],
      ['scale of tails, df 1', studentTPowerScale(1), 2 / Math.PI],
      ['log Gamma(1 + x)', lgammaAfter1(x), lgamma(1 + x)],
      ['log1p', log1p(x), log(1 + x)],
      ['log1p far', log1p(40 * x), log(1 + 40 * x)],
      ['x - log1p', logDeficit(x) + log(1 + x), x],
      ['Stirling', gammaOverStirling(8 + 4 * i), 1 + expm1(stirlingError(8 + 4 * i))],
      ['sine', sinePi(x + 6), sinePi(1 - x)],
      ['tail', normalTailCorrection(6 + x), tailByFraction(6 + x)],
      ['polynomials', ratio([1, 2, 3], [1, 0, 1], x), polynomial([1, 2, 3], x) / (1 + x * x)],
    ] as const) {
      if (!isNear(actual, expected, 600)) wrong.push(`${name} at ${x}: ${actual}, not ${expected}`);
    }
  }
  t.same(wrong, []);
});

/** sqrt(2 pi) (1 / (x + 2 / (x + 3 / (x + ...)))): Laplace's continued fraction of the normal tail. */
function tailByFraction(x: number): number {
  let rest = x;
  for (let n = 200; n > 1; n--) rest = x + n / rest;
  return Math.sqrt(2 * Math.PI) / rest;
}

/** Bits of results over all functions, folded; run as text in another process too, so it uses no outer name. */
function foldedBits(functions: readonly ((x: number, y: number, z: number) => number)[]): string {
  const words = new Uint32Array(2);
  const number = new Float64Array(words.buffer);
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return ((state >>> 8) + 0.5) / 16777216;
  };
  let folded = 0;
  for (let i = 0; i < 1500; i++) {
    const [a, b, c] = [draw(), draw(), draw()];
    for (const f of functions) {
      number[0] = f(a * (i % 40), b * (i % 30), c);
      if (Number.isNaN(number[0])) words.fill(1); // a NaN has many bit patterns
      folded = Math.imul(folded ^ (words[0] as number), 16777619) + (words[1] as number);
    }
  }
  return `${folded >>> 0}`;
}

t.test('an interpreter without a compiler gives the same bits', async (t) => {
  const files = {
    erf: ['erf', 'erfc'],
    'normal-cdf': ['normalCdf'],
    gamma: ['gamma'],
    lgamma: ['lgamma'],
    'incomplete-gamma': ['incompleteGamma', 'incompleteGammaUpper'],
    'student-t': ['studentTTwoSided', 'studentTDensity'],
  };
  const imports = Object.entries(files).map(
    ([file, names]) =>
      `import { ${names} } from ${JSON.stringify(new URL(`./${file}.js`, import.meta.url))};`,
  );
  const more = [
    ['incomplete-beta', 'incompleteBeta'],
    ['incomplete-beta-inverse', 'incompleteBetaInverse'],
    ['student-t-quantile', 'studentTQuantile'],
  ].map(
    ([file, name]) => `import { ${name} } from ${JSON.stringify(new URL(`./${file}.js`, import.meta.url))};`,
  );
  const program = `${[...imports, ...more].join('\n')}\n${foldedBits.toString()}
    console.log(foldedBits([${Object.values(files).join()}, (x, y, p) => studentTQuantile(p, x), incompleteBeta,
      incompleteBetaInverse]));`;
  const here = foldedBits([
    erf,
    erfc,
    normalCdf,
    gamma,
    lgamma,
    incompleteGamma,
    incompleteGammaUpper,
    studentTTwoSided,
    studentTDensity,
    (x, _, p) => studentTQuantile(p, x),
    incompleteBeta,
    incompleteBetaInverse,
  ]);
  const child = await runNode(['--jitless', '--input-type=module', '--eval', program]);
  t.equal(child.stdout.trim(), here, child.stderr);
});
