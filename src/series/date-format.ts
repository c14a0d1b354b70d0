/** How a file writes its dates, and reading them from their digits: no `Date`, no time zone of this machine. */
import { trimBlanks } from '../decimal.js';
import { showValue, TimestampAnomalyError } from '../errors.js';
import { epochDay } from '../time.js';
import type { RowProblems } from './row-problems.js';

/** Order of year, month and day where digits alone stand. */
export type DateOrderName = 'ymd' | 'dmy' | 'mdy';

/** What the dates of a file are. */
export interface DateFormat {
  /** Order of dates such as 03/04/2020; year first is always understood. */
  readonly order: DateOrderName;
  /** Whether the order was stated: then it holds for dates with points, too, where the day is else first. */
  readonly stated?: boolean;
  /** Whether the file has dates with the year last. */
  readonly seen?: boolean;
  /** Unit of plain numbers, `''` where numbers are no dates (eight digits are always YYYYMMDD). */
  readonly epoch: '' | 's' | 'ms' | 'us' | 'ns';
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[ T]?(\d{2})(\d{2})(\d{2})?)?$/;
const DAY_MONTH_NAME = /^(\d{1,2})[- ]([A-Za-z]{3,9})\.?[- ,]{1,2}(\d{4})(?!\d)/;
const MONTH_NAME_DAY = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(?!\d)/;
const CLOCK =
  /^(?:T| {1,2})(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$/;
const NUMBER = /^-?\d{1,19}(?:\.\d+)?$/;
const PER_DAY = { s: 86_400, ms: 86_400_000, us: 86_400_000_000, ns: 86_400_000_000_000 } as const;
const DAY_LIMIT = 2_932_896;
/** Longest text that may be a date with time and zone. */
const LENGTH_MAX = 64;
/** 1973-01-01 and 2100-01-01. */
const DAY_1973 = 1_096;
const DAY_2100 = 47_482;

/**
 * The format of a column of dates.
 *
 * cells  the column's sample
 * order  what the caller or a known format says, else undefined
 *
 * Dates such as 03/04/2020 are month first or day first where one of them has a number above 12 that says so; if
 * none has, `TimestampAnomalyError` asks for the order. With points (03.04.2020) the day is first, as everywhere
 * where dates have points. Numbers of nine digits and more are times since 1970, their unit by their size.
 */
export function findDateFormat(
  cells: Iterable<string>,
  order: DateOrderName | undefined,
  problems: RowProblems,
  column: string,
): DateFormat {
  let [dayFirst, monthFirst, numbers, all] = [0, 0, 0, 0];
  let largest = 0;
  let unclear: string | undefined;
  for (const cell of cells) {
    const text = cell.trim();
    if (text === '') continue;
    all += 1;
    const parts = YEAR_LAST.exec(text);
    if (parts !== null && parts[2] !== '.') {
      const [first, second] = [Number(parts[1]), Number(parts[3])];
      if (first > 12 && second <= 12) dayFirst += 1;
      else if (second > 12 && first <= 12) monthFirst += 1;
      else if (first !== second) unclear ??= text;
    } else if (NUMBER.test(text) && !isCompact(text)) {
      numbers += 1;
      largest = Math.max(largest, Math.abs(Number(text)));
    }
  }
  const epoch = numbers > all / 2 && largest >= 1e8 ? unitOf(largest) : '';
  if (order !== undefined) return { order, epoch, stated: true, seen: order !== 'ymd' };
  if (dayFirst > 0 || monthFirst > 0)
    return { order: dayFirst >= monthFirst ? 'dmy' : 'mdy', epoch, seen: true };
  if (unclear !== undefined) throw ambiguous(unclear, problems, column);
  return { order: 'dmy', epoch };
}

/** Whether eight, twelve or fourteen digits are a day of the calendar, with a time or without. */
function isCompact(text: string): boolean {
  const parts = COMPACT.exec(text);
  return parts !== null && epochDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) !== undefined;
}

function unitOf(size: number): DateFormat['epoch'] {
  return size < 1e11 ? 's' : size < 1e14 ? 'ms' : size < 1e17 ? 'us' : 'ns';
}

function ambiguous(text: string, problems: RowProblems, column: string): TimestampAnomalyError {
  const constraint = 'dates whose day and month can be told apart';
  const fix = "say which is first: dateOrder 'mdy' or 'dmy' (--date-order mdy or --date-order dmy)";
  return new TimestampAnomalyError(
    `${showValue(text)} may be month first or day first, and no date of the file tells. Fix: ${fix}`,
    problems.place(undefined, column),
    { field: column, value: text, constraint, fix },
  );
}

/** Reads dates of one format; what it read last stands in its fields. */
export class DateCell {
  /** Days since 1970-01-01 of the date as it is written, in its own zone. */
  day = 0;
  /** Seconds since midnight, 0 where no time stands. */
  seconds = 0;
  /** Minutes east of Greenwich, NaN where no zone stands. */
  offset: number = Number.NaN;
  readonly #format: DateFormat;

  constructor(format: DateFormat) {
    this.#format = format;
  }

