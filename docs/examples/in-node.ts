import { fileURLToPath } from 'node:url';
import { backtestWeights, momentumWeights, rebalanceBars, reportHtml, version } from 'nb-backtest';
import { readPriceFiles, writeFileAtomic } from 'nb-backtest/node';

// The prices of the demo. Yours: ['prices.csv'], several files, a folder, or '-' for standard input.
const demo = import.meta
  .resolve('nb-backtest/package.json')
  .replace('package.json', 'fixtures/market/demo/stocks-2013-2022.csv.gz');
const { panel, files, sentences } = await readPriceFiles([fileURLToPath(demo)]);

const months = rebalanceBars(panel.dates, 'monthly');
const targets = momentumWeights(panel, months, { top: 5 });

const { close: prices, symbols, dates, priceScale } = panel;
const result = backtestWeights(
  { prices, symbols, dates, weights: targets.weights },
  { initialCash: 1_000_000_00, priceScale, lag: targets.lag, costBps: 10 },
);
console.log(result.metrics.cagr, result.metrics.maxDrawdown, result.resultDigest);

const notes = [...sentences, ...targets.sentences];
const provenance = { command: 'node momentum.js', files, version, node: process.version, notes };
writeFileAtomic('momentum.html', reportHtml({ result, name: 'Momentum', prices: panel, provenance }));
