import fc from 'fast-check';
import t from 'tap';
import { daysFromCivil } from '../time.js';
import {
  benchmarkMetrics,
  computeMetrics,
  cvar,
  drawdownSeries,
  drawdownTable,
  maxDrawdown,
  monthlyReturns,
  rollingBeta,
  rollingCorrelation,
  rollingMaxDrawdown,
  rollingSharpe,
  rollingSortino,
  rollingVolatility,
  sharpe,
  sortino,
  totalReturn,
  valueAtRisk,
  volatility,
  yearlyReturns,
} from './index.js';

function near(actual: number, expected: number, relative = 1e-14): boolean {
  return Object.is(actual, expected) || Math.abs(actual - expected) <= relative * Math.abs(expected);
}

t.test('a rolling figure waits for its window and is NaN only while a NaN is inside', async (t) => {
  const returns = [0.01, 0.03, 0.02, NaN, 0.01, 0.02, 0.04];
  const volatilities = rollingVolatility(returns, 2, { periodsPerYear: 1 });
  const half = (d: number): number => d / Math.SQRT2;
  [NaN, half(0.02), half(0.01), NaN, NaN, half(0.01), half(0.02)].forEach((expected, i) => {
    t.ok(near(volatilities[i]!, expected, 1e-13), `${i}`);
  });
  t.ok(
    near(
      rollingSharpe(returns, 2, { riskFree: 0.01, periodsPerYear: 4 })[1]!,
      (0.01 / half(0.02)) * 2,
      1e-13,
    ),
  );
  t.same(Array.from(rollingSharpe([0.1, 0.2], 3)), [NaN, NaN], 'a window longer than the series');
  t.same(Array.from(rollingSharpe([], 3)), []);
  t.same(Array.from(rollingMaxDrawdown([8, 4, 6, 3], 2)), [NaN, 0.5, 0, 0.5]);
  t.same(Array.from(rollingMaxDrawdown([8], 2)), [NaN]);
});

t.test(
  'rolling Sortino, beta and correlation are those of each window, and blank where nothing can be said',
  async (t) => {
    const sortinos = rollingSortino([0.03, -0.01, 0.02, 0.05], 2, { periodsPerYear: 4 });
    t.ok(Number.isNaN(sortinos[0]));
    t.ok(near(sortinos[1]!, (0.01 / (0.01 * Math.SQRT1_2)) * 2, 1e-13));
    t.ok(near(sortinos[2]!, (0.005 / (0.01 * Math.SQRT1_2)) * 2, 1e-13));
    t.equal(sortinos[3], 0, 'a window without a loss, as sortino');
    const b = [0.01, 0.02, 0.04, 0.04, 0.01];
    const twice = b.map((value) => -2 * value);
    const betas = rollingBeta(twice, b, 2);
    t.ok([1, 2, 4].every((i) => near(betas[i]!, -2, 1e-13)));
    t.same([betas[0], betas[3]], [NaN, NaN], 'warm-up, and a benchmark that stands still');
    const correlations = rollingCorrelation(twice, b, 2);
    t.ok([1, 2, 4].every((i) => near(correlations[i]!, -1)));
    t.same([correlations[0], correlations[3]], [NaN, NaN]);
    t.same(Array.from(rollingCorrelation(b, [1, 2, 2, 2, 3], 3)).slice(0, 2), [NaN, NaN]);
    for (const figure of [rollingBeta, rollingCorrelation]) {
      t.same(Array.from(figure([0.1], [0.2], 2)), [NaN]);
      t.throws(() => figure([0.1, 0.2], [0.1], 2), { name: 'ShapeError', detail: { field: 'benchmark' } });
      t.throws(() => figure([0.1], [0.1], 1), { name: 'ValidationError', detail: { field: 'window' } });
      t.throws(() => figure([0.1], [Infinity], 2), {
        name: 'NonFiniteError',
        detail: { field: 'benchmark[0]' },
      });
    }
  },
);

