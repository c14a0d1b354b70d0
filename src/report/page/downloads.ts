/** Buttons that save what a panel shows as a CSV file. The file is made in the page; nothing is asked for. */
import type { PageData, PageTable } from '../page-data.js';
import { chartTable, tableCsv } from './csv.js';
import { addButton } from './tools.js';

/** Adds the buttons of all charts and tables. */
export function addDownloads(data: PageData): void {
  for (const table of [...data.charts.map(chartTable), ...data.tables]) {
    const file = `${data.file}-${table.name}.csv`;
    addButton(table.panel, table.button, `Save ${file}`, () => save(table, data, file));
  }
}

let last = '';

function save(table: PageTable, data: PageData, file: string): void {
  URL.revokeObjectURL(last);
  last = URL.createObjectURL(new Blob([tableCsv(table, data)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = last;
  link.download = file;
  link.click();
}
