/** The least CVaR and CDaR: by hand, against all neighbours, and by the proof that comes with them. */
import t from 'tap';
import { errorOf } from '../testing/error-of.js';
import { randomStream } from '../testing/random.js';
import { optimizeCdar, optimizeCdarDetailed } from './cdar.js';
import { optimizeCvar, optimizeCvarDetailed } from './cvar.js';
import { portfolioCdar, portfolioCvar } from './portfolio-tail.js';
import type { TailPortfolio } from './tail-portfolio.js';
import type { PortfolioLimits } from './types.js';

/** What a test uses of tap. */
interface Assert {
  ok(value: unknown, message: string): unknown;
}

const names = (count: number): string[] => Array.from({ length: count }, (_, j) => `s${j}`);
/** One asset loses where the other gains. */
const SEESAW = [
  [-0.04, 0.02],
  [0.02, -0.04],
  [0.01, 0.01],
  [0.01, 0.01],
];

function near(
  t: Assert,
  found: readonly number[] | Float64Array,
  wanted: readonly number[],
  within: number,
): void {
  const worst = Math.max(...wanted.map((value, j) => Math.abs(value - found[j]!)));
  t.ok(found.length === wanted.length && worst <= within, `${[...found].join(' ')} for ${wanted.join(' ')}`);
}

/** The figure from its definition: every loss sorted, the worst ones added up. */
function twin(rows: number[][], weights: Float64Array, alpha: number, peaks: boolean): number {
  let sum = 0;
  let peak = 0;
  const losses = rows.map((row) => {
    const value = row.reduce((total, cell, j) => total + cell * weights[j]!, 0);
    sum += value;
    peak = Math.max(peak, sum);
    return peaks ? peak - sum : -value;
  });
  losses.sort((a, b) => b - a);
  let left = (1 - alpha) * rows.length;
  let total = 0;
  for (const loss of losses) {
    total += Math.min(1, left) * loss;
    left -= Math.min(1, left);
  }
  return total / ((1 - alpha) * rows.length);
}

/** What is wrong with an answer without limits, from the data and the dual alone. */
function faults(rows: number[][], answer: TailPortfolio, alpha: number, peaks: boolean): string[] {
  const { probabilities: q, flow: z } = answer.dual;
  const most = 1 / ((1 - alpha) * rows.length);
  const scale = Math.max(Math.abs(answer.objective), 1e-3 * Math.max(...rows.flat().map(Math.abs)));
  const wrong: string[] = [];
  let sum = 0;
  for (let time = rows.length - 1; time >= 0; time--) {
    sum += q[time]!;
    if (!(q[time]! >= 0 && q[time]! <= most)) wrong.push(`q[${time}] = ${q[time]}`);
    const room = peaks ? (time + 1 < rows.length ? z[time + 1]! : 0) + q[time]! : q[time]!;
    // The sum on the right is the one that the flow was cut to: equal to the last bit.
    if (!(z[time]! >= 0 && z[time]! <= room)) wrong.push(`z[${time}] = ${z[time]} above ${room}`);
  }
  // T numbers of at most 1 added up: seen 4e-15.
  if (sum > 1 + 1e-12 || (!peaks && sum < 1 - 1e-12)) wrong.push(`q sums to ${sum}`);
  const gradient = rows[0]!.map((_, j) => -rows.reduce((total, row, time) => total + z[time]! * row[j]!, 0));
  const own = twin(rows, answer.vector, alpha, peaks);
  // Rounding of some hundred sums of products: seen 2e-13 where the objective is small.
  if (Math.abs(own - answer.objective) > 1e-12 * scale)
    wrong.push(`objective ${answer.objective} for ${own}`);
  const gap = (own - Math.min(...gradient)) / scale;
  if (!(gap <= 1e-10)) wrong.push(`gap ${gap}`);
  const weights = [...answer.vector];
  const total = weights.reduce((a, b) => a + b, 0);
  if (Math.abs(total - 1) > 1e-12 || weights.some((w) => !(w >= 0)))
    wrong.push(`weights ${weights.join(' ')}`);
  if (answer.status !== 'optimal') wrong.push(answer.status);
  return wrong;
}

t.test('a case by hand: the worst losses, or drawdowns, of two assets balance', async (t) => {
  // CVaR of the worst of four: max(0.06 w − 0.02, 0.04 − 0.06 w).
  const cvar = optimizeCvarDetailed(SEESAW, ['A', 'B'], 0.75);
  near(t, cvar.vector, [0.5, 0.5], 1e-15);
  near(t, [cvar.objective], [0.01], 1e-17);
  // The worse drawdown of two: max(0.02 − 0.03 w, 0.02 w).
  const falls = [
    [0.01, -0.02],
    [-0.03, 0.02],
  ];
  const cdar = optimizeCdarDetailed(falls, ['A', 'B'], 0.5);
  near(t, cdar.vector, [0.4, 0.6], 1e-15);
  near(t, [cdar.objective], [0.008], 1e-17);
  t.strictSame(optimizeCdar(falls, ['A', 'B'], 0.5), cdar.weights);
  t.strictSame(optimizeCvar(SEESAW, ['A', 'B'], 0.75), cvar.weights);
});