t.test('the drawdown table has peak, valley and recovery, the deepest first', async (t) => {
  const equity = [100, 90, 80, 80, 100, 99, 101, 96, 95.95];
  t.same(drawdownSeries(equity).slice(0, 5), [0, 1 - 0.9, 1 - 0.8, 1 - 0.8, 0]);
  const table = drawdownTable(equity, { dates: [0, 1, 4, 5, 6, 7, 8, 11, 12] });
  t.equal(table.length, 3);
  t.match(table[0], { peak: 0, start: 1, valley: 2, end: 3, recovery: 4, length: 3, fall: 2, rise: 2 });
  t.match(table[0], { peakDate: 0, startDate: 1, valleyDate: 4, endDate: 5, recoveryDate: 6, days: 5 });
  t.match(table[1], { peak: 6, start: 7, valley: 8, end: 8, recovery: null, rise: null, recoveryDate: null });
  t.match(table[2], { peak: 4, start: 5, valley: 5, end: 5, recovery: 6 });
  t.same(drawdownTable(equity, { top: 1 }), [{ ...table[0], ...withoutDates }]);
  t.same(drawdownTable([1, 1, 2]), []);
  const equallyDeep = drawdownTable([2, 1, 2, 1, 2]);
  t.same(
    equallyDeep.map((d) => d.start),
    [1, 3],
    'ties in the order of time',
  );
});

const withoutDates = {
  peakDate: null,
  startDate: null,
  valleyDate: null,
  endDate: null,
  recoveryDate: null,
  days: null,
};

t.test('a drawdown of returns can begin before the first of them', async (t) => {
  const [first] = drawdownTable([-0.5, 0.5, 1], { kind: 'returns', dates: [10, 11, 12] });
  t.match(first, { depth: 0.5, peak: -1, start: 0, valley: 0, end: 1, recovery: 2, fall: 1, rise: 2 });
  t.match(first, { peakDate: null, startDate: 10, days: 2 });
  const returns = Array.from({ length: 300 }, (_, i) => (((7919 * i) % 101) - 50) / 1000);
  t.equal(drawdownTable(returns, { kind: 'returns' })[0]!.depth, maxDrawdown(returns));
});

t.test('months and years are those of the calendar, and one without a return is absent', async (t) => {
  const dates = [
    [1999, 12, 31],
    [2000, 2, 28],
    [2000, 2, 29],
    [2000, 3, 1],
    [2001, 3, 1],
  ].map(([y, m, d]) => daysFromCivil(y!, m!, d!));
  t.same(monthlyReturns([1, 0.5, -0.5, 0.25, 0.125], dates), [
    { year: 1999, month: 12, totalReturn: 1, periods: 1 },
    { year: 2000, month: 2, totalReturn: -0.25, periods: 2 },
    { year: 2000, month: 3, totalReturn: 0.25, periods: 1 },
    { year: 2001, month: 3, totalReturn: 0.125, periods: 1 },
  ]);
  t.same(yearlyReturns([1, 0.5, -0.5, 0.25, 0.125], Int32Array.from(dates)), [
    { year: 1999, totalReturn: 1, periods: 1 },
    { year: 2000, totalReturn: -0.0625, periods: 3 },
    { year: 2001, totalReturn: 0.125, periods: 1 },
  ]);
  const holed = [1, NaN, -0.5, NaN, 0.125];
  t.same(
    monthlyReturns(holed, dates, { nan: 'omit' }).map((m) => m.periods),
    [1, 1, 1],
    'a month of missing values is a month without a return',
  );
  t.same(
    monthlyReturns(holed, dates, { nan: 'propagate' }).map((m) => m.totalReturn),
    [1, NaN, NaN, 0.125],
  );
  t.same(monthlyReturns([], []), []);
});

