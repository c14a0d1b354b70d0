/** The loops behind risk parity, hierarchical risk parity and the estimators, against hand cases and slow twins. */
import t from 'tap';
import { uniforms } from '../../src/testing/doubles.js';
import { correlationMatrix } from './correlation-matrix.js';
import { denoisedCorrelation, signalCount } from './denoise.js';
import { bisectWeights, quasiDiagonalIntegers, quasiDiagonalOrder } from './hierarchical-parity.js';
import { riskParity, riskParityScratch } from './risk-parity.js';
import {
  constantCorrelationIntensity,
  ledoitWolfIntensity,
  meanCorrelation,
  oasIntensity,
} from './shrinkage.js';
import { decayedCovariance } from './weighted-covariance.js';

/** y of a correlation matrix and budgets, from scratch filled with rubbish. */
function parity(correlation: readonly number[], budgets: readonly number[]): { y: number[]; steps: number } {
  const n = budgets.length;
  const y = new Float64Array(n).fill(-99);
  const scratch = new Float64Array(riskParityScratch(n)).fill(NaN);
  const steps = riskParity(Float64Array.from(correlation), n, Float64Array.from(budgets), 100, scratch, y);
  return { y: [...y], steps };
}

function order(distances: readonly (readonly number[])[]): number[] {
  const n = distances.length;
  const out = new Int32Array(n).fill(-99);
  const integers = new Int32Array(quasiDiagonalIntegers(n)).fill(-99);
  quasiDiagonalOrder(Float64Array.from(distances.flat()), n, new Float64Array(2 * n), integers, out);
  return [...out];
}

/** Joins the two nearest clusters until one is left; the one with the lower number stands left. */
function slowOrder(distances: readonly (readonly number[])[]): number[] {
  const n = distances.length;
  let clusters = distances.map((_, i) => ({ id: i, leaves: [i] }));
  for (let next = n; clusters.length > 1; next++) {
    let best = { d: Infinity, a: clusters[0]!, b: clusters[0]! };
    for (const a of clusters) {
      for (const b of clusters) {
        if (a.id >= b.id) continue;
        const d = Math.min(...a.leaves.flatMap((i) => b.leaves.map((j) => distances[i]![j]!)));
        if (d < best.d) best = { d, a, b };
      }
    }
    const { a, b } = best;
    clusters = clusters.filter((cluster) => cluster !== a && cluster !== b);
    clusters.push({ id: next, leaves: [...a.leaves, ...b.leaves] });
  }
  return clusters[0]!.leaves;
}

/** T×N draws with a common part, and their means and covariances with divisor T, by the definition. */
function drawn(rows: number, cols: number, seed: number) {
  const draw = uniforms(seed);
  const data = new Float64Array(rows * cols);
  for (let at = 0; at < rows; at++) {
    const common = draw() - 0.5;
    for (let j = 0; j < cols; j++) data[at * cols + j] = (j + 1) * (common + draw() * draw());
  }
  const column = (j: number): number[] => Array.from({ length: rows }, (_, at) => data[at * cols + j]!);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const x = Array.from({ length: cols }, (_, j) => {
    const values = column(j);
    return values.map((value) => value - mean(values));
  });
  const cov = x.map((a) => x.map((b) => mean(a.map((value, at) => value * b[at]!))));
  return { data, x, cov, mean, means: Float64Array.from(x, (_, j) => mean(column(j))) };
}

t.test('riskParity solves the cases that have a closed form', async (t) => {
  const near = (actual: readonly number[], expected: readonly number[]): boolean =>
    actual.every((value, i) => Math.abs(value - expected[i]!) <= 4e-16 * Math.abs(expected[i]!));
  t.ok(near(parity([1], [1]).y, [1]), 'one asset: y² = 1');
  const pair = parity([1, 0.5, 0.5, 1], [0.5, 0.5]).y;
  t.ok(near(pair, [1 / Math.sqrt(3), 1 / Math.sqrt(3)]), `two equal ones: 1.5 y² = 0.5, got ${pair}`);
  const free = parity([1, 0, 0, 0, 1, 0, 0, 0, 1], [0.64, 0.32, 0.04]).y;
  t.ok(near(free, [0.8, Math.sqrt(0.32), 0.2]), `no correlation: y = √b, got ${free}`);
  const copies = parity([1, 1, 1, 1], [0.75, 0.25]).y;
  t.ok(near(copies, [0.75, 0.25]), `copies share one risk as the budgets say, got ${copies}`);
});

