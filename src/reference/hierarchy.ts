/** Hierarchical risk parity, slow and plain: clusters as lists, every pair looked at each time. */
import { referenceCovariance, type ReferenceRows, type ReferenceWeights } from './sizing.js';

interface Cluster {
  readonly number: number;
  readonly leaves: readonly number[];
}

/** The columns in the order of the leaves of the single-linkage tree; of equally near pairs the first. */
function leafOrder(distance: readonly (readonly number[])[]): readonly number[] {
  let clusters: Cluster[] = distance.map((_, i) => ({ number: i, leaves: [i] }));
  let made = clusters.length;
  while (clusters.length > 1) {
    let nearest = Infinity;
    let pair: readonly [Cluster, Cluster] = [clusters[0]!, clusters[1]!];
    for (const [k, one] of clusters.entries()) {
      for (const other of clusters.slice(k + 1)) {
        const apart = Math.min(...one.leaves.flatMap((i) => other.leaves.map((j) => distance[i]![j]!)));
        if (apart < nearest) [nearest, pair] = [apart, [one, other]];
      }
    }
    const [one, other] = pair;
    const [left, right] = one.number < other.number ? [one, other] : [other, one];
    const joined = { number: made++, leaves: [...left.leaves, ...right.leaves] };
    clusters = [...clusters.filter((cluster) => cluster !== one && cluster !== other), joined];
  }
  return clusters[0]!.leaves;
}

/** Variance of a set with weights by inverse variance. */
function clusterVariance(covariance: readonly (readonly number[])[], set: readonly number[]): number {
  const total = set.reduce((sum, i) => sum + 1 / covariance[i]![i]!, 0);
  const weights = set.map((i) => 1 / covariance[i]![i]! / total);
  let variance = 0;
  for (const [a, i] of set.entries()) {
    for (const [b, j] of set.entries()) variance += weights[a]! * covariance[i]![j]! * weights[b]!;
  }
  return variance;
}

/** The weights; null where a column does not move. Source: López de Prado, Building diversified portfolios, 2016. */
export function referenceHrp(rows: ReferenceRows): ReferenceWeights {
  const covariance = referenceCovariance(rows);
  if (covariance.some((row, i) => !(row[i]! > 0))) return null;
  const distance = covariance.map((row, i) =>
    row.map((value, j) => {
      const correlation = value / Math.sqrt(covariance[i]![i]!) / Math.sqrt(covariance[j]![j]!);
      return Math.sqrt(Math.max(0, 1 - correlation) / 2);
    }),
  );
  const weights = covariance.map(() => 1);
  const split = (set: readonly number[]): void => {
    if (set.length < 2) return;
    const middle = Math.floor(set.length / 2);
    const [left, right] = [set.slice(0, middle), set.slice(middle)];
    const [risk, other] = [clusterVariance(covariance, left), clusterVariance(covariance, right)];
    const share = risk + other > 0 ? other / (risk + other) : 0.5;
    for (const i of left) weights[i]! *= share;
    for (const i of right) weights[i]! *= 1 - share;
    split(left);
    split(right);
  };
  split(leafOrder(distance));
  return weights;
}
