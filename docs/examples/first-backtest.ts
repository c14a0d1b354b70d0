import { backtestWeights, computeMetrics, pricesToCents } from 'nb-backtest';

const prices = [
  [100.0, 50.0],
  [110.0, 49.5],
  [104.5, 55.0],
].map((row) => Array.from(pricesToCents(row)));

const result = backtestWeights(
  { prices, symbols: ['AAPL', 'MSFT'], weights: [{ bar: 0, targets: { AAPL: 0.6, MSFT: 0.4 } }] },
  { initialCash: 1_000_000_00, costBps: 10 },
);

console.log(result.equityCurve); // cents: the cash to start with, then one value a bar
console.log(result.metrics.maxDrawdown, computeMetrics(result.returns).sharpe);
