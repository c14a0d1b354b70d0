import t from 'tap';
import { ewmaVariances } from './ewma.js';
import { garchAdjoint } from './garch-adjoint.js';
import { garchBackcast, garchVarianceBounds } from './garch-bounds.js';
import { normalLogLikelihood, studentLogLikelihood } from './garch-density.js';
import { garchOneOneInformation, garchOneOneLogLikelihood } from './garch-one-one.js';
import { garchInformation, garchSensitivities } from './garch-sensitivity.js';
import { SHORT_LAGS } from './garch-three-lags.js';
import { garchExpectedVariances, garchVariances } from './garch-variance.js';

const N = 400;

function noise(n: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: n }, (_, i) => {
    let total = -6;
    for (let k = 0; k < 12; k++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      total += state / 4294967296;
    }
    return total * (1 + 0.5 * Math.sin(i / 25));
  });
}

const VALUES = noise(N, 1);

interface Shape {
  readonly p: number;
  readonly o: number;
  readonly q: number;
  readonly law: 'normal' | 'student';
  /** Constant of the mean, omega, alphas, gammas, betas, and for `student` 1 / freedom and skew. */
  readonly at: readonly number[];
}

const SHAPES: readonly Shape[] = [
  { p: 1, o: 0, q: 1, law: 'normal', at: [0.1, 0.1, 0.1, 0.8] },
  { p: 1, o: 1, q: 1, law: 'normal', at: [0.1, 0.1, 0.05, 0.1, 0.8] },
  { p: 1, o: 1, q: 1, law: 'student', at: [-0.2, 0.1, 0.05, 0.1, 0.8, 0.2, -0.1] },
  { p: 3, o: 2, q: 2, law: 'student', at: [0.1, 0.1, 0.05, 0.02, 0.1, 0.1, 0.02, 0.3, 0.3, 0.12, 0.4] },
  { p: 2, o: 0, q: 0, law: 'normal', at: [0.1, 0.4, 0.2, 0.3] },
  { p: 1, o: 3, q: 3, law: 'normal', at: [0, 0.1, 0.05, 0.02, 0.03, 0.04, 0.2, 0.3, 0.2] },
  // Near 0 the variance meets its lower bound.
  { p: 1, o: 0, q: 1, law: 'normal', at: [0.1, 3e-8, 0.4, 0] },
];

/** Log-likelihood of a shape with a constant mean; slopes after all parameters, if wanted. */
function logLikelihood(shape: Shape, parameters: Float64Array, gradient?: Float64Array): number {
  const { p, o, q } = shape;
  const backcast = garchBackcast(VALUES);
  const lower = new Float64Array(N);
  const upper = new Float64Array(N);
  garchVarianceBounds(VALUES, backcast, 1, lower, upper);
  const residuals = VALUES.map((x) => x - parameters[0]!);
  const variances = new Float64Array(N);
  const varianceSlope = new Float64Array(N);
  const residualSlope = new Float64Array(N);
  const shapes = new Float64Array(2);
  garchVariances(residuals, p, o, q, parameters, 1, backcast, lower, upper, variances);
  const last = 2 + p + o + q;
  const value =
    shape.law === 'normal'
      ? normalLogLikelihood(residuals, variances, varianceSlope, residualSlope)
      : studentLogLikelihood(
          residuals,
          variances,
          1 / parameters[last]!,
          parameters[last + 1]!,
          varianceSlope,
          residualSlope,
          shapes,
        );
  if (gradient === undefined) return value;
  garchAdjoint(
    residuals,
    p,
    o,
    q,
    parameters,
    1,
    backcast,
    lower,
    upper,
    variances,
    varianceSlope,
    residualSlope,
    gradient,
  );
  gradient[0] = -residualSlope.reduce((sum, x) => sum + x, 0);
  if (shape.law === 'student') gradient.set(shapes, last);
  return value;
}

t.test('the gradient is the slope of the log-likelihood, by central differences', (t) => {
  const wrong: string[] = [];
  for (const shape of SHAPES) {
    const here = Float64Array.from(shape.at);
    const gradient = new Float64Array(here.length);
    logLikelihood(shape, here, gradient);
    for (let i = 0; i < here.length; i++) {
      const h = here[i] === 0 ? 1e-8 : 1e-5 * Math.abs(here[i]!);
      const up = here.slice();
      const down = here.slice();
      up[i]! += h;
      down[i]! -= h;
      const slope = (logLikelihood(shape, up) - logLikelihood(shape, down)) / (up[i]! - down[i]!);
      // The rounding of a log-likelihood of 1e3 over a step of 1e-8 is worth 1e-5; where the variance meets its bound,
      // the slopes are of 1e11 and bend within the step (measured 1.3e-6 of them).
      const bound = 5e-6 * Math.abs(slope) + 3e-5;
      if (!(Math.abs(slope - gradient[i]!) <= bound))
        wrong.push(`${shape.at} [${i}]: ${gradient[i]}, not ${slope}`);
    }
  }
  t.same(wrong, []);
  t.end();
});

