/**
 * Sample variance (divisor rows − 1) of every column.
 *
 * data       rows × cols numbers, row-major
 * means      cols means, as `columnMeans` gives them
 * variances  cols variances; 0 for a constant column
 */
export function columnVariances(
  data: Float64Array,
  rows: number,
  cols: number,
  means: Float64Array,
  variances: Float64Array,
): void {
  for (let j = 0; j < cols; j++) variances[j] = 0;
  for (let t = 0, at = 0; t < rows; t++, at += cols) {
    for (let j = 0; j < cols; j++) {
      const off = data[at + j] - means[j];
      variances[j] += off * off;
    }
  }
  const perFreedom = 1 / (rows - 1);
  for (let j = 0; j < cols; j++) variances[j] *= perFreedom;
}

/** Copies the columns `places[0]` … `places[k − 1]` of rows × cols numbers into `out`, rows × k numbers, row-major. */
export function gatherColumns(
  data: Float64Array,
  rows: number,
  cols: number,
  places: Int32Array,
  k: number,
  out: Float64Array,
): void {
  for (let t = 0, at = 0, to = 0; t < rows; t++, at += cols, to += k) {
    for (let i = 0; i < k; i++) out[to + i] = data[at + places[i]];
  }
}

/**
 * Sample covariance (divisor rows − 1) of every column with a weighted sum of some columns.
 *
 * data         rows × cols numbers, row-major
 * means        cols means, as `columnMeans` gives them
 * places       the columns that are summed, k of them
 * weights      k weights
 * series       rows numbers of scratch: the deviations of the sum
 * covariances  cols covariances
 *
 * O(rows × cols): the covariance matrix times the weights without the matrix. Four rows at a time: the four products of
 * a cell are added to each other, then to the column's sum.
 */
export function covarianceWithSum(
  data: Float64Array,
  rows: number,
  cols: number,
  means: Float64Array,
  places: Int32Array,
  weights: Float64Array,
  k: number,
  series: Float64Array,
  covariances: Float64Array,
): void {
  for (let t = 0, at = 0; t < rows; t++, at += cols) {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += weights[i] * (data[at + places[i]] - means[places[i]]);
    series[t] = sum;
  }
  for (let j = 0; j < cols; j++) covariances[j] = 0;
  const rest = rows & 3;
  for (let t = 0, at = 0; t < rest; t++, at += cols) {
    const s = series[t];
    for (let j = 0; j < cols; j++) covariances[j] += s * (data[at + j] - means[j]);
  }
  for (let t = rest, a = rest * cols; t < rows; t += 4, a += 4 * cols) {
    const s0 = series[t];
    const s1 = series[t + 1];
    const s2 = series[t + 2];
    const s3 = series[t + 3];
    const b = a + cols;
    const c = b + cols;
    const d = c + cols;
    for (let j = 0; j < cols; j++) {
      const mean = means[j];
      covariances[j] +=
        s0 * (data[a + j] - mean) +
        s1 * (data[b + j] - mean) +
        (s2 * (data[c + j] - mean) + s3 * (data[d + j] - mean));
    }
  }
  const perFreedom = 1 / (rows - 1);
  for (let j = 0; j < cols; j++) covariances[j] *= perFreedom;
}
