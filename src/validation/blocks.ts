/** Runs of observations: indices, equal parts, and what may be trained on beside a test part. */
import { checkInteger, checkLength } from '../check.js';
import { NonFiniteError, ValidationError } from '../errors.js';
import type { LabelSpans } from './types.js';

/** The whole numbers from `start` to `end` − 1. */
export function range(start: number, end: number): Int32Array {
  const out = new Int32Array(Math.max(0, end - start));
  for (let i = 0; i < out.length; i++) out[i] = start + i;
  return out;
}

/**
 * Where `count` parts of n observations begin, and n behind the last: parts of one size, the first n mod `count` of
 * them one longer, as numpy.array_split.
 */
export function partBounds(n: number, count: number): Int32Array {
  const size = Math.floor(n / count);
  const longer = n % count;
  return Int32Array.from({ length: count + 1 }, (_, k) => k * size + Math.min(k, longer));
}

/** Checked label spans of n observations. */
export interface Spans {
  readonly n: number;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly embargo: number;
}

/** Reads and checks the spans. Throws `ShapeError`, `NonFiniteError`, `ValidationError` at the first that is wrong. */
export function readSpans(n: number, spans: LabelSpans): Spans {
  const embargo = checkInteger('embargo', spans.embargo ?? 0, 0, 2_147_483_647);
  const start = timesOf('start', spans.start, n) ?? Float64Array.from(range(0, n));
  const end = timesOf('end', spans.end, n) ?? start;
  for (let i = 0; i < n; i++) {
    if (i > 0 && start[i]! < start[i - 1]!) {
      throw new ValidationError(
        `start[${i}]`,
        start[i],
        `at least start[${i - 1}], ${start[i - 1]}`,
        'sort the observations by time',
      );
    }
    if (end[i]! < start[i]!) {
      throw new ValidationError(
        `end[${i}]`,
        end[i],
        `at least start[${i}], ${start[i]}`,
        'pass the time at which the outcome is known',
      );
    }
  }
  return { n, start, end, embargo };
}

function timesOf(field: string, given: ArrayLike<number> | undefined, n: number): Float64Array | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || given === null || typeof given.length !== 'number') {
    throw new ValidationError(field, given, 'an array of times', `pass ${field} as numbers`);
  }
  checkLength(field, given.length, n, 'there are observations');
  return Float64Array.from({ length: n }, (_, i) => {
    const time: unknown = given[i];
    if (typeof time !== 'number') {
      const fix = 'pass epoch days, milliseconds or indices as numbers';
      throw new ValidationError(`${field}[${i}]`, time, 'a number', fix);
    }
    if (!Number.isFinite(time)) {
      throw new NonFiniteError(`${field}[${i}]`, time, 'a finite number', 'pass epoch days, or indices');
    }
    return time;
  });
}

/**
 * Marks with 0 in `keep` what must not be trained on beside the test part `from` … `to` − 1: the part itself, what
 * overlaps in time with it, and the embargo after it.
 *
 * An observation is kept when its outcome is known by the start of the part, or when it starts after every outcome of
 * the part is known and `embargo` more observations have passed.
 */
export function purge(spans: Spans, from: number, to: number, keep: Uint8Array): void {
  const { n, start, end, embargo } = spans;
  const begin = start[from]!;
  let known = begin;
  for (let i = from; i < to; i++) {
    known = Math.max(known, end[i]!);
    keep[i] = 0;
  }
  for (let i = 0; i < from; i++) if (end[i]! > begin) keep[i] = 0;
  let after = to;
  while (after < n && start[after]! < known) after++;
  keep.fill(0, to, Math.min(n, after + embargo));
}

/** The indices that are still kept. */
export function kept(keep: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < keep.length; i++) count += keep[i]!;
  const out = new Int32Array(count);
  let at = 0;
  for (let i = 0; i < keep.length; i++) if (keep[i] === 1) out[at++] = i;
  return out;
}
