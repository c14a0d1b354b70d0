/**
 * Adds several rows of a matrix to a vector: out += Σ weights[i] · row list[i].
 *
 * matrix  rows of `cols` cells, one after the other
 * list    rows to add; `weights` by how much; `count` of them are used
 * out     cols numbers, added to
 *
 * O(count · cols), four rows in one pass.
 */
export function addRows(
  matrix: Float64Array,
  cols: number,
  list: Int32Array,
  weights: Float64Array,
  count: number,
  out: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const a = list[i] * cols;
    const b = list[i + 1] * cols;
    const c = list[i + 2] * cols;
    const d = list[i + 3] * cols;
    const wa = weights[i];
    const wb = weights[i + 1];
    const wc = weights[i + 2];
    const wd = weights[i + 3];
    for (let j = 0; j < cols; j++) {
      out[j] += wa * matrix[a + j] + wb * matrix[b + j] + (wc * matrix[c + j] + wd * matrix[d + j]);
    }
  }
  for (; i < count; i++) {
    const a = list[i] * cols;
    const wa = weights[i];
    for (let j = 0; j < cols; j++) out[j] += wa * matrix[a + j];
  }
}
