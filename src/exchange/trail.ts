/** How far a trailing stop stands from the best price it saw, and where that puts the stop. */
import { checkInteger, checkKeys, checkOneOf } from '../check.js';
import { powerOfTen } from '../decimal.js';
import { ValidationError } from '../errors.js';
import type { Side, Trail } from './types.js';

/** Longest average true range of a trail, in bars. */
export const TRAIL_PERIOD_MAX = 1_000_000;

const MAX = Number.MAX_SAFE_INTEGER;
const KINDS = ['fixed', 'percentage', 'atr'] as const;

/** The decimal number units / scale, read once from the digits of a double. */
export interface DecimalFraction {
  readonly units: bigint;
  /** A power of ten. */
  readonly scale: bigint;
  /** Both again as doubles where these are exact, else infinite. */
  readonly unitsNumber: number;
  readonly scaleNumber: number;
}

/**
 * How a stop trails, checked: a frozen copy.
 *
 * field  what to call it in an error
 * value  `{ kind: 'fixed', offset }`, offset an integer of at least 1; `{ kind: 'percentage', fraction }`, above 0
 *        and below 1; `{ kind: 'atr', multiplier, period }`, multiplier finite and above 0, period 1 to 1,000,000
 *
 * Throws `ValidationError` for anything else, unknown keys included.
 */
export function checkTrail(field: string, value: unknown): Trail {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ValidationError(
      field,
      value,
      `an object with a kind of ${KINDS.join(', ')}`,
      "pass, for example, { kind: 'fixed', offset: 50 }",
    );
  }
  const given = value as Readonly<Record<string, unknown>>;
  const kind = checkOneOf(`${field}.kind`, given['kind'], KINDS);
  if (kind === 'fixed') {
    checkKeys(field, value, ['kind', 'offset']);
    return Object.freeze({ kind, offset: checkInteger(`${field}.offset`, given['offset'], 1, MAX) });
  }
  if (kind === 'percentage') {
    checkKeys(field, value, ['kind', 'fraction']);
    const fraction = given['fraction'];
    if (typeof fraction !== 'number' || !(fraction > 0 && fraction < 1)) {
      const constraint = 'a number above 0 and below 1';
      throw new ValidationError(`${field}.fraction`, fraction, constraint, 'pass 0.05 for five percent');
    }
    return Object.freeze({ kind, fraction });
  }
  checkKeys(field, value, ['kind', 'multiplier', 'period']);
  const multiplier = given['multiplier'];
  if (typeof multiplier !== 'number' || !(multiplier > 0 && multiplier < Infinity)) {
    const constraint = 'a finite number above 0';
    throw new ValidationError(`${field}.multiplier`, multiplier, constraint, 'pass 2 for twice the range');
  }
  const period = checkInteger(`${field}.period`, given['period'], 1, TRAIL_PERIOD_MAX);
  return Object.freeze({ kind, multiplier, period });
}

/**
 * The decimal number that the shortest digits of a double name: 0.05 gives 5 / 100, not the double's 55 digits.
 *
 * value  above 0 and below 1, down to 5e-324
 */
export function readFraction(value: number): DecimalFraction {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', decimals = ''] = mantissa.split('.');
  const places = decimals.length - Number(exponent);
  const units = BigInt(whole + decimals);
  return {
    units,
    scale: BigInt(`1${'0'.repeat(places)}`),
    unitsNumber: units <= MAX ? Number(units) : Infinity,
    scaleNumber: places <= 16 ? powerOfTen(places) : Infinity,
  };
}

/** The fraction of a price, rounded up to a whole tick; exact for every price from 1 to 2^53−1. */
export function fractionOfPrice(price: number, fraction: DecimalFraction): number {
  const product = price * fraction.unitsNumber;
  if (product <= MAX && fraction.scaleNumber < Infinity) {
    // Exact: a quotient that is not whole is at least 1 / scale away from the next whole number, and rounding it to
    // a double moves it by at most quotient × 2^-53 = product × 2^-53 / scale, which is less.
    return Math.ceil(product / fraction.scaleNumber);
  }
  return Number((BigInt(price) * fraction.units + fraction.scale - 1n) / fraction.scale);
}

/** Average true range times the multiplier, rounded up to whole ticks, at least 1; may be infinite. */
export function rangeDistance(multiplier: number, averageRange: number): number {
  return Math.max(1, Math.ceil(multiplier * averageRange));
}

/**
 * Where a trail puts its stop: the distance below the watermark for a sell, above it for a buy.
 *
 * watermark  best trade price seen, 1 to 2^53−1
 * distance   whole ticks, at least 1, or infinite
 *
 * 0 when that is no price: below 1, or beyond 2^53−1.
 */
export function trailStop(side: Side, watermark: number, distance: number): number {
  const stop = side === 'sell' ? watermark - distance : watermark + distance;
  return stop >= 1 && stop <= MAX ? stop : 0;
}
