/** Indicators as one JSON document for programs. */
import { formatDate } from '../../time.js';
import { callOf, parametersOf } from './names.js';
import type { AskedIndicator, IndicatorsInput } from './types.js';

/** Raised when a field changes its name or meaning. */
const FORMAT_VERSION = 1;

/**
 * One line of JSON and a newline; keys always in the same order.
 *
 * Series hold one value a date. A value that is no number is null; `missing` beside an indicator counts them and says
 * why.
 */
export function indicatorsJson(input: IndicatorsInput): string {
  const { name, dates, asked, symbols, provenance } = input;
  const document = {
    format: 'nb-backtest-indicators',
    formatVersion: FORMAT_VERSION,
    name,
    from: formatDate(dates[0]!),
    to: formatDate(dates[dates.length - 1]!),
    bars: dates.length,
    dates: Array.from(dates, formatDate),
    symbols: symbols.map(({ symbol, close, outputs }) => ({
      symbol,
      close: numbers(close),
      indicators: asked.map((each, i) => indicator(each, outputs[i]!, close)),
    })),
    provenance,
  };
  return `${JSON.stringify(document)}\n`;
}

function indicator(asked: AskedIndicator, outputs: readonly Float64Array[], close: Float64Array): object {
  const missing = outputs[0]!.reduce((count, value) => (Number.isFinite(value) ? count : count + 1), 0);
  const bars = asked.lookback + 1;
  const ended = Number.isNaN(close[close.length - 1]) ? ', whose prices end before the last date' : '';
  return {
    call: callOf(asked),
    name: asked.row.name,
    title: asked.row.title,
    parameters: parametersOf(asked),
    lookback: asked.lookback,
    ...(missing === 0
      ? {}
      : {
          missing: {
            count: missing,
            reason: `needs ${bars} ${bars === 1 ? 'price' : 'prices'} of the symbol${ended}`,
          },
        }),
    outputs: Object.fromEntries(asked.row.outputs.map((output, k) => [output, numbers(outputs[k]!)])),
  };
}

function numbers(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}
