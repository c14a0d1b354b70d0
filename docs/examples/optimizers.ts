import {
  backtestWeights,
  efficientFrontier,
  estimateCovariance,
  optimizeCvar,
  optimizeCvarDetailed,
  optimizedWeights,
  optimizeMinVariance,
  optimizeRiskParity,
  parseDate,
  portfolioCvar,
  type PricePanel,
  rebalanceBars,
  riskContributions,
} from 'nb-backtest';

// Two years of daily returns of four made-up stocks: rows are days, columns symbols.
const symbols = ['AAA', 'BBB', 'CCC', 'DDD'];
const day = (t: number): number[] =>
  symbols.map(
    (_, j) => ((((7919 * t + 104_729 * j + 31 * t * j) % 101) - 48) / 2500) * [0.6, 1, 1.4, 0.9][j]!,
  );
const returns = Array.from({ length: 504 }, (_, t) => day(t));

// Symbol to weight: long only, together 1.
console.log(optimizeMinVariance(returns, symbols));
console.log(optimizeRiskParity(returns, symbols, { covariance: 'ledoit-wolf' }));

// With the proof that no other weights have a smaller CVaR.
const found = optimizeCvarDetailed(returns, symbols, 0.95, { bounds: [0, 0.4] });
console.log(found.status, found.objective, found.dualityGap, found.iterations);
console.log(found.objective - portfolioCvar(found.vector, returns, 0.95)); // 0: what it says is what it has

// No symbol above 40 %, AAA and BBB together at most half, no more than 30 % moved.
const current = { AAA: 0.25, BBB: 0.25, CCC: 0.25, DDD: 0.25 };
const limits = {
  bounds: [0, 0.4],
  groups: [{ symbols: ['AAA', 'BBB'], max: 0.5 }],
  turnover: { current, max: 0.3 },
} as const;
console.log(optimizeCvar(returns, symbols, 0.95, limits));

// Where the risk comes from, and the best that each return allows.
console.log(riskContributions(found.vector, estimateCovariance(returns)));
for (const { volatility, expectedReturn } of efficientFrontier(returns, symbols, { points: 5 }).points) {
  console.log(volatility, expectedReturn);
}

// At the end of each month, from the 60 returns before it.
const prices = new Float64Array(505 * 4).fill(100_00);
for (let i = 4; i < prices.length; i++) {
  const t = Math.floor(i / 4) - 1;
  prices[i] = Math.round(prices[i - 4]! * (1 + returns[t]![i % 4]!));
}
const first = parseDate('2023-01-01')!;
const panel: PricePanel = {
  dates: Int32Array.from({ length: 505 }, (_, t) => first + t),
  symbols,
  priceScale: 100,
  close: { data: prices, rows: 505, cols: 4 },
};
const months = rebalanceBars(panel.dates, 'monthly');
const schedule = optimizedWeights(panel, months, { method: 'cvar', lookback: 60, alpha: 0.9 });
console.log(schedule.sentences.join('\n'), schedule.fallbacks.length);

const { weights, lag } = schedule;
const result = backtestWeights(
  { prices: panel.close, symbols, dates: panel.dates, weights },
  { initialCash: 1_000_000_00, lag },
);
console.log(result.metrics.totalReturn, result.metrics.maxDrawdown);
