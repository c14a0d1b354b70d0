/** How far a covariance matrix is pulled towards a simple one. All take the covariance with divisor T. */

/**
 * Σ over periods of the squares of Σ x² over assets: what the spread of the squared returns costs one pass only.
 *
 * data   rows × cols returns, row-major
 * means  cols means
 */
function squaredLengths(data: Float64Array, rows: number, cols: number, means: Float64Array): number {
  let total = 0;
  for (let t = 0, at = 0; t < rows; t++, at += cols) {
    let squares = 0;
    for (let j = 0; j < cols; j++) {
      const x = data[at + j] - means[j];
      squares += x * x;
    }
    total += squares * squares;
  }
  return total;
}

/**
 * Intensity, 0 to 1, of the shrinkage to the mean variance times the identity.
 *
 * data        rows × cols returns, row-major
 * means       cols means
 * covariance  cols × cols, divisor `rows`
 *
 * O(rows × cols + cols²). Source: O. Ledoit, M. Wolf, A well-conditioned estimator for large-dimensional covariance
 * matrices, 2004, equations 14 to 17. Reference: sklearn.covariance.LedoitWolf.
 */
export function ledoitWolfIntensity(
  data: Float64Array,
  rows: number,
  cols: number,
  means: Float64Array,
  covariance: Float64Array,
): number {
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < cols; i++) trace += covariance[i * cols + i];
  for (let i = 0; i < cols * cols; i++) squares += covariance[i] * covariance[i];
  const mean = trace / cols;
  const noise = (squaredLengths(data, rows, cols, means) / rows - squares) / (rows * cols);
  const distance = (squares - mean * trace) / cols;
  if (!(distance > 0)) return 0;
  if (noise >= distance) return 1;
  return noise > 0 ? noise / distance : 0;
}

/**
 * Intensity, 0 to 1, of the shrinkage to the mean variance times the identity, optimal for normal returns.
 *
 * covariance  cols × cols, divisor `rows`
 *
 * O(cols²). Source: Y. Chen and others, Shrinkage algorithms for MMSE covariance estimation, 2010, equation 23, without
 * the terms in 2 / cols, as sklearn.covariance.OAS, our reference.
 */
export function oasIntensity(covariance: Float64Array, rows: number, cols: number): number {
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < cols; i++) trace += covariance[i * cols + i];
  for (let i = 0; i < cols * cols; i++) squares += covariance[i] * covariance[i];
  const mean = trace / cols;
  const meanSquare = squares / (cols * cols);
  const above = meanSquare + mean * mean;
  const below = (rows + 1) * (meanSquare - (mean * mean) / cols);
  return below > 0 && above < below ? above / below : 1;
}

/**
 * Mean correlation of the pairs of assets.
 *
 * covariance  cols × cols
 * deviations  cols standard deviations; pairs with a 0 are left out
 *
 * 0 without a pair. O(cols²).
 */
export function meanCorrelation(covariance: Float64Array, cols: number, deviations: Float64Array): number {
  let total = 0;
  let pairs = 0;
  for (let i = 0; i < cols; i++) {
    if (deviations[i] === 0) continue;
    for (let j = 0; j < i; j++) {
      if (deviations[j] === 0) continue;
      total += covariance[i * cols + j] / (deviations[i] * deviations[j]);
      pairs++;
    }
  }
  return pairs === 0 ? 0 : total / pairs;
}

/**
 * Intensity, 0 to 1, of the shrinkage to one correlation for all pairs.
 *
 * data         rows × cols returns, row-major
 * means        cols means
 * covariance   cols × cols, divisor `rows`
 * deviations   cols standard deviations, the roots of its diagonal
 * correlation  `meanCorrelation`
 *
 * O(rows × cols + cols²): the sums over pairs are taken within each period. Source: O. Ledoit, M. Wolf, Honey, I shrunk
 * the sample covariance matrix, 2004, appendix B (pi, rho, gamma). Reference: PyPortfolioOpt's CovarianceShrinkage
 * with the divisor T of the paper.
 */
export function constantCorrelationIntensity(
  data: Float64Array,
  rows: number,
  cols: number,
  means: Float64Array,
  covariance: Float64Array,
  deviations: Float64Array,
  correlation: number,
): number {
  // π and ρ have the same diagonal, which a large asset would fill them with: only pairs are summed.
  let squares = 0;
  let gamma = 0;
  let crossed = 0;
  for (let i = 0; i < cols; i++) {
    const variance = covariance[i * cols + i];
    if (deviations[i] === 0) continue;
    for (let j = 0; j < cols; j++) {
      if (i === j) continue;
      const value = covariance[i * cols + j];
      squares += value * value;
      const off = value - correlation * deviations[i] * deviations[j];
      gamma += off * off;
      crossed += variance * value * (deviations[j] / deviations[i]);
    }
  }
  if (!(gamma > 0)) return 0;
  let joint = 0;
  let mixed = 0;
  for (let t = 0, at = 0; t < rows; t++, at += cols) {
    let before = 0;
    let cubes = 0;
    let plain = 0;
    for (let j = 0; j < cols; j++) {
      if (deviations[j] === 0) continue;
      const x = data[at + j] - means[j];
      const square = x * x;
      const cube = (square * x) / deviations[j];
      const scaled = x * deviations[j];
      joint += square * before;
      mixed += cube * plain + scaled * cubes;
      before += square;
      cubes += cube;
      plain += scaled;
    }
  }
  const pi = (2 * joint) / rows - squares;
  const rho = correlation * (mixed / rows - crossed);
  const intensity = (pi - rho) / gamma / rows;
  return intensity > 0 ? (intensity < 1 ? intensity : 1) : 0;
}
