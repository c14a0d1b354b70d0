/** JSON to rows of texts, digits kept as they were written: the one door to lossless-json. */
import { isLosslessNumber, parse } from 'lossless-json';
import { DataError, SchemaError } from '../../errors.js';
import { formatDate } from '../../time.js';
import type { RowProblems } from '../row-problems.js';
import type { SplitRows } from './split-rows.js';

/** Rows of a JSON document. The first row holds names where `header` says so. */
export interface JsonRows extends SplitRows {
  readonly header: boolean;
  /** Symbol that the document names, where it holds one. */
  readonly symbol: string | undefined;
  /** What the document was taken for. */
  readonly shape: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether a text starts as JSON does. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/**
 * The rows of a JSON document, one of:
 *
 * records   `[{"date": …, "close": …}, …]`, one object a line, or `{"data": [ … ]}`
 * arrays    `[[1577836800000, "7195.24", …], …]`; a first row of texts alone names the columns
 * columns   `{"date": [ … ], "close": [ … ]}`
 * pandas    `to_json` with orient split, index, columns or table
 * services  the chart document of Yahoo, time series of Alpha Vantage, prices of CoinGecko
 *
 * Nothing is rounded: a number stays the text it was. null is an empty cell. Throws `DataError` for what is no JSON,
 * `SchemaError` for another shape. O(length).
 */
export function jsonRows(text: string, problems: RowProblems): JsonRows {
  const document = parseDocument(text, problems);
  if (Array.isArray(document)) return listRows(document, problems);
  if (!isFields(document)) throw shapeError(problems);
  const { chart, data, columns, index, results, bars } = document;
  if (isFields(chart)) return yahooRows(chart, problems);
  if (Array.isArray(data) && Array.isArray(columns)) return splitOrient(data, columns, index, problems);
  if (Array.isArray(data)) return listRows(data, problems);
  if (Array.isArray(results))
    return { ...shortNames(listRows(results, problems)), symbol: tickerOf(document) };
  if (isFields(bars)) return barsBySymbol(bars, problems);
  if (Array.isArray(document.prices) && document.prices.every((pair) => Array.isArray(pair))) {
    return { ...listRows([['date', 'close'], ...(document.prices as unknown[])], problems), shape: 'pairs' };
  }
  const series = Object.keys(document).find((key) =>
    /^(Monthly|Weekly)? ?(Adjusted )?Time Series|^Time Series/.test(key),
  );
  if (series !== undefined) return alphaVantageRows(document, series, problems);
  const entries = Object.entries(document);
  if (entries.length > 0 && entries.every(([, value]) => Array.isArray(value))) {
    return columnRows(entries as [string, unknown[]][], problems);
  }
  if (entries.length > 0 && entries.every(([, value]) => isFields(value))) {
    return nestedRows(entries as [string, Fields][]);
  }
  throw shapeError(problems);
}

/** Names of one letter as Polygon and Alpaca give them. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['t', 'timestamp'],
  ['o', 'open'],
  ['h', 'high'],
  ['l', 'low'],
  ['c', 'close'],
  ['v', 'volume'],
]);

function shortNames(read: JsonRows): JsonRows {
  const [names, ...rows] = read.rows;
  return { ...read, rows: [names!.map((name) => SHORT_NAMES.get(name) ?? name), ...rows] };
}

function tickerOf(document: Fields): string | undefined {
  return typeof document.ticker === 'string' ? document.ticker : undefined;
}

/** `{"bars": {"AAPL": [{"t": …, "c": …}, …]}}` as one table with a column for the symbol. */
function barsBySymbol(bars: Fields, problems: RowProblems): JsonRows {
  const records = Object.entries(bars).flatMap(([symbol, list]) => {
    if (!Array.isArray(list) || !list.every(isFields)) throw shapeError(problems);
    return list.map((record) => ({ symbol, ...record }));
  });
  return { ...shortNames(listRows(records, problems)), shape: 'bars by symbol' };
}

function parseDocument(text: string, problems: RowProblems): unknown {
  // The parser would make such a key the prototype of its object, and the column would be gone.
  if (/"(?:__proto__|[^"\\]*\\u005f[^"]*)"\s*:/i.test(text)) {
    throw new DataError(
      'must not have the name __proto__. Fix: rename that field or symbol',
      problems.place(),
    );
  }
  try {
    return parse(text);
  } catch (cause) {
    const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
    if (lines.length > 1 && lines.every((line) => line.trim().startsWith('{'))) {
      return lines.map((line, i) => parseLine(line, i + 1, problems));
    }
    throw notJson(cause, problems);
  }
}

function parseLine(line: string, number: number, problems: RowProblems): unknown {
  try {
    return parse(line);
  } catch (cause) {
    throw notJson(cause, problems, number);
  }
}

function notJson(cause: unknown, problems: RowProblems, line?: number): DataError {
  const reason = cause instanceof Error ? cause.message.slice(0, 120) : 'it cannot be read';
  const message = `must be JSON, but ${reason}. Fix: correct the document, or save it as CSV`;
  return new DataError(message, problems.place(line), { cause });
}

function shapeError(problems: RowProblems): SchemaError {
  const constraint = 'a list of records, a list of rows, or columns of equal length';
  const fix = 'write a list of records such as [{"date": "2020-01-02", "AAPL": 0.5}, …]';
  return new SchemaError(`must be ${constraint}. Fix: ${fix}`, problems.place(), {
    field: 'document',
    value: 'another shape',
    constraint,
    fix,
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

/** A value as the text of a cell. A nested value is no cell and is refused as a number later. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (isLosslessNumber(value)) return value.toString();
  return typeof value === 'boolean' ? String(value) : '(nested)';
}

function numbered(rows: readonly (readonly string[])[], header: boolean, shape: string): JsonRows {
  const first = header ? 0 : 1;
  const lines = Int32Array.from(rows, (_, i) => i + first);
  return { rows, lines, header, symbol: undefined, shape };
}

function listRows(list: readonly unknown[], problems: RowProblems): JsonRows {
  if (list.length > 0 && list.every(Array.isArray)) {
    const rows = (list as unknown[][]).map((row) => row.map(cellText));
    const first = (list as unknown[][])[0]!;
    const header = first.length > 0 && first.every((cell) => typeof cell === 'string' && !/^\d/.test(cell));
    return numbered(rows, header, 'arrays');
  }
  if (list.length === 0 || !list.every(isFields)) throw shapeError(problems);
  const names = new Map<string, number>();
  for (const record of list as Fields[]) {
    for (const key of Object.keys(record)) if (!names.has(key)) names.set(key, names.size);
  }
  const rows = (list as Fields[]).map((record) => [...names.keys()].map((key) => cellOf(record, key)));
  return numbered([[...names.keys()], ...rows], true, 'records');
}

function cellOf(record: Fields, key: string): string {
  return Object.hasOwn(record, key) ? cellText(record[key]) : '';
}

function columnRows(entries: readonly (readonly [string, unknown[]])[], problems: RowProblems): JsonRows {
  const length = entries[0]![1].length;
  const odd = entries.find(([, values]) => values.length !== length);
  if (odd !== undefined) {
    const fix = 'give every column one value for each date, null where there is none';
    throw new SchemaError(
      `columns must have one length, but ${entries[0]![0]} has ${length} values and ${odd[0]} ${odd[1].length}. Fix: ${fix}`,
      problems.place(undefined, odd[0]),
      { field: odd[0], value: odd[1].length, constraint: `${length} values`, fix },
    );
  }
  const rows = Array.from({ length }, (_, i) => entries.map(([, values]) => cellText(values[i])));
  return numbered([entries.map(([name]) => name), ...rows], true, 'columns');
}

function splitOrient(
  data: readonly unknown[],
  columns: readonly unknown[],
  index: unknown,
  problems: RowProblems,
): JsonRows {
  const names = columns.map(cellText);
  const days = Array.isArray(index) ? index.map(cellText) : undefined;
  if (!data.every(Array.isArray) || (days !== undefined && days.length !== data.length))
    throw shapeError(problems);
  const rows = (data as unknown[][]).map((row, i) => [
    ...(days === undefined ? [] : [days[i]!]),
    ...row.map(cellText),
  ]);
  return numbered([days === undefined ? names : ['date', ...names], ...rows], true, 'split');
}

/** Objects in an object: dates with fields (orient index), or fields with dates (orient columns). */
function nestedRows(entries: readonly (readonly [string, Fields])[]): JsonRows {
  const outerDates = entries.every(([key]) => /^(?:\d{4}[-/.]\d|-?\d{8,}$)/.test(key));
  const outer = entries.map(([key]) => key);
  const inner = new Set(entries.flatMap(([, fields]) => Object.keys(fields)));
  const dates = outerDates ? outer : [...inner];
  const names = outerDates ? [...inner] : outer;
  const byKey = new Map(entries);
  const at = (date: string, name: string): string =>
    outerDates ? cellOf(byKey.get(date)!, name) : cellOf(byKey.get(name)!, date);
  // pandas numbers the rows where a column holds the dates.
  const counted = !outerDates && dates.every((date, i) => date === String(i));
  const rows = dates.map((date) => [...(counted ? [] : [date]), ...names.map((name) => at(date, name))]);
  return numbered([counted ? names : ['date', ...names], ...rows], true, outerDates ? 'index' : 'columns');
}

function alphaVantageRows(document: Fields, series: string, problems: RowProblems): JsonRows {
  const days = document[series];
  if (!isFields(days)) throw shapeError(problems);
  const rows = nestedRows(
    Object.entries(days).filter((entry): entry is [string, Fields] => isFields(entry[1])),
  );
  const names = rows.rows[0]!.map((name) => name.replace(/^\d+[a-z]?\.\s*/, ''));
  const about = document['Meta Data'];
  const key = isFields(about) ? Object.keys(about).find((name) => name.endsWith('Symbol')) : undefined;
  const symbol = key === undefined ? undefined : cellText((about as Fields)[key]);
  return { ...rows, rows: [names, ...rows.rows.slice(1)], symbol, shape: 'Alpha Vantage' };
}

function yahooRows(chart: Fields, problems: RowProblems): JsonRows {
  const result: unknown = Array.isArray(chart.result) ? chart.result[0] : undefined;
  const indicators = isFields(result) ? result.indicators : undefined;
  const quote: unknown =
    isFields(indicators) && Array.isArray(indicators.quote) ? indicators.quote[0] : undefined;
  if (!isFields(result) || !isFields(indicators) || !isFields(quote) || !Array.isArray(result.timestamp)) {
    throw shapeError(problems);
  }
  const meta = isFields(result.meta) ? result.meta : {};
  const offset = Number(cellText(meta.gmtoffset ?? '0')) || 0;
  const adjusted: unknown = Array.isArray(indicators.adjclose) ? indicators.adjclose[0] : undefined;
  const columns: [string, unknown[]][] = [
    ['date', result.timestamp.map((time) => exchangeDay(time, offset))],
  ];
  for (const name of ['open', 'high', 'low', 'close', 'volume']) {
    if (Array.isArray(quote[name])) columns.push([name, quote[name] as unknown[]]);
  }
  if (isFields(adjusted) && Array.isArray(adjusted.adjclose)) columns.push(['adjclose', adjusted.adjclose]);
  const symbol = meta.symbol === undefined ? undefined : cellText(meta.symbol);
  return { ...columnRows(columns, problems), symbol, shape: 'Yahoo chart' };
}

/** The day at the exchange of an epoch second; what is none stays as it is, to be refused as a date. */
function exchangeDay(time: unknown, offset: number): string {
  const text = cellText(time);
  if (!/^-?\d{1,11}$/.test(text)) return text;
  // The offset is today's: a midnight of the other half of the year is an hour before or after midnight by it.
  const local = Number(text) + offset;
  const day = Math.floor(
    (local + (local - 86_400 * Math.floor(local / 86_400) === 82_800 ? 3_600 : 0)) / 86_400,
  );
  return day >= -719_162 && day <= 2_932_896 ? formatDate(day) : text;
}
