/** Risk parity, hierarchical risk parity and inverse tail risk, with certificates worked out from the returns alone. */
import t from 'tap';
import type { Mat } from '../check.js';
import { errorOf } from '../testing/error-of.js';
import { type Kind, madeReturns, symbolsOf } from '../testing/optimize-problems.js';
import { optimizeHrp, optimizeHrpDetailed } from './hrp.js';
import { inverseCdarWeights, inverseCvarWeights } from './inverse-tail.js';
import { portfolioCdar } from './portfolio-tail.js';
import { riskContributions } from './risk-contributions.js';
import { optimizeRiskParity, optimizeRiskParityDetailed } from './risk-parity.js';
import { estimateCovariance } from './estimate-covariance.js';

const SYMBOLS = ['a', 'b', 'c', 'd'];
const SCALES = [0.6, 1, 1.4, 0.9];
/** The returns behind the pinned answers of the references. */
const ROWS = Array.from({ length: 60 }, (_, at) =>
  SCALES.map((scale, j) => ((((7919 * at + 104729 * j + 31 * at * j) % 101) - 48) / 2500) * scale),
);

/** Shares of the portfolio's variance from the returns: weight × covariance with the portfolio's own return. */
function sharesOf(vector: Float64Array, { data, rows, cols }: Mat): number[] {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = (f: (at: number) => number): number[] => {
    const values = Array.from({ length: rows }, (_, at) => f(at));
    const middle = mean(values);
    return values.map((value) => value - middle);
  };
  const path = centred((at) => vector.reduce((sum, weight, j) => sum + weight * data[at * cols + j]!, 0));
  const variance = mean(path.map((value) => value * value));
  return Array.from(vector, (weight, j) => {
    const own = centred((at) => data[at * cols + j]!);
    return (weight * mean(own.map((value, at) => value * path[at]!))) / variance;
  });
}

function nearest(actual: Record<string, number>, expected: readonly number[]): number {
  return Math.max(...Object.values(actual).map((value, j) => Math.abs(value - expected[j]!)));
}

t.test('the pinned answers of cvxpy, PyPortfolioOpt and nanobook come out', async (t) => {
  const parity = [0.3753070173335379, 0.21188463444277442, 0.15154909690681084, 0.2612592513168769];
  // The reference's own contributions are off by 3e-12.
  t.ok(nearest(optimizeRiskParity(ROWS, SYMBOLS), parity) < 1e-11, 'cvxpy 1.9.3 with Clarabel');
  const hrp = [0.519262046256357, 0.17121496216905466, 0.07692154045671348, 0.2326014511178749];
  t.ok(nearest(optimizeHrp(ROWS, SYMBOLS), hrp) < 1e-15, 'PyPortfolioOpt 1.6.0');
  const tail = [0.373729572933326, 0.21684529066900676, 0.15837015610657795, 0.25105498029108925];
  t.ok(nearest(inverseCvarWeights(ROWS, SYMBOLS, 0.9), tail) < 1e-15, 'nanobook 0.19.2: six whole periods');
});

t.test('risk parity meets its budgets on every kind of returns, measured from the returns', async (t) => {
  const kinds: Kind[] = ['plain', 'duplicate', 'multiple', 'dominant', 'rounded', 'losing'];
  const wrong: string[] = [];
  for (const [at, [rows, cols]] of [
    [60, 2],
    [252, 10],
    [120, 40],
    [40, 60],
    [500, 25],
  ].entries()) {
    for (const kind of kinds) {
      const returns = madeReturns(at, rows!, cols!, 3, kind);
      const symbols = symbolsOf(cols!);
      const budgets = symbols.map((_, j) => (at % 2 === 0 ? 1 : 1 + j));
      const total = budgets.reduce((a, b) => a + b, 0);
      const found = optimizeRiskParityDetailed(returns, symbols, { budgets });
      const off = sharesOf(found.vector, returns).map((share, j) => Math.abs(share - budgets[j]! / total));
      const sum = found.vector.reduce((a, b) => a + b, 0);
      // 1e-15 was the most seen; the bound is what is promised.
      const good =
        Math.max(...off) < 1e-12 &&
        found.kkt < 1e-12 &&
        found.status === 'optimal' &&
        Math.abs(sum - 1) < 1e-12 &&
        found.vector.every((weight) => weight > 0) &&
        (found.warnings.length === 1) === rows! <= cols!;
      if (!good) wrong.push(`${kind} ${rows} × ${cols}: ${Math.max(...off)}, ${found.kkt}, ${found.status}`);
    }
  }
  t.strictSame(wrong, []);
});

