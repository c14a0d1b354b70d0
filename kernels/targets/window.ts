/** Statistics of every column of a window: the last rows of a price panel, row-major, oldest row first. */

/**
 * Copies a window out of a panel, for some of its columns; what is no price becomes NaN.
 *
 * prices   panel, row-major, `width` columns
 * width    columns of the panel
 * first    first row of the window; rows of it must lie in the panel
 * rows     rows of the window
 * columns  the columns to take, in the order they get
 * out      rows × columns.length; NaN where the price is NaN, infinite, 0 or negative
 *
 * O(rows × columns).
 */
export function takeWindow(
  prices: Float64Array,
  width: number,
  first: number,
  rows: number,
  columns: Int32Array,
  out: Float64Array,
): void {
  const cols = columns.length;
  for (let i = 0; i < rows; i++) {
    const from = (first + i) * width;
    const to = i * cols;
    for (let j = 0; j < cols; j++) {
      const price = prices[from + columns[j]];
      out[to + j] = price > 0 && price < Infinity ? price : NaN;
    }
  }
}

/**
 * Sum of every column, added from the first row to the last.
 *
 * values  rows × cols; a NaN makes the sum of its column NaN
 * out     cols sums; 0 without rows
 *
 * O(rows × cols). A column at a time keeps the sum in a register; row by row took a fifth longer for 200 × 500.
 */
export function columnSums(values: Float64Array, rows: number, cols: number, out: Float64Array): void {
  const end = rows * cols;
  for (let j = 0; j < cols; j++) {
    let sum = 0;
    for (let i = j; i < end; i += cols) sum += values[i];
    out[j] = sum;
  }
}

/**
 * Mean and sample variance (divisor rows − 1) of every column.
 *
 * values    rows × cols; a NaN makes both of its column NaN
 * rows      2 or more
 * mean      cols means
 * variance  cols variances, never negative, exactly 0 for a column of zeros
 *
 * O(rows × cols), two passes. Relative error of a variance about rows × 2^-53 whatever the mean: what the mean was off
 * by is taken out again (Chan, Golub, LeVeque 1983, "corrected two-pass"). Reference: pandas std, in parity/targets.py.
 */
export function columnMoments(
  values: Float64Array,
  rows: number,
  cols: number,
  mean: Float64Array,
  variance: Float64Array,
): void {
  columnSums(values, rows, cols, mean);
  const end = rows * cols;
  for (let j = 0; j < cols; j++) {
    const centre = mean[j] / rows;
    let squares = 0;
    let off = 0;
    for (let i = j; i < end; i += cols) {
      const d = values[i] - centre;
      squares += d * d;
      off += d;
    }
    mean[j] = centre + off / rows;
    variance[j] = Math.max(0, squares - (off * off) / rows) / (rows - 1);
  }
}