t.test('a series is its own benchmark', async (t) => {
  const r = [0.5, -0.25, 0.125, -0.5];
  t.match(benchmarkMetrics(r, r, { riskFree: 0.01 }), {
    beta: 1,
    alpha: 0,
    alphaCompounded: 0,
    correlation: 1,
    rSquared: 1,
    trackingError: 0,
    informationRatio: 0,
    upCapture: 1,
    downCapture: 1,
    excessReturn: 0,
  });
  t.match(benchmarkMetrics(r, [0.1, 0.1, 0.1, 0.1]), {
    beta: NaN,
    alpha: NaN,
    correlation: NaN,
    downCapture: NaN,
  });
  const holed = [0.01, NaN, -0.02, 0.03];
  const benchmark = [0.02, 0.01, NaN, 0.01];
  t.same(benchmarkMetrics(holed, benchmark, { nan: 'omit' }), benchmarkMetrics([0.01, 0.03], [0.02, 0.01]));
  t.same(benchmarkMetrics(holed, benchmark, { nan: 'propagate' }).beta, NaN);
});

t.test('what cannot be a series, a window or a calendar is refused by name', async (t) => {
  const refused = (call: () => unknown, name: string, field?: string): void => {
    t.throws(call, { name, ...(field && { detail: { field } }) }, `${name} ${field}`);
  };
  const r = [0.1, -0.1, 0.2];
  for (const window of [1, 0, 2.5, NaN]) refused(() => rollingSharpe(r, window), 'ValidationError', 'window');
  refused(() => rollingVolatility(r, 1), 'ValidationError', 'window');
  refused(() => rollingSharpe([0.1, Infinity], 2), 'NonFiniteError', 'returns[1]');
  refused(() => rollingVolatility(r, 2, { riskFree: 0 } as object), 'ValidationError', 'options.riskFree');
  refused(() => rollingMaxDrawdown(r, 0), 'ValidationError', 'window');
  refused(() => rollingMaxDrawdown(r, 2), 'PriceError', 'equity[1]');
  refused(() => drawdownSeries([0, 1]), 'PriceError', 'equity[0]');
  refused(() => drawdownSeries([1, -1]), 'PriceError', 'equity[1]');
  refused(() => drawdownSeries([1, NaN]), 'NonFiniteError', 'equity[1]');
  refused(() => drawdownTable([]), 'InsufficientDataError');
  refused(() => drawdownTable([1, NaN], { kind: 'returns' }), 'NonFiniteError', 'series[1]');
  refused(() => drawdownTable([1], { top: 0 }), 'ValidationError', 'top');
  refused(() => drawdownTable([1], { kind: 'prices' as 'equity' }), 'ValidationError', 'kind');
  refused(() => drawdownTable([1, 2], { dates: [1] }), 'ShapeError', 'dates');
  refused(() => monthlyReturns(r, [1, 2]), 'ShapeError', 'dates');
  refused(() => monthlyReturns(r, [1, 3, 3]), 'TimestampAnomalyError');
  refused(() => yearlyReturns(r, Int32Array.of(3, 2, 1)), 'TimestampAnomalyError');
  refused(() => monthlyReturns(r, [1, 2, 2.5]), 'ValidationError', 'dates[2]');
  refused(() => monthlyReturns(r, [1, 2, 3e6]), 'ValidationError', 'dates[2]');
  refused(() => monthlyReturns(r, '123' as unknown as number[]), 'ValidationError', 'dates');
  refused(() => monthlyReturns([NaN], [1]), 'NonFiniteError', 'returns[0]');
  refused(() => benchmarkMetrics(r, [0.1]), 'ShapeError', 'benchmark');
  refused(() => benchmarkMetrics([], []), 'InsufficientDataError');
  refused(() => benchmarkMetrics(r, [0.1, NaN, 0]), 'NonFiniteError', 'benchmark[1]');
  refused(() => benchmarkMetrics([NaN, 1], [1, NaN], { nan: 'omit' }), 'InsufficientDataError');
});

