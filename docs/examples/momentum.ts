import {
  backtestWeights,
  buildWeightSchedule,
  momentumWeights,
  parseDate,
  type PricePanel,
  rebalanceBars,
} from 'nb-backtest';

// Four made-up stocks over 600 days, in cents; readPrices gives such a panel from a file.
const first = parseDate('2023-01-01')!;
const days = Array.from({ length: 600 }, (_, t) => t);
const cents = days.flatMap((t) => [1, 4, 2, 3].map((trend, j) => 9_000 + trend * t + ((t * (37 + j)) % 211)));
const panel: PricePanel = {
  dates: Int32Array.from(days, (t) => first + t),
  symbols: ['AAA', 'BBB', 'CCC', 'DDD'],
  priceScale: 100,
  close: { data: Float64Array.from(cents), rows: 600, cols: 4 },
};
const months = rebalanceBars(panel.dates, 'monthly');

// The two stocks that rose most in the year that ended a month ago.
const momentum = momentumWeights(panel, months, { lookback: 252, skip: 21, top: 2 });
console.log(momentum.sentences.join('\n'));

// A rule of your own: a score for each symbol, and weights from the scores. `past` ends at the bar.
const byPrice = buildWeightSchedule(
  { panel, bars: months },
  (past) => past.symbols.map((_, j) => past.close(j)),
  (prices) => {
    const total = prices.reduce((sum, price) => sum + (price || 0), 0); // NaN: no price, no weight
    return prices.map((price) => price / total);
  },
);

for (const { weights, lag } of [momentum, byPrice]) {
  const { dates, symbols, close } = panel;
  const result = backtestWeights(
    { prices: close, symbols, dates, weights },
    { initialCash: 1_000_000_00, lag },
  );
  console.log(result.metrics.totalReturn);
}
