/** Performance metrics against quantstats, empyrical, nanobook, pandas and numpy: fixtures of parity/metrics*.py. */
import {
  benchmarkMetrics,
  cagr,
  calmar,
  computeMetrics,
  cvar,
  drawdownSeries,
  drawdownTable,
  type Metrics,
  type MetricsOptions,
  maxDrawdown,
  monthlyReturns,
  omega,
  rollingBeta,
  rollingCorrelation,
  rollingMaxDrawdown,
  rollingSharpe,
  rollingSortino,
  rollingVolatility,
  sharpe,
  sortino,
  type TailOptions,
  tailRatio,
  totalReturn,
  ulcerIndex,
  valueAtRisk,
  volatility,
  yearlyReturns,
} from '../../src/metrics/index.js';
import type { Comparison, FixtureCase, Tolerance } from '../comparison.js';
import { numberOf, numbersOf } from '../comparison.js';
import { TOLERANCES } from '../tolerance.js';

function returnsOf(c: FixtureCase): Float64Array {
  return numbersOf(c.inputs, 'returns');
}

/** All fields of `Metrics`, or some of them. */
function summary(fixture: string, tolerance: Tolerance, parts?: readonly (keyof Metrics)[]): Comparison {
  return {
    fixture: `metrics/${fixture}.json`,
    functions: ['computeMetrics'],
    ...(parts && { parts }),
    run: (c) => {
      const all = computeMetrics(returnsOf(c), c.params as MetricsOptions);
      return parts ? Object.fromEntries(parts.map((part) => [part, all[part]])) : all;
    },
    tolerance,
  };
}

const withoutCalmar: readonly (keyof Metrics)[] = [
  'totalReturn',
  'cagr',
  'volatility',
  'sharpe',
  'sortino',
  'maxDrawdown',
  'numPeriods',
  'winningPeriods',
  'losingPeriods',
  'cvar95',
  'winRate',
  'profitFactor',
  'payoffRatio',
  'kelly',
];

function tail(fixture: string, tolerance: Tolerance): Comparison {
  return {
    fixture: `metrics/${fixture}.json`,
    functions: ['cvar', 'valueAtRisk'],
    run: (c) => {
      const method = c.params.method as NonNullable<TailOptions['method']>;
      const each = (f: typeof cvar): number[] =>
        (c.params.alphas as number[]).map((alpha) => f(returnsOf(c), { method, alpha }));
      return { cvar: each(cvar), valueAtRisk: each(valueAtRisk) };
    },
    tolerance,
  };
}

function rolling(fixture: string, tolerance: Tolerance): Comparison {
  return {
    fixture: `metrics/${fixture}.json`,
    functions: ['rollingSharpe', 'rollingVolatility'],
    run: (c) => {
      const window = numberOf(c.params, 'window');
      const periodsPerYear = numberOf(c.params, 'periodsPerYear', 252);
      const riskFree = numberOf(c.params, 'riskFree', 0);
      return {
        rollingSharpe: rollingSharpe(returnsOf(c), window, { periodsPerYear, riskFree }),
        rollingVolatility: rollingVolatility(returnsOf(c), window, { periodsPerYear }),
      };
    },
    tolerance,
  };
}

function benchmark(fixture: string, parts: readonly string[], tolerance: Tolerance): Comparison {
  return {
    fixture: `metrics/${fixture}.json`,
    functions: ['benchmarkMetrics'],
    run: (c) => {
      const riskFree = numberOf(c.params, 'riskFree', 0);
      const all = benchmarkMetrics(returnsOf(c), numbersOf(c.inputs, 'benchmark'), { riskFree });
      return Object.fromEntries(parts.map((part) => [part, all[part as keyof typeof all]]));
    },
    tolerance,
  };
}

