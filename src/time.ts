/**
 * Calendar days as integers: day 0 is 1970-01-01, in the proleptic Gregorian calendar, years 1 to 9999.
 * No `Date` anywhere, so nothing here depends on a time zone.
 */
import { checkInteger } from './check.js';

/** A day of the calendar. */
export interface CivilDate {
  /** 1 to 9999. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** 0001-01-01 in days since 1970-01-01. */
export const DAY_MIN = -719_162;
/** 9999-12-31 in days since 1970-01-01. */
export const DAY_MAX = 2_932_896;

const ZERO = 48;
const NINE = 57;
const DASH = 45;
const SLASH = 47;

/** Days of a month: 28 to 31. `year` 1 to 9999, `month` 1 to 12, unchecked. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isCivil(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= daysInMonth(year, month);
}

/**
 * Days since 1970-01-01 of a day of the calendar.
 *
 * Year 1 to 9999, month 1 to 12, day 1 to the month's last; anything else throws `ValidationError`.
 * Counts from a March-based year, as in Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  checkInteger('year', year, 1, 9999);
  checkInteger('month', month, 1, 12);
  checkInteger('day', day, 1, daysInMonth(year, month));
  return countDays(year, month, day);
}

/** As `daysFromCivil` for numbers from outside: undefined where the calendar has no such day. */
export function epochDay(year: number, month: number, day: number): number | undefined {
  return isCivil(year, month, day) ? countDays(year, month, day) : undefined;
}

function countDays(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The day of the calendar of an epoch day from `DAY_MIN` to `DAY_MAX`; else `ValidationError`. Undoes `daysFromCivil`. */
export function civilFromDays(day: number): CivilDate {
  checkInteger('day', day, DAY_MIN, DAY_MAX);
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** An epoch day as `YYYY-MM-DD`. From `DAY_MIN` to `DAY_MAX`; else `ValidationError`. */
export function formatDate(day: number): string {
  const date = civilFromDays(day);
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Day of the week of an epoch day, as ISO 8601 counts: 1 is Monday, 7 is Sunday. */
export function weekday(day: number): number {
  checkInteger('day', day, DAY_MIN, DAY_MAX);
  return day + 3 - 7 * Math.floor((day + 3) / 7) + 1;
}

/**
 * The epoch day of a date written as `YYYY-MM-DD`, `YYYY/MM/DD` or `YYYYMMDD`, or undefined.
 *
 * After `YYYY-MM-DD` a time of midnight may stand (`T00:00:00Z`, ` 00:00`, ` 00:00:00.000+00:00`); another
 * time or another zone is refused, for it would need a rule which day is meant. So are two-digit years, the
 * day-first and month-first forms, single digits, and days that the calendar does not have (2021-02-29).
 * Blanks at both ends are ignored. Reads digits one by one: no `Date.parse`, no time zone.
 */
export function parseDate(text: string): number | undefined {
  if (typeof text !== 'string') return undefined;
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  const year = readDigits(text, start, 4, end);
  const separator = text.charCodeAt(start + 4);
  const gap = separator === DASH || separator === SLASH ? 1 : 0;
  const month = readDigits(text, start + 4 + gap, 2, end);
  const dayStart = start + 6 + 2 * gap;
  const day = readDigits(text, dayStart, 2, end);
  if (gap === 1 && text.charCodeAt(dayStart - 1) !== separator) return undefined;
  if (!isCivil(year, month, day)) return undefined;
  const dateEnd = dayStart + 2;
  if (dateEnd < end && (separator !== DASH || !isMidnight(text.slice(dateEnd, end)))) return undefined;
  return countDays(year, month, day);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** `count` digits at `from` as a number; -1 if they are not all digits before `end`. */
function readDigits(text: string, from: number, count: number, end: number): number {
  if (from + count > end) return -1;
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const code = text.charCodeAt(i);
    if (code < ZERO || code > NINE) return -1;
    value = value * 10 + (code - ZERO);
  }
  return value;
}

/** Whether the text after a date says midnight, with no zone or the zone UTC. Linear: no nested repeats. */
function isMidnight(text: string): boolean {
  return /^(?:T| )00:00(?::00(?:\.0{1,9})?)?(?:Z|[+-]00:?00)?$/.test(text);
}
