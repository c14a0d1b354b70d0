/** Where every asset brings the share of the risk that it was given. */

/** Length of the scratch that `riskParity` needs for n assets. */
export function riskParityScratch(n: number): number {
  return 7 * n;
}

/** A mix whose variance is below this share of (Σ y)² has no risk to share: rounding has eaten half its digits or more. */
const NO_RISK = 1e-12;
/** Sweeps by coordinates before Newton's steps: more of them gain less than one product of a step. */
const SWEEPS = 5;
/** Relative errors below this are left to rounding and to Newton's next square. */
const TOLERANCE = 1e-12;
/** Products a Newton step may take: past these a new step is worth more than a better one. */
const PRODUCTS = 100;
/** Relative rounding of a product with the matrix. */
const ROUNDING = 4 * 2.220446049250313e-16;

/**
 * The y > 0 with y (C y) = b for every asset: scaled to sum 1 it is the portfolio with budgets b.
 *
 * correlation  n×n, symmetric, positive semidefinite, ones on the diagonal; or a covariance of like scale
 * n            assets, at least 1
 * budgets      n shares of the risk, each above 0, together 1
 * limit        most Newton steps; 30 are plenty where no budget is tiny
 * scratch      `riskParityScratch(n)` numbers
 * y            n numbers: the answer, above 0
 *
 * Gives the number of Newton steps; `limit` + 1 where they ran out; −1 where a mix of assets has no risk at all: then
 * there is no answer, for the y grow without end, and what stands in `y` is of no use.
 *
 * The answer minimises ½ yᵀCy − Σ b ln y, which is strictly convex where C leaves no mix without risk. A few sweeps
 * take one asset at a time to its own optimum. Then Newton's step in relative changes d = Δy / y solves
 * (YCY + B) d = b − y (C y) by conjugate gradients with the diagonal as preconditioner: at the answer of positive
 * correlations the eigenvalues of that matrix lie between 1 and 2 of B, so that few products with C do. A long step
 * ends at the lowest point of its line. O(n²) a sweep or product, about 30 of them.
 * Sources: F. Spinu, An algorithm for computing risk parity weights, 2013 (objective); T. Griveau-Billion,
 * J.-C. Richard, T. Roncalli, A fast algorithm for computing high-dimensional risk parity portfolios, 2013 (sweeps).
 */
export function riskParity(
  correlation: Float64Array,
  n: number,
  budgets: Float64Array,
  limit: number,
  scratch: Float64Array,
  y: Float64Array,
): number {
  const step = 0;
  const residual = n;
  const gradient = 4 * n;
  const product = 5 * n;
  const input = 6 * n;
  startOnRay(correlation, n, budgets, scratch, y);
  let last = Infinity;
  for (let turn = 0; turn < SWEEPS; turn++) {
    const error = sweepAssets(correlation, n, budgets, y);
    // Hedged assets are slow by coordinates.
    if (error < 1e-3 || error > 0.5 * last) break;
    last = error;
  }
  for (let steps = 0; steps <= limit; steps++) {
    for (let i = 0; i < n; i++) scratch[input + i] = y[i];
    multiplySymmetric(correlation, n, scratch, input, product);
    let total = 0;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      total += y[i] * scratch[product + i];
      sum += y[i];
    }
    if (total <= NO_RISK * sum * sum) return -1;
    // The lowest point of the ray first: it leaves a mix without risk in few steps.
    const scale = 1 / Math.sqrt(total);
    sum *= scale;
    let done = true;
    for (let i = 0; i < n; i++) {
      y[i] *= scale;
      scratch[product + i] *= scale;
      const off = y[i] * scratch[product + i] - budgets[i];
      scratch[gradient + i] = off;
      if ((off < 0 ? -off : off) > TOLERANCE * budgets[i] + ROUNDING * y[i] * sum) done = false;
    }
    if (done) return steps;
    if (steps === limit) break;
    solveStep(correlation, n, budgets, scratch, y);

    // Along the step: slope(s) = first + s second − Σ b d / (1 + s d), which rises.
    let first = 0;
    let second = 0;
    let longest = 0;
    let lowest = 0;
    for (let i = 0; i < n; i++) {
      const d = scratch[step + i];
      first += scratch[product + i] * y[i] * d;
      second += d * (-scratch[gradient + i] - scratch[residual + i] - budgets[i] * d);
      const size = d < 0 ? -d : d;
      if (size > longest) longest = size;
      if (d < lowest) lowest = d;
    }
    let length = 1;
    if (longest > 0.3) {
      // No y may pass 0; a step that never turns up again leads to a mix without risk.
      let low = 0;
      let high = lowest < 0 ? -0.999 / lowest : 1000;
      for (let turn = 0; turn < 40; turn++) {
        const middle = turn === 0 ? high : 0.5 * (low + high);
        let slope = first + middle * second;
        for (let i = 0; i < n; i++) {
          const d = scratch[step + i];
          slope -= (budgets[i] * d) / (1 + middle * d);
        }
        if (slope < 0) low = middle;
        else high = middle;
        if (high - low <= 0.01 * low) break;
      }
      length = low;
    }
    for (let i = 0; i < n; i++) y[i] += y[i] * length * scratch[step + i];
  }
  return limit + 1;
}

