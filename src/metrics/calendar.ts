/** Returns of calendar months and years. Days are epoch days, so no time zone can move a month's end. */
import { growthFactor } from '../../kernels/performance/growth.js';
import { checkLength, toFloat64, type Vec } from '../check.js';
import { TimestampAnomalyError, ValidationError } from '../errors.js';
import { civilFromDays, DAY_MAX, DAY_MIN, daysFromCivil, formatDate } from '../time.js';
import { checkOptions, countMissing, resolveNan } from './prepare.js';
import type { CalendarOptions, MonthReturn, YearReturn } from './types.js';

/**
 * Compounded return of every calendar month that has a return: Π(1 + r) − 1 over its periods.
 *
 * returns  simple returns, as decimals; NaN by `options.nan`: `propagate` spoils the months it stands in, `omit`
 *          leaves the period out
 * dates    the epoch day on which each return was made, strictly increasing: Int32Array or whole numbers
 * options  `nan`
 *
 * In the order of time. A month without a return is absent, never 0; the first and the last month may be parts.
 * Empty in, empty out. Throws `ShapeError` (lengths), `TimestampAnomalyError` (dates that do not increase),
 * `NonFiniteError` (NaN, infinities), `ValidationError`. O(n). Reference: pandas, grouped by year and month.
 */
export function monthlyReturns(
  returns: Vec,
  dates: Int32Array | readonly number[],
  options: CalendarOptions = {},
): MonthReturn[] {
  return calendarReturns(returns, dates, options, false).map(({ year, month, totalReturn, periods }) => ({
    year,
    month,
    totalReturn,
    periods,
  }));
}

/**
 * Compounded return of every calendar year that has a return.
 *
 * returns, dates, options  as for `monthlyReturns`
 *
 * In the order of time; the first and the last year may be parts. Throws as `monthlyReturns`. O(n). Reference:
 * pandas, grouped by year.
 */
export function yearlyReturns(
  returns: Vec,
  dates: Int32Array | readonly number[],
  options: CalendarOptions = {},
): YearReturn[] {
  return calendarReturns(returns, dates, options, true).map(({ year, totalReturn, periods }) => ({
    year,
    totalReturn,
    periods,
  }));
}

function calendarReturns(
  returns: Vec,
  dates: Int32Array | readonly number[],
  options: CalendarOptions,
  byYear: boolean,
): MonthReturn[] {
  checkOptions(options, ['nan']);
  const nan = resolveNan(options.nan);
  let values = toFloat64('returns', returns);
  let days = checkDates('dates', dates, values.length, 'returns');
  if (countMissing('returns', values, nan !== 'throw') > 0 && nan === 'omit') {
    const kept = values;
    days = days.filter((_, i) => !Number.isNaN(kept[i]!));
    values = values.filter((value) => !Number.isNaN(value));
  }
  const out: MonthReturn[] = [];
  let from = 0;
  while (from < values.length) {
    const { year, month } = civilFromDays(days[from]!);
    const next = firstDayAfter(year, byYear ? 12 : month);
    let to = from + 1;
    while (to < values.length && days[to]! < next) to++;
    out.push({ year, month, totalReturn: growthFactor(values, from, to) - 1, periods: to - from });
    from = to;
  }
  return out;
}

/** The first epoch day after a month. */
function firstDayAfter(year: number, month: number): number {
  if (month < 12) return daysFromCivil(year, month + 1, 1);
  return year < 9999 ? daysFromCivil(year + 1, 1, 1) : DAY_MAX + 1;
}

/** The dates as an Int32Array. Throws unless there are `count`, all epoch days and each after the one before. */
export function checkDates(field: string, dates: unknown, count: number, of: string): Int32Array {
  if (!(dates instanceof Int32Array) && !Array.isArray(dates)) {
    throw new ValidationError(
      field,
      dates,
      'an Int32Array or an array of epoch days',
      'pass days since 1970-01-01',
    );
  }
  checkLength(field, dates.length, count, of);
  const days = dates instanceof Int32Array ? dates : new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const day: unknown = dates[i];
    if (typeof day !== 'number' || !Number.isInteger(day) || day < DAY_MIN || day > DAY_MAX) {
      throw new ValidationError(
        `${field}[${i}]`,
        day,
        `a whole number from ${DAY_MIN} to ${DAY_MAX}`,
        'pass days since 1970-01-01',
      );
    }
    if (i > 0 && day <= days[i - 1]!) {
      throw new TimestampAnomalyError(
        `${field}[${i}] (${formatDate(day)}) does not come after ${field}[${i - 1}] (${formatDate(days[i - 1]!)}): ` +
          'sort the rows by date and drop repeated dates',
      );
    }
    days[i] = day;
  }
  return days;
}
