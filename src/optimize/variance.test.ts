/** Least variance, largest Sharpe ratio, largest diversification: by hand, by certificate from the data, at the edges. */
import t from 'tap';
import type { Mat } from '../check.js';
import { errorOf } from '../testing/error-of.js';
import { type Random, randomStream } from '../testing/random.js';
import { optimizeMaxDiversification, optimizeMaxDiversificationDetailed } from './max-diversification.js';
import { optimizeMaxSharpe, optimizeMaxSharpeDetailed } from './max-sharpe.js';
import { optimizeMinVariance, optimizeMinVarianceDetailed } from './min-variance.js';

const ROWS = [
  [0.01, 0.02, -0.01],
  [0.0, -0.01, 0.03],
  [0.02, 0.01, 0.0],
  [-0.01, 0.0, 0.01],
  [0.01, -0.02, 0.0],
];
const ABC = ['A', 'B', 'C'];
const GOLDEN = Array.from({ length: 60 }, (_, k) =>
  [0.6, 1, 1.4, 0.9].map((size, j) => ((((7919 * k + 104729 * j + 31 * k * j) % 101) - 48) / 2500) * size),
);

function square(...data: number[]): Mat {
  const size = Math.sqrt(data.length);
  return { data: Float64Array.from(data), rows: size, cols: size };
}

function far(actual: Record<string, number>, expected: readonly number[]): number {
  return Math.max(...Object.values(actual).map((weight, j) => Math.abs(weight - expected[j]!)));
}

/** Returns of a market and own moves; columns as asked. */
function factorReturns(rows: number, cols: number, random: Random): Float64Array {
  const draw = (): number =>
    (random.below(1_000_001) + random.below(1_000_001) + random.below(1_000_001)) / 1.5e6 - 1;
  const betas = Float64Array.from({ length: cols }, () => 0.6 + random.below(1000) / 1000);
  const own = Float64Array.from({ length: cols }, () => 0.5 + random.below(2000) / 1000);
  const data = new Float64Array(rows * cols);
  for (let k = 0; k < rows; k++) {
    const market = draw();
    for (let j = 0; j < cols; j++)
      data[k * cols + j] = 0.0005 + 0.01 * (betas[j]! * market + own[j]! * draw());
  }
  return data;
}

/** Sample covariances in the plainest way, and the means. */
function momentsOf({ data, rows, cols }: Mat): { mean: number[]; cov: number[][] } {
  const column = (j: number): number[] => Array.from({ length: rows }, (_, k) => data[k * cols + j]!);
  const mean = Array.from({ length: cols }, (_, j) => column(j).reduce((sum, x) => sum + x, 0) / rows);
  const off = mean.map((center, j) => column(j).map((x) => x - center));
  const cov = off.map((a) => off.map((b) => a.reduce((sum, x, k) => sum + x * b[k]!, 0) / (rows - 1)));
  return { mean, cov };
}

t.test('two and three assets come out as the formulas say', async (t) => {
  const two = { covariance: square(4, 1, 1, 9) };
  // (σ2² − σ12) / (σ1² + σ2² − 2 σ12)
  t.ok(
    far(
      optimizeMinVariance(
        [
          [1, 2],
          [2, 1],
        ],
        ['A', 'B'],
        two,
      ),
      [8 / 11, 3 / 11],
    ) < 1e-15,
  );
  t.strictSame(
    optimizeMinVariance(
      [
        [1, 2],
        [2, 1],
      ],
      ['A', 'B'],
      { covariance: square(1, 2, 2, 9) },
    ),
    { A: 1, B: 0 },
  );
  const three = { covariance: square(1, 0, 0, 0, 4, 0, 0, 0, 16) };
  t.ok(far(optimizeMinVariance(ROWS, ABC, three), [16 / 21, 4 / 21, 1 / 21]) < 1e-15, '1 / variance');
  t.ok(far(optimizeMaxDiversification(ROWS, ABC, three), [4 / 7, 2 / 7, 1 / 7]) < 1e-15, '1 / volatility');
  const expectedReturns = [0.03, 0.05, 0.09];
  const sharpe = optimizeMaxSharpeDetailed(ROWS, ABC, 0.01, { ...three, expectedReturns });
  t.ok(far(sharpe.weights, [2 / 3.5, 1 / 3.5, 0.5 / 3.5]) < 1e-15, 'excess return / variance');
  t.ok(
    Math.abs(sharpe.objective - Math.sqrt(0.0004 + 0.0004 + 0.0004)) < 1e-16,
    'root of the sum of squares',
  );
  t.ok(
    far(optimizeMinVariance(ROWS, ABC, { ...three, l2: 1e12 }), [1 / 3, 1 / 3, 1 / 3]) < 1e-11,
    'l2 spreads',
  );
});

