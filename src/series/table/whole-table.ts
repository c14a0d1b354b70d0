/** A whole text as a table with a header: separated columns or JSON, told apart by the content. */
import { InsufficientDataError } from '../../errors.js';
import type { Header } from '../column-names.js';
import { type RowProblems, wrongCells } from '../row-problems.js';
import { refuseEmpty, withoutMark } from './decode.js';
import { jsonRows, looksLikeJson } from './json-rows.js';
import { findSeparator, remarksBefore } from './separator.js';
import { splitRows } from './split-rows.js';

/** The rows of a text under their header, each as long as it. */
export interface WholeTable {
  readonly header: Header;
  readonly rows: readonly (readonly string[])[];
  /** For each row the line it starts on, or its number as a record. */
  readonly lines: readonly number[];
  readonly separator: string;
}

/** Reads a table. A row with more or fewer cells than the header is a problem. Throws `DataError`, `SchemaError`. */
export function wholeTable(text: string, problems: RowProblems): WholeTable {
  const body = withoutMark(text, problems);
  refuseEmpty(body, problems);
  const json = looksLikeJson(body);
  if (json) problems.unit = 'record';
  const separator = json ? ',' : findSeparator(body, problems);
  const split = json ? jsonRows(body, problems) : splitRows(body, separator, problems);
  const first = remarksBefore(split.rows, separator);
  const header = {
    names: (split.rows[first] ?? ['']).map((name) => name.trim()),
    line: split.lines[first] ?? 1,
  };
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  for (let i = first + 1; i < split.rows.length; i++) {
    const row = split.rows[i]!;
    if (row.length === header.names.length) {
      rows.push(row);
      lines.push(split.lines[i]!);
    } else {
      problems.add(wrongCells(split.lines[i]!, row.length, header.names.length));
    }
  }
  if (split.rows.length <= first + 1) {
    const fix = 'add the data rows';
    const detail = { field: 'rows', value: 0, constraint: 'at least one row', fix };
    throw new InsufficientDataError(`has a header but no rows. Fix: ${fix}`, problems.place(), detail);
  }
  return { header, rows, lines, separator };
}
