/** Portfolios under limits, and the frontier, against every corner of what the limits leave; limits that leave little. */
import t from 'tap';
import { NbError } from '../errors.js';
import { dotted, outside, portfolioCorners } from '../testing/portfolio-corners.js';
import { type Random, randomStream } from '../testing/random.js';
import { optimizeCdarDetailed } from './cdar.js';
import { optimizeCvarDetailed } from './cvar.js';
import { efficientFrontier } from './frontier.js';
import { type LinearLimits, readLimits } from './limits.js';
import { optimizeMaxDiversificationDetailed } from './max-diversification.js';
import { optimizeMaxSharpeDetailed } from './max-sharpe.js';
import { optimizeMinVarianceDetailed } from './min-variance.js';
import type { GroupLimit, PortfolioLimits } from './types.js';

const NAMES = ['A', 'B', 'C', 'D'];

function share(random: Random): number {
  return random.below(101) / 100;
}

function randomLimits(names: readonly string[], random: Random): PortfolioLimits {
  const options: { -readonly [K in keyof PortfolioLimits]: PortfolioLimits[K] } = {};
  const pair = (): [number, number] => [
    random.oneIn(2) ? 0 : share(random) / names.length,
    Math.max(share(random), 1 / names.length),
  ];
  if (random.oneIn(3)) options.bounds = pair();
  else if (random.oneIn(2))
    options.bounds = Object.fromEntries(names.filter(() => random.oneIn(2)).map((name) => [name, pair()]));
  if (random.oneIn(2)) {
    options.groups = Array.from({ length: 1 + random.below(2) }, (): GroupLimit => {
      const symbols = names.filter(() => random.oneIn(2));
      const [min, max] = [share(random), share(random)].sort((a, b) => a - b) as [number, number];
      return { symbols: symbols.length > 0 ? symbols : ['A'], ...(random.oneIn(2) ? { min } : {}), max };
    });
  }
  if (random.oneIn(3)) {
    const current = Object.fromEntries(
      names.filter(() => random.oneIn(2)).map((name) => [name, share(random)]),
    );
    options.turnover = { current, max: 1.5 * share(random) };
  }
  if (random.oneIn(4)) options.l2 = share(random) / 1000;
  return options;
}

function randomRows(rows: number, cols: number, random: Random): number[][] {
  const kind = random.below(4);
  return Array.from({ length: rows }, () => {
    const market = (random.below(2001) - 950) / 1e5;
    const row = Array.from({ length: cols }, () => market + (random.below(2001) - 980) / 5e4);
    if (kind === 1) row[cols - 1] = row[0]!;
    if (kind === 2) row[cols - 1] = 2 * row[0]! + 0.001;
    if (kind === 3) row[0]! *= 100;
    return row;
  });
}

interface Moments {
  readonly mean: number[];
  readonly cov: number[][];
}

function momentsOf(rows: readonly (readonly number[])[], l2: number): Moments {
  const count = rows.length;
  const mean = rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / count);
  const cov = mean.map((a, i) =>
    mean.map(
      (b, j) =>
        rows.reduce((sum, row) => sum + (row[i]! - a) * (row[j]! - b), i === j ? l2 * (count - 1) : 0) /
        (count - 1),
    ),
  );
  return { mean, cov };
}

/**
 * How much the objective can still gain by a step towards a corner, relative to the variance: with λ = variance / reward
 * the slope (Hw − λ rewards)'(w − corner) is above 0 for no corner when w is the best. No rewards: the least variance.
 */
function gain(
  w: Float64Array,
  { cov }: Moments,
  corners: readonly number[][],
  rewards?: readonly number[],
): number {
  const slope = cov.map((row) => dotted(row, w));
  const variance = dotted(slope, w);
  const scale = Math.max(variance, 1e-4 * cov.reduce((sum, row, j) => sum + w[j]! * row[j]!, 0));
  const price = rewards === undefined ? 0 : variance / dotted(rewards, w);
  const pull = slope.map((x, j) => x - price * (rewards?.[j] ?? 0));
  return Math.max(...corners.map((corner) => dotted(pull, w) - dotted(pull, corner))) / scale;
}

function trial(number: number, problems: string[]): 'solved' | 'clash' {
  const random = randomStream(11, number);
  const names = NAMES.slice(0, 2 + (number % 3));
  const options = randomLimits(names, random);
  const rows = randomRows(random.oneIn(4) ? 2 + random.below(3) : 30, names.length, random);
  const note = (what: string): unknown => problems.push(`${number} ${what}: ${JSON.stringify(options)}`);
  let limits: LinearLimits | undefined;
  let least: ReturnType<typeof optimizeMinVarianceDetailed>;
  try {
    limits = readLimits(options, names);
    least = optimizeMinVarianceDetailed(rows, names, options);
  } catch (error) {
    if (!(error instanceof NbError) || error.code !== 'INFEASIBLE') throw error;
    if (limits !== undefined && portfolioCorners(limits).length > 0) note('there is such a portfolio');
    return 'clash';
  }
  const corners = portfolioCorners(limits);
  if (corners.length === 0) note('there is no such portfolio');
  const moments = momentsOf(rows, limits.l2);
  const check = (what: string, w: Float64Array, rewards?: readonly number[], within = corners): void => {
    const wrong = outside(limits, w);
    if (!(wrong < 1e-12)) note(`${what} outside by ${wrong}`);
    const more = gain(w, moments, within, rewards);
    // Measured 7e-12, where one asset has 1e4 times the variance of the others.
    if (!(more < 1e-10)) note(`${what} could gain ${more}`);
  };
  check('variance', least.vector);
  if (least.status !== 'optimal') note(`variance ${least.status}`);
  const best = optimizeMaxSharpeDetailed(rows, names, 0, options);
  if (best.status === 'optimal') check('Sharpe', best.vector, moments.mean);
  else if (
    best.warnings.some((text) => text.includes('above 0')) !==
    !corners.some((corner) => dotted(moments.mean, corner) > 0)
  ) {
    note(`Sharpe ${best.status} ${best.warnings.join()}`);
  }
  const spread = optimizeMaxDiversificationDetailed(rows, names, options);
  const own = momentsOf(rows, 0).cov.map((row, j) => Math.sqrt(row[j]!));
  if (spread.status === 'optimal') check('diversification', spread.vector, own);
  if (number % 3 === 0) frontierTrial(rows, names, options, limits, moments, corners, check, note);
  return 'solved';
}

