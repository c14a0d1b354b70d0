/** What the streaming classes share: which values count. */
import { NonFiniteError, ValidationError } from '../errors.js';

/**
 * One value in, one value out, with the same bits as the array form over everything that came.
 *
 * NaN before the first number are passed over, as leading NaN are; a NaN after it makes everything from there on NaN.
 * An infinity throws `NonFiniteError` and changes nothing.
 */
export abstract class Stream {
  /** 0 before the first number, 1 from it on, 2 after a NaN among the numbers. */
  #phase = 0;

  /** Whether values of this sum count; takes the sum of a bar's values, which is NaN if one of them is. */
  protected admits(sum: number): boolean {
    if (this.#phase === 2) return false;
    if (Number.isNaN(sum)) {
      if (this.#phase === 1) this.#phase = 2;
      return false;
    }
    this.#phase = 1;
    return true;
  }

  /** Whether a value counts, checked. */
  protected admitsValue(field: string, value: number): boolean {
    this.check(field, value);
    return this.admits(value);
  }

  /** Whether a bar of high and low counts, checked. */
  protected admitsRange(high: number, low: number): boolean {
    this.check('high', high);
    this.check('low', low);
    return this.admits(high + low);
  }

  /** Whether a bar of high, low and close counts, checked. */
  protected admitsBar(high: number, low: number, close: number): boolean {
    this.check('high', high);
    this.check('low', low);
    this.check('close', close);
    return this.admits(high + low + close);
  }

  /** Throws `NonFiniteError` for an infinity, `ValidationError` for what is no number. */
  protected check(field: string, value: number): void {
    if (typeof value !== 'number') {
      throw new ValidationError(
        field,
        value,
        'a number',
        'convert it to a number; use NaN for a missing value',
      );
    }
    if (value === Infinity || value === -Infinity) {
      throw new NonFiniteError(field, value, 'a finite number', 'leave it out or pass NaN');
    }
  }
}
