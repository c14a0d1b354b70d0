/** Money and prices as exact integers: cents, and ticks of a price scale. Decimals are read from their digits. */
import { checkKeys, checkOneOf, type Vec } from './check.js';
import { type DecimalCell, type NumberProblem, powerOfTen, scanDecimal } from './decimal.js';
import { type ErrorDetail, OverflowError, PriceError, showValue, ValidationError } from './errors.js';

const SCALES: readonly number[] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/** Throws unless `scale` is a power of ten from 1 to 1,000,000 (ticks per currency unit; 100 means cents). */
export function checkPriceScale(scale: unknown, field = 'priceScale'): number {
  if (typeof scale !== 'number' || !SCALES.includes(scale)) {
    throw new ValidationError(
      field,
      scale,
      'a power of ten from 1 to 1000000',
      `use one of ${SCALES.join(', ')}`,
    );
  }
  return scale;
}

/** Decimals that a price scale holds: 2 for 100. `scale` is checked. */
export function scaleDecimals(scale: number): number {
  return SCALES.indexOf(checkPriceScale(scale));
}

function newCell(): DecimalCell {
  return { units: 0, decimals: 0, rounded: false };
}

/**
 * The exact integer number of ticks of a price text, NaN for a missing cell, or why there is none.
 *
 * text   a decimal number by the grammar of decimal.ts; negative and zero are numbers here
 * scale  ticks per currency unit, a power of ten from 1 to 1,000,000
 *
 * Nothing is rounded: a text with more decimals than the scale holds (trailing zeros not counted) is refused,
 * and so is a number of ticks past 2^53 - 1.
 */
export function parseTicks(text: string, scale: number): number | Exclude<NumberProblem, 'missing'> {
  const cell = newCell();
  const decimals = scaleDecimals(scale);
  const status = scanDecimal(text, decimals, 'exact', cell);
  if (status === 'missing') return Number.NaN;
  if (status !== 'ok') return status;
  const ticks = cell.units * powerOfTen(decimals - cell.decimals);
  return Number.isSafeInteger(ticks) ? ticks : 'overflow';
}

/**
 * Cents of an amount of money as a person types it: `'1000000.00'` gives 100,000,000.
 *
 * text   a decimal number of at most two decimals, at least 0, by the grammar of decimal.ts
 * field  the name that messages use
 *
 * Throws `ValidationError` for anything else, `OverflowError` past 2^53 - 1 cents.
 */
export function parseMoneyCents(text: string, field = 'cash'): number {
  const cents = typeof text === 'string' ? parseTicks(text, 100) : 'not a number';
  if (cents === 'overflow')
    throw new OverflowError(overflowText(field, text), {}, overflowDetail(field, text));
  if (typeof cents === 'string' || !(cents >= 0)) {
    throw new ValidationError(
      field,
      text,
      'an amount of at least 0 with at most 2 decimals',
      'write it as in 1000000 or 1000000.00, without separators or signs',
    );
  }
  return cents;
}

/** `123456` cents as `'1,234.56'`; without grouping as `'1234.56'`. Default: grouped. Not an integer: `ValidationError`. */
export function formatCents(cents: number, options: { readonly grouping?: boolean } = {}): string {
  if (!Number.isSafeInteger(cents)) {
    throw new ValidationError(
      'cents',
      cents,
      'an integer number of cents below 2^53',
      'round to whole cents first',
    );
  }
  const digits = String(Math.abs(cents)).padStart(3, '0');
  let whole = digits.slice(0, -2);
  if (options.grouping !== false) {
    const groups: string[] = [];
    for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end));
    whole = groups.join(',');
  }
  return `${cents < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`;
}

/** Options of `pricesToCents`. */
export interface PricesToCentsOptions {
  /** Where a tie goes: up (default), or to the even cent. */
  readonly rounding?: 'half-up' | 'half-even';
}

/**
 * Decimal prices as integer cents.
 *
 * prices   doubles, or texts by the grammar of decimal.ts; at least 0. NaN and missing words stay NaN.
 * options  `rounding` of what is finer than a cent
 *
 * A double is read through its shortest decimal text, the one that people see: 1.005 is 101 cents and 8.575 is
 * 858, where `Math.round(price * 100)` gives 100 and 857. Throws `PriceError` for a negative price or a text
 * that is no number, `OverflowError` past 2^53 - 1 cents (and for Infinity). O(n), about 0.3 µs a price.
 */
export function pricesToCents(
  prices: Vec | readonly string[],
  options: PricesToCentsOptions = {},
): Float64Array {
  checkKeys('options', options, ['rounding']);
  const rounding = checkOneOf('options.rounding', options.rounding ?? 'half-up', ['half-up', 'half-even']);
  if (!(prices instanceof Float64Array) && !Array.isArray(prices)) {
    throw new ValidationError(
      'prices',
      prices,
      'an array of numbers or texts',
      'pass prices as numbers or texts',
    );
  }
  const cell = newCell();
  const out = new Float64Array(prices.length);
  for (let i = 0; i < prices.length; i++) {
    const price: unknown = prices[i];
    if (typeof price !== 'number' && typeof price !== 'string') {
      throw new ValidationError(
        `prices[${i}]`,
        price,
        'a number or a text',
        'use NaN or an empty text for a missing price',
      );
    }
    const status = price === Infinity ? 'overflow' : scanDecimal(String(price), 2, rounding, cell);
    const cents = status === 'ok' ? cell.units * powerOfTen(2 - cell.decimals) : Number.NaN;
    if (status === 'overflow' || cents > Number.MAX_SAFE_INTEGER) {
      throw new OverflowError(overflowText(`prices[${i}]`, price), {}, overflowDetail(`prices[${i}]`, price));
    }
    if (status === 'not a number' || cents < 0) {
      const field = `prices[${i}]`;
      const detail = {
        field,
        value: price,
        constraint: 'a price of at least 0',
        fix: 'correct or remove this price',
      };
      throw new PriceError(`${field} must be ${detail.constraint}, was ${showValue(price)}`, {}, detail);
    }
    out[i] = cents;
  }
  return out;
}

/** Cents as decimal prices: the double nearest to cents / 100. Integers below 2^53, NaN stays NaN; else `ValidationError`. */
export function centsToPrices(cents: Vec): Float64Array {
  const out = new Float64Array(cents.length);
  for (let i = 0; i < cents.length; i++) {
    const value = cents[i]!;
    if (!Number.isSafeInteger(value) && !Number.isNaN(value)) {
      throw new ValidationError(
        `cents[${i}]`,
        value,
        'an integer below 2^53, or NaN',
        'round to whole cents first',
      );
    }
    out[i] = value / 100;
  }
  return out;
}

function overflowText(field: string, value: unknown): string {
  return `${field} must be at most 90071992547409.91 (2^53 - 1 cents), was ${showValue(value)}. Fix: use a smaller amount`;
}

function overflowDetail(field: string, value: unknown): ErrorDetail {
  return { field, value, constraint: 'at most 2^53 - 1 cents', fix: 'use a smaller amount' };
}
