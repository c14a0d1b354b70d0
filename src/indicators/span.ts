/** Where a series has numbers, and an indicator over that part of it. */
import { NonFiniteError } from '../errors.js';
import type { IndicatorRow } from './indicator.js';

/**
 * Computes the outputs of a row over inputs of one length.
 *
 * The kernel sees the bars from the first at which every input is a number to the one before the next NaN: leading
 * NaN shift the start, as in TA-Lib, and everything from a NaN inside onwards is NaN, because it would enter every
 * later average. An infinity before that throws `NonFiniteError`, which names its place; `column` is put behind it,
 * as `[3]` for a column of a panel.
 */
export function computeSpan(
  row: IndicatorRow,
  inputs: readonly Float64Array[],
  parameters: readonly number[],
  outputs: readonly Float64Array[],
  column: string = '',
): void {
  const n = inputs[0]!.length;
  if (row.remembers === true && n > 0 && finiteAt(inputs, 0) && finiteAt(inputs, n - 1)) {
    row.compute(inputs, parameters, scratchOf(row, parameters), outputs);
    if (finiteAt(outputs, n - 1)) return;
  }
  let start = 0;
  for (let k = 0; k < inputs.length; k++) start = Math.max(start, firstNumber(inputs[k]!));
  let end = n;
  for (let k = 0; k < inputs.length; k++) {
    end = Math.min(end, firstGap(row.inputs[k]!, column, inputs[k]!, start, end));
  }
  if (start === 0 && end === n) {
    row.compute(inputs, parameters, scratchOf(row, parameters), outputs);
    return;
  }
  for (const out of outputs) {
    out.fill(NaN, 0, start);
    out.fill(NaN, end);
  }
  if (start < end) {
    const part = (array: Float64Array): Float64Array => array.subarray(start, end);
    row.compute(inputs.map(part), parameters, scratchOf(row, parameters), outputs.map(part));
  }
}

function finiteAt(arrays: readonly Float64Array[], i: number): boolean {
  for (let k = 0; k < arrays.length; k++) if (!Number.isFinite(arrays[k]![i])) return false;
  return true;
}

function firstNumber(values: Float64Array): number {
  let i = 0;
  while (i < values.length && Number.isNaN(values[i])) i++;
  return i;
}

/**
 * Index of the first NaN from `start` on, `end` if there is none.
 *
 * Eight values are looked at together: their sum is not finite if one of them is not, and seldom else.
 */
function firstGap(field: string, column: string, values: Float64Array, start: number, end: number): number {
  let i = start;
  for (; i < end - 7; i += 8) {
    const left = values[i]! + values[i + 1]! + (values[i + 2]! + values[i + 3]!);
    const right = values[i + 4]! + values[i + 5]! + (values[i + 6]! + values[i + 7]!);
    if (left + right - (left + right) !== 0) {
      const gap = firstGapSlowly(field, column, values, i, i + 8);
      if (gap < i + 8) return gap;
    }
  }
  return firstGapSlowly(field, column, values, i, end);
}

function firstGapSlowly(
  field: string,
  column: string,
  values: Float64Array,
  start: number,
  end: number,
): number {
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    if (value - value !== 0) {
      if (Number.isNaN(value)) return i;
      const place = `${field}[${i}]${column}`;
      throw new NonFiniteError(place, value, 'a finite number', 'remove it or make it NaN');
    }
  }
  return end;
}

/** Scratch larger than this is not kept between calls. */
const KEPT_CELLS = 1 << 16;
let kept = new Float64Array(256);

/** Scratch for one computation. It is shared by all of them: a computation never starts another. */
function scratchOf(row: IndicatorRow, parameters: readonly number[]): Float64Array {
  const cells = row.scratch === undefined ? 0 : row.scratch(parameters);
  if (cells <= kept.length) return kept;
  const made = new Float64Array(cells);
  if (cells <= KEPT_CELLS) kept = made;
  return made;
}
