/** Indicators of series made by a rule, for tests of what writes them. */
import { indicators } from '../indicators/index.js';
import { computeSpan } from '../indicators/span.js';
import type { AskedIndicator, IndicatorsInput } from '../report/indicators/types.js';

/** What the sample is made of. */
export interface SampleIndicators {
  readonly bars?: number;
  readonly symbols?: readonly string[];
  /** What the closes swing above, by up to a tenth of it. */
  readonly base?: number;
  /** Names of indicators of closes alone, with their defaults. */
  readonly names?: readonly string[];
}

/** Bollinger bands, MACD and RSI of closes base · (1 + ((7919 i) mod 101) / 1000), one a day from 2024-01-01. */
export function sampleIndicators({
  bars = 60,
  symbols = ['AAPL'],
  base = 100,
  names = ['bbands', 'macd', 'rsi'],
}: SampleIndicators = {}): IndicatorsInput {
  const asked = names.map((name): AskedIndicator => {
    const row = indicators().find((each) => each.name === name)!;
    const parameters = row.parameters.map((each) =>
      'choices' in each ? each.choices.indexOf(each.default) : each.default,
    );
    return { row, parameters, lookback: row.lookback(parameters) };
  });
  const close = Float64Array.from({ length: bars }, (_, i) => base * (1 + ((7919 * i) % 101) / 1000));
  const outputs = asked.map(({ row, parameters }) => {
    const out = row.outputs.map(() => new Float64Array(bars));
    computeSpan(row, [close], parameters, out);
    return out;
  });
  return {
    name: symbols.join(', '),
    dates: Int32Array.from({ length: bars }, (_, i) => 19723 + i),
    priceDecimals: 2,
    asked,
    symbols: symbols.map((symbol) => ({ symbol, close, outputs })),
    provenance: { command: 'nb-backtest indicators a.csv', files: [], version: '1.2.3', notes: [] },
  };
}