t.test('riskParity meets every budget, however small, hedged or singular', async (t) => {
  const draw = uniforms(8);
  const wrong: string[] = [];
  for (let round = 0; round < 60; round++) {
    const n = 2 + Math.floor(draw() * 30);
    const { cov } = drawn(round % 3 === 0 ? n - 1 + 2 : 5 * n, n, round);
    const signs = cov.map(() => (round % 2 === 1 && draw() < 0.3 ? -1 : 1));
    const c = cov.flatMap((row, i) =>
      row.map((value, j) => (signs[i]! * signs[j]! * value) / Math.sqrt(cov[i]![i]! * cov[j]![j]!)),
    );
    const raw = cov.map(() => (round % 4 === 0 ? 1e-6 + draw() ** 8 : 1 + draw()));
    const total = raw.reduce((a, b) => a + b, 0);
    const budgets = raw.map((b) => b / total);
    const { y, steps } = parity(c, budgets);
    const worst = budgets.map((b, i) => {
      const row = c.slice(i * n, (i + 1) * n).reduce((sum, value, j) => sum + value * y[j]!, 0);
      return Math.abs(y[i]! * row - b);
    });
    // The search stops at 1e-12 of each budget, or at the rounding of y (C y) among hedged assets, 1e-13 at most here.
    if (!(Math.max(...worst) < 1e-12) || steps > 40) wrong.push(`${round}: ${Math.max(...worst)}, ${steps}`);
  }
  t.strictSame(wrong, []);
});

t.test('riskParity says when a mix of assets has no risk, and when its steps run out', async (t) => {
  t.equal(parity([1, -1, -1, 1], [0.5, 0.5]).steps, -1, 'a perfect hedge');
  const third = Math.sqrt(0.5);
  t.equal(parity([1, 0, -third, 0, 1, -third, -third, -third, 1], [0.2, 0.2, 0.6]).steps, -1, 'of three');
  const wrong: number[] = [];
  for (let seed = 0; seed < 20; seed++) {
    // Eight assets and the opposite of the first: its budget and theirs pull the pair apart without end.
    const { cov } = drawn(12 + seed, 8, seed);
    const all = [...cov, cov[0]!.map((value) => -value)].map((row) => [...row, -row[0]!]);
    const unit = all.flatMap((row, i) => row.map((value, j) => value / Math.sqrt(all[i]![i]! * all[j]![j]!)));
    if (parity(unit, [...new Array<number>(8).fill(0.12), 0.04]).steps !== -1) wrong.push(seed);
  }
  t.strictSame(wrong, [], 'an asset and its opposite among others');
  const y = new Float64Array(2);
  const c = Float64Array.of(1, -0.9, -0.9, 1);
  const steps = riskParity(c, 2, Float64Array.of(0.999, 0.001), 1, new Float64Array(14), y);
  t.equal(steps, 2, 'one step was allowed');
});

t.test('quasiDiagonalOrder breaks ties as scipy does', async (t) => {
  const tied = [
    [0, 3, 2, 5, 2],
    [3, 0, 2, 2, 4],
    [2, 2, 0, 3, 1],
    [5, 2, 3, 0, 1],
    [2, 4, 1, 1, 0],
  ];
  t.strictSame(order(tied), [1, 0, 3, 2, 4], 'scipy 1.17.1, to_tree(linkage(…)).pre_order()');
  const same = Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => (i === j ? 0 : 1)));
  t.strictSame(order(same), [5, 4, 3, 2, 0, 1], 'all equally far apart');
  const places = [5, 1, 4, 2, 3, 0];
  t.strictSame(order(places.map((a) => places.map((b) => Math.abs(a - b)))), [5, 1, 3, 4, 0, 2], 'on a line');
  t.strictSame(order([[0]]), [0], 'one asset');
});

t.test('quasiDiagonalOrder joins the nearest clusters first, as the slow twin', async (t) => {
  const draw = uniforms(3);
  const wrong: string[] = [];
  for (let n = 2; n < 26; n++) {
    const d = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) d[i]![j] = d[j]![i] = draw();
    if (String(order(d)) !== String(slowOrder(d))) wrong.push(`${n}: ${order(d)} for ${slowOrder(d)}`);
  }
  t.strictSame(wrong, []);
});

