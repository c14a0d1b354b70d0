/** What the statistics of one series do first: read the numbers, refuse infinities, notice missing values. */
import { toFloat64, type Vec } from '../check.js';
import { InsufficientDataError, NonFiniteError } from '../errors.js';

/** The numbers of a sample, or null when one of them is NaN. */
export function sampleOf(field: string, given: Vec, least: number): Float64Array | null {
  const values = toFloat64(field, given);
  if (values.length < least) {
    const needed = least === 1 ? 'at least one number' : `at least ${least} numbers`;
    throw new InsufficientDataError(
      `${field} has ${values.length === 0 ? 'no numbers' : `only ${values.length}`}: ${needed} needed`,
      {},
      { field, value: values.length, constraint: needed, fix: 'check where the numbers come from' },
    );
  }
  let missing = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value === 0) continue;
    if (!Number.isNaN(value)) {
      throw new NonFiniteError(
        `${field}[${i}]`,
        value,
        'a finite number, or NaN',
        'remove or repair the value first',
      );
    }
    missing = true;
  }
  return missing ? null : values;
}