t.test('the fixed example has the weights that cvxpy gives', async (t) => {
  const names = ['A', 'B', 'C', 'D'];
  const least = optimizeMinVarianceDetailed(GOLDEN, names);
  // Clarabel's own weights are exact to 1e-9 at its tightest tolerance; the variance is flat there.
  const weights = [0.48999022043623874, 0.16563074343419174, 0.09686960387301852, 0.24750943225655095];
  t.ok(far(least.weights, weights) < 2e-9);
  t.ok(Math.abs(least.objective / 2.3135291992975156e-5 - 1) < 1e-14);
  const best = optimizeMaxSharpeDetailed(GOLDEN, names);
  t.ok(far(best.weights, [0.35012546, 0.06863035, 0.4115528, 0.16969139]) < 1e-5, 'solved to 1e-6 there');
  t.ok(best.objective >= 0.2332040731814509 && best.objective < 0.23320407319);
  for (const found of [least, best]) t.match(found, { status: 'optimal', warnings: [] });
});

t.test(
  'the certificate recomputed from the data alone holds, for more and for fewer assets than rows',
  async (t) => {
    const problems: string[] = [];
    for (const [rows, cols] of [
      [60, 40],
      [300, 80],
      [30, 60],
      [12, 100],
      [250, 3],
    ] as const) {
      const data = factorReturns(rows, cols, randomStream(3, cols));
      const mat = { data, rows, cols };
      const names = Array.from({ length: cols }, (_, j) => `S${j}`);
      const { mean, cov } = momentsOf(mat);
      const volatility = cov.map((row, j) => Math.sqrt(row[j]!));
      const check = (what: string, vector: Float64Array, rewards: readonly number[] | undefined): void => {
        const slope = cov.map((row) => row.reduce((sum, x, j) => sum + x * vector[j]!, 0));
        const variance = slope.reduce((sum, x, j) => sum + x * vector[j]!, 0);
        const scale = Math.max(
          variance,
          1e-4 * slope.reduce((sum, _, j) => sum + vector[j]! * cov[j]![j]!, 0),
        );
        const reward = rewards?.reduce((sum, x, j) => sum + x * vector[j]!, 0) ?? 1;
        slope.forEach((x, j) => {
          const over = x - (variance / reward) * (rewards?.[j] ?? 1);
          // Measured 7e-14, with fewer rows than assets; 1e-15 with more.
          const wrong = (vector[j]! > 0 ? Math.abs(over) : -over) / scale;
          if (!(wrong < 1e-10)) problems.push(`${what} ${rows}×${cols}, ${j}: ${wrong}`);
        });
        const sum = vector.reduce((total, x) => total + x, 0);
        if (Math.abs(sum - 1) > 1e-12 || vector.some((x) => !(x >= 0))) problems.push(`${what}: weights`);
      };
      const least = optimizeMinVarianceDetailed(mat, names);
      const best = optimizeMaxSharpeDetailed(mat, names, 0.0001);
      const spread = optimizeMaxDiversificationDetailed(mat, names);
      check('variance', least.vector, undefined);
      check(
        'Sharpe',
        best.vector,
        mean.map((x) => x - 0.0001),
      );
      check('diversification', spread.vector, volatility);
      for (const { status, kkt, warnings } of [least, best, spread]) {
        if (!(kkt < 1e-10) || status === 'max-iterations' || warnings.length > 2)
          problems.push(`${rows}×${cols}: ${status} ${kkt}`);
        if (rows <= cols && !warnings.some((text) => text.includes('singular')))
          problems.push(`${rows}×${cols}: no warning`);
      }
    }
    t.strictSame(problems, []);
  },
);

t.test('weights do not depend on the unit of the returns, and follow the order of the assets', async (t) => {
  const [rows, cols] = [100, 12];
  const data = factorReturns(rows, cols, randomStream(4, 1));
  const names = Array.from({ length: cols }, (_, j) => `S${j}`);
  const limits = { bounds: [0.01, 0.3] as const, groups: [{ symbols: names.slice(0, 5), min: 0.5 }] };
  const all = (from: Float64Array, symbols: readonly string[]): Record<string, number>[] => {
    const mat = { data: from, rows, cols };
    return [{}, limits].flatMap((options) => [
      optimizeMinVariance(mat, symbols, options),
      optimizeMaxSharpe(mat, symbols, 0, options),
      optimizeMaxDiversification(mat, symbols, options),
    ]);
  };
  const expected = all(data, names);
  const off = (found: Record<string, number>[]): number =>
    Math.max(
      ...found.map((weights, i) =>
        far(
          weights,
          names.map((name) => expected[i]![name]!),
        ),
      ),
    );
  for (const unit of [1000, 1e-4, 1e-12, 1e30]) {
    // Measured 3e-15: the products round differently.
    t.ok(
      off(
        all(
          data.map((x) => unit * x),
          names,
        ),
      ) < 1e-12,
      `times ${unit}`,
    );
  }
  const turned = new Float64Array(rows * cols);
  for (let i = 0; i < data.length; i++) turned[i - (i % cols) + cols - 1 - (i % cols)] = data[i]!;
  const back = all(turned, [...names].reverse()).map((weights) =>
    Object.fromEntries(names.map((name) => [name, weights[name]!])),
  );
  t.ok(off(back) < 1e-12);
});