t.test('bisectWeights halves by inverse variance, and equally where there is none', async (t) => {
  const weights = new Float64Array(3).fill(-99);
  const stack = new Int32Array(6);
  const diagonal = Float64Array.of(1, 0, 0, 0, 4, 0, 0, 0, 4);
  t.equal(bisectWeights(diagonal, 3, Int32Array.of(1, 2, 0), stack, weights), 0);
  // {1} against {2, 0}: variances 4 and 0.8² + 0.2²·4 = 0.8; then 4 against 1.
  const second = 1 - 4 / 4.8;
  const expected = [(1 - second) * 0.8, second, (1 - second) * 0.2];
  t.ok(
    weights.every((weight, i) => Math.abs(weight - expected[i]!) < 2e-16),
    `${weights} for ${expected}`,
  );
  const hedge = Float64Array.of(1, -1, 1, -1, -1, 1, -1, 1, 1, -1, 1, -1, -1, 1, -1, 1);
  const four = new Float64Array(4);
  t.equal(bisectWeights(hedge, 4, Int32Array.of(0, 1, 2, 3), new Int32Array(8), four), 1);
  t.strictSame([...four], [0.25, 0.25, 0.25, 0.25], 'two hedged pairs');
});

t.test('the shrinkage intensities are those of the definitions', async (t) => {
  const wrong: string[] = [];
  for (const [rows, cols] of [
    [40, 2],
    [25, 6],
    [9, 14],
  ] as const) {
    const { data, x, cov, mean, means } = drawn(rows, cols, rows);
    const flat = Float64Array.from(cov.flat());
    const sum = (f: (i: number, j: number) => number): number =>
      cov.reduce((total, row, i) => total + row.reduce((part, _, j) => part + f(i, j), 0), 0);
    const m = cov.reduce((total, row, i) => total + row[i]!, 0) / cols;
    // Ledoit and Wolf 2004: squared norms, divided by N.
    const d2 = sum((i, j) => (cov[i]![j]! - (i === j ? m : 0)) ** 2) / cols;
    const b2 =
      mean(
        Array.from({ length: rows }, (_, at) => sum((i, j) => (x[i]![at]! * x[j]![at]! - cov[i]![j]!) ** 2)),
      ) /
      cols /
      rows;
    const lw = Math.min(b2, d2) / d2;
    const squares = sum((i, j) => cov[i]![j]! ** 2);
    const oas = Math.min(
      1,
      (squares / cols ** 2 + m * m) / ((rows + 1) * (squares / cols ** 2 - (m * m) / cols)),
    );
    // Honey, I shrunk the sample covariance matrix, appendix B.
    const s = cov.map((row, i) => Math.sqrt(row[i]!));
    const r = (sum((i, j) => cov[i]![j]! / (s[i]! * s[j]!)) - cols) / (cols * (cols - 1));
    const pi = (i: number, j: number): number =>
      mean(x[i]!.map((value, at) => (value * x[j]![at]! - cov[i]![j]!) ** 2));
    const theta = (i: number, j: number): number =>
      mean(x[i]!.map((value, at) => (value * value - cov[i]![i]!) * (value * x[j]![at]! - cov[i]![j]!)));
    const rho = sum((i, j) =>
      i === j ? pi(i, i) : (r / 2) * ((s[j]! / s[i]!) * theta(i, j) + (s[i]! / s[j]!) * theta(j, i)),
    );
    const gamma = sum((i, j) => (i === j ? 0 : (cov[i]![j]! - r * s[i]! * s[j]!) ** 2));
    const cc = Math.max(0, Math.min(1, (sum(pi) - rho) / gamma / rows));
    const correlation = meanCorrelation(flat, cols, Float64Array.from(s));
    const ours = [
      ledoitWolfIntensity(data, rows, cols, means, flat),
      oasIntensity(flat, rows, cols),
      correlation,
      ...(cols === 2
        ? []
        : [constantCorrelationIntensity(data, rows, cols, means, flat, Float64Array.from(s), correlation)]),
    ];
    const expected = [lw, oas, r, cc].slice(0, ours.length);
    // Sums in another order: 1e-15 was the most seen; the fourth moments cancel a little.
    ours.forEach((value, i) => {
      if (!(Math.abs(value - expected[i]!) < 1e-13)) wrong.push(`${cols} ${i}: ${value} for ${expected[i]}`);
    });
  }
  t.strictSame(wrong, []);
});