/** One to 300 returns from −90 % to +100 %, a thousand-millionth or more unless 0. */
const someReturns = fc.array(
  fc.double({ min: -0.9, max: 1, noNaN: true }).map((x) => (Math.abs(x) < 1e-9 ? 0 : x)),
  { minLength: 1, maxLength: 300 },
);

function always<T>(property: fc.IRawProperty<T>): void {
  fc.assert(property, { seed: 20240607, numRuns: 300 });
}

t.test('the total return of two stretches is the product of their growth', async () => {
  always(
    fc.property(someReturns, someReturns, (a, b) => {
      const together = 1 + totalReturn([...a, ...b]);
      return near(together, (1 + totalReturn(a)) * (1 + totalReturn(b)), 1e-12);
    }),
  );
});

t.test('the Sharpe ratio has no unit, and turns its sign with the returns', async () => {
  always(
    fc.property(someReturns, fc.integer({ min: -300, max: 300 }), (r, exponent) => {
      const scale = 2 ** exponent;
      const usual = sharpe(r);
      const scaled = r.map((x) => x * scale);
      // Powers of two change no digit, as long as no return drops below the normal numbers.
      if (scaled.some((x) => x !== 0 && Math.abs(x) < 1e-150)) return true;
      return sharpe(scaled) === usual && sharpe(r.map((x) => -x)) === -usual;
    }),
  );
});

t.test('a drawdown lies in 0 … 1, and no window knows a deeper one than the whole', async () => {
  always(
    fc.property(someReturns, fc.integer({ min: 1, max: 40 }), (r, window) => {
      const whole = maxDrawdown(r);
      let wealth = 1;
      const equity = [1, ...r.map((x) => (wealth *= 1 + x))];
      const inWindows = rollingMaxDrawdown(equity, window).every((x) => !(x > whole + 1e-12) && !(x < 0));
      return whole >= 0 && whole <= 1 && inWindows && drawdownSeries(equity).every((x) => x >= 0 && x <= 1);
    }),
  );
});

t.test('the mean of a tail is never above its bound, by any method', async () => {
  always(
    fc.property(someReturns, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (r, alpha) =>
      (['historical', 'quantile', 'hybrid', 'gaussian'] as const).every((method) => {
        const bound = valueAtRisk(r, { alpha, method });
        return cvar(r, { alpha, method }) <= bound + 1e-14 * Math.abs(bound);
      }),
    ),
  );
});

t.test('figures without time do not depend on the order of the returns', async () => {
  always(
    fc.property(someReturns, (r) => {
      const a = computeMetrics(r);
      const b = computeMetrics([...r].reverse());
      const names = ['volatility', 'cvar95', 'winRate', 'profitFactor', 'payoffRatio', 'kelly'] as const;
      return names.every((name) => near(a[name], b[name], 1e-11) || Math.abs(a[name] - b[name]) < 1e-15);
    }),
  );
});

t.test('nothing but a payoff without losses is ever NaN or infinite in the default profile', async () => {
  always(
    fc.property(someReturns, (r) => {
      const { payoffRatio, profitFactor, ...others } = computeMetrics(r);
      const odd = [payoffRatio, profitFactor].every((x) => x >= 0);
      return odd && Object.values(others).every((x) => Number.isFinite(x));
    }),
  );
});

t.test('the last window as long as the series is the series', async () => {
  always(
    fc.property(someReturns, (r) => {
      if (r.length < 2) return true;
      const last = r.length - 1;
      const rolled = rollingVolatility(r, r.length)[last]!;
      return near(rolled, volatility(r), 1e-11) || Math.abs(rolled - volatility(r)) < 1e-14;
    }),
  );
});

t.test('Sortino ratios of a loss-free and a gain-free series have the right sign', async (t) => {
  t.equal(sortino([0.1, 0.2]), 0);
  t.ok(sortino([-0.1, -0.2]) < 0);
  t.ok(sortino([-0.1, 0.3]) > 0);
});