t.test('variances, backcast and bounds are those of a slow twin', (t) => {
  const values = noise(120, 5);
  const weights = Array.from({ length: 75 }, (_, i) => 0.94 ** i);
  const sum = weights.reduce((a, b) => a + b, 0);
  const backcast = weights.reduce((a, w, i) => a + (w / sum) * values[i]! ** 2, 0);
  t.ok(Math.abs(garchBackcast(values) / backcast - 1) < 1e-14);
  t.equal(garchBackcast(new Float64Array([3])), 9);
  const [omega, a1, a2, g1, b1, b2] = [0.2, 0.1, 0.05, 0.2, 0.4, 0.1] as const;
  const square = (i: number): number => (i < 0 ? backcast : values[i]! ** 2);
  const fallen = (i: number): number => (i < 0 ? backcast / 2 : values[i]! < 0 ? values[i]! ** 2 : 0);
  const twin: number[] = [];
  const known = (i: number): number => (i < 0 ? backcast : twin[i]!);
  for (let i = 0; i <= 120; i++) {
    twin.push(
      omega +
        a1 * square(i - 1) +
        a2 * square(i - 2) +
        g1 * fallen(i - 1) +
        b1 * known(i - 1) +
        b2 * known(i - 2),
    );
  }
  const lower = new Float64Array(120);
  const upper = new Float64Array(120);
  garchVarianceBounds(values, backcast, 1, lower, upper);
  const variances = new Float64Array(120);
  const parameters = new Float64Array([omega, a1, a2, g1, b1, b2]);
  garchVariances(values, 2, 1, 2, parameters, 0, backcast, lower, upper, variances);
  t.ok(variances.every((v, i) => Math.abs(v / twin[i]! - 1) < 1e-14));
  const next = new Float64Array(2);
  garchExpectedVariances(values, variances, 2, 1, 2, parameters, 0, backcast, next);
  t.ok(Math.abs(next[0]! / twin[120]! - 1) < 1e-14);
  // One period on, the first square and the first variance are both expected to be next[0], its negative half next[0] / 2.
  const after = omega + (a1 + b1 + g1 / 2) * next[0]! + a2 * square(119) + b2 * twin[119]!;
  t.ok(Math.abs(next[1]! / after - 1) < 1e-14);
  let average = backcast;
  const wrong: number[] = [];
  const mean = values.reduce((a, b) => a + b, 0) / 120;
  const floor = values.reduce((a, b) => a + (b - mean) ** 2, 0) / 120 / 1e8;
  const largest = values.reduce((a, b) => Math.max(a, b * b), 0);
  for (let i = 0; i < 120; i++) {
    const low = Math.max(average / 1e6, floor);
    const high = Math.min(Math.max(average * 1e6, 1 + largest), 1e7 * (1 + largest));
    if (Math.abs(lower[i]! / low - 1) > 1e-12 || Math.abs(upper[i]! / high - 1) > 1e-12) wrong.push(i);
    average = 0.06 * values[i]! ** 2 + 0.94 * average;
  }
  t.same(wrong, []);
  t.end();
});

t.test('the loops for few lags give what the general ones give with further lags of weight 0', (t) => {
  const wrong: string[] = [];
  const shapes: readonly Shape[] = [
    { p: 2, o: 0, q: 3, law: 'normal', at: [0.1, 0.1, 0.1, 0.05, 0.3, 0.2, 0.1] },
    { p: 3, o: 3, q: 0, law: 'normal', at: [0, 0.4, 0.1, 0.05, 0.1, 0.1, 0.1, 0.05] },
    // Here some variances meet their lower bounds.
    { p: 1, o: 2, q: 2, law: 'normal', at: [0.1, 1e-9, 0.5, 0.1, 0.1, 0, 0] },
  ];
  for (const { p, o, q, law, at } of shapes) {
    const few = new Float64Array(at.length);
    const value = logLikelihood({ p, o, q, law, at }, Float64Array.from(at), few);
    const more = SHORT_LAGS + 1;
    const long = [...at.slice(0, 2 + p), ...new Array<number>(more - p).fill(0), ...at.slice(2 + p)];
    const many = new Float64Array(long.length);
    const again = logLikelihood({ p: more, o, q, law, at: long }, Float64Array.from(long), many);
    if (!(Math.abs(value / again - 1) < 1e-13)) wrong.push(`${p} ${o} ${q}: ${value}, not ${again}`);
    few.forEach((slope, i) => {
      const other = many[i < 2 + p ? i : i + more - p]!;
      if (!(Math.abs(slope - other) <= 1e-10 * Math.max(1, Math.abs(other)))) {
        wrong.push(`${p} ${o} ${q} [${i}]: ${slope}, not ${other}`);
      }
    });
  }
  t.same(wrong, []);
  t.end();
});

