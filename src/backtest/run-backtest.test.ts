import t from 'tap';
import type { Mat } from '../check.js';
import { InvalidWeightsError, StrategyError, ValidationError } from '../errors.js';
import { equalWeights, rebalanceBars } from '../series/rebalance-dates.js';
import { errorOf } from '../testing/error-of.js';
import { bars as ohlcOf, market, two } from '../testing/market.js';
import { backtestWeights } from './run.js';
import { runBacktest, runBacktestAsync } from './run-backtest.js';
import type { Strategy, StrategyOptions, StrategyPrices, StrategyTargets } from './strategy-types.js';
import type { BacktestResult } from './types.js';

const SYMBOLS = ['A', 'B', 'C'];
const DATES = Int32Array.from({ length: 90 }, (_, k) => 19_000 + k);
const { prices: close } = market(21, 90, 3);
const prices = ohlcOf(close, 21);
const input = { prices, symbols: SYMBOLS, dates: DATES };
const third = 1 / 3;
const MONEY = { initialCash: 50_000_000, costBps: 10 };

/** Everything of a result that does not depend on how the targets were given. */
function figures(result: BacktestResult): string {
  const { inputDigest: _, ...rest } = result;
  return JSON.stringify({ ...rest, resultDigest: result.resultDigest, configDigest: result.configDigest });
}

t.test(
  'equal weight by callback is the built-in equal weight to the bit, in every form of answer',
  async (t) => {
    const panel = { ...prices, dates: DATES, symbols: SYMBOLS, priceScale: 100 };
    const asked = rebalanceBars(DATES, 'monthly');
    const forms: Record<string, () => StrategyTargets> = {
      object: () => ({ A: third, B: third, C: third }),
      map: () => new Map(SYMBOLS.map((symbol) => [symbol, third])),
      pairs: () => [...SYMBOLS].reverse().map((symbol) => [symbol, third] as const),
      vector: () => Float64Array.of(third, third, third),
    };
    const different: string[] = [];
    for (const timing of [{ lag: 0 }, { lag: 1 }, { lag: 3 }, { lag: 0, fillPolicy: 'nextOpen' as const }]) {
      const options = { ...MONEY, ...timing };
      for (const bars of [undefined, asked]) {
        const weights = equalWeights(panel, bars ?? Int32Array.from(DATES.keys()));
        const expected = figures(backtestWeights({ ...input, weights }, options));
        for (const [form, answer] of Object.entries(forms)) {
          const given = bars === undefined ? options : { ...options, bars };
          if (figures(runBacktest(answer, input, given)) !== expected) {
            different.push(`${form}, ${String(bars)}, ${JSON.stringify(timing)}`);
          }
        }
      }
    }
    t.same(different, []);
  },
);

t.test('a target trades at the next close, or at the next open, unless told otherwise', async (t) => {
  const all: Strategy = (bar) => (bar === 0 ? { A: 1 } : null);
  const atClose = runBacktest(all, input, MONEY);
  t.same([atClose.config.lag, atClose.trades!.bar[0], atClose.trades!.price[0]], [1, 1, close.data[3]]);
  const atOpen = runBacktest(all, input, { ...MONEY, fillPolicy: 'nextOpen' });
  t.same([atOpen.config.lag, atOpen.trades!.bar[0], atOpen.trades!.price[0]], [0, 1, prices.open.data[3]]);
  const last = runBacktest((bar) => (bar === 89 ? { A: 1 } : null), input, MONEY);
  t.same(last.skippedRebalances, [{ bar: 89, reason: 'no-next-bar' }]);
});

t.test('what a strategy throws comes out with its bar and cause', async (t) => {
  const cause = new RangeError('no such thing');
  const failing = (bar: number): StrategyTargets => {
    if (bar === 7) throw cause;
    return null;
  };
  const message = 'the strategy failed at bar 7 (2022-01-15): RangeError: no such thing';
  const error = errorOf(() => runBacktest(failing, input, MONEY)) as StrategyError;
  t.ok(error instanceof StrategyError);
  t.same([error.barIndex, error.cause, error.message], [7, cause, message]);
  await t.rejects(
    runBacktestAsync(async (bar) => failing(bar), input, MONEY),
    { name: 'StrategyError', barIndex: 7, cause, message },
  );
  const odd = errorOf(() =>
    runBacktest(
      () => {
        throw 'a string';
      },
      input,
      MONEY,
    ),
  ) as StrategyError;
  t.same([odd.barIndex, odd.cause], [0, 'a string']);
});

