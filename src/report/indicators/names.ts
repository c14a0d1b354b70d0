/** What indicators and their outputs are called: for people, and as keys of columns. */
import type { Parameter } from '../../indicators/indicator.js';
import type { AskedIndicator } from './types.js';

/** `RSI (14)`, `Bollinger bands (20, 2, 2, sma)`. */
export function titleOf({ row, parameters }: AskedIndicator): string {
  const words = parameterWords(row.parameters, parameters);
  return words.length === 0 ? row.title : `${row.title} (${words.join(', ')})`;
}

/** `rsi(14)`, `bbands(20,2,2,sma)`, `obv`. */
export function callOf({ row, parameters }: AskedIndicator): string {
  const words = parameterWords(row.parameters, parameters);
  return words.length === 0 ? row.name : `${row.name}(${words.join(',')})`;
}

/** The key of an output: `rsi_14`, `bbands_20_2_2_sma_upper`. */
export function keyOf({ row, parameters }: AskedIndicator, output: number): string {
  const words = parameterWords(row.parameters, parameters);
  const name = row.outputs.length === 1 ? [] : [row.outputs[output]!];
  return [row.name, ...words, ...name].join('_');
}

/** Parameters by name, choices as words. */
export function parametersOf({ row, parameters }: AskedIndicator): Record<string, number | string> {
  return Object.fromEntries(
    row.parameters.map((parameter, k) => [parameter.name, valueOf(parameter, parameters[k]!)]),
  );
}

function parameterWords(rows: readonly Parameter[], values: readonly number[]): string[] {
  return rows.map((parameter, k) => String(valueOf(parameter, values[k]!)));
}

function valueOf(parameter: Parameter, value: number): number | string {
  return 'choices' in parameter ? parameter.choices[value]! : value;
}
