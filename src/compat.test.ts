import t from 'tap';
import * as compat from './compat.js';
import {
  backtestWeights,
  capabilities,
  computeMetrics,
  hasFeature,
  metricsToRecord,
  parseDate,
  version,
  weightsToSchedule,
} from './index.js';

t.test('the seeds’ names answer as the functions behind them', async (t) => {
  t.equal(compat.__version__, version);
  t.equal(compat.nanobook_version(), version);
  t.same(compat.py_capabilities(), capabilities());
  t.equal(compat.has_nanobook_feature('backtest_weights'), true);
  t.equal(compat.has_nanobook_feature('garch_forecast'), true);
  t.equal(compat.has_nanobook_feature('risk_engine'), false, 'not before it is there');
  t.same(
    compat.py_capabilities().map(hasFeature),
    compat.py_capabilities().map(() => true),
  );
  t.throws(() => hasFeature(3 as never), { code: 'VALIDATION' });
  t.same(compat.prices_to_cents(['1.005', '8.575']), Float64Array.of(101, 858));
  t.equal(compat.CostModel(10, 5, 100).compute(1_000_000), 1500);

  const returns = [0.01, -0.02, 0.03, 0];
  const metrics = computeMetrics(returns);
  const snake = compat.py_compute_metrics(returns)!;
  t.same(
    [
      snake.total_return,
      snake.max_drawdown,
      snake.cvar_95,
      snake.win_rate,
      snake.payoff_ratio,
      snake.num_periods,
    ],
    [metrics.totalReturn, metrics.maxDrawdown, metrics.cvar95, metrics.winRate, metrics.payoffRatio, 4],
  );
  t.same(Object.keys(compat.metrics_from_nanobook(metrics)), Object.keys(snake));
  t.same(Object.keys(metricsToRecord(metrics)), Object.keys(metrics));
  t.throws(() => metricsToRecord(metrics, { names: 'kebab' as never }), { code: 'VALIDATION' });
  const reversed = Object.fromEntries(Object.entries({ ...metrics, sharpe: NaN, more: 'text' }).reverse());
  t.same(Object.entries(metricsToRecord(reversed as never)), Object.entries({ ...metrics, sharpe: NaN }));
  const readBack = { ...metrics, sharpe: null } as never;
  t.throws(() => metricsToRecord(readBack), { code: 'VALIDATION', detail: { field: 'metrics.sharpe' } });
  t.throws(() => metricsToRecord(null as never), { code: 'VALIDATION' });
  t.equal(compat.py_compute_metrics([]), null);
  t.equal(compat.py_rolling_sharpe(returns, 2).length, 4);
  t.equal(compat.py_rolling_volatility(returns, 2).length, 4);
});

t.test('py_backtest_weights takes lists of pairs and gives what backtestWeights gives', async (t) => {
  const weights = [
    [
      ['A', 0.5],
      ['B', 0.5],
    ],
    [['B', 1]],
    [],
  ] as [string, number][][];
  const prices = [
    [
      ['A', 100],
      ['B', 50],
    ],
    [
      ['B', 55],
      ['A', 110],
    ],
    [
      ['A', 120],
      ['B', 60],
    ],
  ] as [string, number][][];
  const snake = compat.py_backtest_weights(weights, prices, 1_000_000, 10);
  const direct = backtestWeights(
    {
      prices: [
        [100, 50],
        [110, 55],
        [120, 60],
      ],
      weights: [
        [0.5, 0.5],
        [0, 1],
        [0, 0],
      ],
      symbols: ['A', 'B'],
    },
    { initialCash: 1_000_000, costBps: 10 },
  );
  t.same(snake.equity_curve, Array.from(direct.equityCurve));
  t.equal(snake.final_cash, direct.cash[3]);
  t.equal(snake.metrics.sharpe, direct.metrics.sharpe);
  t.same(snake.holdings[1], [
    ['A', 0],
    ['B', direct.holdings!.data[3]],
  ]);
  t.equal(compat.backtest_weights, compat.py_backtest_weights);
  t.throws(() => compat.py_backtest_weights(weights.slice(1), prices, 1), { code: 'SHAPE' });
  t.throws(() => compat.py_backtest_weights([[['X', 1]], [], []], prices, 1), {
    code: 'VALIDATION',
    message: /"X"/,
  });
  t.throws(
    () =>
      compat.py_backtest_weights(
        [
          [
            ['A', 0.5],
            ['A', 0.5],
          ],
          [],
          [],
        ],
        prices,
        1,
      ),
    { code: 'VALIDATION' },
    'N30',
  );
});

