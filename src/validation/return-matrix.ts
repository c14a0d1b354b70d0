/** Returns of several configurations: a matrix, or rows of numbers. */
import { checkLength, type Mat, toFloat64, type Vec } from '../check.js';
import { NonFiniteError, ShapeError, ValidationError } from '../errors.js';

/**
 * The returns as a checked matrix of at least `rows` rows and two columns.
 *
 * Throws `ValidationError` (neither matrix nor rows; too few rows or columns; an array with fewer rows than columns,
 * which is most likely turned), `ShapeError`, `NonFiniteError`.
 */
export function readReturns(returns: Mat | readonly Vec[], rows: number): Mat {
  const matrix = toMatrix(returns);
  if (matrix.rows < rows) {
    throw new ValidationError(
      'returns',
      matrix.rows,
      `at least ${rows} rows, two for every block`,
      'pass more periods, or fewer nBlocks',
    );
  }
  if (matrix.cols < 2) {
    throw new ValidationError(
      'returns',
      matrix.cols,
      'at least two columns',
      'pass the returns of every configuration that was tried',
    );
  }
  for (let at = 0; at < matrix.data.length; at++) {
    const value = matrix.data[at]!;
    if (Number.isFinite(value)) continue;
    throw new NonFiniteError(
      `returns[${Math.floor(at / matrix.cols)}][${at % matrix.cols}]`,
      value,
      'a finite number',
      'remove or fill the missing values first',
    );
  }
  return matrix;
}

function toMatrix(returns: unknown): Mat {
  if (Array.isArray(returns)) {
    const rows = returns.map((row, i) => toFloat64(`returns[${i}]`, row));
    const cols = rows[0]?.length ?? 0;
    const data = new Float64Array(rows.length * cols);
    for (const [i, row] of rows.entries()) {
      checkLength(`returns[${i}]`, row.length, cols, 'returns[0]');
      data.set(row, i * cols);
    }
    if (cols > rows.length) {
      throw new ValidationError(
        'returns',
        `${rows.length} rows of ${cols}`,
        'rows that are periods: more of them than configurations',
        'turn it round if each row is a configuration; a matrix {data, rows, cols} is taken as it is',
      );
    }
    return { data, rows: rows.length, cols };
  }
  const { data, rows, cols } = (returns ?? {}) as Partial<Mat>;
  if (!(data instanceof Float64Array) || !Number.isInteger(rows) || !Number.isInteger(cols)) {
    throw new ValidationError(
      'returns',
      returns,
      'a matrix {data, rows, cols} or an array of rows',
      'pass one row for every period, one column for every configuration',
    );
  }
  if (data.length !== rows! * cols!) {
    throw new ShapeError('returns.data', data.length, `rows × cols, ${rows! * cols!}`, 'pass every cell');
  }
  return { data, rows: rows!, cols: cols! };
}
