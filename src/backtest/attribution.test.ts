import t from 'tap';
import { market } from '../testing/market.js';
import { attribution } from './attribution.js';
import { backtestWeights } from './run.js';

const days = (rows: number): number[] => Array.from({ length: rows }, (_, k) => 18_262 + k);

t.test('two symbols by hand: half in each, one gains a tenth, the other loses a fifth', async (t) => {
  const prices = [
    [100, 200],
    [110, 160],
  ];
  const weights = [
    [0.5, 0.5],
    [NaN, NaN],
  ];
  const result = backtestWeights({ prices, weights, dates: days(2) }, { initialCash: 100_000, costBps: 100 });
  // 50,000 cents in each; the costs of 1% are paid from what remains: cash is short, so buys shrink to 49,504.95 each.
  const [a, b] = attribution(result, { by: 'symbol' });
  const bought = result.trades!.notional;
  t.ok(Math.abs(a!.gainCents - bought[0]! * 0.1) < 1 && Math.abs(b!.gainCents + bought[1]! * 0.2) < 1);
  t.equal(a!.costCents + b!.costCents, result.costs[0]);
  t.ok(Math.abs(a!.contribution - (bought[0]! * 0.1) / 100_000) < 1e-5);
  const [year] = attribution(result, { by: 'year' });
  t.match(year, { year: 2020, month: null, startCents: 100_000 });
  t.equal(year!.return, (result.equityCurve[2]! - 100_000) / 100_000);
});

t.test('contributions less costs are the return of every period, whatever the fills and stops', async (t) => {
  const bars = 150;
  const { prices: close, weights } = market(5, bars, 6, { every: 5, short: true, gross: 0.8 });
  const shifted = { ...close, data: close.data.map((price, k) => Math.max(1, price + ((k * 7) % 5) - 2)) };
  const high = { ...close, data: close.data.map((price, k) => Math.max(price, shifted.data[k]!) + 3) };
  const low = {
    ...close,
    data: close.data.map((price, k) => Math.max(1, Math.min(price, shifted.data[k]!) - 3)),
  };
  const ohlc = { open: shifted, high, low, close };
  const common = { initialCash: 1e9, costBps: 7, allowShort: true };
  const stops = { trailingStopPct: 0.04, takeProfitPct: 0.05 };
  const runs = [
    backtestWeights({ prices: close, weights, dates: days(bars) }, common),
    backtestWeights({ prices: ohlc, weights, dates: days(bars) }, { ...common, fillPolicy: 'nextOpen' }),
    backtestWeights(
      { prices: ohlc, weights, dates: days(bars) },
      { ...common, fillPolicy: 'nextTypical', stops },
    ),
  ];
  const problems: string[] = [];
  for (const [k, result] of runs.entries()) {
    const symbols = attribution(result, { by: 'symbol' });
    const total = symbols.reduce((sum, row) => sum + row.contribution - row.cost, 0);
    const whole = result.equityCurve[bars]! / result.equityCurve[0]! - 1;
    // Each bar's equity is rounded to a cent of 1e9: 150 of them are 1.5e-7 at most.
    if (!(Math.abs(total - whole) < 1.5e-7)) problems.push(`run ${k}: ${total} and ${whole}`);
    for (const by of ['month', 'year'] as const) {
      const rows = attribution(result, { by });
      for (const { contribution, cost, residual, return: gained } of rows) {
        if (!(Math.abs(residual) < 1.5e-7)) problems.push(`run ${k}, ${by}: residual ${residual}`);
        if (!(Math.abs(contribution - cost + residual - gained) < 1e-15))
          problems.push(`run ${k}, ${by}: ${gained}`);
      }
      const grown = rows.reduce((product, row) => product * (1 + row.return), 1) - 1;
      if (!(Math.abs(grown - whole) < 1e-12)) problems.push(`run ${k}: ${by}s compound to ${grown}`);
    }
    const cents = (pick: 'gainCents' | 'costCents' | 'turnover'): [number, number] => [
      symbols.reduce((sum, row) => sum + row[pick], 0),
      attribution(result, { by: 'month' }).reduce((sum, row) => sum + row[pick], 0),
    ];
    for (const pick of ['gainCents', 'costCents', 'turnover'] as const) {
      const [a, b] = cents(pick);
      if (!(Math.abs(a - b) <= 1e-9 * Math.abs(a))) problems.push(`run ${k}: ${pick} ${a} and ${b}`);
    }
    const paid = result.costs.reduce((sum, cost) => sum + cost, 0);
    if (cents('costCents')[0] !== paid) problems.push(`run ${k}: costs ${paid}`);
    const trading = symbols.reduce((sum, row) => sum + Math.abs(row.tradingCents), 0);
    // Values are weights times equity, doubles of 16 digits: a few cents over 150 bars of 6 symbols.
    if (k === 0 ? trading > 1000 : trading < 1e5) problems.push(`run ${k}: from fills ${trading}`);
  }
  t.same(problems, []);
});

t.test('exposure is the mean of the weights, and what is missing is said', async (t) => {
  const { prices, weights } = market(3, 20, 3);
  const result = backtestWeights({ prices, weights }, { initialCash: 1e8 });
  const rows = attribution(result, { by: 'symbol' });
  const mean = result.holdings!.data.reduce((sum, w) => sum + w, 0) / 20;
  t.ok(Math.abs(rows.reduce((sum, row) => sum + row.netExposure, 0) - mean) < 1e-12);
  t.throws(() => attribution(result, { by: 'month' }), { message: /'result\.dates'/ });
  t.throws(() => attribution(result, { by: 'week' as never }), { message: /'by'/ });
  const bare = backtestWeights({ prices, weights }, { initialCash: 1e8, panels: 'none' });
  t.throws(() => attribution(bare, { by: 'symbol' }), { message: /panels: 'all'/ });
});
