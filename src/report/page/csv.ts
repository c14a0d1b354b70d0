/** Tables of the page as CSV. Text cells that a spreadsheet would calculate start with an apostrophe. */
import { formatCents } from '../../money.js';
import { formatDate } from '../../time.js';
import { csvText } from '../escape.js';
import { readColumn } from '../page-columns.js';
import type { PageChart, PageData, PageTable, PageTableColumn } from '../page-data.js';

/** The lines of a chart as a table: one row a bar. */
export function chartTable(chart: PageChart): PageTable {
  const kind = chart.unit === 'money' ? 'cents' : 'number';
  return {
    panel: chart.panel,
    name: chart.panel,
    button: 'CSV',
    columns: [
      { head: 'date', kind: 'bar', values: 'bars' },
      ...chart.series.map(({ label, column }) => ({ head: label, kind, values: column }) as const),
    ],
  };
}

/** One header line and one line a row, each ended by a newline. */
export function tableCsv(table: PageTable, data: PageData): string {
  const days = daysOf(data);
  const columns = table.columns.map((column) => cellsOf(column, data, days));
  const rows = columns[0]?.length ?? 0;
  const lines = [table.columns.map((column) => csvText(column.head)).join(',')];
  for (let row = 0; row < rows; row++) lines.push(columns.map((cells) => cells[row] ?? '').join(','));
  return `${lines.join('\n')}\n`;
}

/** Epoch day of each bar; null where the page has bar numbers only. */
export function daysOf(data: PageData): Int32Array | null {
  if (data.days === null) return null;
  let day = 0;
  return Int32Array.from(data.days, (step) => (day += step));
}

function cellsOf(column: PageTableColumn, data: PageData, days: Int32Array | null): string[] {
  const { kind, values } = column;
  if (typeof values === 'string') {
    const numbers = readColumn(data.columns, values);
    const rows = numbers.length === data.bars + 1 ? numbers.subarray(1) : numbers;
    return Array.from(rows, (value) => cell(kind, value, data, days));
  }
  return values.map((value) => cell(kind, value, data, days));
}

function cell(
  kind: PageTableColumn['kind'],
  value: string | number | null,
  data: PageData,
  days: Int32Array | null,
): string {
  if (typeof value === 'string') return csvText(value);
  if (value === null || !Number.isFinite(value)) return '';
  if (kind === 'symbol') return csvText(data.symbols[value] ?? '');
  if (kind === 'bar') return days === null ? String(value + 1) : formatDate(days[value]!);
  if (kind === 'cents') return formatCents(Math.round(value), { grouping: false });
  if (kind === 'ticks') return decimal(value, data.priceDecimals);
  return String(value === 0 ? 0 : value);
}

/** Whole ticks as a decimal number, by digits. */
function decimal(ticks: number, decimals: number): string {
  const digits = String(Math.abs(ticks)).padStart(decimals + 1, '0');
  const sign = ticks < 0 ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
