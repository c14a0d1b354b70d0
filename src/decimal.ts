/**
 * Decimal numbers read from their digits, never through floats: the one grammar for prices, money and weights.
 *
 * A number is: an optional sign, digits with at most one `.` (at least one digit in all), an optional exponent
 * (`e` or `E`, optional sign, digits). Blanks at both ends are ignored. Everything else is `not a number`:
 * hex, underscores, thousands separators, decimal commas, parentheses, currency and percent signs, `inf`,
 * digits of other scripts. A cell that is empty or one of `MISSING_WORDS` is `missing`.
 */

/** Why a text gives no number. */
export type NumberProblem = 'missing' | 'not a number' | 'more digits than the price scale' | 'overflow';

/** What to do with digits past the wanted decimals: refuse them, or round; ties go to even, or away from zero. */
export type DecimalRounding = 'exact' | 'half-even' | 'half-up';

/** The number units / 10^decimals. */
export interface Decimal {
  /** A safe integer, never -0. */
  readonly units: number;
  /** Digits after the point, without trailing zeros; at least 0. */
  readonly decimals: number;
}

/** Where `scanDecimal` puts what it read. */
export interface DecimalCell {
  units: number;
  decimals: number;
  /** Whether digits were rounded away. */
  rounded: boolean;
}

/** The words that mean "no value here", besides an empty cell. */
export const MISSING_WORDS: readonly string[] = ['NaN', 'nan', 'NA', 'N/A', '#N/A', 'null', 'NULL', '-'];

/** 10^0 … 10^16, exact. */
const POWERS: readonly number[] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
];
/** Decimals of the smallest double written out, and some. */
const DECIMALS_MAX = 1_000;
const ZERO = 48;
const NINE = 57;
const POINT = 46;

/** Whether a cell has no value: empty, blank, or one of `MISSING_WORDS`. */
export function isMissing(text: string): boolean {
  const word = text.trim();
  return word === '' || MISSING_WORDS.includes(word);
}

/** 10^n for n from 0 to 16, exact. */
export function powerOfTen(n: number): number {
  return POWERS[n]!;
}

/**
 * Reads `text` as a number of at most `maxDecimals` digits after the point, into `out`; nothing is allocated.
 *
 * text         any text
 * maxDecimals  0 to 1,000,000
 * rounding     what to do with digits past `maxDecimals`, trailing zeros not counted
 * out          units (safe integer), decimals and rounded; of use only when the answer is 'ok'
 *
 * Answers 'ok', or why not. O(length); one pass for a plain number of up to 15 digits.
 */
export function scanDecimal(
  text: string,
  maxDecimals: number,
  rounding: DecimalRounding,
  out: DecimalCell,
): 'ok' | NumberProblem {
  let i = 0;
  let end = text.length;
  while (i < end && isBlank(text.charCodeAt(i))) i++;
  while (end > i && isBlank(text.charCodeAt(end - 1))) end--;
  if (i === end) return 'missing';
  const start = i;
  const sign = text.charCodeAt(i);
  if (sign === 45 || sign === 43) i++;

  const first = i;
  let point = -1;
  let units = 0;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) units = units * 10 + (code - ZERO);
    else if (code === POINT && point < 0) point = i;
    else break;
  }
  const digits = point < 0 ? i - first : i - first - 1;
  if (digits === 0) return MISSING_WORDS.includes(text.slice(start, end)) ? 'missing' : 'not a number';
  if (i === end && digits <= 15) {
    // The plain case: `units` is exact.
    let decimals = point < 0 ? 0 : end - point - 1;
    for (; decimals > 0 && units % 10 === 0; decimals--) units /= 10;
    if (decimals <= maxDecimals) {
      out.rounded = false;
      out.units = sign === 45 && units !== 0 ? -units : units;
      out.decimals = decimals;
      return 'ok';
    }
  }
  let exponent = 0;
  if (i < end) {
    exponent = scanExponent(text, i, end);
    if (Number.isNaN(exponent)) return 'not a number';
  }

  // The digits without the point are d[0] … d[digits - 1]; the point stands before d[pointAt].
  const pointAt = (point < 0 ? digits : point - first) + exponent;
  let significant = digits;
  while (significant > 0 && digitAt(text, first, point, significant - 1) === 0) significant--;
  out.rounded = false;
  if (significant === 0) {
    out.units = 0;
    out.decimals = 0;
    return 'ok';
  }
  let decimals = Math.max(0, significant - pointAt);
  let kept = significant;
  if (decimals > maxDecimals) {
    if (rounding === 'exact') return 'more digits than the price scale';
    decimals = maxDecimals;
    kept = pointAt + maxDecimals;
  }
  units = 0;
  for (let k = 0; k < kept; k++) {
    units = units * 10 + digitAt(text, first, point, k);
    if (units > Number.MAX_SAFE_INTEGER) return 'overflow';
  }
  if (kept < significant) {
    out.rounded = true;
    // kept < 0: the number starts below a tenth of a unit, so it rounds to 0.
    const next = kept < 0 ? 0 : digitAt(text, first, point, kept);
    const tie = next === 5 && kept + 1 === significant;
    if (tie ? rounding === 'half-up' || units % 2 === 1 : next >= 5) units += 1;
  } else if (pointAt > significant) {
    if (pointAt - significant > 16) return 'overflow';
    units *= POWERS[pointAt - significant]!;
  }
  if (units > Number.MAX_SAFE_INTEGER) return 'overflow';
  out.units = sign === 45 && units !== 0 ? -units : units;
  out.decimals = decimals;
  return 'ok';
}

/** The text without blanks and tabs at both ends; other white space stays. O(length). */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function digitAt(text: string, first: number, point: number, k: number): number {
  const at = first + k;
  return text.charCodeAt(point >= 0 && at >= point ? at + 1 : at) - ZERO;
}

/** The exponent that starts at `i` and ends at `end`, NaN if there is none; held within ±100,000,000. */
function scanExponent(text: string, i: number, end: number): number {
  const letter = text.charCodeAt(i);
  if (letter !== 101 && letter !== 69) return Number.NaN;
  let at = i + 1;
  const sign = text.charCodeAt(at);
  if (sign === 45 || sign === 43) at++;
  if (at >= end) return Number.NaN;
  let value = 0;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return Number.NaN;
    value = Math.min(value * 10 + (code - ZERO), 100_000_000);
  }
  return sign === 45 ? -value : value;
}

/**
 * The exact decimal number of a text, or why there is none.
 *
 * `'12.50'` gives `{ units: 125, decimals: 1 }`, `'1e3'` gives `{ units: 1000, decimals: 0 }`. More significant
 * digits than a safe integer holds are an 'overflow', more than 1,000 decimals 'more digits …'. The grammar stands at the top of this file.
 */
export function parseDecimal(text: string): Decimal | NumberProblem {
  const cell: DecimalCell = { units: 0, decimals: 0, rounded: false };
  const status = scanDecimal(text, DECIMALS_MAX, 'exact', cell);
  return status === 'ok' ? { units: cell.units, decimals: cell.decimals } : status;
}

const scratch: DecimalCell = { units: 0, decimals: 0, rounded: false };

/**
 * The double nearest to the decimal number of a text, or why there is none: the same grammar as for prices,
 * so that `''`, `'0x1F'` and `'Infinity'`, which `Number` would take, are refused. -0 becomes 0.
 */
export function parseNumber(text: string): number | NumberProblem {
  const status = scanDecimal(text, DECIMALS_MAX, 'exact', scratch);
  if (status === 'missing' || status === 'not a number') return status;
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : 'overflow';
}
