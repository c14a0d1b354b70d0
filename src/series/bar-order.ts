/** The dates of the rows: each must be one, and each symbol's must run in the order of the file. */
import { showValue } from '../errors.js';
import { formatDate } from '../time.js';
import { DateCell, type DateFormat } from './date-format.js';
import type { RowProblems } from './row-problems.js';
import { NOT_PLAIN, type Row } from './table/row.js';

/** What a row is to the row before it of the same symbol. */
export type BarStep = 'next' | 'same day' | 'bad';

/** What the reader wants of dates. */
export interface BarOrderOptions {
  readonly dates: DateFormat;
  readonly falling: boolean;
  /** Whether several bars a day are made into one. */
  readonly daily: boolean;
  /** Last epoch day that is believed. */
  readonly lastDay: number;
  /** Last epoch day that is wanted; later rows are passed over. */
  readonly to: number;
  readonly dateColumn: number;
  readonly timeColumn: number;
  /** Name of the date column. */
  readonly column: string;
}

const DATE_FIX = 'write dates with the year first, without a time of day';

/** Reads dates row by row and checks their order, each symbol for itself. */
export class BarOrder {
  /** Epoch day of the row read last. */
  day = 0;
  /** Whether a time of day other than midnight was seen. */
  hasTimes = false;
  /** Whether a zone other than UTC was seen. */
  hasZones = false;
  readonly #date: DateCell;
  readonly #options: BarOrderOptions;
  readonly #problems: RowProblems;
  readonly #days: number[] = [];
  readonly #seconds: number[] = [];
  readonly #lines: number[] = [];
  #now = 0;
  #zone = Number.NaN;
  /** A second zone, where there was one. */
  #farZone = Number.NaN;
  #zoneLine = 0;
  #zoneKnown = false;

  constructor(options: BarOrderOptions, problems: RowProblems) {
    this.#options = options;
    this.#problems = problems;
    this.#date = new DateCell(options.dates);
  }

