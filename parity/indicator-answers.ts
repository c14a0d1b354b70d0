/** Our indicators asked by name, as the fixtures and the live comparison ask them. */
import * as functions from '../src/indicators/index.js';
import type { IndicatorRow } from '../src/indicators/index.js';

/** Columns of bars by name. */
export type Columns = Readonly<Record<string, Float64Array>>;
/** Outputs by name; a single one has the name of its function. */
export type Answer = Readonly<Record<string, Float64Array>>;

const ROWS: ReadonlyMap<string, IndicatorRow> = new Map(functions.indicators().map((row) => [row.name, row]));

/** Names of all our indicators. */
export function indicatorNames(): string[] {
  return [...ROWS.keys()];
}

/** What the public function of that name gives for the columns, in their order, and the parameters. */
export function ask(name: string, series: readonly Float64Array[], parameters: readonly unknown[]): Answer {
  const row = ROWS.get(name);
  const call = (functions as unknown as Record<string, unknown>)[name];
  if (row === undefined || typeof call !== 'function') throw new Error(`there is no indicator ${name}`);
  const answer = (call as (...args: unknown[]) => unknown)(...series, ...parameters);
  return row.outputs.length === 1 ? { [name]: answer as Float64Array } : (answer as Answer);
}

/** Outputs that stay as they are when every price is multiplied: their scale is their own size. */
const WITHOUT_PRICE = new Set(
  (
    'rsi stochRsi stoch stochF adx adxr dx plusDi minusDi cci willr ultosc roc rocp rocr rocr100 cmo aroon aroonOsc ' +
    'natr mfi bop correl beta ppo trix'
  ).split(' '),
);

/**
 * The size that a difference is measured by: the largest of 1, |price| and |output|.
 *
 * Stricter than asked: volumes do not count, and prices only where the output grows with them.
 */
export function scaleOf(
  name: string,
  columns: Iterable<readonly [string, ArrayLike<number>]>,
  outputs: Iterable<ArrayLike<number>>,
): number {
  let scale = 1;
  if (!WITHOUT_PRICE.has(name)) {
    for (const [column, values] of columns) if (column !== 'volume') scale = Math.max(scale, largest(values));
  }
  for (const values of outputs) scale = Math.max(scale, largest(values));
  return scale;
}

function largest(values: ArrayLike<number>): number {
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    const each = Math.abs(values[i] as number);
    if (each > size) size = each;
  }
  return size;
}
