import t from 'tap';
import type { Mat } from '../check.js';
import { PriceError, ValidationError } from '../errors.js';
import { backtestWeightsAsync } from '../node/backtest-async.js';
import { backtestWeights } from '../testing/engine-under-test.js';
import { errorOf } from '../testing/error-of.js';
import { bars, market, two } from '../testing/market.js';
import { stopTrial } from '../testing/stop-trials.js';
import type { StopConfig } from './stop-types.js';
import type { BacktestOptions, BacktestResult } from './types.js';

const N = Number.NaN;
const CASH = { initialCash: 1_000_000, quantityStep: 1 };

/** Bars of one symbol from rows of open, high, low and close. */
function ohlc(rows: readonly (readonly number[])[]): { open: Mat; high: Mat; low: Mat; close: Mat } {
  const part = (k: number): Mat => two(rows.map((row) => [row[k]!]));
  return { open: part(0), high: part(1), low: part(2), close: part(3) };
}

t.test('stops that make no sense are refused by name', async (t) => {
  const refused: [unknown, string][] = [
    [{}, 'stops'],
    [{ intrabar: 'worst', reentry: 'never', atrPeriod: 3 }, 'stops'],
    [{ fixedStop: 0.1 }, 'stops'],
    [null, 'stops'],
    [0.1, 'stops'],
    [{ fixedStopPct: 0 }, 'stops.fixedStopPct'],
    [{ fixedStopPct: 1 }, 'stops.fixedStopPct'],
    [{ fixedStopPct: -0.1 }, 'stops.fixedStopPct'],
    [{ fixedStopPct: N }, 'stops.fixedStopPct'],
    [{ fixedStopPct: '0.1' }, 'stops.fixedStopPct'],
    [{ fixedStopPct: null }, 'stops.fixedStopPct'],
    [{ trailingStopPct: 1.5 }, 'stops.trailingStopPct'],
    [{ atrMultiple: 0 }, 'stops.atrMultiple'],
    [{ atrMultiple: Infinity }, 'stops.atrMultiple'],
    [{ atrMultiple: 2, atrPeriod: 0 }, 'stops.atrPeriod'],
    [{ atrMultiple: 2, atrPeriod: 2.5 }, 'stops.atrPeriod'],
    [{ takeProfitPct: 0 }, 'stops.takeProfitPct'],
    [{ takeProfitPct: -1 }, 'stops.takeProfitPct'],
    [{ maxBars: 0 }, 'stops.maxBars'],
    [{ maxBars: 1.5 }, 'stops.maxBars'],
    [{ maxBars: 3, intrabar: 'best' }, 'stops.intrabar'],
    [{ maxBars: 3, reentry: 'always' }, 'stops.reentry'],
  ];
  const wrong: string[] = [];
  for (const [stops, field] of refused) {
    const error = errorOf(() =>
      backtestWeights({ prices: [[100]], weights: [[1]] }, { ...CASH, stops: stops as StopConfig }),
    );
    const named = error.detail?.field ?? '';
    if (!(error instanceof ValidationError) || !named.startsWith(field)) {
      wrong.push(`${JSON.stringify(stops)}: ${error.name} of ${named}: ${error.message}`);
    }
  }
  t.same(wrong, []);
});

t.test('the result carries the stops with their defaults, or nothing of them', async (t) => {
  const input = { prices: [[100], [100]], weights: [[1], [N]] };
  const without = backtestWeights(input, CASH);
  t.notOk('stops' in without.config, 'so its digest stays what it was');
  t.same([without.stopEvents, without.atrKind], [[], null]);
  const { config, atrKind, configDigest } = backtestWeights(input, {
    ...CASH,
    stops: { trailingStopPct: 0.1 },
  });
  t.same(config.stops, {
    fixedStopPct: null,
    trailingStopPct: 0.1,
    atrMultiple: null,
    atrPeriod: 14,
    takeProfitPct: null,
    maxBars: null,
    intrabar: 'worst',
    reentry: 'next-rebalance',
  });
  t.equal(atrKind, null, 'no ATR stop');
  t.not(configDigest, without.configDigest);
});

