/** Long-only portfolios, slow and plain: the twins of the optimizers of variance and of risk parity. */

/** T rows of N returns. */
export type ReferenceRows = readonly (readonly number[])[];

/** Weights of sum 1, or null where the problem has no answer of its own. */
export type ReferenceWeights = number[] | null;

/** Means of the columns. */
export function referenceMeans(rows: ReferenceRows): number[] {
  return rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
}

/** Covariances of the columns, divisor T − 1. */
export function referenceCovariance(rows: ReferenceRows): number[][] {
  const means = referenceMeans(rows);
  return means.map((mean, i) =>
    means.map((other, j) => {
      const total = rows.reduce((sum, row) => sum + (row[i]! - mean) * (row[j]! - other), 0);
      return total / (rows.length - 1);
    }),
  );
}

/** Weights of sum 1; null where nothing is left to share. */
export function shares(vector: readonly number[]): ReferenceWeights {
  const total = vector.reduce((sum, x) => sum + x, 0);
  return total > 0 && Number.isFinite(total) ? vector.map((x) => x / total) : null;
}

const SWEEPS = 200_000;
/** Change of a sweep, relative to the largest entry, at which the search is over. */
const STILL = 1e-15;

/** One coordinate after the other, each set to its best, until none moves; null if they do not come to rest. */
function descend(
  n: number,
  start: readonly number[],
  best: (i: number, y: readonly number[]) => number,
): number[] | null {
  const y = [...start];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let change = 0;
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const next = best(i, y);
      change = Math.max(change, Math.abs(next - y[i]!));
      y[i] = next;
      largest = Math.max(largest, Math.abs(next));
    }
    if (!Number.isFinite(largest)) return null;
    if (change <= STILL * largest) return y;
  }
  return null;
}

/** Units in which every variance is 1: correlations, and the deviation of each column. */
function standardised(covariance: readonly (readonly number[])[]): {
  matrix: number[][];
  deviations: number[];
} {
  const deviations = covariance.map((row, i) => Math.sqrt(row[i]!));
  const matrix = covariance.map((row, i) => row.map((value, j) => value / deviations[i]! / deviations[j]!));
  return { matrix, deviations };
}

/**
 * The least ½ y'Σy − e'y over y ≥ 0: its shares are the portfolio with the largest e'w / √(w'Σw), and with e = 1 the one
 * with the least variance.
 */
function tangent(covariance: readonly (readonly number[])[], excess: readonly number[]): ReferenceWeights {
  const { matrix, deviations } = standardised(covariance);
  if (deviations.some((deviation) => !(deviation > 0))) return null;
  const n = excess.length;
  const aims = excess.map((e, i) => e / deviations[i]!);
  const y = descend(n, new Array<number>(n).fill(0), (i, now) => {
    const others = now.reduce((sum, x, j) => (j === i ? sum : sum + matrix[i]![j]! * x), 0);
    return Math.max(0, aims[i]! - others);
  });
  return y === null ? null : shares(y.map((x, i) => x / deviations[i]!));
}

/** The least variance; null where a column does not move, or the search does not end. */
export function referenceMinVariance(rows: ReferenceRows): ReferenceWeights {
  return tangent(
    referenceCovariance(rows),
    rows[0]!.map(() => 1),
  );
}

/** The largest Sharpe ratio; null also where nothing earns more than `riskFree` a period. */
export function referenceMaxSharpe(rows: ReferenceRows, riskFree: number): ReferenceWeights {
  return tangent(
    referenceCovariance(rows),
    referenceMeans(rows).map((mean) => mean - riskFree),
  );
}

/**
 * Equal contributions to the variance: each y_i is the positive root of y_i (Σy)_i = 1. Source: Griveau-Billion, Richard
 * and Roncalli, A fast algorithm for computing high-dimensional risk parity portfolios, 2013.
 */
export function referenceRiskParity(rows: ReferenceRows): ReferenceWeights {
  const { matrix, deviations } = standardised(referenceCovariance(rows));
  if (deviations.some((deviation) => !(deviation > 0))) return null;
  const n = deviations.length;
  const y = descend(n, new Array<number>(n).fill(1), (i, now) => {
    const others = now.reduce((sum, x, j) => (j === i ? sum : sum + matrix[i]![j]! * x), 0);
    return (Math.sqrt(others * others + 4) - others) / 2;
  });
  return y === null ? null : shares(y.map((x, i) => x / deviations[i]!));
}