/** The lowest point of the ray through √b; not so far out that a ray without risk would end the search. */
function startOnRay(
  correlation: Float64Array,
  n: number,
  budgets: Float64Array,
  scratch: Float64Array,
  y: Float64Array,
): void {
  for (let i = 0; i < n; i++) scratch[i] = Math.sqrt(budgets[i]);
  multiplySymmetric(correlation, n, scratch, 0, n);
  let total = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    total += scratch[i] * scratch[n + i];
    sum += scratch[i];
  }
  const least = 1e-6 * sum * sum;
  const scale = 1 / Math.sqrt(total > least ? total : least);
  for (let i = 0; i < n; i++) y[i] = scale * scratch[i];
}

/** Takes each asset in turn to its own optimum; gives the largest relative error met on the way. */
function sweepAssets(correlation: Float64Array, n: number, budgets: Float64Array, y: Float64Array): number {
  let worst = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let p = 0;
    let q = 0;
    let r = 0;
    let s = 0;
    let j = 0;
    for (; j + 3 < n; j += 4) {
      p += correlation[row + j] * y[j];
      q += correlation[row + j + 1] * y[j + 1];
      r += correlation[row + j + 2] * y[j + 2];
      s += correlation[row + j + 3] * y[j + 3];
    }
    for (; j < n; j++) p += correlation[row + j] * y[j];
    const own = correlation[row + i];
    const all = p + q + (r + s);
    const rest = all - own * y[i];
    const off = (y[i] * all - budgets[i]) / budgets[i];
    const size = off < 0 ? -off : off;
    if (size > worst) worst = size;
    // own y² + rest y = b, by the root that loses no digits.
    const root = Math.sqrt(rest * rest + 4 * own * budgets[i]);
    y[i] = rest > 0 ? (2 * budgets[i]) / (rest + root) : (root - rest) / (2 * own);
  }
  return worst;
}

/** Conjugate gradients for (Y C Y + B) d = −gradient, from d = 0; leaves d and its residual in the scratch. */
function solveStep(
  correlation: Float64Array,
  n: number,
  budgets: Float64Array,
  scratch: Float64Array,
  y: Float64Array,
): void {
  const step = 0;
  const residual = n;
  const direction = 2 * n;
  const image = 3 * n;
  const gradient = 4 * n;
  const input = 6 * n;
  let rho = 0;
  let start = 0;
  for (let i = 0; i < n; i++) {
    const r = -scratch[gradient + i];
    const z = r / (y[i] * y[i] * correlation[i * n + i] + budgets[i]);
    scratch[step + i] = 0;
    scratch[residual + i] = r;
    scratch[direction + i] = z;
    rho += r * z;
    start += (r * r) / budgets[i];
  }
  // √start is the relative error: as large an error of the step keeps Newton's square. Measured in budgets, not by the
  // preconditioner, which does not see what hedged assets can gain together.
  const enough = (start < 0.01 ? start : 0.01) * start;
  for (let turn = 0; turn < PRODUCTS; turn++) {
    for (let i = 0; i < n; i++) scratch[input + i] = y[i] * scratch[direction + i];
    multiplySymmetric(correlation, n, scratch, input, image);
    let curvature = 0;
    for (let i = 0; i < n; i++) {
      const q = y[i] * scratch[image + i] + budgets[i] * scratch[direction + i];
      scratch[image + i] = q;
      curvature += q * scratch[direction + i];
    }
    // Rounding of a matrix without full rank: what was found so far is the step.
    if (!(curvature > 0)) return;
    const alpha = rho / curvature;
    let next = 0;
    let left = 0;
    for (let i = 0; i < n; i++) {
      scratch[step + i] += alpha * scratch[direction + i];
      const r = scratch[residual + i] - alpha * scratch[image + i];
      scratch[residual + i] = r;
      next += (r * r) / (y[i] * y[i] * correlation[i * n + i] + budgets[i]);
      left += (r * r) / budgets[i];
    }
    if (left <= enough) return;
    const beta = next / rho;
    rho = next;
    for (let i = 0; i < n; i++) {
      const z = scratch[residual + i] / (y[i] * y[i] * correlation[i * n + i] + budgets[i]);
      scratch[direction + i] = z + beta * scratch[direction + i];
    }
  }
}

/** A symmetric matrix times the n numbers of `vectors` from `from`, written from `to` on. Four rows a turn. */
function multiplySymmetric(
  matrix: Float64Array,
  n: number,
  vectors: Float64Array,
  from: number,
  to: number,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a = i * n;
    const b = a + n;
    const c = b + n;
    const d = c + n;
    let p = 0;
    let q = 0;
    let r = 0;
    let s = 0;
    for (let j = 0; j < n; j++) {
      const x = vectors[from + j];
      p += matrix[a + j] * x;
      q += matrix[b + j] * x;
      r += matrix[c + j] * x;
      s += matrix[d + j] * x;
    }
    vectors[to + i] = p;
    vectors[to + i + 1] = q;
    vectors[to + i + 2] = r;
    vectors[to + i + 3] = s;
  }
  for (; i < n; i++) {
    let p = 0;
    for (let j = 0; j < n; j++) p += matrix[i * n + j] * vectors[from + j];
    vectors[to + i] = p;
  }
}
