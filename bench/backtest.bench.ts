/** Backtests of random targets on random prices, against vectorbt and nanobook. */
import { backtestWeights } from '../src/backtest/run.js';
import type { BacktestOptions } from '../src/backtest/types.js';
import { type Bench, type BenchCase, job, type Kernel, type PeerUse } from './harness.js';
import { type Input, randomPrices, randomWeights } from './inputs.js';

/**
 * Cents to start with: 2·10^9 for each symbol, 10^12 for 500. Positions then have the same size in every case, and at
 * zero cost the roundings to whole cents and micro-shares stay below 1e-9 of the equity.
 */
const cash = (symbols: number): number => 2e9 * symbols;

const backtest: Kernel = ({ prices, weights }, params) => {
  const options: BacktestOptions = {
    initialCash: Number(params.initialCash),
    costBps: Number(params.costBps ?? 0),
    panels: 'weights',
  };
  return job(
    () => backtestWeights({ prices, weights }, options),
    ({ equityCurve }) => ({ finalEquity: equityCurve[equityCurve.length - 1] }),
  );
};

const VECTORBT: PeerUse = {
  script: 'vectorbt',
  kernel: 'fromOrders',
  what: "Portfolio.from_orders(size_type='targetpercent', cash_sharing=True, call_seq='auto').value()",
  agree: { fields: ['finalEquity'], relative: 1e-9 },
};

const NANOBOOK: PeerUse = {
  script: 'nanobook',
  kernel: 'backtestWeights',
  what: 'py_backtest_weights(quantity_step=1) on its lists of tuples',
  agree: 'it leaves cash idle when a buy is listed before the sell that pays for it',
};

function input(rows: number, cols: number, every: number): () => Input {
  return () => ({ prices: randomPrices(rows, cols, 1), weights: randomWeights(rows, cols, 2, every) });
}

function scaling(symbols: number, bars: number): BenchCase {
  return {
    name: `scaling-${symbols}x${bars}`,
    title: `${symbols} symbols × ${bars.toLocaleString('en-US')} days, daily rebalance, no costs`,
    kernel: 'backtestWeights',
    params: { initialCash: cash(symbols) },
    makeInput: input(bars, symbols, 1),
    cells: symbols * bars,
  };
}

export const bench: Bench = {
  name: 'backtest',
  kernels: { backtestWeights: backtest },
  // Small before large: what a peer's process once took, it seldom gives back, and its peak memory is read for each.
  cases: [
    {
      name: '100x1260-daily',
      title: '100 symbols × 1,260 days, daily rebalance, no costs',
      kernel: 'backtestWeights',
      params: { initialCash: cash(100) },
      makeInput: input(1260, 100, 1),
      peers: [VECTORBT, NANOBOOK],
      quoted: [
        { who: 'asked for: about 0.1 s', ms: 100 },
        { who: 'nanobook 0.19.2', ms: 135 },
      ],
    },
    {
      name: '100x1260-monthly',
      title: '100 symbols × 1,260 days, rebalance every 21 days, no costs',
      kernel: 'backtestWeights',
      params: { initialCash: cash(100) },
      makeInput: input(1260, 100, 21),
      peers: [VECTORBT],
    },
    {
      name: '100x1260-monthly-10bps',
      title: '100 symbols × 1,260 days, rebalance every 21 days, 10 basis points',
      kernel: 'backtestWeights',
      params: { initialCash: cash(100), costBps: 10 },
      makeInput: input(1260, 100, 21),
      peers: [
        {
          ...VECTORBT,
          agree: 'it fills buys one by one, we scale them all, when costs leave too little cash',
        },
      ],
    },
    {
      name: '500x5000-daily',
      title: '500 symbols × 5,000 days, daily rebalance, no costs; equity, cash and weights filled',
      kernel: 'backtestWeights',
      params: { initialCash: cash(500) },
      makeInput: input(5000, 500, 1),
      peers: [VECTORBT, NANOBOOK],
    },
    ...[125, 250, 500].flatMap((symbols) => [1250, 2500, 5000].map((bars) => scaling(symbols, bars))),
  ],
};