function frontierTrial(
  rows: number[][],
  names: readonly string[],
  options: PortfolioLimits,
  limits: LinearLimits,
  moments: Moments,
  corners: readonly number[][],
  check: (what: string, w: Float64Array, rewards: undefined, within: number[][]) => void,
  note: (what: string) => unknown,
): void {
  const { points } = efficientFrontier(rows, names, { ...options, points: 5 });
  const size = Math.max(...moments.mean.map(Math.abs));
  const most = Math.max(...corners.map((corner) => dotted(moments.mean, corner)));
  if (Math.abs(points.at(-1)!.expectedReturn - most) > 1e-13 * size)
    note('frontier ends below the highest return');
  points.forEach(({ vector, expectedReturn, kkt }, k) => {
    const step = (most - points[0]!.expectedReturn) / (points.length - 1 || 1);
    if (Math.abs(expectedReturn - points[0]!.expectedReturn - k * step) > 1e-12 * size)
      note(`frontier step ${k}`);
    if (!(kkt < 1e-10)) note(`frontier kkt ${kkt}`);
    // At the last point only rounding decides which corners have the highest return.
    if (k === 0 || k === points.length - 1) return;
    const within = portfolioCorners(limits, [
      { row: moments.mean.map((x) => x / size), value: expectedReturn / size },
    ]);
    check(`frontier ${k}`, vector, undefined, within);
  });
}

t.test('no corner of the limits is better, under bounds, groups, turnover and l2 in any mix', async (t) => {
  const problems: string[] = [];
  const ends = { solved: 0, clash: 0 };
  for (let number = 0; number < 240; number++) ends[trial(number, problems)]++;
  t.strictSame(problems, []);
  t.ok(ends.solved > 120 && ends.clash > 20, JSON.stringify(ends));
});

t.test(
  'a fixed asset and hardly any turnover leave the portfolio where it is, and the answer says optimal',
  async (t) => {
    const problems: string[] = [];
    for (let number = 0; number < 100; number++) {
      const random = randomStream(number, 21);
      const names = Array.from({ length: 3 + random.below(7) }, (_, j) => `S${j}`);
      const rows = Array.from({ length: 30 }, () => names.map(() => (random.below(2001) - 900) / 1e5));
      const sizes = names.map(() => (random.oneIn(3) ? 0 : 1 + random.below(999)));
      sizes[0]! += 1;
      const total = sizes.reduce((sum, size) => sum + size);
      const current = Object.fromEntries(names.map((name, j) => [name, sizes[j]! / total]));
      const max = random.of([1e-9, 1e-6, 1e-3]);
      const options = {
        turnover: { current, max },
        groups: [{ symbols: ['S0'], min: current['S0']!, max: current['S0']! }],
      };
      const { vector, status } = optimizeMinVarianceDetailed(rows, names, options);
      let traded = 0;
      names.forEach((name, j) => (traded += Math.abs(vector[j]! - current[name]!)));
      // The weights hold the limits within 1e-15 each.
      if (status !== 'optimal' || !(traded <= max + 1e-13)) problems.push(`${number}: ${status}, ${traded}`);
    }
    t.strictSame(problems, []);
  },
);

t.test('a reward that is only rounding counts as none', async (t) => {
  const rows = Array.from({ length: 20 }, (_, k) => [k % 3 === 0 ? 0.01 : -0.002, k % 2 === 0 ? 0.5 : -0.5]);
  const { weights, status } = optimizeMaxSharpeDetailed(rows, ['A', 'B'], 0, {
    bounds: { A: [0, 0.2] },
    groups: [{ symbols: ['A'], max: 0 }],
    turnover: { current: { B: 1 }, max: 0.3 },
    l2: 1,
  });
  t.strictSame([weights, status], [{ A: 0, B: 1 }, 'degenerate']);
});

t.test('l2 of any size is met by CVaR and CDaR', async (t) => {
  const problems: string[] = [];
  for (let number = 0; number < 30; number++) {
    const random = randomStream(number, 22);
    const names = Array.from({ length: 2 + random.below(20) }, (_, j) => `S${j}`);
    const rows = Array.from({ length: 3 + random.below(60) }, () =>
      names.map(() => (random.below(2001) - 990) / 1e5),
    );
    for (const l2 of [0.01, 1, 1e3, 1e8, 1e15, 1e100]) {
      for (const optimize of [optimizeCvarDetailed, optimizeCdarDetailed]) {
        const { status, vector, iterations } = optimize(rows, names, 0.9, { l2 });
        const far = Math.max(...vector.map((weight) => Math.abs(weight * names.length - 1)));
        // The slope of the risk is at most the largest running sum, below 1: weights differ by 1 / l2 at most.
        if (status !== 'optimal' || iterations > 1500 || (l2 > 1 && !(far < (2 * names.length) / l2 + 1e-11)))
          problems.push(`${number} ${optimize.name} ${l2}: ${status}, ${iterations}, ${far}`);
      }
    }
  }
  t.strictSame(problems, []);
});
