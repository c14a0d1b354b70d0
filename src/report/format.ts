/**
 * Numbers as people read them. No locale and no clock: the same number gives the same text everywhere.
 * A number that is not there (NaN, null, undefined) is an en dash; a negative zero never shows.
 */
import { formatCents } from '../money.js';

const UNITS: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** Shown for a number that is not there. */
export const ABSENT = '–';

/** `value` with `digits` decimals and thousands in groups of three. */
export function numberText(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || Number.isNaN(value)) return ABSENT;
  if (value === Infinity) return '∞';
  if (value === -Infinity) return '-∞';
  if (Math.abs(value) >= 1e21) return value.toExponential(digits);
  const text = Math.abs(value).toFixed(digits);
  const grouped = group(text);
  return value < 0 && /[1-9]/.test(text) ? `-${grouped}` : grouped;
}

/** A fraction as a percentage: 0.1234 is `12.34%`. */
export function percentText(value: number | null | undefined, digits = 2): string {
  const text = numberText(value === null || value === undefined ? value : value * 100, digits);
  return text === ABSENT ? text : `${text}%`;
}

/** As `percentText`, with a plus sign before a gain. */
export function signedPercentText(value: number | null | undefined, digits = 2): string {
  const text = percentText(value, digits);
  return value !== null && value !== undefined && value > 0 && /[1-9∞]/.test(text) ? `+${text}` : text;
}

/** Whole cents as currency units with two decimals and grouped thousands. A fraction of a cent is rounded off. */
export function moneyText(cents: number | null | undefined): string {
  if (cents === null || cents === undefined || !Number.isFinite(cents)) return numberText(cents);
  // A benchmark may grow beyond the exact integers; its cents mean nothing there.
  return Math.abs(cents) < Number.MAX_SAFE_INTEGER
    ? formatCents(Math.round(cents))
    : numberText(cents / 100, 0);
}

/** A value in few characters, for axes and labels: 1500000 is `1.5M`. Three significant digits, fewer where they are zero. */
export function compactText(value: number): string {
  const magnitude = Math.abs(value);
  const [unit, suffix] = UNITS.find(([size]) => magnitude >= size * 0.9995) ?? [1, ''];
  const scaled = magnitude / unit;
  const digits = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  return `${trimZeros(numberText(value / unit, digits))}${suffix}`;
}

/** As `compactText` for the ticks of one axis: all in the unit of the largest, with `decimals(unit)` decimals. */
export function compactTicks(largest: number, decimals: (unit: number) => number): (value: number) => string {
  const [unit, suffix] = UNITS.find(([size]) => Math.abs(largest) >= size) ?? [1, ''];
  return (value) => (value === 0 ? '0' : `${numberText(value / unit, decimals(unit))}${suffix}`);
}

/** Drops the zeros at the end of a decimal fraction: `1.50` is `1.5`, `2.00` is `2`. */
export function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A hyphen before a number becomes a true minus sign, for typeset pages. */
export function typeset(text: string): string {
  return text.replace(/^-/, '−');
}

function group(digits: string): string {
  const point = digits.indexOf('.');
  const whole = point < 0 ? digits : digits.slice(0, point);
  return whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + (point < 0 ? '' : digits.slice(point));
}