export const comparisons: readonly Comparison[] = [
  summary('compute-metrics-quantstats-0.0.86', TOLERANCES.computeMetrics),
  summary('compute-metrics-quantstats-0.0.77', TOLERANCES.computeMetrics),
  summary('extreme-scale-quantstats-0.0.86', TOLERANCES.computeMetricsExtreme, withoutCalmar),
  summary('extreme-scale-quantstats-0.0.86', TOLERANCES.calmarExtreme, ['calmar']),
  summary('compute-metrics-nanobook', TOLERANCES.computeMetricsNanobook),
  {
    fixture: 'metrics/compute-metrics-empyrical.json',
    functions: ['totalReturn', 'cagr', 'volatility', 'sharpe', 'sortino', 'maxDrawdown', 'calmar'],
    parts: ['totalReturn', 'cagr', 'volatility', 'sharpe', 'sortino', 'maxDrawdown', 'calmar'],
    run: (c) => {
      const returns = returnsOf(c);
      const riskFree = numberOf(c.params, 'riskFree');
      return {
        totalReturn: totalReturn(returns),
        cagr: cagr(returns),
        volatility: volatility(returns),
        sharpe: sharpe(returns, { riskFree }),
        sortino: sortino(returns, { riskFree }),
        maxDrawdown: maxDrawdown(returns),
        calmar: calmar(returns),
      };
    },
    tolerance: TOLERANCES.ratiosEmpyrical,
  },
  {
    fixture: 'metrics/compute-metrics-empyrical.json',
    functions: ['omega', 'tailRatio', 'valueAtRisk'],
    parts: ['omega', 'tailRatio', 'valueAtRisk'],
    run: (c) => ({
      omega: omega(returnsOf(c)),
      tailRatio: tailRatio(returnsOf(c)),
      valueAtRisk: valueAtRisk(returnsOf(c), { method: 'quantile' }),
    }),
    tolerance: TOLERANCES.ratiosEmpyrical,
  },
  tail('tail-numpy', TOLERANCES.tail),
  tail('tail-quantstats-0.0.86', TOLERANCES.tail),
  tail('tail-quantstats-0.0.77', TOLERANCES.tail),
  {
    fixture: 'metrics/ratios-quantstats-0.0.86.json',
    functions: ['omega', 'tailRatio', 'ulcerIndex'],
    run: (c) => {
      const returns = returnsOf(c);
      return {
        omega: omega(returns),
        omegaAboveThreshold: omega(returns, { annualThreshold: numberOf(c.params, 'annualThreshold') }),
        tailRatio: tailRatio(returns),
        ulcerIndex: ulcerIndex(returns),
      };
    },
    tolerance: TOLERANCES.ratios,
  },
  rolling('rolling-quantstats-0.0.86', TOLERANCES.rollingQuantstats),
  rolling('rolling-numpy', TOLERANCES.rollingNumpy),
  {
    fixture: 'metrics/rolling-sortino-quantstats-0.0.86.json',
    functions: ['rollingSortino'],
    run: (c) => ({ rollingSortino: rollingSortino(returnsOf(c), numberOf(c.params, 'window')) }),
    tolerance: TOLERANCES.rollingSortino,
  },
  {
    fixture: 'metrics/rolling-benchmark-pandas.json',
    functions: ['rollingBeta', 'rollingCorrelation'],
    run: (c) => {
      const window = numberOf(c.params, 'window');
      const market = numbersOf(c.inputs, 'benchmark');
      return {
        rollingBeta: rollingBeta(returnsOf(c), market, window),
        rollingCorrelation: rollingCorrelation(returnsOf(c), market, window),
      };
    },
    tolerance: TOLERANCES.rollingBenchmark,
  },
  {
    fixture: 'metrics/drawdown-table.json',
    functions: ['drawdownTable'],
    parts: ['rows'],
    run: (c) => ({
      rows: drawdownTable(returnsOf(c), { kind: 'returns', dates: c.inputs.dates as number[] })
        .sort((a, b) => a.start - b.start)
        .map(({ startDate, valleyDate, endDate, days, depth }) => ({
          startDate,
          valleyDate,
          endDate,
          days,
          depth,
        })),
    }),
    tolerance: TOLERANCES.drawdown,
  },
  {
    fixture: 'metrics/drawdown-table.json',
    functions: ['drawdownSeries'],
    parts: ['series'],
    run: (c) => {
      let wealth = 1;
      const equity = [1, ...Array.from(returnsOf(c), (r) => (wealth *= 1 + r))];
      return { series: drawdownSeries(equity).subarray(1) };
    },
    tolerance: TOLERANCES.drawdown,
  },
  {
    fixture: 'metrics/drawdown-equity.json',
    functions: ['drawdownSeries', 'rollingMaxDrawdown'],
    run: (c) => {
      const equity = numbersOf(c.inputs, 'equity');
      return {
        drawdownSeries: drawdownSeries(equity),
        rollingMaxDrawdown: rollingMaxDrawdown(equity, numberOf(c.params, 'window')),
      };
    },
    tolerance: TOLERANCES.drawdown,
  },
  {
    fixture: 'metrics/calendar.json',
    functions: ['monthlyReturns', 'yearlyReturns'],
    run: (c) => {
      const dates = c.inputs.dates as number[];
      return {
        monthlyReturns: monthlyReturns(returnsOf(c), dates),
        yearlyReturns: yearlyReturns(returnsOf(c), dates),
      };
    },
    tolerance: TOLERANCES.calendar,
  },
  benchmark(
    'benchmark-empyrical',
    [
      'alphaCompounded',
      'beta',
      'informationRatio',
      'upCapture',
      'downCapture',
      'excessReturn',
      'trackingError',
    ],
    TOLERANCES.benchmark,
  ),
  benchmark(
    'benchmark-quantstats-0.0.86',
    ['alpha', 'beta', 'rSquared', 'informationRatio', 'correlation'],
    TOLERANCES.benchmark,
  ),
];
