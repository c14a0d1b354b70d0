/** An indicator over every column of a matrix. */
import { checkInteger, type Mat } from '../check.js';
import { ShapeError, ValidationError } from '../errors.js';
import type { IndicatorRow } from './indicator.js';
import { computeSpan } from './span.js';

/** Whether an argument is a matrix rather than a series. */
export function isPanel(value: unknown): value is Mat {
  if (value instanceof Float64Array || typeof value !== 'object' || value === null) return false;
  return 'data' in value && 'rows' in value && 'cols' in value;
}

/**
 * The outputs of a row for matrices of one shape, rows = bars, columns = symbols: a matrix, or a record of them.
 *
 * Every column is gathered into one array, computed and scattered: O(rows × columns), with memory for one column
 * beside the results.
 */
export function computePanel(
  row: IndicatorRow,
  given: readonly unknown[],
  parameters: readonly number[],
): Mat | Readonly<Record<string, Mat>> {
  const panels = given.map((panel, k) => checkPanel(row.inputs[k]!, panel));
  const { rows, cols } = panels[0]!;
  panels.forEach((panel, k) => {
    if (panel.rows !== rows || panel.cols !== cols) {
      throw new ShapeError(
        row.inputs[k]!,
        `${panel.rows} × ${panel.cols}`,
        `${rows} × ${cols}, as ${row.inputs[0]}`,
        'pass matrices of one shape',
      );
    }
  });
  const columns = panels.map(() => new Float64Array(rows));
  const results = row.outputs.map(() => new Float64Array(rows));
  const made = row.outputs.map(() => new Float64Array(rows * cols));
  for (let j = 0; j < cols; j++) {
    panels.forEach(({ data }, k) => {
      for (let i = 0; i < rows; i++) columns[k]![i] = data[i * cols + j]!;
    });
    computeSpan(row, columns, parameters, results, `[${j}]`);
    made.forEach((data, k) => {
      for (let i = 0; i < rows; i++) data[i * cols + j] = results[k]![i]!;
    });
  }
  const matrices = made.map((data): Mat => ({ data, rows, cols }));
  if (matrices.length === 1) return matrices[0]!;
  return Object.fromEntries(row.outputs.map((name, k) => [name, matrices[k]!]));
}

function checkPanel(field: string, panel: unknown): Mat {
  if (!isPanel(panel) || !(panel.data instanceof Float64Array)) {
    throw new ValidationError(
      field,
      panel,
      'a matrix {data: Float64Array, rows, cols}, as the first series',
      'pass matrices only, or series only',
    );
  }
  for (const side of ['rows', 'cols'] as const) {
    checkInteger(`${field}.${side}`, panel[side], 0, Number.MAX_SAFE_INTEGER);
  }
  if (panel.data.length !== panel.rows * panel.cols) {
    throw new ShapeError(
      `${field}.data`,
      panel.data.length,
      `rows × cols = ${panel.rows * panel.cols} cells`,
      'pass the whole matrix, row by row',
    );
  }
  return panel;
}
