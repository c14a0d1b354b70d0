import { ewmaForecast } from 'nb-backtest';
import { capabilities, createBridge, engineVersion } from 'nb-backtest/bridge';

// A host that was written for 0.1, and in which somebody has switched two features off.
const withdrawn = new Set(['backtest_stops', 'garch_forecast']);
const bridge = createBridge({
  requires: '>=0.1 <0.2',
  mode: capabilities().filter((feature) => !withdrawn.has(feature)),
  // The host has a forecast of its own; for stops it has nothing, so the slow twin of the package answers.
  fallbacks: { garch_forecast: (returns) => ewmaForecast(returns) },
  onCall: ({ call, path, reason, equalWeight }) =>
    console.log(`${call} by ${path} (${reason})${equalWeight ? `: equal weights, ${equalWeight}` : ''}`),
});
console.log(`nb-backtest ${engineVersion()}, stops in the mode: ${bridge.hasFeature('backtest_stops')}`);

const symbols = ['AAA', 'BBB'];
const returns = Array.from({ length: 60 }, (_, t) => [Math.sin(t) / 100 + 0.001, Math.cos(3 * t) / 80]);
const weights = bridge.sizeWeights('min-variance', returns, symbols);
bridge.sizeWeights('max-sharpe', [[0.01, 0.02]], symbols); // one row of returns says nothing
const volatility = bridge.garchForecast(returns.map(([first]) => first!));

const prices = [
  [100_00, 50_00],
  [104_00, 51_00],
  [92_00, 50_50],
  [93_00, 52_00],
];
const result = bridge.backtest(
  { prices, symbols, weights: [{ bar: 0, targets: weights }] },
  { initialCash: 1_000_000_00, costBps: 5, stops: { trailingStopPct: 0.1 } },
);
for (const { bar, symbol, reason, exitPrice } of result.stopEvents) {
  console.log(`bar ${bar}: ${symbol} sold at ${exitPrice / 100}, ${reason}`);
}
const holdings = bridge.holdings(result); // nothing to rebuild: they come with the result
console.log('held at the end:', holdings.data.slice(-symbols.length), 'volatility:', volatility.toFixed(4));
