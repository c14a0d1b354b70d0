/** Matrices as callers pass them. */
import { checkInteger, checkLength, type Mat, toFloat64 } from '../check.js';
import { ValidationError } from '../errors.js';

/** A matrix from `{data, rows, cols}` or from an array of rows; the data are not copied when they are typed. */
export function toMat(field: string, value: unknown): Mat {
  if (Array.isArray(value)) {
    const rows = value.length;
    const cols = rows === 0 ? 0 : toFloat64(`${field}[0]`, value[0]).length;
    const data = new Float64Array(rows * cols);
    for (let t = 0; t < rows; t++) {
      const row = toFloat64(`${field}[${t}]`, value[t]);
      checkLength(`${field}[${t}]`, row.length, cols, 'the first row');
      data.set(row, t * cols);
    }
    return { data, rows, cols };
  }
  const mat = value as Mat | undefined;
  if (typeof mat !== 'object' || mat === null || !(mat.data instanceof Float64Array)) {
    throw new ValidationError(
      field,
      value,
      'a matrix {data: Float64Array, rows, cols} or an array of rows',
      'pass row-major data, one row a bar',
    );
  }
  checkInteger(`${field}.rows`, mat.rows, 0, Number.MAX_SAFE_INTEGER);
  checkInteger(`${field}.cols`, mat.cols, 0, Number.MAX_SAFE_INTEGER);
  checkLength(`${field}.data`, mat.data.length, mat.rows * mat.cols, 'rows × cols');
  return mat;
}
