import t from 'tap';
import { egarchGrowth } from './egarch-growth.js';
import { egarchAdjoint, egarchSensitivities, egarchVariances } from './egarch.js';

const RESIDUALS = Float64Array.from(
  { length: 80 },
  (_, i) => ((((7919 * i) % 1009) - 504) / 300) * (1 + 0.3 * Math.sin(i)),
);
const N = RESIDUALS.length;
const PARAMETERS = new Float64Array([-0.05, 0.15, 0.1, -0.1, 0.5, 0.35]);
const LOW = new Float64Array(N).fill(1e-9);
const HIGH = new Float64Array(N).fill(1e9);

t.test('variances of EGARCH are those of a slow twin, and stay within their bounds', (t) => {
  const variances = new Float64Array(N);
  const logs = new Float64Array(N);
  const shocks = new Float64Array(N);
  egarchVariances(RESIDUALS, 2, 1, 2, PARAMETERS, 0, 0.8, LOW, HIGH, variances, logs, shocks);
  const [omega, a1, a2, g1, b1, b2] = Array.from(PARAMETERS) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const twin: number[] = [];
  const z = (i: number): number => RESIDUALS[i]! / Math.sqrt(Math.exp(twin[i]!));
  const size = (i: number): number => (i < 0 ? 0 : Math.abs(z(i)) - Math.sqrt(2 / Math.PI));
  const known = (i: number): number => (i < 0 ? Math.log(0.8) : twin[i]!);
  for (let i = 0; i < N; i++) {
    const shocks = a1 * size(i - 1) + a2 * size(i - 2) + (i < 1 ? 0 : g1 * z(i - 1));
    twin.push(omega + shocks + b1 * known(i - 1) + b2 * known(i - 2));
  }
  t.ok(logs.every((value, i) => Math.abs(value - twin[i]!) < 1e-13));
  t.ok(variances.every((value, i) => Math.abs(value / Math.exp(twin[i]!) - 1) < 1e-13));

  const one = new Float64Array(1);
  egarchVariances(
    one,
    1,
    0,
    0,
    new Float64Array([-3, 0]),
    0,
    1,
    new Float64Array([0.5]),
    HIGH,
    one.slice(),
    logs,
    logs.slice(),
  );
  t.ok(Math.abs(logs[0]! - Math.log(0.5)) < 1e-15);
  const out = new Float64Array(1);
  egarchVariances(
    one,
    1,
    0,
    0,
    new Float64Array([3, 0]),
    0,
    1,
    LOW,
    new Float64Array([2]),
    out,
    logs,
    logs.slice(),
  );
  t.ok(Math.abs(out[0]! - (2 + 3 - Math.log(2))) < 1e-14);
  t.end();
});

t.test('derivatives of EGARCH backwards and forwards through time are the slopes of its variances', (t) => {
  // The function of the variances: their sum with weights.
  const weights = Float64Array.from({ length: N }, (_, i) => Math.cos(i));
  const variances = new Float64Array(N);
  const logs = new Float64Array(N);
  const shocks = new Float64Array(N);
  const value = (parameters: Float64Array): number => {
    egarchVariances(RESIDUALS, 2, 1, 2, parameters, 0, 0.8, LOW, HIGH, variances, logs, shocks);
    return variances.reduce((sum, variance, i) => sum + weights[i]! * variance, 0);
  };
  const size = PARAMETERS.length;
  const numeric = Array.from(PARAMETERS, (at, k) => {
    const up = PARAMETERS.slice();
    const down = PARAMETERS.slice();
    up[k] = at + 1e-6;
    down[k] = at - 1e-6;
    return (value(up) - value(down)) / (up[k] - down[k]);
  });
  value(PARAMETERS);
  const slopes = new Float64Array(N * size);
  const none = new Float64Array(0);
  egarchSensitivities(2, 1, 2, PARAMETERS, 0, 0.8, LOW, HIGH, variances, logs, shocks, none, size, slopes);
  const gradient = new Float64Array(size);
  const pulls = new Float64Array(N);
  const varianceSlope = weights.slice();
  egarchAdjoint(
    2,
    1,
    2,
    PARAMETERS,
    0,
    0.8,
    LOW,
    HIGH,
    variances,
    logs,
    shocks,
    varianceSlope,
    pulls,
    gradient,
  );
  const forwards = numeric.map((_, k) =>
    weights.reduce((sum, weight, i) => sum + weight * slopes[i * size + k]!, 0),
  );
  const near = (a: number, b: number, bound: number): boolean =>
    Math.abs(a - b) <= bound * Math.max(1, Math.abs(b));
  t.ok(numeric.every((slope, k) => near(gradient[k]!, slope, 1e-7)));
  t.ok(forwards.every((slope, k) => near(gradient[k]!, slope, 1e-12)));
  t.end();
});

t.test('the loops for one lag give what the general ones give with a second of weight 0', (t) => {
  const few = new Float64Array([-0.05, 0.2, -0.1, 0.9]);
  const more = new Float64Array([-0.05, 0.2, 0, -0.1, 0.9]);
  const wrong: string[] = [];
  const both = [few, more].map((parameters, i) => {
    const [variances, logs, shocks, pulls] = [0, 1, 2, 3].map(() => new Float64Array(N)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const low = new Float64Array(N).fill(0.5);
    egarchVariances(RESIDUALS, 1 + i, 1, 1, parameters, 0, 0.8, low, HIGH, variances, logs, shocks);
    const slope = variances.map((_, k) => Math.cos(k));
    const gradient = new Float64Array(4 + i);
    egarchAdjoint(
      1 + i,
      1,
      1,
      parameters,
      0,
      0.8,
      low,
      HIGH,
      variances,
      logs,
      shocks,
      slope,
      pulls,
      gradient,
    );
    return [...variances, ...pulls, ...Array.from(gradient).filter((_, k) => i === 0 || k !== 2)];
  }) as [number[], number[]];
  both[0].forEach((value, k) => {
    const other = both[1][k]!;
    if (!(Math.abs(value - other) <= 1e-12 * Math.max(1, Math.abs(other))))
      wrong.push(`${k}: ${value}, not ${other}`);
  });
  t.same(wrong, []);
  t.end();
});

t.test('paths of EGARCH go apart at the rate of the product of their derivatives', (t) => {
  const shocks = RESIDUALS;
  const [alpha, gamma, beta] = [-0.6, 0.1, 0.95];
  let mean = 0;
  for (let i = 0; i < N - 1; i++) {
    mean += Math.log(Math.abs(beta - 0.5 * (alpha * Math.abs(shocks[i]!) + gamma * shocks[i]!))) / (N - 1);
  }
  const growth = egarchGrowth(
    shocks,
    1,
    1,
    1,
    new Float64Array([0, alpha, gamma, beta]),
    0,
    new Float64Array(1),
  );
  t.ok(mean > 0.1 && Math.abs(growth - mean) < 1e-14);
  // Without shocks a distance is multiplied by the larger root of x^2 = 0.5 x + 0.4, in the long run.
  const root = 0.25 + Math.sqrt(0.0625 + 0.4);
  const calm = egarchGrowth(
    new Float64Array(20_000),
    0,
    0,
    2,
    new Float64Array([0, 0.5, 0.4]),
    0,
    new Float64Array(2),
  );
  // The start is not of the shape of the long run: a constant over 20,000 steps.
  t.ok(Math.abs(calm - Math.log(root)) < 1e-4);
  t.equal(egarchGrowth(shocks, 0, 0, 1, new Float64Array([0, 0]), 0, new Float64Array(1)), -Infinity);
  t.end();
});