t.test('a stop that is never met changes nothing but the configuration', async (t) => {
  const { prices, weights } = market(4, 120, 6, { every: 7, short: true, gross: 1.4 });
  const panel = bars(prices, 4);
  // A fixed stop short positions never meet either: their prices at most double.
  const stops: StopConfig = { fixedStopPct: 0.999999, takeProfitPct: 1e6, maxBars: 1_000, atrMultiple: 1e6 };
  const different: string[] = [];
  for (const fillPolicy of ['close', 'nextOpen', 'nextTypical'] as const) {
    for (const intrabar of ['worst', 'close'] as const) {
      const options: BacktestOptions = {
        initialCash: 5_000_000,
        costBps: 10,
        fillPolicy,
        maxGross: 1.4,
        allowShort: true,
      };
      const plain = backtestWeights({ prices: panel, weights }, options);
      const stopped = backtestWeights(
        { prices: panel, weights },
        { ...options, stops: { ...stops, intrabar } },
      );
      const same =
        stopped.stopEvents.length === 0 &&
        stopped.resultDigest === plain.resultDigest &&
        JSON.stringify(stopped.trades) === JSON.stringify(plain.trades) &&
        String(stopped.turnover) === String(plain.turnover) &&
        JSON.stringify(stopped.metrics) === JSON.stringify(plain.metrics);
      if (!same) different.push(`${fillPolicy}, ${intrabar}`);
    }
  }
  t.same(different, []);
});

t.test('trades stand as they were booked: exits at the open, the rebalance, later exits', async (t) => {
  // A opens beyond its stop, B meets its stop later in the bar, C is bought with what A brought.
  const even = [100, 100, 100];
  const panel = (...last: number[]): Mat => two([even, even, last]);
  const prices = {
    open: panel(80, 100, 100),
    high: panel(85, 100, 100),
    low: panel(75, 85, 100),
    close: panel(82, 88, 100),
  };
  const weights = [
    [0.5, 0.5, 0],
    [0, 0.5, 0.5],
    [N, N, N],
  ];
  const { trades, stopEvents, costs, turnover } = backtestWeights(
    { prices, weights, symbols: ['A', 'B', 'C'] },
    { ...CASH, fillPolicy: 'nextOpen', costBps: 10, stops: { fixedStopPct: 0.1 } },
  );
  const rows = Array.from({ length: trades!.count }, (_, k) => [
    trades!.bar[k],
    trades!.symbol[k],
    trades!.quantity[k],
  ]);
  // At 0.1 % of cost the cash buys 4995 shares each. A goes for 399600, B is sold down to half of 898201 at the open.
  t.same(
    rows.filter(([bar]) => bar === 2).map(([, symbol, quantity]) => [symbol, Math.sign(quantity!)]),
    [
      [0, -1],
      [1, -1],
      [2, 1],
      [1, -1],
    ],
  );
  t.same(
    stopEvents.map(({ symbol, gap }) => [symbol, gap]),
    [
      ['A', true],
      ['B', false],
    ],
  );
  let cost = 0;
  let value = 0;
  for (let k = 0; k < trades!.count; k++) {
    if (trades!.bar[k] !== 2) continue;
    cost += trades!.cost[k]!;
    value += trades!.notional[k]!;
  }
  t.equal(costs[2], cost);
  t.ok(turnover[2]! > value / 1_000_000 && turnover[2]! < value / 890_000);
});

t.test('later bars do not change what stops did before them', async (t) => {
  const cut = (mat: Mat, rows: number): Mat => ({ ...mat, rows, data: mat.data.slice(0, rows * mat.cols) });
  const different: number[] = [];
  for (let stream = 0; stream < 60; stream++) {
    const { input, options } = stopTrial(77, stream);
    const weights = input.weights as Mat;
    const prices = input.prices as Mat | { open: Mat; high: Mat; low: Mat; close: Mat };
    const rows = Math.floor(weights.rows / 2);
    const shorter =
      'close' in prices
        ? {
            open: cut(prices.open, rows),
            high: cut(prices.high, rows),
            low: cut(prices.low, rows),
            close: cut(prices.close, rows),
          }
        : cut(prices, rows);
    const all = backtestWeights(input, options);
    const part = backtestWeights({ prices: shorter, weights: cut(weights, rows) }, options);
    const before = all.stopEvents.filter(({ bar }) => bar < rows);
    const same =
      JSON.stringify(before) === JSON.stringify(part.stopEvents) &&
      String(all.equityCurve.subarray(0, rows + 1)) === String(part.equityCurve);
    if (!same) different.push(stream);
  }
  t.same(different, []);
});

