/**
 * Mean and sum of squared deviations of every column in every block of rows.
 *
 * data     rows × cols numbers, row by row
 * cols     1 or more
 * bounds   the first row of every block, rising, and the number of rows behind the last
 * means    (bounds.length − 1) × cols cells, block by block
 * squares  as many
 *
 * O(rows × cols), two passes. The squares are corrected for the rounding of the mean, as in `squaredDeviations`.
 */
export function blockMoments(
  data: Float64Array,
  cols: number,
  bounds: Int32Array,
  means: Float64Array,
  squares: Float64Array,
): void {
  for (let block = 0; block + 1 < bounds.length; block++) {
    const from = bounds[block];
    const to = bounds[block + 1];
    for (let j = 0; j < cols; j++) {
      let total = 0;
      for (let i = from; i < to; i++) total += data[i * cols + j];
      const mean = total / (to - from);
      let off = 0;
      let square = 0;
      for (let i = from; i < to; i++) {
        const d = data[i * cols + j] - mean;
        off += d;
        square += d * d;
      }
      means[block * cols + j] = mean;
      squares[block * cols + j] = Math.max(0, square - (off * off) / (to - from));
    }
  }
}

/**
 * Mean and sum of squared deviations of every column over some of the blocks, without looking at the rows again.
 *
 * means, squares, cols, bounds  as `blockMoments` left them
 * chosen                        the blocks, one or more
 * mean, square                  cols cells each
 *
 * O(chosen × cols), without cancellation. Source: Chan, Golub and LeVeque 1979, on joining the variances of parts.
 */
export function joinBlocks(
  means: Float64Array,
  squares: Float64Array,
  cols: number,
  bounds: Int32Array,
  chosen: Int32Array,
  mean: Float64Array,
  square: Float64Array,
): void {
  let rows = 0;
  for (let k = 0; k < chosen.length; k++) {
    const block = chosen[k];
    const more = bounds[block + 1] - bounds[block];
    const all = rows + more;
    const share = more / all;
    const at = block * cols;
    for (let j = 0; j < cols; j++) {
      const old = k === 0 ? 0 : mean[j];
      const d = means[at + j] - old;
      mean[j] = old + d * share;
      square[j] = (k === 0 ? 0 : square[j]) + squares[at + j] + d * d * rows * share;
    }
    rows = all;
  }
}