t.test('decayedCovariance weights by the definition, and two rows whatever the decay', async (t) => {
  const { data } = drawn(30, 3, 5);
  const out = new Float64Array(9).fill(-99);
  decayedCovariance(data, 30, 3, 0.9, new Float64Array(90), new Float64Array(3), out);
  const w = Array.from({ length: 30 }, (_, at) => 0.9 ** (29 - at));
  const total = w.reduce((a, b) => a + b, 0);
  const average = (f: (at: number) => number): number => w.reduce((a, b, at) => a + b * f(at), 0) / total;
  const factor = total ** 2 / (total ** 2 - w.reduce((a, b) => a + b * b, 0));
  const wrong = [...out].filter((value, cell) => {
    const [i, j] = [Math.floor(cell / 3), cell % 3];
    const [a, b] = [average((at) => data[at * 3 + i]!), average((at) => data[at * 3 + j]!)];
    const expected = factor * average((at) => (data[at * 3 + i]! - a) * (data[at * 3 + j]! - b));
    return !(Math.abs(value - expected) < 1e-14);
  });
  t.strictSame(wrong, []);
  const two = new Float64Array(4);
  decayedCovariance(Float64Array.of(1, 5, 3, 5), 2, 2, 0.3, new Float64Array(4), new Float64Array(2), two);
  t.ok(Math.abs(two[0]! - 2) < 1e-15, `(3 − 1)² / 2 = 2, got ${two[0]}`);
  t.strictSame([...two].slice(1), [0, 0, 0], 'a column that stands still has exact zeros');
});

t.test('noise eigenvalues are told from signals by the edge of Marchenko and Pastur', async (t) => {
  // One correlation ½ for all: eigenvalues ½ and 2.5, so that flattening the noise changes nothing.
  const values = Float64Array.of(0.5, 0.5, 0.5, 2.5);
  const h = Math.SQRT1_2;
  const third = Math.sqrt(1 / 6);
  const twelfth = Math.sqrt(1 / 12);
  const vectors = Float64Array.from(
    [
      [h, third, twelfth, 0.5],
      [-h, third, twelfth, 0.5],
      [0, -2 * third, twelfth, 0.5],
      [0, 0, -3 * twelfth, 0.5],
    ].flat(),
  );
  t.equal(signalCount(values, 4, 0.01), 1, 'edge 1.21 of 1, then of the mean ½ that is left');
  t.equal(signalCount(Float64Array.of(0.9, 0.95, 1.05, 1.1), 4, 0.01), 0, 'all below 1.21');
  t.equal(signalCount(values, 4, 1), 0, 'as many assets as rows: edge 4');
  t.equal(signalCount(Float64Array.of(0.1, 0.1, 0.9, 2.9), 4, 0.01), 2, 'edge 1.21, then 1.21 × 1.1 / 3');
  const out = new Float64Array(16).fill(-99);
  denoisedCorrelation(values, vectors, 4, 1, new Float64Array(4), out);
  t.ok(
    out.every((value, cell) => Math.abs(value - (cell % 5 === 0 ? 1 : 0.5)) < 4e-16),
    `${out}`,
  );
  denoisedCorrelation(values, vectors, 4, 0, new Float64Array(4), out);
  t.ok(
    out.every((value, cell) => value === (cell % 5 === 0 ? 1 : 0)),
    'noise alone: no correlation',
  );
});

t.test('correlationMatrix gives a copy exactly 1, at every scale', async (t) => {
  const wrong: string[] = [];
  for (const scale of [1e-200, 3.1e-5, 1, 7e150]) {
    const covariance = Float64Array.of(0.7, 0.7, -0.7, 0.7, 0.7, 0.3, -0.7, 0.3, 0).map((v) => v * scale);
    const out = new Float64Array(9).fill(-99);
    const deviations = new Float64Array(3);
    correlationMatrix(covariance, 3, deviations, out);
    if (Math.abs(out[1]! - 1) > 2.3e-16 || out[0] !== 1 || out[2] !== 0) wrong.push(`${scale}: ${out}`);
    if (scale === 1 && out[1] !== 1) wrong.push('not exactly 1');
  }
  t.strictSame(wrong, []);
});
