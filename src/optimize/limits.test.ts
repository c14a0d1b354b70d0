/** What every optimizer checks first: returns, symbols, limits. */
import t from 'tap';
import type { NbError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { optimizeCvar } from './cvar.js';
import { LIMIT_KEYS, readLimits } from './limits.js';
import { optimizeMinVariance } from './min-variance.js';
import { optimizeRiskParity } from './risk-parity.js';
import { portfolioCvar } from './portfolio-tail.js';
import { finishPortfolio, normaliseWeights, sampleWarnings } from './result.js';
import { readSample } from './sample.js';
import type { PortfolioLimits, ReturnRows } from './types.js';

const ROWS = [
  [0.01, 0.02, -0.01],
  [0.0, -0.01, 0.03],
  [0.02, 0.01, 0.0],
  [-0.01, 0.0, 0.01],
];
const ABC = ['A', 'B', 'C'];

function sampleError(returns: unknown, symbols: unknown): NbError {
  return errorOf(() => readSample(returns as ReturnRows, symbols as string[]));
}

function limitError(options: unknown): NbError {
  return errorOf(() => readLimits(options as PortfolioLimits, ABC));
}

t.test('readSample takes rows, typed rows and a matrix, and copies no matrix', async (t) => {
  const data = Float64Array.from(ROWS.flat());
  const mat = { data, rows: 4, cols: 3 };
  t.equal(readSample(mat, ABC).data, data);
  t.strictSame(readSample(ROWS, ABC), readSample(mat, ABC));
  t.strictSame(
    readSample(
      ROWS.map((row) => Float64Array.from(row)),
      ABC,
    ),
    readSample(mat, ABC),
  );
});

t.test('readSample refuses what is no sample, and says where', async (t) => {
  t.match(sampleError(ROWS.slice(0, 1), ABC), {
    code: 'INSUFFICIENT_DATA',
    message: /at least 2 rows, got 1/,
  });
  t.match(sampleError([], ABC), { code: 'INSUFFICIENT_DATA' });
  t.match(sampleError(ROWS, []), { code: 'VALIDATION', detail: { field: 'symbols' } });
  t.match(sampleError([[], []], []), { code: 'VALIDATION', detail: { field: 'symbols' } });
  t.match(sampleError(ROWS, ['A', 'B']), { code: 'SHAPE', detail: { field: 'returns[0]' } });
  t.match(sampleError({ data: new Float64Array(8), rows: 4, cols: 2 }, ABC), { code: 'SHAPE' });
  t.match(sampleError([...ROWS, [1, 2]], ABC), { code: 'SHAPE', detail: { field: 'returns[4]', value: 2 } });
  for (const bad of [NaN, Infinity, -Infinity]) {
    const error = sampleError(
      [
        [0, 0, 0],
        [0, bad, 0],
      ],
      ABC,
    );
    t.match(error, { code: 'NON_FINITE', detail: { field: 'returns[1] of B', value: bad } });
  }
  t.match(
    sampleError(
      [
        [0, 0, 0],
        [0, 'x', 0],
      ],
      ABC,
    ),
    { code: 'VALIDATION', detail: { field: 'returns[1][1]' } },
  );
  t.match(sampleError('x', ABC), { code: 'VALIDATION', detail: { field: 'returns' } });
  t.match(sampleError({ data: new Float64Array(5), rows: 2, cols: 3 }, ABC), {
    detail: { field: 'returns' },
  });
  t.match(sampleError(ROWS, ['A', 'B', 'A']), { detail: { field: 'symbols[2]', value: 'A' } });
  t.match(sampleError(ROWS, ['A', '', 'C']), { detail: { field: 'symbols[1]' } });
  t.match(sampleError(ROWS, 'ABC'), { detail: { field: 'symbols' } });
});

t.test('readLimits makes numbers of every limit, and knows when nothing is asked', async (t) => {
  t.strictSame(readLimits({}, ABC), {
    lower: Float64Array.of(0, 0, 0),
    upper: Float64Array.of(1, 1, 1),
    groups: [],
    l2: 0,
    plain: true,
  });
  const groups = [{ symbols: ['A', 'C'], max: 0.5 }, { symbols: ['B'] }];
  const turnover = { current: { B: 1 }, max: 0.4 };
  t.strictSame(readLimits({ bounds: { C: [0.1, 0.4] }, groups, turnover, l2: 2 }, ABC), {
    lower: Float64Array.of(0, 0, 0.1),
    upper: Float64Array.of(1, 1, 0.4),
    groups: [{ row: Float64Array.of(1, 0, 1), min: 0, max: 0.5, name: 'groups[0]' }],
    turnover: { current: Float64Array.of(0, 1, 0), max: 0.4 },
    l2: 2,
    plain: false,
  });
  t.equal(
    readLimits({ bounds: [0, 1], groups: [{ symbols: ABC }] }, ABC).plain,
    true,
    'limits that cannot bind',
  );
  t.strictSame(readLimits({ bounds: [0.1, 0.4] }, ABC).lower, Float64Array.of(0.1, 0.1, 0.1));
  t.strictSame(LIMIT_KEYS, ['bounds', 'groups', 'turnover', 'l2']);
  t.doesNotThrow(() => readLimits({ bounds: [1 / 3, 1 / 3] }, ABC), 'thirds sum to 1 but for rounding');
});

t.test('readLimits refuses limits that make no sense by themselves', async (t) => {
  const cases: [unknown, string, string][] = [
    [{ bounds: [0.5, 0.4] }, 'VALIDATION', 'bounds'],
    [{ bounds: [0] }, 'VALIDATION', 'bounds'],
    [{ bounds: [0, 1.1] }, 'VALIDATION', 'bounds[1]'],
    [{ bounds: [-0.1, 1] }, 'VALIDATION', 'bounds[0]'],
    [{ bounds: { A: [NaN, 1] } }, 'VALIDATION', 'bounds.A[0]'],
    [{ bounds: { D: [0, 1] } }, 'UNKNOWN_SYMBOL', 'bounds'],
    [{ bounds: 0.2 }, 'VALIDATION', 'bounds'],
    [{ groups: {} }, 'VALIDATION', 'groups'],
    [{ groups: [{ symbols: [] }] }, 'VALIDATION', 'groups[0].symbols'],
    [{ groups: [{ symbols: ['A', 'A'] }] }, 'VALIDATION', 'groups[0].symbols'],
    [{ groups: [{ symbols: ['A'] }, { symbols: ['D'] }] }, 'UNKNOWN_SYMBOL', 'groups[1].symbols'],
    [{ groups: [{ symbols: ['A'], min: 0.5, max: 0.4 }] }, 'VALIDATION', 'groups[0].min'],
    [{ groups: [{ symbols: ['A'], most: 0.4 }] }, 'VALIDATION', 'groups[0].most'],
    [{ turnover: { current: {}, max: -1 } }, 'VALIDATION', 'turnover.max'],
    [{ turnover: { current: { D: 1 }, max: 1 } }, 'UNKNOWN_SYMBOL', 'turnover.current'],
    [{ turnover: { current: { A: NaN }, max: 1 } }, 'VALIDATION', 'turnover.current.A'],
    [{ turnover: { max: 1 } }, 'VALIDATION', 'turnover.current'],
    [{ l2: -1 }, 'VALIDATION', 'l2'],
    [{ l2: Infinity }, 'VALIDATION', 'l2'],
    [{ l2: 1e101 }, 'VALIDATION', 'l2'],
    [{ turnover: { current: { A: 4000 }, max: 1e6 } }, 'VALIDATION', 'turnover.current.A'],
    // eslint-disable-next-line no-sparse-arrays
    [{ groups: [, { symbols: ['A'], max: 0.5 }] }, 'VALIDATION', 'groups[0]'],
  ];
  for (const [options, code, field] of cases) {
    t.match(limitError(options), { code, detail: { field } }, JSON.stringify(options));
  }
});

t.test('limits that no portfolio meets are named, and end a command with code 3', async (t) => {
  const clash = (options: PortfolioLimits): NbError => errorOf(() => optimizeMinVariance(ROWS, ABC, options));
  t.match(clash({ bounds: [0.4, 1] }), {
    code: 'INFEASIBLE',
    exitCode: 3,
    message: /lower limits sum to 1\.2, above 1/,
  });
  t.match(clash({ bounds: [0, 0.3] }), { code: 'INFEASIBLE', message: /upper limits sum to 0\.9, below 1/ });
  t.match(clash({ groups: [{ symbols: ABC, max: 0.9 }] }), {
    message: /groups\[0\] cannot hold where the weights sum to 1/,
  });
  t.match(
    clash({
      groups: [
        { symbols: ['A'], max: 0.5 },
        { symbols: ['B', 'C'], max: 0.4 },
      ],
    }),
    {
      message: /groups\[0\], groups\[1\] clash/,
    },
  );
  t.match(clash({ bounds: { A: [0, 0.2], B: [0.1, 1] }, groups: [{ symbols: ['A', 'C'], min: 0.95 }] }), {
    message: /groups\[0\], the bounds of B clash/,
  });
  t.match(clash({ bounds: { A: [0, 0.2] }, turnover: { current: { A: 1 }, max: 1.5 } }), {
    message: /turnover, the bounds of A clash/,
  });
  t.match(
    errorOf(() => optimizeCvar(ROWS, ABC, 0.9, { groups: [{ symbols: ABC, max: 0.9 }] })),
    { code: 'INFEASIBLE', message: /groups\[0\] cannot hold where the weights sum to 1/ },
    'CVaR names them too',
  );
});

t.test('a hole in an array is missing data, not a row of zeros or a name', async (t) => {
  const holes: unknown[] = ROWS.slice();
  delete holes[1];
  t.match(sampleError(holes, ABC), { code: 'VALIDATION', detail: { field: 'returns[1]' } });
  t.match(sampleError(new Array(5), ABC), { code: 'VALIDATION', detail: { field: 'returns[0]' } });
  const names: unknown[] = ABC.slice();
  delete names[1];
  t.match(sampleError(ROWS, names), { code: 'VALIDATION', detail: { field: 'symbols[1]' } });
  t.match(
    errorOf(() => portfolioCvar([0.2, 0.3, 0.5], holes as number[][])),
    { code: 'VALIDATION', detail: { field: 'returns[1]' } },
  );
});

t.test('returns too small for a variance are refused, not taken for returns that never change', async (t) => {
  const tiny = ROWS.map((row) => row.map((value) => value * 1e-160));
  t.match(
    errorOf(() => optimizeMinVariance(tiny, ABC)),
    {
      code: 'VALIDATION',
      detail: { field: 'variance of A', fix: /decimals/ },
    },
  );
  t.strictSame(
    optimizeMinVariance(
      ROWS.map(() => [0.1, 0.2, 0.3]),
      ABC,
    ),
    { A: 1 / 3, B: 1 / 3, C: 1 / 3 },
  );
});

t.test('budgets of any size are shares; one without a double is refused', async (t) => {
  const budgets = (b: number[]): number[] => Object.values(optimizeRiskParity(ROWS, ABC, { budgets: b }));
  t.strictSame(budgets([1e308, 1e308, 1e308]), budgets([1, 1, 1]));
  t.match(
    errorOf(() => budgets([1e-300, 1e300, 1])),
    { code: 'VALIDATION', detail: { field: 'budgets of A' } },
  );
});

t.test('weights are handed back without a trace of rounding, under any name', async (t) => {
  t.strictSame(
    normaliseWeights(Float64Array.of(0.5, -1e-18, -0, NaN, 1.5)),
    Float64Array.of(0.25, 0, 0, 0, 0.75),
  );
  const { weights, kkt, dualityGap, warnings } = finishPortfolio(Float64Array.of(1, 3), ['__proto__', 'B'], {
    objective: 1,
    status: 'optimal',
    iterations: 0,
  });
  t.strictSame(Object.entries(weights), [
    ['__proto__', 0.25],
    ['B', 0.75],
  ]);
  t.strictSame([kkt, dualityGap, warnings], [NaN, NaN, []]);
  t.strictSame(sampleWarnings(4, 3), []);
  t.match(sampleWarnings(3, 3), [/3 assets and only 3 rows/]);
});
