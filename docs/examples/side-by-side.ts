import { fileURLToPath } from 'node:url';
import {
  compareHtml,
  equalWeights,
  parseReportJson,
  rebalanceBars,
  reportJson,
  trendWeights,
  version,
} from 'nb-backtest';
import { backtestWeightsAsync, readPriceFiles, writeFileAtomic } from 'nb-backtest/node';

const demo = import.meta
  .resolve('nb-backtest/package.json')
  .replace('package.json', 'fixtures/market/demo/stocks-2013-2022.csv.gz');
const { panel, files } = await readPriceFiles([fileURLToPath(demo)]);
const { close: prices, symbols, dates, priceScale } = panel;
const months = rebalanceBars(dates, 'monthly');

const targets = { 'Equal weight': equalWeights(panel, months), Trend: trendWeights(panel, months).weights };

// Each backtest on a thread of its own; the page or server that waits keeps answering.
const runs = await Promise.all(
  Object.entries(targets).map(async ([name, weights]) => {
    const result = await backtestWeightsAsync(
      { prices, symbols, dates, weights },
      { initialCash: 1_000_000_00, priceScale, lag: 1, costBps: 10 },
    );
    const provenance = { command: 'node side-by-side.js', files, version, notes: [] };
    // The same document as `nb-backtest run … --json` prints.
    return parseReportJson(reportJson({ result, name, provenance }), { file: name });
  }),
);

writeFileAtomic('compare.html', compareHtml({ runs, version }));
console.log(`compared ${runs.length} runs in compare.html`);
