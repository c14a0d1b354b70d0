/** Pieces of the tables that the page can save. */
import type { PageTable, PageTableColumn } from './page-data.js';

/** A table of the panel of that id, saved by a button `CSV`. */
export function plain(panel: string, columns: readonly PageTableColumn[]): PageTable {
  return { panel, name: panel, button: 'CSV', columns };
}

/** A column of texts. */
export function text(head: string, values: readonly string[]): PageTableColumn {
  return { head, kind: 'text', values };
}

/** Columns of numbers named after the fields of the rows that they hold. */
export function numbers<K extends string>(
  rows: readonly Readonly<Record<K, number>>[],
  ...fields: readonly K[]
): PageTableColumn[] {
  return fields.map((field) =>
    number(
      field,
      rows.map((row) => row[field]),
    ),
  );
}

/** Columns of texts named after the fields of the rows that they hold. */
export function texts<K extends string>(
  rows: readonly Readonly<Record<K, string>>[],
  ...fields: readonly K[]
): PageTableColumn[] {
  return fields.map((field) =>
    text(
      field,
      rows.map((row) => row[field]),
    ),
  );
}

/** Numbers as JSON can carry them: what is not finite is missing. */
export function number(head: string, values: readonly number[]): PageTableColumn {
  return {
    head,
    kind: 'number',
    values: values.map((value) => (Number.isFinite(value) ? value : null)),
  };
}
