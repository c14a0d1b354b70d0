import { backtestWeights, readPrices, readWeights, weightsToMatrix, weightsToSchedule } from 'nb-backtest';

const { panel } = readPrices(`Date,AAPL,MSFT
2024-01-02,185.64,370.87
2024-01-03,184.25,370.60
2024-01-04,181.91,367.94
2024-01-05,181.18,367.75
2024-01-08,185.56,374.69
`);

// From an object: the 6th is a Saturday, so its weights count for Monday the 8th.
const schedule = weightsToSchedule(
  { '2024-01-02': { AAPL: 0.6, MSFT: 0.4 }, '2024-01-06': { MSFT: 1 } },
  panel,
);
console.log(schedule); // bars 0 and 4; at bar 4 AAPL is sold, for it is not named

// From a file, wide or long, CSV or JSON: what --weights FILE reads.
const { entries } = readWeights('date,symbol,weight\n2024-01-02,AAPL,0.6\n2024-01-02,MSFT,0.4\n');
const { weights, sentences } = weightsToMatrix(entries, panel);
console.log(sentences.join('\n'));

const { close: prices, symbols, dates, priceScale } = panel;
const result = backtestWeights(
  { prices, symbols, dates, weights },
  { initialCash: 1_000_000_00, priceScale, lag: 1 },
);
console.log(result.trades!.count, result.equityCurve);