t.test('variances stay within their bounds', (t) => {
  const one = (value: number): Float64Array => new Float64Array(3).fill(value);
  const variances = new Float64Array(3);
  garchVariances(one(1), 1, 0, 1, new Float64Array([0, 0.1, 0]), 0, 1, one(0.5), one(9), variances);
  t.same(Array.from(variances), [0.5, 0.5, 0.5]);
  garchVariances(one(100), 1, 0, 1, new Float64Array([0, 1, 0]), 0, 1, one(0.5), one(10), variances);
  t.equal(variances[0], 1);
  t.ok(Math.abs(variances[1]! - (10 + Math.log(1000))) < 1e-14);
  t.end();
});

t.test('the pass made for GARCH(1, 1) gives what the general ones give', (t) => {
  const backcast = garchBackcast(VALUES);
  const squares = VALUES.map((x) => x * x);
  const parameters = new Float64Array([0, 0.1, 0.1, 0.8]);
  const general = new Float64Array(4);
  const value = logLikelihood(SHAPES[0]!, parameters, general);
  const gradient = new Float64Array(3);
  const again = new Float64Array(3);
  const triangle = new Float64Array(6);
  const quick = garchOneOneLogLikelihood(squares, 0.1, 0.1, 0.8, backcast, gradient);
  t.equal(garchOneOneInformation(squares, 0.1, 0.1, 0.8, backcast, again, triangle), quick);
  t.same(again, gradient);
  t.ok(Math.abs(quick / value - 1) < 1e-14);
  t.ok(gradient.every((g, i) => Math.abs(g - general[i + 1]!) < 1e-11 * Math.abs(g)));

  const variances = new Float64Array(N);
  const lower = new Float64Array(N);
  const upper = new Float64Array(N).fill(Infinity);
  const row = parameters.subarray(1);
  garchVariances(VALUES, 1, 0, 1, row, 0, backcast, lower, upper, variances);
  const slopes = new Float64Array(3 * N);
  garchSensitivities(
    VALUES,
    1,
    0,
    1,
    row,
    0,
    backcast,
    lower,
    upper,
    variances,
    new Float64Array(0),
    3,
    slopes,
  );
  const information = new Float64Array(9);
  garchInformation(variances, new Float64Array(0), 0, 3, 3, slopes, 3, information);
  const [oo, oa, ob, aa, ab, bb] = triangle as unknown as number[];
  const full = [oo!, oa!, ob!, oa!, aa!, ab!, ob!, ab!, bb!];
  t.ok(full.every((x, i) => Math.abs(x - information[i]!) < 1e-12 * x));
  t.end();
});

t.test('a skewed density of any shape holds a probability of 1, a mean of 0 and a variance of 1', (t) => {
  const wrong: string[] = [];
  const one = new Float64Array([1]);
  for (const [freedom, skew] of [
    [5, 0],
    [9, 0.5],
    [30, -0.8],
  ] as const) {
    const moments = [0, 0, 0];
    const step = 0.02;
    for (let x = -60; x < 60; x += step) {
      const out = new Float64Array(2);
      const density = Math.exp(
        studentLogLikelihood(
          new Float64Array([x]),
          one,
          freedom,
          skew,
          new Float64Array(1),
          new Float64Array(1),
          out,
        ),
      );
      for (let k = 0; k < 3; k++) moments[k]! += step * density * x ** k;
    }
    const off = Math.max(Math.abs(moments[0]! - 1), Math.abs(moments[1]!), Math.abs(moments[2]! - 1));
    // The kink of the skewed density costs the sum about 1e-6, the tails of 5 degrees beyond 60 about 3e-5.
    if (!(off < 2e-4)) wrong.push(`${freedom} ${skew}: ${moments}`);
  }
  t.same(wrong, []);
  t.end();
});

t.test('exponentially weighted variances follow their sum written out', (t) => {
  const variances = new Float64Array(2);
  const next = ewmaVariances(new Float64Array([2, 1]), 0.9, 1, variances);
  t.equal(variances[0], 1);
  t.ok(Math.abs(variances[1]! - 1.3) < 1e-15);
  t.ok(Math.abs(next - (0.9 * 1.3 + 0.1)) < 1e-15);
  t.end();
});
