import {
  attribution,
  checkLookahead,
  parseDate,
  runBacktest,
  type Strategy,
  type StrategyInput,
} from 'nb-backtest';

// Three made-up stocks over 400 days, in cents; readPrices gives such a panel from a file.
const rows = 400;
const cents = Array.from({ length: rows * 3 }, (_, k) => {
  const [day, stock] = [Math.floor(k / 3), k % 3];
  return 10_000 + day * (stock * 9 - 4) + ((day * (37 + stock)) % 611);
});
const input: StrategyInput = {
  prices: { data: Float64Array.from(cents), rows, cols: 3 },
  symbols: ['AAA', 'BBB', 'CCC'],
  dates: Array.from({ length: rows }, (_, day) => parseDate('2023-01-01')! + day),
};
const options = { initialCash: 1_000_000_00, costBps: 5, stops: { trailingStopPct: 0.04, maxBars: 60 } };

// Asked after each close; what it answers trades at the next one. null: keep what is held.
const winner: Strategy = (bar, prices) => {
  if (bar < 20 || bar % 20 !== 0) return null;
  const gain = (symbol: string): number => prices.close(symbol) / prices.close(symbol, 20);
  const best = prices.symbols.reduce((a, b) => (gain(b) > gain(a) ? b : a));
  return { [best]: 0.95 };
};

const result = runBacktest(winner, input, options);
for (const { symbol, reason, exitPrice, entryPrice } of result.stopEvents)
  console.log(symbol, reason, exitPrice / entryPrice - 1);

// Which symbol earned it: contributions less costs are the total return.
for (const { symbol, contribution, cost } of attribution(result, { by: 'symbol' }))
  console.log(symbol, contribution, cost);

// Run again on shortened histories: does it decide as it did?
console.log((await checkLookahead(() => winner, input, options)).clean); // true
const peeking = ({ prices: all }: StrategyInput): Strategy => {
  const { data } = all as { data: Float64Array };
  return (bar) => ((data[(bar + 1) * 3] ?? 0) > data[bar * 3]! ? { AAA: 0.9 } : {});
};
const { clean, peeks } = await checkLookahead(peeking, input, options);
console.log(clean, peeks[0]?.symbol, peeks[0]?.full, peeks[0]?.shortened); // false AAA 0.9 0
