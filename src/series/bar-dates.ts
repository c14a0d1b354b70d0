/** Looking up bars by date. */
import { ValidationError } from '../errors.js';

/** The first bar on or after `day`, or `dates.length` where all are earlier. `dates` rise. O(log n). */
export function barAtOrAfter(dates: Int32Array, day: number): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dates[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Throws `ValidationError` unless `dates` is an `Int32Array` of epoch days that rise. */
export function checkDates(field: string, dates: unknown): Int32Array {
  if (!(dates instanceof Int32Array)) {
    throw new ValidationError(
      field,
      dates,
      'an Int32Array of epoch days',
      'pass the dates of the price panel',
    );
  }
  for (let t = 1; t < dates.length; t++) {
    if (dates[t]! <= dates[t - 1]!) {
      throw new ValidationError(
        `${field}[${t}]`,
        dates[t],
        `later than ${field}[${t - 1}], ${dates[t - 1]}`,
        'sort the dates and remove repeats',
      );
    }
  }
  return dates;
}
