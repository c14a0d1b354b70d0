/** How a file writes its numbers: the decimal mark, the mark between thousands, currency signs. */
import { isMissing, trimBlanks } from '../decimal.js';
import { SchemaError, showValue } from '../errors.js';
import type { RowProblems } from './row-problems.js';

/** The marks of a file's numbers. */
export interface NumberFormat {
  readonly decimal: '.' | ',';
  /** Mark between thousands, empty where there is none. */
  readonly group: '' | '.' | ',' | ' ' | "'";
}

/** Numbers as programs write them. */
export const PLAIN_NUMBERS: NumberFormat = { decimal: '.', group: '' };

const CURRENCY = /^([-+]?)[$€£¥]\s?(?=\d)/;
const GROUPS = /^[-+]?[1-9]\d{0,2}([,. '\u00a0\u202f])\d{3}(?:\1\d{3})*(?:(?!\1)([.,])\d+)?$/;

/**
 * The marks that the cells of a sample use.
 *
 * cells    texts of the price columns
 * decimal  the mark that the caller or a known format names, else undefined
 *
 * `1,234.50` has both marks, `1,5` can only be a decimal comma, `1'234` only groups. A comma that could be either in
 * every cell that has one (`1,234`) is a `SchemaError` until `decimal` is named.
 */
export function findNumberFormat(
  cells: Iterable<string>,
  decimal: '.' | ',' | undefined,
  problems: RowProblems,
): NumberFormat {
  let group: NumberFormat['group'] = '';
  let comma = false;
  let point = false;
  let unclear = '';
  for (const cell of cells) {
    const text = cell.trim().replace(CURRENCY, '$1');
    if (!/[,' \u00a0\u202f]/.test(text) && !/\..*\./.test(text)) {
      if (text.includes('.')) point = true;
      continue;
    }
    if (isMissing(text)) continue;
    const grouped = GROUPS.exec(text);
    if (grouped === null) {
      if (/^[-+]?\d+,\d*$|^[-+]?,\d+$/.test(text)) comma = true;
      continue;
    }
    const mark = /[\s\u00a0\u202f]/.test(grouped[1]!) ? ' ' : (grouped[1] as ',' | '.' | "'");
    if (grouped[2] !== undefined && grouped[2] !== mark) {
      group = mark;
      if (grouped[2] === ',') comma = true;
      else point = true;
    } else if (grouped[2] === undefined && (mark === "'" || mark === ' ')) {
      group = mark;
    } else if (grouped[2] === undefined && text.split(mark).length > 2) {
      group = mark;
    } else if (mark === ',') {
      unclear ||= text;
    }
  }
  if (decimal !== undefined) {
    const other = decimal === ',' ? '.' : ',';
    return {
      decimal,
      group: group === '' || group === decimal ? (decimal === ',' || unclear !== '' ? other : '') : group,
    };
  }
  if (comma && !point) return { decimal: ',', group: group === ',' ? '' : group };
  if (comma && group === '.') return { decimal: ',', group };
  if (group !== '') return { decimal: group === '.' ? ',' : '.', group };
  if (unclear !== '' && point) return { decimal: '.', group: ',' };
  if (unclear !== '') throw unclearComma(unclear, problems);
  return PLAIN_NUMBERS;
}

function unclearComma(text: string, problems: RowProblems): SchemaError {
  const constraint = 'numbers whose comma has one meaning';
  const fix = "say what it is: decimal ',' (--decimal ,) or decimal '.' (--decimal .)";
  return new SchemaError(
    `the comma of ${showValue(text)} may stand for thousands or for decimals. Fix: ${fix}`,
    problems.place(),
    { field: 'decimal', value: text, constraint, fix },
  );
}

/** A text that `scanDecimal` refuses. */
const NO_NUMBER = '.';

/** A number of the file as `scanDecimal` reads numbers, or a text that it refuses. */
export function plainNumber(text: string, format: NumberFormat): string {
  let number = trimBlanks(text).replace(CURRENCY, '$1');
  const { group, decimal } = format;
  if (group !== '') {
    const grouped = GROUPS.exec(number);
    const mark = grouped?.[1]?.replace(/[\u00a0\u202f]/, ' ');
    if (grouped !== null && mark === group && (grouped[2] === undefined || grouped[2] === decimal)) {
      number = number.replace(group === ' ' ? /[\s\u00a0\u202f]/g : new RegExp(`\\${group}`, 'g'), '');
    }
  }
  if (decimal === '.') return number;
  // A point is no decimal mark here, so it must not become one: such a text is no number.
  return number.includes('.') ? NO_NUMBER : number.replace(',', '.');
}