  /** Reads a cell; false where it is no date of the format. */
  read(cell: string): boolean {
    const text = trimBlanks(cell);
    if (text.length > LENGTH_MAX) return false;
    this.seconds = 0;
    this.offset = Number.NaN;
    const { order, epoch } = this.#format;
    let parts = YEAR_FIRST.exec(text);
    if (parts !== null) {
      return (
        this.#set(Number(parts[1]), Number(parts[3]), Number(parts[4])) && this.#rest(text, parts[0].length)
      );
    }
    if (epoch !== '' && NUMBER.test(text)) {
      if (!isCompact(text)) return this.#epoch(text, epoch);
    }
    parts = COMPACT.exec(text);
    if (parts !== null) {
      this.seconds = Number(parts[4] ?? 0) * 3600 + Number(parts[5] ?? 0) * 60 + Number(parts[6] ?? 0);
      const clock = Number(parts[4] ?? 0) < 24 && Number(parts[5] ?? 0) < 60 && Number(parts[6] ?? 0) < 60;
      return clock && this.#set(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    }
    parts = YEAR_LAST.exec(text);
    if (parts !== null) {
      const [first, second] = [Number(parts[1]), Number(parts[3])];
      if (order === 'ymd') return false;
      const monthFirst = order === 'mdy' && (parts[2] !== '.' || this.#format.stated === true);
      const ok = this.#set(Number(parts[4]), monthFirst ? first : second, monthFirst ? second : first);
      return ok && this.#rest(text, parts[0].length);
    }
    parts = DAY_MONTH_NAME.exec(text);
    if (parts !== null)
      return this.#named(parts[3]!, parts[2]!, parts[1]!) && this.#rest(text, parts[0].length);
    parts = MONTH_NAME_DAY.exec(text);
    if (parts !== null)
      return this.#named(parts[3]!, parts[1]!, parts[2]!) && this.#rest(text, parts[0].length);
    return false;
  }

  /** Adds a time of day from a column of its own (`09:30`, `093000`, `9:30:00`); false where it is none. */
  addTime(cell: string): boolean {
    const text = cell.trim();
    if (text === '') return true;
    const digits = text.padStart(text.length === 3 || text.length === 4 ? 4 : 6, '0');
    const compact = /^(\d{2})(\d{2})(\d{2})?$/.exec(digits);
    const parts = compact ?? /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/.exec(text);
    if (parts === null) return false;
    const [hours, minutes, seconds] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
    this.seconds = hours * 3600 + minutes * 60 + seconds;
    return hours < 24 && minutes < 60 && seconds < 60;
  }

  #set(year: number, month: number, day: number): boolean {
    const found = epochDay(year, month, day);
    this.day = found ?? 0;
    return found !== undefined;
  }

  #named(year: string, name: string, day: string): boolean {
    const word = name.toLowerCase();
    const month =
      MONTHS.findIndex(
        (full) => word === full || word === full.slice(0, 3) || (word === 'sept' && full === 'september'),
      ) + 1;
    return month > 0 && this.#set(Number(year), month, Number(day));
  }

  /** The time and zone after a date. */
  #rest(text: string, from: number): boolean {
    if (from === text.length) return true;
    const parts = CLOCK.exec(text.slice(from));
    if (parts === null) return false;
    const [hours, minutes, seconds] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
    if (hours > 23 || minutes > 59 || seconds > 59) return false;
    this.seconds = hours * 3600 + minutes * 60 + seconds + Number(`0.${parts[4] ?? 0}`);
    const zone = parts[5];
    if (zone !== undefined) {
      const digits = zone.replace(':', '');
      const [h, m] = [Number(digits.slice(1, 3)), Number(digits.slice(3, 5) || 0)];
      const named = /^[A-Z]/.test(zone);
      if (!named && (h > 14 || m > 59)) return false;
      this.offset = named ? 0 : (digits.startsWith('-') ? -1 : 1) * (h * 60 + m);
    }
    return true;
  }

  /**
   * A number of the unit. A larger unit is told by its size; in a file of µs, ms are told by theirs: Binance changed
   * from one to the other in 2025.
   */
  #epoch(text: string, epoch: 's' | 'ms' | 'us' | 'ns'): boolean {
    const value = Number(text);
    const units = ['s', 'ms', 'us', 'ns'] as const;
    const own = unitOf(Math.abs(value)) as 's' | 'ms' | 'us' | 'ns';
    const smaller = units.indexOf(own) < units.indexOf(epoch);
    const ownDay = Math.floor(value / PER_DAY[own]);
    const older = own === 'ms' && epoch === 'us' && ownDay > DAY_1973 && ownDay < DAY_2100;
    const unit = own !== epoch && (!smaller || older) ? own : epoch;
    const perDay = PER_DAY[unit];
    const day =
      Number.isSafeInteger(value) || text.includes('.') ? Math.floor(value / perDay) : dayOf(text, perDay);
    if (Math.abs(day) > DAY_LIMIT) return false;
    this.day = day;
    this.seconds = ((value - day * perDay) / perDay) * 86_400;
    return true;
  }
}

/** The day of a whole number that a double does not hold exactly. */
function dayOf(text: string, perDay: number): number {
  const value = BigInt(text);
  const size = BigInt(perDay);
  const day = value / size;
  return Number(value % size < 0n ? day - 1n : day);
}
