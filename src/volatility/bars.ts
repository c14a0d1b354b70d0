/** Bars of prices for the estimators of volatility: read and checked once. */
import { checkLength, toFloat64, type Vec } from '../check.js';
import { NonFiniteError, ValidationError } from '../errors.js';

/** Four columns of checked prices of one length. */
export interface Bars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/**
 * The four columns as typed arrays.
 *
 * Throws `ShapeError` (lengths), `NonFiniteError` (infinities), `ValidationError` at the first price that is not above
 * 0, and at the first bar whose high is not the highest or whose low is not the lowest of its prices.
 */
export function readBars(open: Vec, high: Vec, low: Vec, close: Vec): Bars {
  const columns = {
    open: toFloat64('open', open),
    high: toFloat64('high', high),
    low: toFloat64('low', low),
    close: toFloat64('close', close),
  };
  for (const [field, prices] of Object.entries(columns)) {
    checkLength(field, prices.length, columns.open.length, 'open');
    checkPrices(field, prices);
  }
  const { open: o, high: h, low: l, close: c } = columns;
  for (let i = 0; i < o.length; i++) {
    // Written so that a NaN passes.
    if (h[i]! < l[i]!) throw outOfRange('high', i, h[i]!, 'least', 'low', l[i]!);
    if (h[i]! < o[i]!) throw outOfRange('high', i, h[i]!, 'least', 'open', o[i]!);
    if (h[i]! < c[i]!) throw outOfRange('high', i, h[i]!, 'least', 'close', c[i]!);
    if (l[i]! > o[i]!) throw outOfRange('low', i, l[i]!, 'most', 'open', o[i]!);
    if (l[i]! > c[i]!) throw outOfRange('low', i, l[i]!, 'most', 'close', c[i]!);
  }
  return columns;
}

/** Throws at a price that is infinite, or not above 0. */
function checkPrices(field: string, prices: Float64Array): void {
  for (let i = 0; i < prices.length; i++) {
    const price = prices[i]!;
    if ((price > 0 && price < Infinity) || Number.isNaN(price)) continue;
    const fix = 'repair the price of that bar, or set it to NaN';
    if (price === Infinity) throw new NonFiniteError(`${field}[${i}]`, price, 'a finite price', fix);
    throw new ValidationError(`${field}[${i}]`, price, 'a price above 0', fix);
  }
}

function outOfRange(
  field: string,
  bar: number,
  value: number,
  side: 'least' | 'most',
  other: string,
  bound: number,
): ValidationError {
  return new ValidationError(
    `${field}[${bar}]`,
    value,
    `at ${side} ${other}[${bar}], ${bound}`,
    `repair bar ${bar}, or set its prices to NaN`,
  );
}
