/** Argument checks shared by the public functions. Each throws an error that names field, value, constraint and fix. */
import { NonFiniteError, ShapeError, ValidationError } from './errors.js';

/** A row of numbers from a caller: a typed array or a plain one. */
export type Vec = Float64Array | readonly number[];

/** A matrix in one array, row-major: cell (i, j) is `data[i * cols + j]`. Rows are periods, columns symbols. */
export interface Mat {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
}

/** Throws unless `value` is a whole number from `min` to `max`. */
export function checkInteger(field: string, value: unknown, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new ValidationError(field, value, `an integer ${range}`, `pass a whole number ${range}`);
  }
  return value;
}

/** Throws unless `value` is a finite number from `min` to `max`. */
export function checkNumber(
  field: string,
  value: unknown,
  min: number = -Infinity,
  max: number = Infinity,
): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < min || value > max) {
    const range =
      min === -Infinity && max === Infinity
        ? 'a finite number'
        : max === Infinity
          ? `a finite number of at least ${min}`
          : min === -Infinity
            ? `a finite number of at most ${max}`
            : `a number from ${min} to ${max}`;
    throw new ValidationError(field, value, range, `pass ${range}`);
  }
  return value;
}

/** Throws unless `value` is one of the allowed words. */
export function checkOneOf<T extends string>(field: string, value: unknown, allowed: readonly T[]): T {
  if (typeof value !== 'string' || !(allowed as readonly string[]).includes(value)) {
    throw new ValidationError(
      field,
      value,
      `one of ${allowed.join(', ')}`,
      nearestHint(typeof value === 'string' ? value : '', allowed),
    );
  }
  return value as T;
}

/** Throws unless `value` is true or false. */
export function checkBoolean(field: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new ValidationError(field, value, 'true or false', 'pass a boolean');
  return value;
}

/** Throws unless `options` is a plain object whose every key is known; the nearest known key is suggested. */
export function checkKeys(field: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new ValidationError(
      field,
      options,
      'an object of options',
      `pass an object with keys ${known.join(', ')}`,
    );
  }
  // Without a list of the keys: this stands in front of every order.
  for (const key in options) {
    if (Object.hasOwn(options, key) && !known.includes(key)) {
      throw new ValidationError(
        `${field}.${key}`,
        (options as Record<string, unknown>)[key],
        `a known option (${known.join(', ')})`,
        nearestHint(key, known),
      );
    }
  }
}

/** Throws unless the two lengths agree. */
export function checkLength(field: string, length: number, expected: number, of: string): void {
  if (length !== expected) {
    throw new ShapeError(
      field,
      length,
      `length ${expected}, as ${of}`,
      `pass ${field} with ${expected} values`,
    );
  }
}

/** A `Float64Array` of the caller's numbers: itself if it is one already, else a checked copy. */
export function toFloat64(field: string, values: unknown): Float64Array {
  if (values instanceof Float64Array) return values;
  if (!Array.isArray(values)) {
    throw new ValidationError(
      field,
      values,
      'a Float64Array or an array of numbers',
      `pass ${field} as numbers`,
    );
  }
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value !== 'number') {
      throw new ValidationError(
        `${field}[${i}]`,
        value,
        'a number',
        'convert it to a number; use NaN for a missing value',
      );
    }
    out[i] = value;
  }
  return out;
}

/** Whether a value is a whole matrix: a `Float64Array` of rows × cols cells, both at least 0. */
export function isMatrix(value: unknown): value is Mat {
  const mat = value as Partial<Mat> | null | undefined;
  return (
    mat?.data instanceof Float64Array &&
    Number.isSafeInteger(mat.rows) &&
    Number.isSafeInteger(mat.cols) &&
    mat.rows! >= 0 &&
    mat.cols! >= 0 &&
    mat.data.length === mat.rows! * mat.cols!
  );
}

/** Throws `NonFiniteError` at the first NaN or infinity. */
export function checkFinite(field: string, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      throw new NonFiniteError(
        `${field}[${i}]`,
        value,
        'a finite number',
        'remove or fill the missing values first',
      );
    }
  }
}

/** `did you mean …`, or the list where nothing is near. */
export function nearestHint(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined
    ? `use one of ${known.slice(0, 12).join(', ')}`
    : `did you mean ${near}?`.replace(/\?$/, '');
}

/** The known word within edit distance 2 (1 for three letters, 0 below), ties to the first; undefined if none. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = word.length <= 2 ? 0.5 : word.length === 3 ? 1.5 : 2.5;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a.length > 64) return 99;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