t.test(
  'a bar that stops look at and that misses a price is an error unless mark-last is asked for',
  async (t) => {
    const run = (rows: number[][], options: Partial<BacktestOptions> = {}, held = 1): BacktestResult =>
      backtestWeights(
        {
          prices: ohlc(rows),
          weights: rows.map((_, k) => [k === 0 ? held : N]),
          symbols: ['A'],
          dates: [0, 1],
        },
        { ...CASH, stops: { fixedStopPct: 0.1 }, ...options },
      );
    const first = [100, 100, 100, 100];
    for (const missing of [0, 1, 2, 3]) {
      const second = first.map((price, k) => (k === missing ? N : price));
      const error = errorOf(() => run([first, second]));
      t.ok(
        error instanceof PriceError &&
          /^A has no price at bar 1 \(1970-01-02\) but is held/.test(error.message),
        error.message,
      );
      t.equal(run([first, second], { missingPrice: 'mark-last' }).stopEvents.length, 0);
      t.equal(run([first, second], {}, 0).stopEvents.length, 0, 'nothing is held');
    }
    const noHigh = [100, N, 100, 100];
    t.equal(
      run([first, noHigh], { stops: { fixedStopPct: 0.1, intrabar: 'close' } }).status,
      'ok',
      'nobody looks at it',
    );
    for (const bad of [0, -5, 99.5, Infinity]) {
      const { detail } = errorOf(() => run([first, [100, bad, 100, 100]]));
      t.same([detail?.field, detail?.value], ['prices at bar 1 (1970-01-02), symbol A', bad]);
    }
  },
);

t.test('bars out of order are read widened, and left as they were given', async (t) => {
  const prices = ohlc([
    [100, 100, 100, 100],
    [100, 90, 110, 80],
  ]);
  const before = JSON.stringify(prices);
  const { stopEvents } = backtestWeights(
    { prices, weights: [[1], [N]] },
    { ...CASH, stops: { fixedStopPct: 0.15 } },
  );
  t.same(
    stopEvents.map(({ exitPrice }) => exitPrice),
    [85],
    'the low is the close of 80',
  );
  t.equal(JSON.stringify(prices), before);
});

t.test('what stops look at is part of the input digest', async (t) => {
  const digest = (high: number, stops?: StopConfig): string =>
    backtestWeights(
      {
        prices: ohlc([
          [100, 100, 100, 100],
          [100, high, 100, 100],
        ]),
        weights: [[1], [N]],
      },
      { ...CASH, ...(stops === undefined ? {} : { stops }) },
    ).inputDigest;
  t.equal(digest(101), digest(102), 'without stops at the close nobody reads the high');
  t.not(digest(101, { fixedStopPct: 0.1 }), digest(102, { fixedStopPct: 0.1 }));
  t.equal(digest(101, { maxBars: 1, intrabar: 'close' }), digest(102, { maxBars: 1, intrabar: 'close' }));
  const atr: StopConfig = { atrMultiple: 1, intrabar: 'close' };
  t.not(digest(101, atr), digest(102, atr), 'the true range reads it');
});

t.test('on a thread, and without panels, the events are the same', async (t) => {
  const { prices, weights } = market(11, 300, 5, { every: 20 });
  const input = { prices: bars(prices, 11), weights };
  const options: BacktestOptions = {
    initialCash: 5_000_000,
    costBps: 5,
    stops: { trailingStopPct: 0.05, takeProfitPct: 0.2, atrMultiple: 3 },
  };
  const here = backtestWeights(input, options);
  const there = await backtestWeightsAsync(input, options);
  t.ok(here.stopEvents.length > 20, `${here.stopEvents.length} events`);
  t.same(there.stopEvents, here.stopEvents);
  t.same([there.atrKind, there.resultDigest], ['wilder', here.resultDigest]);
  const bare = backtestWeights(input, { ...options, panels: 'none' });
  t.same(bare.stopEvents, here.stopEvents);
});