  /** Reads the date of a row into `day`; false where it is none, which is a problem of the row. */
  read(row: Row): boolean {
    const { dateColumn, timeColumn, lastDay } = this.#options;
    const plain = row.plainDay(dateColumn);
    if (plain !== NOT_PLAIN) {
      this.day = plain;
      this.#now = 0;
      if (!this.#checkZone(Number.NaN, row)) return false;
    } else {
      const date = this.#date;
      const text = row.text(dateColumn);
      if (!date.read(text)) return this.#fault(row, text, ...this.#whyNot(text));
      this.day = date.day;
      if (!this.#checkZone(date.offset, row)) return false;
    }
    if (timeColumn >= 0) {
      const time = row.text(timeColumn);
      if (plain !== NOT_PLAIN) this.#date.seconds = 0;
      if (!this.#date.addTime(time))
        return this.#fault(row, time, 'have a time as HH:MM', 'correct the time');
      this.#now = this.#date.seconds;
    } else if (plain === NOT_PLAIN) this.#now = this.#date.seconds;
    if (this.#now !== 0) this.hasTimes = true;
    // Bars of a day are in the order of true time: the clock may go back an hour.
    if (plain === NOT_PLAIN && !Number.isNaN(this.#date.offset)) this.#now -= this.#date.offset * 60;
    if (this.day > lastDay && this.day <= this.#options.to) {
      const must = `not lie after ${formatDate(lastDay)}`;
      return this.#fault(
        row,
        formatDate(this.day),
        must,
        'correct the date, or read up to an earlier day (to, --to)',
      );
    }
    if (this.day < -719_162 || this.day > 2_932_896) {
      return this.#fault(row, row.text(dateColumn), 'be in the years 1 to 9999', 'correct the date');
    }
    return true;
  }

  /** Checks the row read last against the latest of symbol `s`; `name` is empty where the file has one series. */
  check(row: Row, s: number, name: string): BarStep {
    const before = this.#days[s];
    if (before === undefined) return 'next';
    const { falling, daily, column } = this.#options;
    const { day } = this;
    if (falling ? day < before : day > before) return 'next';
    const clock = this.#seconds[s]!;
    const later = falling ? this.#now < clock : this.#now > clock;
    if (day === before && later && daily) return 'same day';
    const of = name === '' ? '' : ` of ${showValue(name)}`;
    const unit = this.#problems.unit;
    const line = `${unit} ${this.#lines[s]!}`;
    const backwards = day === before && daily && this.#now !== clock;
    const where = { line: row.line, column, value: formatDate(day) };
    if (backwards) {
      const must = `run ${falling ? 'back' : 'forward'} in time${of} within the day as the days do, but is ${falling ? 'later' : 'earlier'} than ${line}`;
      this.#problems.addToRow({
        ...where,
        kind: 'timestamp',
        must,
        fix: 'sort the rows of each day as the days are',
      });
    } else if (day === before && later) {
      const must = `have one bar a day${of}, but ${line} is of the same day`;
      const fix = "make one bar of each day: intraday 'daily' (--intraday daily)";
      this.#problems.addToRow({ ...where, kind: 'timestamp', must, fix });
    } else if (day === before) {
      const kind = name === '' ? 'timestamp' : 'schema';
      const must = `not repeat the date${of} of ${line}`;
      this.#problems.addToRow({ ...where, kind, must, fix: 'keep one row for each date' });
    } else {
      const must = `be ${falling ? 'earlier' : 'later'} than ${formatDate(before)}${of} on ${line}`;
      const fix = `sort the rows by date, ${falling ? 'newest first as the others' : 'oldest first'}`;
      this.#problems.addToRow({ ...where, kind: 'timestamp', must, fix });
    }
    return 'bad';
  }

  /** Takes a plain date as the latest of symbol `s`, or says that it needs a closer look: then nothing changes. */
  takePlain(day: number, line: number, s: number): boolean {
    if (day > this.#options.lastDay || (this.#zoneKnown && !Number.isNaN(this.#zone))) return false;
    const before = this.#days[s];
    if (before !== undefined && (this.#options.falling ? day >= before : day <= before)) return false;
    if (!this.#zoneKnown) this.#zoneLine = line;
    this.#zoneKnown = true;
    this.#days[s] = day;
    this.#seconds[s] = 0;
    this.#lines[s] = line;
    return true;
  }

  /** Makes the row read last the latest of symbol `s`. */
  commit(row: Row, s: number): void {
    this.#days[s] = this.day;
    this.#seconds[s] = this.#now;
    this.#lines[s] = row.line;
  }

  /** What is needed instead of a text that is no date of the file, and what to do. */
  #whyNot(text: string): readonly [must: string, fix: string] {
    const { order } = this.#options.dates;
    if (/^\s*\d{4}([-/.])\d{1,2}\1\d{1,2}\s*$/.test(text))
      return ['be a day of the calendar', 'correct the date'];
    const yearLast = /^\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{2}|\d{4})\s*$/.exec(text);
    if (yearLast?.[4]!.length === 2) return [`be ${this.#shape()}`, 'write years with four digits'];
    if (yearLast !== null) {
      const read = order === 'mdy' ? 'month first' : order === 'dmy' ? 'day first' : 'year first';
      return [
        `be a day, read ${read} as the other dates`,
        'correct it, or state the order (dateOrder, --date-order)',
      ];
    }
    return [`be ${this.#shape()}`, DATE_FIX];
  }

  #shape(): string {
    const { order, epoch } = this.#options.dates;
    if (epoch !== '') return `a time in ${epoch} since 1970-01-01`;
    const others = {
      mdy: ', or MM/DD/YYYY as the other dates',
      dmy: ', or DD/MM/YYYY as the other dates',
      ymd: '',
    };
    const other = this.#options.dates.seen === true ? others[order] : '';
    return `a date as YYYY-MM-DD, YYYY/MM/DD or YYYYMMDD${other}`;
  }

  #fault(row: Row, value: string, must: string, fix: string): false {
    const { column } = this.#options;
    this.#problems.addToRow({ kind: 'timestamp', line: row.line, column, value, must, fix });
    return false;
  }

  /** Zones of one file may differ by the hour of daylight saving; anything else mixes places. */
  #checkZone(offset: number, row: Row): boolean {
    if (!this.#zoneKnown) {
      this.#zoneKnown = true;
      this.#zone = offset;
      this.#farZone = offset;
      this.#zoneLine = row.line;
    }
    const none = Number.isNaN(offset);
    if (!none && offset !== 0) this.hasZones = true;
    if (none && Number.isNaN(this.#zone)) return true;
    const [low, high] = [
      Math.min(this.#zone, this.#farZone, offset),
      Math.max(this.#zone, this.#farZone, offset),
    ];
    if (high - low <= 60) {
      if (offset !== this.#zone) this.#farZone = offset;
      return true;
    }
    const fix = 'write every date in one zone, or without one';
    const must = `have the time zone of ${this.#problems.unit} ${this.#zoneLine}, or one an hour apart`;
    return this.#fault(row, row.text(this.#options.dateColumn), must, fix);
  }
}