t.test(
  'two assets at risk parity weigh inverse to their volatility, whatever their correlation',
  async (t) => {
    for (const correlation of [-0.99, 0, 0.5, 1]) {
      const covariance = {
        data: Float64Array.of(4, 6 * correlation, 6 * correlation, 9),
        rows: 2,
        cols: 2,
      };
      const weights = optimizeRiskParity(
        [
          [0, 0],
          [0, 0],
        ],
        ['x', 'y'],
        { covariance },
      );
      t.ok(nearest(weights, [0.6, 0.4]) < 2e-16, `${correlation}: ${JSON.stringify(weights)}`);
    }
    const weights = optimizeRiskParity(ROWS, ['__proto__', '1', 'b', '0']);
    t.strictSame(Object.keys(weights).sort(), ['0', '1', '__proto__', 'b'], 'any name is a name');
  },
);

t.test('weights follow the scale and the order of the assets', async (t) => {
  const returns = madeReturns(7, 120, 12);
  const symbols = symbolsOf(12);
  for (const optimize of [optimizeRiskParity, optimizeHrp, inverseCvarWeights]) {
    const weights = optimize(returns, symbols);
    const larger = optimize({ ...returns, data: returns.data.map((r) => r * 1024) }, symbols);
    t.strictSame(larger, weights, 'all returns times a power of two: the same bits');
    const rows = Array.from({ length: 120 }, (_, at) =>
      symbols.map((_, j) => returns.data[at * 12 + (11 - j)]!),
    );
    const turned = optimize(rows, [...symbols].reverse());
    const off = symbols.map((symbol) => Math.abs(turned[symbol]! - weights[symbol]!));
    if (optimize !== optimizeHrp) t.ok(Math.max(...off) < 1e-14, `${optimize.name} in another order: ${off}`);
  }
  const one = returns.data.map((r, cell) => (cell % 12 === 3 ? r * 10 : r));
  const before = optimizeRiskParity(returns, symbols);
  const after = optimizeRiskParity({ ...returns, data: one }, symbols);
  const ratio = (w: Record<string, number>): number => w.A3! / w.A4!;
  t.ok(
    Math.abs((10 * ratio(after)) / ratio(before) - 1) < 1e-13,
    'ten times the risk, a tenth of the weight',
  );
});

t.test('hrp splits two assets by variance and keeps the like together', async (t) => {
  const covariance = { data: Float64Array.of(1, 0.3, 0.3, 3), rows: 2, cols: 2 };
  t.ok(
    nearest(
      optimizeHrp(
        [
          [0, 0],
          [0, 0],
        ],
        ['x', 'y'],
        { covariance },
      ),
      [0.75, 0.25],
    ) < 1e-16,
  );
  const pairs = Float64Array.of(1, 0, 0.9, 0, 0, 1, 0, 0.9, 0.9, 0, 1, 0, 0, 0.9, 0, 1);
  const found = optimizeHrpDetailed([ROWS[0]!, ROWS[1]!], SYMBOLS, {
    covariance: { data: pairs, rows: 4, cols: 4 },
  });
  t.strictSame(found.order, ['a', 'c', 'b', 'd'], 'a with c, b with d');
  t.strictSame([...found.vector], [0.25, 0.25, 0.25, 0.25]);
  t.ok(Math.abs(found.objective - (4 + 4 * 0.9) / 16) < 1e-16, 'variance of equal weights');
  t.ok(Number.isNaN(found.kkt) && Number.isNaN(found.dualityGap), 'a recipe proves nothing');
});

t.test('inverse tail weights are the inverses of what each asset would risk alone', async (t) => {
  const returns = madeReturns(3, 77, 5);
  const alone = (j: number): number => {
    const vector = new Float64Array(5);
    vector[j] = 1;
    return 1 / portfolioCdar(vector, returns, 0.83);
  };
  const inverses = [0, 1, 2, 3, 4].map(alone);
  const total = inverses.reduce((a, b) => a + b, 0);
  const weights = inverseCdarWeights(returns, symbolsOf(5), 0.83);
  t.ok(
    nearest(
      weights,
      inverses.map((x) => x / total),
    ) < 1e-15,
  );
});

