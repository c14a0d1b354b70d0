import t from 'tap';
import { ledgerRules, resolveBacktestOptions } from '../backtest/config.js';
import { backtestWeights } from '../backtest/run.js';
import type { BacktestOptions, FillPolicy } from '../backtest/types.js';
import type { Mat } from '../check.js';
import { bars, identityHolds, market } from '../testing/market.js';
import { referenceBacktest } from './backtest.js';
import { exactCost, exactEquity, exactNotional, floorDiv, roundDiv } from './exact.js';

t.test('the exact twin rounds by hand-checked rules', async (t) => {
  t.same([floorDiv(7n, 2n), floorDiv(-7n, 2n), floorDiv(-8n, 2n)], [3n, -4n, -4n]);
  t.same(
    [roundDiv(5n, 2n), roundDiv(7n, 2n), roundDiv(-5n, 2n), roundDiv(-7n, 2n), roundDiv(8n, 3n)],
    [2n, 4n, -2n, -4n, 3n],
    'a half goes to the even integer on both sides of zero',
  );
  t.equal(exactNotional(500_000n, 101n, 100n), 50n, 'half a share at 1.01 is 50.5 cents: 50');
  t.equal(exactNotional(500_000n, 103n, 100n), 52n, 'half a share at 1.03 is 51.5 cents: 52');
  t.equal(exactNotional(1_000_000n, 264n, 1000n), 26n, 'one share at 0.264 is 26.4 cents: 26');
  t.equal(
    exactEquity(10n, [500_000n, 500_000n], [101n, 101n], 100n),
    111n,
    'two halves of 101 cents make 101 cents',
  );
  t.equal(exactEquity(0n, [-500_000n], [101n], 100n), -51n, 'a short of 50.5 cents is rounded down to -51');
  t.equal(
    exactCost(99_999n, 10_000n, 5_000n, 0n),
    99n + 49n,
    'each part of 99.999 and 49.9995 cents is rounded down',
  );
  t.equal(exactCost(1n, 10_000n, 0n, 100n), 100n, 'the minimum fee');
  t.equal(exactCost(0n, 10_000n, 0n, 100n), 0n, 'nothing traded costs nothing');
});

t.test('the BigInt twin gives the same cash, equity and quantities under every option', async (t) => {
  const fills: FillPolicy[] = ['close', 'nextOpen', 'nextTypical'];
  let funded = 0;
  for (let seed = 1; seed <= 90; seed++) {
    const short = seed % 5 === 0;
    const gross = seed % 4 === 0 ? 1.5 : 1;
    const priceScale = [100, 1000, 1_000_000, 10, 1][seed % 5]!;
    const { prices, weights } = market(seed, 40, 5, {
      gross,
      short,
      start: priceScale * 40,
      every: 1 + (seed % 3),
    });
    const panel = bars(prices, seed);
    const options: BacktestOptions = {
      initialCash: [1e12, 12_345_678, 100_000, 999_999_999_999][seed % 4]!,
      costModel: {
        commissionBps: [0, 10, 2.5][seed % 3]!,
        slippageBps: [0, 5][seed % 2]!,
        minTradeFee: [0, 0, 0, 7][seed % 4]!,
      },
      lag: seed % 3,
      fillPolicy: fills[seed % 3]!,
      quantityStep: [1e-6, 1, 0.001, 1e-6][seed % 4]!,
      priceScale,
      maxGross: gross,
      allowShort: short,
    };
    const result = backtestWeights({ prices: panel, weights }, options);
    const rowsOf = (mat: Mat): number[][] =>
      Array.from({ length: mat.rows }, (_, k) =>
        Array.from(mat.data.subarray(k * mat.cols, (k + 1) * mat.cols)),
      );
    const { config } = resolveBacktestOptions(options);
    const fill =
      options.fillPolicy === 'nextOpen'
        ? panel.open
        : options.fillPolicy === 'nextTypical'
          ? typical(panel)
          : panel.close;
    const twin = referenceBacktest({
      close: rowsOf(prices),
      fill: rowsOf(fill),
      targets: rowsOf(weights).map((row) => (Number.isNaN(row[0]) ? null : row)),
      shift: options.lag! + (options.fillPolicy === 'close' ? 0 : 1),
      initialCash: options.initialCash,
      priceScale,
      lotMicro: ledgerRules(config).lotMicro,
      commissionBps: config.costModel.commissionBps,
      slippageBps: config.costModel.slippageBps,
      minTradeFee: config.costModel.minTradeFee,
      maxGross: config.maxGross,
    });
    if (result.costs.some((c) => c > 0)) funded += 1;
    const ok =
      twin.cash.every((cash, k) => cash === BigInt(result.cash[k + 1]!)) &&
      twin.equity.every((equity, k) => equity === BigInt(result.equityCurve[k + 1]!)) &&
      twin.quantities.every((row, k) =>
        row.every((q, i) => q === BigInt(Math.round(result.quantities!.data[k * 5 + i]! * 1e6))),
      );
    t.ok(ok, `seed ${seed}`);
    t.ok(
      result.status === 'bankrupt' || identityHolds(result, prices.data, priceScale),
      `cash + positions = equity, seed ${seed}`,
    );
    if (gross === 1)
      t.ok(
        result.cash.every((c) => c >= 0),
        `cash is never negative, seed ${seed}`,
      );
  }
  t.ok(funded > 40);
});

function typical(panel: { high: Mat; low: Mat; close: Mat }): Mat {
  const data = panel.close.data.map((c, i) => {
    const sum = BigInt(panel.high.data[i]!) + BigInt(panel.low.data[i]!) + BigInt(c);
    return Number((sum + 1n) / 3n); // thirds have no exact half: nearest is floor((sum + 1) / 3)
  });
  return { ...panel.close, data };
}