t.test('weights by date become a schedule on bars', async (t) => {
  const days = ['2020-01-02', '2020-01-03', '2020-01-06'].map((text) => parseDate(text)!);
  const panel = { dates: Int32Array.from(days), symbols: ['A', 'B'] };
  const byDate = { '2020-01-04': { A: 0.5 }, '2020-01-02': { A: 0.25, B: 0.75 }, '2020-01-06': { B: 1 } };
  t.same(
    weightsToSchedule(byDate, panel),
    [
      { bar: 0, targets: { A: 0.25, B: 0.75 } },
      { bar: 2, targets: { B: 1 } },
    ],
    'a Saturday counts for Monday, where the later entry stands',
  );
  t.same(weightsToSchedule(new Map([[days[1]!, { A: 1 }]]), panel), [{ bar: 1, targets: { A: 1 } }]);
  t.throws(() => weightsToSchedule({ '2020-01-07': { A: 1 } }, panel), { code: 'TIMESTAMP_ANOMALY' });
  t.throws(() => weightsToSchedule({ '2020-01-01': { A: 1 } }, panel), { code: 'TIMESTAMP_ANOMALY' });
  t.throws(() => weightsToSchedule({ '01/02/2020': { A: 1 } }, panel), { code: 'VALIDATION' });
  t.throws(() => weightsToSchedule({ '2020-01-02': { X: 1 } }, panel), { code: 'UNKNOWN_SYMBOL' });
  t.throws(() => weightsToSchedule({ '2020-01-02': { A: Number.NaN } }, panel), { code: 'INVALID_WEIGHTS' });
  t.throws(() => weightsToSchedule([] as never, panel), { code: 'VALIDATION' });
});

t.test('indicators, ranks and splits have the seeds’ names and the values of the references', async (t) => {
  const close = Array.from({ length: 60 }, (_, i) => 100 + ((7919 * i) % 101) / 10);
  const high = close.map((price, i) => price + 1 + (i % 3) / 4);
  const low = close.map((price, i) => price - 1 - (i % 5) / 8);
  const [line, signal, histogram] = compat.py_macd(close);
  const [upper, , lower] = compat.py_bbands(close);
  const z = Array.from({ length: 60 }, (_, i) => ((7919 * i) % 101) / 10);
  const y = Array.from({ length: 60 }, (_, i) => ((104729 * i) % 97) / 7);
  const [correlation, pValue] = compat.py_spearman(z, y);
  // TA-Lib 0.8.2, scipy 1.17.1 and numpy, asked by hand for these series.
  const pairs: [number | undefined, number][] = [
    [compat.py_rsi(close)[59], 53.587800429411345],
    [line[59], 0.35890564847309747],
    [signal[59], 0.09331118913961732],
    [histogram[59], 0.26559445933348014],
    [upper[59], 110.82880124683128],
    [lower[59], 99.15119875316846],
    [compat.py_atr(high, low, close)[59], 6.041148018374357],
    [correlation, 0.13592664629063633],
    [pValue, 0.300411882082825],
    [compat.py_quintile_spread(z, y), 1.5357142857142847],
  ];
  t.same(
    pairs.filter(([ours, theirs]) => !(Math.abs(ours! - theirs) < 1e-10)),
    [],
  );
  t.same(compat.py_time_series_split(10, 3), [
    [
      [0, 1, 2, 3],
      [4, 5],
    ],
    [
      [0, 1, 2, 3, 4, 5],
      [6, 7],
    ],
    [
      [0, 1, 2, 3, 4, 5, 6, 7],
      [8, 9],
    ],
  ]);
  t.same(compat.py_time_series_split(3, 5), [], 'as nanobook; timeSeriesSplit throws');
});

t.test('py_garch_forecast is the maximum likelihood of arch, not a fixed recursion', async (t) => {
  const returns = Array.from({ length: 500 }, (_, i) => {
    return ((((7919 * i) % 1009) - 504) / 300) * (1 + Math.sin(i / 25) / 2);
  });
  // arch 8.0.0: forecast variance 0.7858566053689928.
  t.ok(Math.abs(compat.py_garch_forecast(returns) ** 2 - 0.7858566053689928) < 1e-6);
});

t.test('the optimizers by the seeds\u2019 names reach the optima of cvxpy', async (t) => {
  const scale = [0.6, 1, 1.4, 0.9];
  const returns = Array.from({ length: 60 }, (_, i) =>
    scale.map((size, j) => ((((7919 * i + 104_729 * j + 31 * i * j) % 101) - 48) / 2500) * size),
  );
  const symbols = ['A', 'B', 'C', 'D'];
  const near = (weights: Record<string, number>, expected: readonly number[], tolerance: number): boolean =>
    symbols.every((symbol, i) => Math.abs(weights[symbol]! - expected[i]!) < tolerance);
  // cvxpy 1.9.3 at tolerance 1e-12; the Sharpe weights to the accuracy of that solver, 1e-6.
  const variance = [0.48999022043623874, 0.16563074343419174, 0.09686960387301852, 0.24750943225655095];
  t.ok(near(compat.py_optimize_min_variance(returns, symbols), variance, 1e-6));
  const sharpe = [0.35012546, 0.06863035, 0.4115528, 0.16969139];
  t.ok(near(compat.py_optimize_max_sharpe(returns, symbols), sharpe, 1e-5));
  const parity = [0.3753070173335379, 0.21188463444277442, 0.15154909690681084, 0.2612592513168769];
  t.ok(near(compat.py_optimize_risk_parity(returns, symbols), parity, 1e-9));
  const cvar = [0.8915094339622642, 0, 0.04245283018867939, 0.06603773584905638];
  t.ok(near(compat.py_optimize_cvar(returns, symbols), cvar, 1e-9));
  const cdar = [0.7918828739122634, 0.13526894222859942, 0.025442361570669744, 0.04740582228846742];
  t.ok(near(compat.py_optimize_cdar(returns, symbols), cdar, 1e-9));
});
