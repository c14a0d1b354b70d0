/** Where our performance metrics differ from a reference's on purpose. The rules themselves: docs/formulas.md. */
import type { Divergence } from '../comparison.js';

const QS_86 = { function: 'computeMetrics', fixture: 'metrics/compute-metrics-quantstats-0.0.86.json' };
const QS_77 = { function: 'computeMetrics', fixture: 'metrics/compute-metrics-quantstats-0.0.77.json' };
const NANOBOOK = { function: 'computeMetrics', fixture: 'metrics/compute-metrics-nanobook.json' };
const EMPYRICAL = { fixture: 'metrics/compute-metrics-empyrical.json' };
const RATIOS = { fixture: 'metrics/ratios-quantstats-0.0.86.json' };

const CONSTANT =
  'Returns that are all the same have no spread. The reference divides by the rounding noise of its own sums and ' +
  'prints a Sharpe ratio of 7e16. Ours takes a standard deviation of at most 1e-15 times the mean for 0: the default ' +
  'and nanobook profiles then give 0 (as nanobook itself does for a window), the quantstats profiles an infinity.';

const NEGATIVE_RATE =
  'quantstats applies a risk-free rate only when it is above 0 and silently ignores a negative one. Ours applies it.';

const NO_LOSS =
  'A ratio with nothing to divide by: the reference gives NaN. Ours has one rule for omega and the profit factor: ' +
  'Infinity when something was gained, 0 when nothing was.';

const NO_TAIL =
  'The lower quantile is 0. The reference gives NaN; ours Infinity, or 0 when the upper quantile is 0 too.';

const ZERO_RULE =
  'empyrical gives NaN or an infinity where there is no spread, no shortfall or no drawdown to divide by; our default ' +
  'profile gives 0.';

const RUIN = 'More than everything is lost. empyrical takes the root of a negative number; ours says −1.';

const ONE_RETURN =
  'The spread of one return is 0 by our single-element rule, so that the gaussian bound is the return itself; pandas ' +
  'has no standard deviation of one value.';

const FIRST_BAR =
  'drawdown_details finds the start of a drawdown by the bar before it, so it misses one that begins at the first bar ' +
  'and never ends. Ours measures from the wealth of 1 before the first return.';

const SAME_DIFFERENCE =
  'The difference to the benchmark never varies. empyrical divides by 0; ours gives 0, as quantstats does.';

const CONSTANT_PAIR =
  'Against (or for) returns that never vary there is no beta and no correlation. The reference prints a quotient of ' +
  'rounding noise or fails; ours gives NaN.';

function rules(
  common: { function: string; fixture: string; reason: string; id: string },
  rows: readonly (readonly [name: string, path: string, ours: number, theirs: number | string])[],
): Divergence[] {
  return rows.map(([name, path, ours, theirs]) => ({ ...common, case: name, path, ours, theirs }));
}

