/** What every metric does first: read the options, check the returns, settle missing values. */
import { pow } from '../../kernels/special/pow.js';
import { checkKeys, checkNumber, checkOneOf, toFloat64, type Vec } from '../check.js';
import { InsufficientDataError, NonFiniteError, ValidationError } from '../errors.js';
import { METRICS_DEFAULTS, NAN_POLICIES } from './conventions.js';
import type { NanPolicy } from './types.js';

/** Periods in a year: a finite number above 0. */
export function resolvePeriods(value: number | undefined): number {
  const periods = value ?? METRICS_DEFAULTS.periodsPerYear;
  if (typeof periods !== 'number' || !(periods > 0 && periods < Infinity)) {
    throw new ValidationError(
      'periodsPerYear',
      periods,
      'a finite number above 0',
      'pass 252 for daily returns, 52 for weekly, 12 for monthly',
    );
  }
  return periods;
}

/** What to do with NaN. */
export function resolveNan(value: NanPolicy | undefined): NanPolicy {
  return checkOneOf('nan', value ?? METRICS_DEFAULTS.nan, NAN_POLICIES);
}

/**
 * A rate of one period, given as such or as a rate of a year.
 *
 * field           name of the rate of one period, for messages; the other is `annual` and the name
 * perPeriod       decimal; default `fallback`
 * annual          decimal above −1; becomes (1 + annual)^(1/periods) − 1, as quantstats converts its `rf`
 * periodsPerYear  above 0
 *
 * Throws `ValidationError` when both are given or one is not a finite number.
 */
export function resolveRate(
  field: string,
  perPeriod: number | undefined,
  annual: number | undefined,
  periodsPerYear: number,
  fallback: number,
): number {
  if (annual === undefined) return checkNumber(field, perPeriod ?? fallback);
  const annualField = `annual${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  if (perPeriod !== undefined) {
    throw new ValidationError(
      annualField,
      annual,
      `not given together with ${field}`,
      `pass either ${field} (of one period) or ${annualField} (of a year)`,
    );
  }
  if (typeof annual !== 'number' || !(annual > -1 && annual < Infinity)) {
    throw new ValidationError(annualField, annual, 'a finite number above -1', 'pass 0.04 for 4 % a year');
  }
  return pow(1 + annual, 1 / periodsPerYear) - 1;
}

/** Throws unless every key of `options` is known. */
export function checkOptions(options: object, known: readonly string[]): void {
  checkKeys('options', options, known);
}

/** Throws `InsufficientDataError` when there is nothing to compute from. */
export function checkNotEmpty(field: string, count: number, why = 'is empty'): void {
  if (count === 0) {
    throw new InsufficientDataError(
      `${field} ${why}: at least one return is needed`,
      {},
      {
        field,
        value: 0,
        constraint: 'at least one return',
        fix: 'check the date range, or the file the returns come from',
      },
    );
  }
}

/** Throws at the first infinity; with `allowNaN` false also at the first NaN. Gives the number of NaN. */
export function countMissing(field: string, values: Float64Array, allowNaN: boolean): number {
  let missing = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value === 0) continue;
    if (!Number.isNaN(value)) {
      throw new NonFiniteError(
        `${field}[${i}]`,
        value,
        'a finite number',
        'a price of 0 before it is the usual cause: repair the price',
      );
    }
    if (!allowNaN) {
      throw new NonFiniteError(
        `${field}[${i}]`,
        value,
        'a finite number',
        "fill or remove it, or pass nan: 'omit' or nan: 'propagate'",
      );
    }
    missing++;
  }
  return missing;
}

/**
 * The returns without missing values, or null when a NaN is to be propagated.
 *
 * returns  at least one; an infinity always throws `NonFiniteError`
 * nan      `throw` throws at the first NaN, `omit` leaves those periods out, `propagate` gives null
 *
 * Throws `InsufficientDataError` when nothing is there or left. O(n); copies only what `omit` has to change.
 */
export function settleMissing(
  field: string,
  returns: Vec,
  nan: NanPolicy,
  missing: 'drop' | 'zero' = 'drop',
): Float64Array | null {
  const values = toFloat64(field, returns);
  checkNotEmpty(field, values.length);
  const count = countMissing(field, values, nan !== 'throw');
  return count === 0 ? values : withoutMissing(field, values, count, nan, missing);
}

/** As `settleMissing`, for values of which `count` are known to be NaN. */
export function withoutMissing(
  field: string,
  values: Float64Array,
  count: number,
  nan: NanPolicy,
  missing: 'drop' | 'zero',
): Float64Array | null {
  if (nan === 'propagate') return null;
  checkNotEmpty(field, values.length - count, 'holds nothing but NaN');
  if (missing === 'zero') return values.map((value) => (Number.isNaN(value) ? 0 : value));
  return values.filter((value) => !Number.isNaN(value));
}