t.test(
  'what has no answer of its own is flagged, and what is given instead is the documented one',
  async (t) => {
    const still = Array.from({ length: 5 }, () => [0, 0, 0]);
    const equal = { A: 1 / 3, B: 1 / 3, C: 1 / 3 };
    for (const found of [
      optimizeMinVarianceDetailed(still, ABC),
      optimizeMaxSharpeDetailed(still, ABC),
      optimizeMaxDiversificationDetailed(still, ABC),
    ]) {
      t.match(found, { status: 'degenerate', warnings: [/./] });
      t.ok(far(found.weights, Object.values(equal)) < 1e-15);
    }
    const capped = optimizeMinVarianceDetailed(still, ABC, { bounds: { A: [0, 0.2] } });
    t.ok(far(capped.weights, [0.2, 0.4, 0.4]) < 1e-15, 'the most equal ones that the limits allow');

    const falling = ROWS.map((row) => row.map((x) => x - 0.1));
    const none = optimizeMaxSharpeDetailed(falling, ABC);
    t.match(none, { status: 'degenerate', warnings: [/no portfolio has an excess return above 0/] });
    t.strictSame(none.weights, optimizeMinVariance(falling, ABC));
    t.ok(none.objective < 0);
    t.match(optimizeMaxSharpeDetailed(ROWS, ABC, 0, { bounds: { C: [0, 0], A: [0, 0] } }), {
      status: 'degenerate',
      weights: { A: 0, B: 1, C: 0 },
    });

    const safe = ROWS.map(([a, b, c]) => [a!, b!, c!, 0.001, 0.002, -0.001]);
    const names = [...ABC, 'cash', 'bond', 'fee'];
    const riskless = optimizeMaxSharpeDetailed(safe, names);
    t.match(riskless, {
      status: 'degenerate',
      objective: Infinity,
      warnings: [/bond has a positive excess/, /singular/],
    });
    t.strictSame(riskless.vector, Float64Array.of(0, 0, 0, 0, 1, 0));
    t.match(optimizeMaxSharpeDetailed(safe, names, 0.0015).weights, { bond: 1 });
    const least = optimizeMinVarianceDetailed(safe, names);
    t.match(least, { status: 'optimal', objective: 0 });
    t.ok(
      far(least.weights, [0, 0, 0, 1 / 3, 1 / 3, 1 / 3]) < 1e-15,
      'assets that never move share the portfolio',
    );

    const hedge = [
      [0.02, -0.01],
      [-0.01, 0.02],
      [0.03, -0.02],
    ];
    t.match(optimizeMaxSharpeDetailed(hedge, ['A', 'B']), {
      status: 'degenerate',
      warnings: [/without risk/],
    });
    t.match(optimizeMaxDiversificationDetailed(hedge, ['A', 'B']), {
      status: 'degenerate',
      warnings: [/cancel/],
    });
  },
);

t.test('one asset holds everything, twins share without end, and a wrong option is named', async (t) => {
  t.strictSame(optimizeMinVariance([[0.1], [0.2]], ['A']), { A: 1 });
  t.strictSame(optimizeMaxSharpe([[0.1], [0.2]], ['A']), { A: 1 });
  t.strictSame(optimizeMaxDiversification([[0.1], [0.2]], ['A']), { A: 1 });
  const twins = ROWS.map(([a, b]) => [a!, a!, b!, 2 * b!]);
  const two = optimizeMinVarianceDetailed(
    ROWS.map(([a, b]) => [a!, b!]),
    ['A', 'B'],
  );
  const four = optimizeMinVarianceDetailed(twins, ['A', 'A2', 'B', 'B2']);
  t.ok(Math.abs(four.objective / two.objective - 1) < 1e-14, 'copies change nothing');
  t.equal(four.status, 'optimal');
  t.match(
    errorOf(() => optimizeMinVariance(ROWS, ABC, { bound: [0, 1] } as object)),
    { detail: { fix: /bounds/ } },
  );
  t.match(
    errorOf(() => optimizeMaxSharpe(ROWS, ABC, NaN)),
    { detail: { field: 'riskFree' } },
  );
  t.match(
    errorOf(() => optimizeMaxSharpe(ROWS, ABC, 0, { expectedReturns: [1] })),
    { code: 'SHAPE' },
  );
  t.match(
    errorOf(() => optimizeMaxSharpe(ROWS, ABC, 0, { expectedReturns: [1, NaN, 1] })),
    { code: 'NON_FINITE' },
  );
  t.match(
    errorOf(() => optimizeMinVariance([[1e200], [-1e200]], ['A'])),
    { code: 'NON_FINITE' },
  );
});