export const divergences: readonly Divergence[] = [
  ...[QS_86, QS_77].flatMap((common) => [
    ...rules({ ...common, id: 'sharpe-of-constant-returns', reason: CONSTANT }, [
      ['constant gain', 'sharpe', Infinity, 69451440237797120],
      ['constant loss', 'sharpe', -Infinity, -69451440237797120],
    ]),
    ...rules({ ...common, id: 'negative-risk-free-rate', reason: NEGATIVE_RATE }, [
      ['normal, seed 42, annualRiskFree -0.01', 'sharpe', 0.2513190905428824, 0.1963588063289493],
      ['normal, seed 42, annualRiskFree -0.01', 'sortino', 0.36352597722179936, 0.28322749054600316],
    ]),
  ]),
  {
    ...QS_77,
    id: 'hybrid-cvar-without-spread',
    case: 'zeros',
    path: 'cvar95',
    ours: 0,
    theirs: NaN,
    reason:
      'scipy has no normal quantile for a standard deviation of exactly 0, so the reference gives NaN for zeros and ' +
      'the mean for other constants. Ours gives the mean for all of them.',
  },
  ...rules({ ...NANOBOOK, id: 'sharpe-of-constant-returns', reason: CONSTANT }, [
    ['constant gain', 'sharpe', 0, 69451440237797120],
    ['constant loss', 'sharpe', 0, -69451440237797120],
  ]),
  {
    ...NANOBOOK,
    id: 'missing-value-half-read',
    case: 'a missing value',
    ours: 'NaN in every figure',
    theirs: 'NaN in three figures, 0 or a number in the others',
    reason:
      'nanobook lets comparisons with NaN decide, so that a Sharpe ratio of 0 and a drawdown of 0 stand beside a ' +
      "volatility of NaN. Ours throws by default, and with nan: 'propagate' makes everything NaN.",
  },
  ...rules({ ...EMPYRICAL, function: 'sharpe', id: 'empyrical-nothing-to-divide-by', reason: ZERO_RULE }, [
    ['constant gain', 'sharpe', 0, Infinity],
    ['constant loss', 'sharpe', 0, -Infinity],
    ['zeros', 'sharpe', 0, -Infinity],
  ]),
  ...rules({ ...EMPYRICAL, function: 'sortino', id: 'empyrical-nothing-to-divide-by', reason: ZERO_RULE }, [
    ['all positive', 'sortino', 0, Infinity],
    ['constant gain', 'sortino', 0, Infinity],
  ]),
  ...rules({ ...EMPYRICAL, function: 'calmar', id: 'empyrical-nothing-to-divide-by', reason: ZERO_RULE }, [
    ['all positive', 'calmar', 0, NaN],
    ['constant gain', 'calmar', 0, NaN],
    ['zeros', 'calmar', 0, NaN],
  ]),
  ...rules({ ...EMPYRICAL, function: 'cagr', id: 'empyrical-below-nothing', reason: RUIN }, [
    ['loses more than everything', 'cagr', -1, NaN],
    ['loses more than everything', 'calmar', -0.6641532268093124, NaN],
  ]),
  ...rules({ ...EMPYRICAL, function: 'omega', id: 'omega-without-shortfall', reason: NO_LOSS }, [
    ['all positive', 'omega', Infinity, NaN],
    ['constant gain', 'omega', Infinity, NaN],
    ['zeros', 'omega', 0, NaN],
  ]),
  ...rules({ ...EMPYRICAL, function: 'tailRatio', id: 'tail-ratio-without-tail', reason: NO_TAIL }, [
    ['zeros', 'tailRatio', 0, NaN],
  ]),
  ...rules({ ...RATIOS, function: 'omega', id: 'omega-without-shortfall', reason: NO_LOSS }, [
    ['all positive', 'omega', Infinity, NaN],
    ['all positive', 'omegaAboveThreshold', Infinity, NaN],
    ['zeros', 'omega', 0, NaN],
  ]),
  ...rules(
    {
      ...RATIOS,
      function: 'omega',
      id: 'omega-of-one-return',
      reason: 'quantstats asks for two returns. Ours needs one: it gained or it fell short.',
    },
    [
      ['one loss', 'omega', 0, NaN],
      ['one loss', 'omegaAboveThreshold', 0, NaN],
    ],
  ),
  ...rules({ ...RATIOS, function: 'tailRatio', id: 'tail-ratio-without-tail', reason: NO_TAIL }, [
    ['zeros', 'tailRatio', 0, NaN],
  ]),
  ...rules(
    {
      ...RATIOS,
      function: 'ulcerIndex',
      id: 'ulcer-index-of-one-return',
      reason:
        'quantstats divides by n − 1 = 0. Ours divides by at least 1, so that the index is the one drawdown.',
    },
    [['one loss', 'ulcerIndex', 0.01, Infinity]],
  ),
  ...rules(
    {
      function: 'valueAtRisk',
      fixture: 'metrics/tail-quantstats-0.0.86.json',
      id: 'tail-of-one-return',
      reason: ONE_RETURN,
    },
    [0, 1, 2].map((i) => ['gaussian, one loss', `valueAtRisk[${i}]`, -0.01, NaN] as const),
  ),
  ...rules(
    {
      function: 'cvar',
      fixture: 'metrics/tail-quantstats-0.0.77.json',
      id: 'tail-of-one-return',
      reason: ONE_RETURN,
    },
    ['cvar', 'valueAtRisk'].flatMap((part) =>
      [0, 1, 2].map((i) => ['hybrid, one loss', `${part}[${i}]`, -0.01, NaN] as const),
    ),
  ),
  ...rules(
    {
      function: 'rollingSharpe',
      fixture: 'metrics/rolling-quantstats-0.0.86.json',
      id: 'rolling-sharpe-of-a-flat-window',
      reason: CONSTANT,
    },
    [['with one flat window, window 2', 'rollingSharpe[3]', 0, Infinity]],
  ),
  ...['all negative', 'one loss'].map((name) => ({
    id: 'drawdown-from-the-first-bar',
    function: 'drawdownTable',
    fixture: 'metrics/drawdown-table.json',
    case: name,
    path: 'rows',
    ours: 'one drawdown, from the first bar to the last',
    theirs: 'none',
    reason: FIRST_BAR,
  })),
  ...rules(
    {
      function: 'benchmarkMetrics',
      fixture: 'metrics/benchmark-empyrical.json',
      id: 'information-ratio-without-spread',
      reason: SAME_DIFFERENCE,
    },
    [
      ['the market itself, riskFree 0.0001', 'informationRatio', 0, NaN],
      ['two periods, riskFree 0.0001', 'informationRatio', 0, -Infinity],
    ],
  ),
  ...rules(
    {
      function: 'benchmarkMetrics',
      fixture: 'metrics/benchmark-quantstats-0.0.86.json',
      id: 'benchmark-without-spread',
      reason: CONSTANT_PAIR,
    },
    [
      ['a constant benchmark', 'alpha', NaN, 'rounding noise'],
      ['a constant benchmark', 'beta', NaN, 'rounding noise'],
      ['a constant benchmark', 'rSquared', NaN, 'rounding noise'],
      ['a constant benchmark', 'correlation', NaN, 'rounding noise'],
      ['a constant portfolio', 'rSquared', NaN, 'ValueError'],
      ['a constant portfolio', 'correlation', NaN, 'rounding noise'],
    ],
  ),
];
