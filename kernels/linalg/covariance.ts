/** Rows of the data that are packed at a time: with 500 columns the pack stays in a second-level cache of 512 kB. */
const BLOCK = 64;
/** Columns of a panel: 3 × 3 sums are kept in registers. */
const WIDE = 3;

/** Cells of scratch that `sampleCovariance` needs for `cols` columns. */
export function sampleCovarianceScratch(cols: number): number {
  return BLOCK * (cols + WIDE - 1 - ((cols + WIDE - 1) % WIDE));
}

/**
 * Mean of every column.
 *
 * data   rows × cols numbers, row-major
 * rows   at least 1
 * cols   columns
 * means  cols means; a constant column gives its value exactly
 *
 * Each column is summed top down as differences to its first value. O(rows × cols).
 */
export function columnMeans(data: Float64Array, rows: number, cols: number, means: Float64Array): void {
  for (let j = 0; j < cols; j++) means[j] = 0;
  for (let t = 1, at = cols; t < rows; t++, at += cols) {
    for (let j = 0; j < cols; j++) means[j] += data[at + j] - data[j];
  }
  for (let j = 0; j < cols; j++) means[j] = data[j] + means[j] / rows;
}

/**
 * Sample covariance (divisor rows − 1) of every pair of columns.
 *
 * data     rows × cols numbers, row-major, finite
 * rows     2 or more
 * cols     1 or more
 * scratch  sampleCovarianceScratch(cols) cells
 * means    cols means, written first
 * out      cols × cols covariances, both halves; a constant column has exact zeros
 *
 * Deviations from the mean are multiplied, as numpy's cov; sums of 64 rows are added to the total. O(rows × cols²): half
 * of the products, nine sums at a time in registers over packed columns. For 1,260 × 500 on one core: 3 × 3 sums 94 ms,
 * 4 × 2 99 ms, 4 × 4 (more sums than registers) 107 ms, 2 × 2 130 ms; blocks of 126 rows, too large for the cache, 150 ms.
 */
export function sampleCovariance(
  data: Float64Array,
  rows: number,
  cols: number,
  scratch: Float64Array,
  means: Float64Array,
  out: Float64Array,
): void {
  columnMeans(data, rows, cols, means);
  for (let i = cols * cols - 1; i >= 0; i--) out[i] = 0;
  for (let start = 0; start < rows; start += BLOCK) {
    const count = rows - start < BLOCK ? rows - start : BLOCK;
    packPanels(data, cols, start, count, means, scratch);
    addProducts(scratch, cols, count, out);
  }
  const perFreedom = 1 / (rows - 1);
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j <= i; j++) {
      const value = out[i * cols + j] * perFreedom;
      out[i * cols + j] = value;
      out[j * cols + i] = value;
    }
  }
}

/** Panels of three columns: cell (panel, row, column) of the deviations; columns past the last are 0. */
function packPanels(
  data: Float64Array,
  cols: number,
  start: number,
  count: number,
  means: Float64Array,
  pack: Float64Array,
): void {
  for (let j = 0, panel = 0; j < cols; j += WIDE, panel += WIDE * BLOCK) {
    const wide = cols - j < WIDE ? cols - j : WIDE;
    for (let c = 0; c < WIDE; c++) {
      const mean = c < wide ? means[j + c] : 0;
      for (let u = 0, at = start * cols + j + c, to = panel + c; u < count; u++, at += cols, to += WIDE) {
        pack[to] = c < wide ? data[at] - mean : 0;
      }
    }
  }
}

/** Adds the products of `count` packed rows to the lower half of `out`. */
function addProducts(pack: Float64Array, cols: number, count: number, out: Float64Array): void {
  const size = WIDE * BLOCK;
  for (let row = 0, rowAt = 0; row < cols; row += WIDE, rowAt += size) {
    for (let col = 0, colAt = 0; col <= row; col += WIDE, colAt += size) {
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s20 = 0;
      let s21 = 0;
      let s22 = 0;
      for (let i = rowAt, j = colAt, end = rowAt + count * WIDE; i < end; i += WIDE, j += WIDE) {
        const x0 = pack[i];
        const x1 = pack[i + 1];
        const x2 = pack[i + 2];
        const y0 = pack[j];
        const y1 = pack[j + 1];
        const y2 = pack[j + 2];
        s00 += x0 * y0;
        s01 += x0 * y1;
        s02 += x0 * y2;
        s10 += x1 * y0;
        s11 += x1 * y1;
        s12 += x1 * y2;
        s20 += x2 * y0;
        s21 += x2 * y1;
        s22 += x2 * y2;
      }
      const wide = cols - row < WIDE ? cols - row : WIDE;
      // On the diagonal the upper half is written too; it is overwritten by the mirror image at the end.
      const thick = cols - col < WIDE ? cols - col : WIDE;
      const at = row * cols + col;
      out[at] += s00;
      if (thick > 1) out[at + 1] += s01;
      if (thick > 2) out[at + 2] += s02;
      if (wide > 1) {
        out[at + cols] += s10;
        if (thick > 1) out[at + cols + 1] += s11;
        if (thick > 2) out[at + cols + 2] += s12;
      }
      if (wide > 2) {
        out[at + 2 * cols] += s20;
        if (thick > 1) out[at + 2 * cols + 1] += s21;
        if (thick > 2) out[at + 2 * cols + 2] += s22;
      }
    }
  }
}
