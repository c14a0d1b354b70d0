/** Makes the public function of an indicator from its row. */
import { checkInteger, checkLength, checkNumber, checkOneOf, toFloat64, type Vec } from '../check.js';
import { ShapeError, ValidationError } from '../errors.js';
import type { Indicator, IndicatorRow, NumberParameter, Parameter } from './indicator.js';
import { computePanel, isPanel } from './panel.js';
import { computeSpan } from './span.js';

/** Longest period of any indicator, as TA-Lib's. */
export const PERIOD_MAX = 100_000;

/** A whole number of bars. */
export function period(
  name: string,
  byDefault: number,
  min: number = 2,
  max: number = PERIOD_MAX,
): NumberParameter {
  return { name, default: byDefault, min, max, whole: true };
}

/** A finite number; TA-Lib's largest is 3e37. */
export function factor(
  name: string,
  byDefault: number,
  min: number = -3e37,
  max: number = 3e37,
): NumberParameter {
  return { name, default: byDefault, min, max, whole: false };
}

/** The function of a row. */
export function defineIndicator<
  I extends readonly Vec[],
  P extends readonly (number | string)[],
  O extends string = never,
>(row: IndicatorRow): Indicator<I, P, O> {
  const count = row.inputs.length;
  const names = row.outputs;
  const call = (...args: readonly unknown[]): unknown => {
    const parameters = checkParameters(row, args, count, args.length);
    if (isPanel(args[0])) return computePanel(row, args.slice(0, count), parameters);
    const inputs = checkSeries(row, args);
    const n = inputs[0]!.length;
    // Loops, not callbacks: with a thousand bars the callbacks would be a tenth of the work.
    const outputs: Float64Array[] = [];
    for (let k = 0; k < names.length; k++) outputs.push(new Float64Array(n));
    computeSpan(row, inputs, parameters, outputs);
    if (names.length === 1) return outputs[0];
    const record: Record<string, Float64Array> = {};
    for (let k = 0; k < names.length; k++) record[names[k]!] = outputs[k]!;
    return record;
  };
  const into = (...args: readonly unknown[]): void => {
    const parameters = checkParameters(row, args, count, args.length - 1);
    const inputs = checkSeries(row, args);
    const given = args[count + row.parameters.length];
    computeSpan(row, inputs, parameters, checkOutputs(row, given, inputs));
  };
  const lookback = (...args: readonly unknown[]): number =>
    row.lookback(checkParameters(row, args, 0, args.length));
  Object.defineProperty(call, 'name', { value: row.name });
  return Object.assign(call, { into, lookback, row }) as unknown as Indicator<I, P, O>;
}

/** The parameters as numbers: what is left out or undefined takes its default, a word its place in the choices. */
function checkParameters(
  row: IndicatorRow,
  args: readonly unknown[],
  from: number,
  to: number,
): readonly number[] {
  const { parameters } = row;
  if (to - from > parameters.length) {
    const extra = args[from + parameters.length];
    const names = parameters.map(({ name }) => name).join(', ') || 'none';
    throw new ValidationError(
      `${row.name} argument ${from + parameters.length + 1}`,
      extra,
      `nothing after the parameters (${names})`,
      'leave it out',
    );
  }
  // A copy of an array of objects stays one of mixed values. An array made for numbers may turn into one of doubles, and
  // a kernel that has once got a period as a double is compiled with periods as doubles: half as fast, for good.
  const values: unknown[] = parameters.slice();
  for (let k = 0; k < parameters.length; k++) {
    values[k] = checkParameter(parameters[k]!, from + k < to ? args[from + k] : undefined);
  }
  return values as readonly number[];
}

/** All parameters of a row as numbers, for a streaming class; throws as the function of the row. */
export function checkAll(row: IndicatorRow, given: readonly unknown[]): readonly number[] {
  return checkParameters(row, given, 0, given.length);
}

/** One parameter as a number. */
export function checkParameter(parameter: Parameter, given: unknown): number {
  const value = given === undefined ? parameter.default : given;
  if ('choices' in parameter) {
    return parameter.choices.indexOf(checkOneOf(parameter.name, value, parameter.choices));
  }
  const { name, min, max, whole } = parameter;
  return whole ? checkInteger(name, value, min, max) | 0 : checkNumber(name, value, min, max);
}

function checkSeries(row: IndicatorRow, args: readonly unknown[]): readonly Float64Array[] {
  const names = row.inputs;
  const inputs: Float64Array[] = [];
  for (let k = 0; k < names.length; k++) {
    const values = toFloat64(names[k]!, args[k]);
    if (k > 0) checkLength(names[k]!, values.length, inputs[0]!.length, names[0]!);
    inputs.push(values);
  }
  return inputs;
}

function checkOutputs(
  row: IndicatorRow,
  given: unknown,
  inputs: readonly Float64Array[],
): readonly Float64Array[] {
  const outputs = row.outputs.length === 1 ? [given] : row.outputs.map((name) => fieldOf(given, name));
  return outputs.map((out, k) => {
    const field = row.outputs.length === 1 ? 'out' : `out.${row.outputs[k]}`;
    if (!(out instanceof Float64Array)) {
      throw new ValidationError(field, out, 'a Float64Array', `pass one as long as ${row.inputs[0]}`);
    }
    checkLength(field, out.length, inputs[0]!.length, row.inputs[0]!);
    for (const other of [...inputs, ...(outputs.slice(0, k) as Float64Array[])]) {
      if (overlap(out, other)) {
        throw new ShapeError(field, 'shared memory', 'memory of its own', 'pass another array');
      }
    }
    return out;
  });
}

function fieldOf(given: unknown, name: string): unknown {
  return typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[name] : undefined;
}

function overlap(a: Float64Array, b: Float64Array): boolean {
  if (a.buffer !== b.buffer) return false;
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