t.test('an answer that is no set of weights is refused, naming the bar', async (t) => {
  const N = Number.NaN;
  const bad: [string, unknown][] = [
    ['undefined', undefined],
    ['a number', 1],
    ['a text', 'A'],
    ['a list of numbers', [0.5, 0.5, 0]],
    ['NaN', { A: N }],
    ['a text as a weight', { A: '0.5' }],
    ['infinity', { A: Infinity }],
    ['an unknown symbol', { MSFT: 0.5 }],
    ['an empty name', { '': 0.5 }],
    ['a repeated symbol', ['A', 'B', 'A'].map((symbol) => [symbol, 0.2])],
    ['leverage', { A: 0.7, B: 0.7 }],
    ['a short weight', { A: -0.5 }],
    ['too short a vector', Float64Array.of(0.5, 0.5)],
    ['too long a vector', Float64Array.of(0.1, 0.1, 0.1, 0.1)],
    ['a NaN in a vector', Float64Array.of(0.5, N, 0.5)],
    ['a vector of nothing', Float64Array.of(N, N, N)],
    ['a triple', [['A', 0.5, 1]]],
  ];
  const wrong: string[] = [];
  for (const [name, answer] of bad) {
    const strategy = ((bar: number) => (bar === 4 ? answer : null)) as Strategy;
    for (const lag of [0, 1]) {
      const error = errorOf(() => runBacktest(strategy, input, { ...MONEY, lag }));
      if (!(error instanceof InvalidWeightsError) || !error.message.includes('bar 4 (2022-01-12)')) {
        wrong.push(`${name}: ${error.name}: ${error.message}`);
      }
    }
  }
  t.same(wrong, []);
  const silent = (async () => undefined) as unknown as Strategy;
  await t.rejects(runBacktestAsync(silent, input, MONEY), InvalidWeightsError);
});

t.test('a promise is refused where nobody waits for it, and only functions run', async (t) => {
  const promising = (async () => ({ A: 1 })) as unknown as Strategy;
  t.throws(() => runBacktest(promising, input, MONEY), /runBacktestAsync/);
  const rejecting = (() => Promise.reject(new Error('nobody hears this'))) as unknown as Strategy;
  t.throws(() => runBacktest(rejecting, input, MONEY), ValidationError);
  t.throws(() => runBacktest({} as Strategy, input, MONEY), ValidationError);
  t.throws(() => runBacktest(() => null, input, { ...MONEY, lags: 1 } as StrategyOptions), /lags/);
  for (const bars of [[90], [-1], [1.5], 'all', [Number.NaN]]) {
    t.throws(() => runBacktest(() => null, input, { ...MONEY, bars: bars as number[] }), ValidationError);
  }
});

t.test('a window shows no later bar, even if it is kept, and cannot be moved', async (t) => {
  const kept: StrategyPrices[] = [];
  const problems: string[] = [];
  const check = (condition: boolean, what: string): void => {
    if (!condition && problems.length < 10) problems.push(what);
  };
  runBacktest(
    (bar, window) => {
      kept.push(window);
      const first = kept[0]!;
      for (const seen of [window, first]) {
        check(seen.bar === bar && seen.date === DATES[bar], `bar ${bar}`);
        check(seen.close('B') === close.data[bar * 3 + 1], `close of bar ${bar}`);
        check(seen.high(2) === prices.high.data[bar * 3 + 2], `high of bar ${bar}`);
        check(seen.open('A', bar) === prices.open.data[0], 'the first open');
        check(Number.isNaN(seen.low('A', bar + 1)), 'before the first bar there is nothing');
        check(seen.history('C', bar + 1)!.length === bar + 1, 'the whole past');
        check(seen.history('C', bar + 2) === undefined, 'no more than the past');
        check(seen.closes(1)!.data.join() === close.data.slice(bar * 3, bar * 3 + 3).join(), `row ${bar}`);
        check(seen.closes(bar + 2) === undefined, 'no more rows than the past');
      }
      if (bar === 40) {
        t.throws(() => window.close('A', -1), ValidationError, 'tomorrow');
        t.throws(() => window.close('A', 0.5), ValidationError);
        t.throws(() => window.history('A', 0), ValidationError);
        t.throws(() => window.close('D'), /one of the 3 symbols/);
        t.throws(() => window.close(3), ValidationError);
        t.throws(() => Object.assign(window, { bar: 80 }), TypeError);
        t.throws(() => (window.symbols as string[]).push('D'), TypeError);
        const reach = [...Object.values(window), ...Object.getOwnPropertySymbols(window)];
        t.same(reach, [SYMBOLS], 'nothing but the names lies open');
        window.history('A', 5)!.fill(1);
        window.closes(5)!.data.fill(1);
      }
      return null;
    },
    input,
    MONEY,
  );
  t.same(problems, []);
  t.equal(kept.length, 90);
  t.equal(close.data[120], market(21, 90, 3).prices.data[120], 'copies were filled, not the prices');
});

