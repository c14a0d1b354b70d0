/** What the tests over the table of indicators share: a market, the parameters to try, comparisons of outputs. */
import type { IndicatorRow, Parameter } from '../indicators/indicator.js';
import { randomStream } from './random.js';

/** Parameters in their order, words for the choices. */
export type Values = readonly (number | string)[];

/** Columns of a market that walks, or stands still: every input an indicator may ask for. */
export function market(
  n: number,
  kind: 'walk' | 'flat',
  seed: number = 1,
): Readonly<Record<string, Float64Array>> {
  const random = randomStream(seed, n);
  const names = ['open', 'high', 'low', 'close', 'volume', 'values', 'other'];
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(n)]));
  let price = 100;
  for (let i = 0; i < n; i++) {
    const step = (): number => (kind === 'flat' ? 0 : (random.below(2001) - 1000) / 500);
    const open = price;
    price = Math.max(1, price + step());
    columns['open']![i] = open;
    columns['close']![i] = price;
    columns['high']![i] = Math.max(open, price) + Math.abs(step());
    columns['low']![i] = Math.min(open, price) - Math.abs(step()) / 4;
    columns['volume']![i] = kind === 'flat' ? 1000 : 1 + random.below(100_000);
    columns['values']![i] = price;
    columns['other']![i] = 50 + (kind === 'flat' ? 0 : random.below(1000) / 100);
  }
  return columns;
}

/** The defaults, and every parameter in turn at other values: the least, the next, some in between, every word. */
export function variants(row: IndicatorRow): readonly Values[] {
  const defaults = row.parameters.map((parameter) => parameter.default);
  const others = (parameter: Parameter): Values => {
    if ('choices' in parameter) return parameter.choices.filter((word) => word !== parameter.default);
    const { min, max, whole } = parameter;
    const wanted = whole ? [min, min + 1, 7, 40] : [min, 0.5, 1.5];
    return wanted.filter((value) => value >= min && value <= max && value > -1e30);
  };
  return [
    defaults,
    ...row.parameters.flatMap((parameter, k) =>
      others(parameter).map((value) => defaults.map((byDefault, j) => (j === k ? value : byDefault))),
    ),
  ];
}

/** The columns a row asks for. */
export function series(row: IndicatorRow, columns: Readonly<Record<string, Float64Array>>): Float64Array[] {
  return row.inputs.map((name) => columns[name]!);
}

/** The outputs as a list, in the order of the row. */
export function listOf(row: IndicatorRow, made: unknown): readonly Float64Array[] {
  if (row.outputs.length === 1) return [made as Float64Array];
  return row.outputs.map((name) => (made as Record<string, Float64Array>)[name]!);
}

/** Index of the first cell whose bits differ; -1 if none does, NaN being equal to NaN. */
export function firstDifference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return 0;
  return a.findIndex((value, i) => !Object.is(value, b[i]));
}