t.test('the reference problem has the optima of cvxpy', async (t) => {
  const rows = Array.from({ length: 60 }, (_, i) =>
    [0.6, 1, 1.4, 0.9].map((by, j) => ((((7919 * i + 104729 * j + 31 * i * j) % 101) - 48) / 2500) * by),
  );
  const ask = (found: TailPortfolio, weights: number[], objective: number): void => {
    near(t, found.vector, weights, 1e-9);
    near(t, [found.objective / objective], [1], 1e-12);
  };
  ask(
    optimizeCvarDetailed(rows, names(4), 0.9),
    [0.6004901960784312, 0.1544117647058824, 0.07352941176470584, 0.17156862745098056],
    0.008101470588235295,
  );
  ask(
    optimizeCvarDetailed(rows, names(4)),
    [0.8915094339622642, 0, 0.04245283018867939, 0.06603773584905638],
    0.009501509433962265,
  );
  ask(
    optimizeCdarDetailed(rows, names(4)),
    [0.7918828739122634, 0.13526894222859942, 0.025442361570669744, 0.04740582228846742],
    0.015435686410330931,
  );
});

t.test(
  'the data and the dual prove every answer, with ties, copies, few rows and any confidence',
  async (t) => {
    const wrong: string[] = [];
    for (let k = 0; k < 240; k++) {
      const random = randomStream(k, 8);
      const cols = random.of([2, 3, 5, 12, 30]);
      const rows = random.of([3, 8, 20, 60, 120]);
      const alpha = random.of([0.5, 0.75, 0.8, 0.9, 0.95, 0.99]);
      // Coarse returns tie everywhere; a drift makes most drawdowns 0.
      const steps = random.of([4, 20, 1_000_000]);
      const drift = random.of([0.45, 0.5, 0.3]);
      const copy = random.oneIn(3);
      const data = Array.from({ length: rows }, () => {
        const row = Array.from({ length: cols }, () => (random.below(steps) / steps - drift) / 50);
        return copy ? row.map((_, j) => row[j % 2]!) : row;
      });
      const label = `${k}: ${cols} assets, ${rows} rows, ${alpha}`;
      const cvar = faults(data, optimizeCvarDetailed(data, names(cols), alpha), alpha, false);
      const cdar = faults(data, optimizeCdarDetailed(data, names(cols), alpha), alpha, true);
      wrong.push(
        ...cvar.map((fault) => `CVaR ${label}: ${fault}`),
        ...cdar.map((fault) => `CDaR ${label}: ${fault}`),
      );
    }
    t.strictSame(wrong, []);
  },
);

t.test('no portfolio of a fine grid is better, with and without limits', async (t) => {
  const wrong: string[] = [];
  for (let k = 0; k < 24; k++) {
    const random = randomStream(k, 9);
    const data = Array.from({ length: 12 }, () => [0, 1, 2].map(() => (random.below(9) - 4) / 100));
    const limits: PortfolioLimits = random.of([
      {},
      { bounds: [0.1, 0.6] },
      { groups: [{ symbols: ['s0', 's2'], min: 0.2, max: 0.7 }], l2: 0.01 },
      { turnover: { current: { s0: 0.5, s1: 0.5 }, max: 0.3 }, bounds: { s1: [0, 0.45] } },
    ]);
    const alpha = random.of([0.5, 0.7, 0.9]);
    const fits = (w: readonly number[]): boolean => {
      const pair = (j: number): readonly number[] =>
        Array.isArray(limits.bounds) ? limits.bounds : j === 1 && limits.bounds ? [0, 0.45] : [0, 1];
      const moved = Math.abs(w[0]! - 0.5) + Math.abs(w[1]! - 0.5) + w[2]!;
      const group = w[0]! + w[2]!;
      return (
        w.every((weight, j) => weight >= pair(j)[0]! - 1e-12 && weight <= pair(j)[1]! + 1e-12) &&
        (!limits.groups || (group >= 0.2 - 1e-12 && group <= 0.7 + 1e-12)) &&
        (!limits.turnover || moved <= 0.3 + 1e-12)
      );
    };
    const value = (w: Float64Array, peaks: boolean): number =>
      twin(data, w, alpha, peaks) + (limits.l2 ?? 0) * w.reduce((sum, weight) => sum + weight * weight, 0);
    for (const peaks of [false, true]) {
      const found = (peaks ? optimizeCdarDetailed : optimizeCvarDetailed)(data, names(3), alpha, limits);
      if (found.status !== 'optimal' || !fits([...found.vector])) wrong.push(`${k}: ${found.status}`);
      const least = value(found.vector, peaks);
      for (let a = 0; a <= 40; a++) {
        for (let b = 0; b <= 40 - a; b++) {
          const w = Float64Array.of(a / 40, b / 40, (40 - a - b) / 40);
          if (fits([...w]) && value(w, peaks) < least - 1e-14) wrong.push(`${k}: ${w.join(' ')}`);
        }
      }
    }
  }
  t.strictSame(wrong.slice(0, 4), []);
});