t.test('null keeps what is held; a strategy is asked at the bars it names', async (t) => {
  const asked: number[] = [];
  const result = runBacktest(
    (bar) => {
      asked.push(bar);
      return bar === 10 ? { A: 0.5 } : null;
    },
    input,
    { ...MONEY, lag: 0, bars: [10, 20, 50] },
  );
  t.same(asked, [10, 20, 50]);
  const shares = Array.from(result.quantities!.data).filter((_, cell) => cell % 3 === 0);
  t.same([result.trades!.count, new Set(shares.slice(10)).size, shares[9]], [1, 1, 0]);
});

t.test('the portfolio is what the trades so far have left', async (t) => {
  const flat: Mat = two([
    [100, 50],
    [100, 50],
    [110, 50],
    [120, 50],
  ]);
  const seen: unknown[] = [];
  const run = (lag: number): unknown[] => {
    seen.length = 0;
    runBacktest(
      (bar, _, portfolio) => {
        seen.push([
          portfolio.cash,
          portfolio.equity,
          portfolio.quantity('A'),
          portfolio.weight(0),
          portfolio.weights(),
        ]);
        return bar === 0 ? { A: 0.5 } : null;
      },
      { prices: flat, symbols: ['A', '__proto__'] },
      { initialCash: 10_000, quantityStep: 1, lag },
    );
    return [...seen];
  };
  const before = [10_000, 10_000, 0, 0, {}];
  const at110 = [5000, 10_500, 50, 5500 / 10_500, { A: 5500 / 10_500 }];
  const at120 = [5000, 11_000, 50, 6000 / 11_000, { A: 6000 / 11_000 }];
  t.same(
    run(0),
    [before, [5000, 10_000, 50, 0.5, { A: 0.5 }], at110, at120],
    'the trade of a bar comes after the question',
  );
  t.same(run(1), [before, [5000, 10_000, 50, 0.5, { A: 0.5 }], at110, at120], 'or before that of the next');
});

t.test('the form that waits gives the same, in order, and ends when told to', async (t) => {
  const pick = (bar: number, window: StrategyPrices): StrategyTargets =>
    bar < 5 ? null : { [SYMBOLS[window.close('A') > window.close('A', 5) ? 0 : 1]!]: 1 };
  const expected = figures(runBacktest(pick, input, MONEY));
  const slow = async (bar: number, window: StrategyPrices): Promise<StrategyTargets> => {
    const answer = pick(bar, window);
    if (bar % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    return answer;
  };
  t.equal(figures(await runBacktestAsync(slow, input, MONEY)), expected);
  t.equal(figures(await runBacktestAsync(pick, input, MONEY)), expected, 'answers at once');
  const control = new AbortController();
  const reason = new Error('enough');
  let last = -1;
  const stopping = async (bar: number): Promise<StrategyTargets> => {
    last = bar;
    if (bar === 6) control.abort(reason);
    return null;
  };
  await t.rejects(runBacktestAsync(stopping, input, { ...MONEY, signal: control.signal }), reason);
  t.equal(last, 6);
  await t.rejects(runBacktestAsync(stopping, input, { ...MONEY, signal: AbortSignal.abort(reason) }), reason);
  t.equal(last, 6, 'not asked once');
});

t.test('stops work under a strategy as under a schedule, and it sees what they left', async (t) => {
  const stops = { trailingStopPct: 0.03, reentry: 'immediate' as const };
  for (const timing of [{ lag: 0 }, { lag: 1 }, { lag: 0, fillPolicy: 'nextOpen' as const }]) {
    const options = { ...MONEY, ...timing, stops };
    const rows = Array.from({ length: 90 }, (_, bar) =>
      SYMBOLS.map(() => (bar % 10 === 0 ? third : Number.NaN)),
    );
    const expected = backtestWeights({ ...input, weights: rows }, options);
    const result = runBacktest(
      (bar) => (bar % 10 === 0 ? { A: third, B: third, C: third } : null),
      input,
      options,
    );
    t.ok(result.stopEvents.length > 10, `${result.stopEvents.length} events`);
    t.equal(figures(result), figures(expected), JSON.stringify(timing));
  }
  const fall: Mat = two([[100], [100], [80], [80]]);
  const held: number[] = [];
  runBacktest(
    (bar, _, portfolio) => {
      held.push(portfolio.quantity(0));
      return bar === 0 ? { 0: 1 } : null;
    },
    { prices: fall },
    { initialCash: 10_000, quantityStep: 1, stops: { fixedStopPct: 0.1 } },
  );
  t.same(held, [0, 100, 0, 0]);
});

t.test('a strategy is not asked once everything is lost', async (t) => {
  const asked: number[] = [];
  const result = runBacktest(
    (bar) => {
      asked.push(bar);
      return { 0: -1 };
    },
    { prices: [[100], [100], [250], [250], [250]] },
    { initialCash: 10_000, allowShort: true, lag: 0 },
  );
  t.same([result.status, result.bankruptBar, asked.at(-1)], ['bankrupt', 2, 2]);
});