t.test('riskContributions are shares of the variance, and none without variance', async (t) => {
  const covariance = { data: Float64Array.of(4, -1, -1, 1), rows: 2, cols: 2 };
  t.strictSame([...riskContributions([0.5, 0.5], covariance)], [1, 0], '½ (4 − 1) / 2 of ¾');
  t.strictSame([...riskContributions([1, 3], covariance)], [1 / 7, 6 / 7]);
  const tiny = { ...covariance, data: covariance.data.map((v) => v * 1e-300) };
  const [share] = riskContributions([1, 3], tiny);
  t.ok(Math.abs(share! - 1 / 7) < 1e-16, `also of tiny variances: ${share}`);
  const none = { data: new Float64Array(4), rows: 2, cols: 2 };
  t.strictSame([...riskContributions([0.5, 0.5], none)], [NaN, NaN]);
  t.match(errorOf(() => riskContributions([1], covariance)).message, /covariance.*2 × 2.*1 × 1/);
  t.match(errorOf(() => riskContributions([1, NaN], covariance)).message, /weights\[1\]/);
  t.match(errorOf(() => riskContributions([1, 1], [] as unknown as Mat)).message, /covariance/);
});

t.test('what has no answer is flagged: nothing moves, or a mix moves not at all', async (t) => {
  const still = optimizeRiskParityDetailed(
    [
      [0, 0],
      [0, 0],
    ],
    ['x', 'y'],
  );
  t.match([still.status, ...still.vector], ['degenerate', 0.5, 0.5]);
  t.match(
    optimizeHrpDetailed(
      [
        [0, 0],
        [0, 0],
      ],
      ['x', 'y'],
    ).status,
    'degenerate',
  );
  const hedge = optimizeRiskParityDetailed(
    [
      [0.01, -0.03],
      [-0.01, 0.03],
      [0.02, -0.06],
    ],
    ['x', 'y'],
    { budgets: { x: 9, y: 1 } },
  );
  t.equal(hedge.status, 'degenerate', 'three of x hedge one of y');
  t.ok(nearest(hedge.weights, [0.9, 0.1]) < 1e-15, '√0.9 / 1 against √0.1 / 3');
  t.match(hedge.warnings.join(), /no risk.*ledoit-wolf/);
  t.match(optimizeRiskParity([[0.01], [0.03]], ['x']), { x: 1 });
  const shrunk = optimizeRiskParityDetailed(madeReturns(1, 10, 60, 1), symbolsOf(60), {
    covariance: 'ledoit-wolf',
  });
  const shares = riskContributions(
    shrunk.vector,
    estimateCovariance(madeReturns(1, 10, 60, 1), 'ledoit-wolf'),
  );
  t.ok(
    shares.every((share) => Math.abs(share - 1 / 60) < 1e-14),
    'six times as many assets as rows',
  );
});

t.test('misuse is named: still assets, budgets, limits, tails without losses', async (t) => {
  const still = ROWS.map(([a, b, , d]) => [a!, b!, 0.001, d!]);
  const message = (call: () => unknown): string => errorOf(call).message;
  t.match(
    message(() => optimizeRiskParity(still, SYMBOLS)),
    /variance of c.*risk parity/,
  );
  t.match(
    message(() => optimizeHrp(still, SYMBOLS)),
    /variance of c.*hierarchical/,
  );
  const withBudgets = (budgets: unknown) => () =>
    optimizeRiskParity(ROWS, SYMBOLS, { budgets: budgets as number[] });
  t.match(message(withBudgets([1, 1, 0, 1])), /budgets of c/);
  t.match(message(withBudgets({ a: 1, b: 1, c: 1 })), /budgets of d/);
  t.match(message(withBudgets({ a: 1, b: 1, c: 1, d: 1, cc: 1 })), /cc/);
  t.match(message(withBudgets([1, 1, 1])), /budgets/);
  t.match(message(withBudgets([1, NaN, 1, 1])), /budgets\[1\]/);
  t.match(message(withBudgets('equal')), /budgets/);
  const limited = { bounds: [0, 0.5] } as object;
  t.match(
    message(() => optimizeRiskParity(ROWS, SYMBOLS, limited)),
    /options\.bounds.*takes no limits/,
  );
  t.match(
    message(() => optimizeHrp(ROWS, SYMBOLS, limited)),
    /options\.bounds.*takes no limits/,
  );
  t.match(
    message(() => optimizeHrp(ROWS, SYMBOLS, { linkage: 'ward' } as object)),
    /linkage/,
  );
  const rising = ROWS.map(([a, b, c, d]) => [a!, b!, Math.abs(c!), d!]);
  t.match(
    message(() => inverseCvarWeights(rising, SYMBOLS, 0.5)),
    /CVaR of c/,
  );
  t.match(
    message(() => inverseCdarWeights(rising, SYMBOLS)),
    /CDaR of c/,
  );
  t.match(
    message(() => inverseCvarWeights(ROWS, SYMBOLS, 1)),
    /alpha/,
  );
});