t.test(
  'limits by hand: a bound, a group, turnover and a square term hold the optimum where they are',
  async (t) => {
    const first = (options: PortfolioLimits): number => optimizeCvar(SEESAW, ['A', 'B'], 0.75, options).A!;
    near(t, [first({ bounds: { A: [0, 0.3] } })], [0.3], 0);
    near(t, [first({ groups: [{ symbols: ['B'], max: 0.2 }] })], [0.8], 1e-15);
    near(t, [first({ turnover: { current: { A: 1 }, max: 0.4 } })], [0.8], 1e-15);
    near(t, [first({ groups: [{ symbols: ['A'], min: 0.7, max: 0.7 }] })], [0.7], 1e-15);
    // 0.02 b + 0.02 (a² + b²) is least where 1 + 4 b − 2 = 0.
    const loser = [0, 1, 2, 3].map(() => [0, -0.02]);
    near(t, [optimizeCvar(loser, ['A', 'B'], 0.75, { l2: 0.02 }).B!], [0.25], 1e-15);
    const both = { bounds: [0, 0.6], turnover: { current: { A: 1 }, max: 0.2 } } as const;
    t.match(
      errorOf(() => optimizeCdar(SEESAW, ['A', 'B'], 0.75, both)),
      { code: 'INFEASIBLE' },
    );
  },
);

t.test('what is no problem of its own has a stated answer', async (t) => {
  const zeros = optimizeCdarDetailed(
    SEESAW.map(() => [0, 0]),
    ['A', 'B'],
    0.5,
  );
  t.strictSame(zeros.weights, { A: 0.5, B: 0.5 });
  t.equal(zeros.status, 'degenerate');
  t.match(zeros.warnings, [/every return is 0/]);
  t.strictSame(optimizeCvar([[0.01], [-0.02]], ['A']), { A: 1 });
  t.match(optimizeCvarDetailed(SEESAW, ['A', 'B'], 0.99).warnings, [/less than one of 4 rows/]);
  t.match(optimizeCvarDetailed(SEESAW.slice(0, 2), ['A', 'B'], 0.5).warnings, [/only 2 rows/]);
  const rising = optimizeCdarDetailed(
    [
      [0.01, -0.1],
      [0.02, 0.3],
      [0.01, -0.1],
    ],
    ['A', 'B'],
    0.5,
  );
  t.equal(rising.objective, 0, 'an asset that never falls has no drawdown');
  t.equal(rising.status, 'optimal');
});

t.test('answers follow the scale of the returns and are the same at every call', async (t) => {
  const random = randomStream(1, 10);
  const rows = Array.from({ length: 80 }, () =>
    Array.from({ length: 9 }, () => (random.below(2001) - 990) / 1e5),
  );
  for (const solve of [optimizeCvarDetailed, optimizeCdarDetailed]) {
    const one = solve(rows, names(9), 0.9);
    const large = solve(
      rows.map((row) => row.map((cell) => cell * 1000)),
      names(9),
      0.9,
    );
    // The optimum is a vertex of a well-conditioned system: seen 2e-15.
    near(t, large.vector, [...one.vector], 1e-12);
    near(t, [large.objective / 1000 / one.objective], [1], 1e-12);
    t.strictSame(solve(rows, names(9), 0.9), one);
  }
});

t.test('bad arguments are refused by name', async (t) => {
  for (const alpha of [0, 1, NaN, '0.95', -1]) {
    const field = { code: 'VALIDATION', detail: { field: 'alpha' } };
    t.match(
      errorOf(() => optimizeCvar(SEESAW, ['A', 'B'], alpha as number)),
      field,
    );
    t.match(
      errorOf(() => portfolioCdar([0.5, 0.5], SEESAW, alpha as number)),
      field,
    );
  }
  t.match(
    errorOf(() => optimizeCdar(SEESAW, ['A', 'B'], 0.9, { bound: 1 } as never)),
    { code: 'VALIDATION' },
  );
  t.match(
    errorOf(() => portfolioCvar([1], SEESAW)),
    { code: 'SHAPE' },
  );
  t.match(
    errorOf(() => portfolioCvar([1], [])),
    { code: 'INSUFFICIENT_DATA' },
  );
  t.match(
    errorOf(() => portfolioCvar([1, NaN], SEESAW)),
    { code: 'NON_FINITE' },
  );
  t.match(
    errorOf(() => portfolioCvar([1, 0], [[NaN, 1]])),
    { code: 'NON_FINITE' },
  );
  t.equal(portfolioCvar([1, 0], SEESAW, 0.75), 0.04);
  t.equal(portfolioCdar([1, 0], { data: Float64Array.from(SEESAW.flat()), rows: 4, cols: 2 }, 0.75), 0.04);
});
