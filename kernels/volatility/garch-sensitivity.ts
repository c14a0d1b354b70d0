/** Turns of a loop after which its sums go to the output. */
const BLOCK = 64;

/**
 * Derivatives of every variance after the parameters of mean and variance, forwards through time.
 *
 * residuals, p, o, q, parameters, at, backcast, lower, upper, variances  as for `garchVariances`; the first `at`
 *           parameters are those of the mean
 * design    at n numbers: at t at + i what residual t loses when parameter i of the mean grows by 1
 * columns   at least at + 1 + p + o + q; what is beyond is left alone
 * slopes    n columns numbers: row t has the derivatives of variance t
 *
 * A variance at its lower bound has derivatives of 0, one above its upper those of the bound.
 * O(n (p + o + q) columns).
 */
export function garchSensitivities(
  residuals: Float64Array,
  p: number,
  o: number,
  q: number,
  parameters: Float64Array,
  at: number,
  backcast: number,
  lower: Float64Array,
  upper: Float64Array,
  variances: Float64Array,
  design: Float64Array,
  columns: number,
  slopes: Float64Array,
): void {
  const n = residuals.length;
  const used = at + 1 + p + o + q;
  for (let t = 0; t < n; t++) {
    const row = t * columns;
    for (let k = 0; k < used; k++) slopes[row + k] = 0;
    if (variances[t] <= lower[t] || variances[t] > upper[t]) continue;
    slopes[row + at] = 1;
    let k = at + 1;
    for (let j = 1; j <= p; j++, k++) {
      const e = t < j ? 0 : residuals[t - j];
      slopes[row + k] = t < j ? backcast : e * e;
      for (let i = 0; i < at && t >= j; i++)
        slopes[row + i] -= 2 * parameters[k] * e * design[(t - j) * at + i];
    }
    for (let j = 1; j <= o; j++, k++) {
      const e = t < j ? 0 : residuals[t - j];
      slopes[row + k] = t < j ? 0.5 * backcast : e < 0 ? e * e : 0;
      if (!(e < 0)) continue;
      for (let i = 0; i < at; i++) slopes[row + i] -= 2 * parameters[k] * e * design[(t - j) * at + i];
    }
    for (let j = 1; j <= q; j++, k++) {
      slopes[row + k] += t < j ? backcast : variances[t - j];
      if (t < j) continue;
      const before = (t - j) * columns;
      for (let i = 0; i < used; i++) slopes[row + i] += parameters[k] * slopes[before + i];
    }
  }
}

/**
 * Information matrix of the parameters of mean and variance for normal residuals, from the derivatives of the variances.
 *
 * variances, design, columns, slopes  as for `garchSensitivities`
 * at, used     parameters of the mean; of mean and variance
 * size         side of the matrix, at least `used`
 * information  size^2 numbers; the upper left block of `used` is written:
 *              sum of dv dv' / (2 v^2) + de de' / v
 *
 * O(n used^2).
 */
export function garchInformation(
  variances: Float64Array,
  design: Float64Array,
  at: number,
  used: number,
  columns: number,
  slopes: Float64Array,
  size: number,
  information: Float64Array,
): void {
  const n = variances.length;
  for (let i = 0; i < used; i++) for (let j = 0; j < used; j++) information[i * size + j] = 0;
  for (let from = 0; from < n; from += BLOCK) {
    const to = from + BLOCK < n ? from + BLOCK : n;
    for (let t = from; t < to; t++) {
      const row = t * columns;
      const inverse = 1 / variances[t];
      const weight = 0.5 * inverse * inverse;
      for (let i = 0; i < used; i++) {
        const scaled = weight * slopes[row + i];
        for (let j = 0; j <= i; j++) information[i * size + j] += scaled * slopes[row + j];
      }
      for (let i = 0; i < at; i++) {
        const scaled = inverse * design[t * at + i];
        for (let j = 0; j <= i; j++) information[i * size + j] += scaled * design[t * at + j];
      }
    }
    // At each block, for what is done once a pass is slow.
    for (let i = 0; i < used; i++) {
      for (let j = 0; j < i; j++) information[j * size + i] = information[i * size + j];
    }
  }
}
