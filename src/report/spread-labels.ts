/** Labels beside a chart moved apart, so that none covers another. */

interface Cluster {
  readonly first: number;
  count: number;
  /** Sum of the wanted places of its labels, each less its own place within the cluster. */
  sum: number;
}

/**
 * Moves labels to places at least `gap` apart, each cluster of touching labels as near to its wanted places as it
 * can be (least squares).
 *
 * labels  sorted by `at`, rising; `at` is overwritten
 * gap     least distance of neighbours, above 0
 * height  labels stay from 0 to here, where there is room for all
 *
 * O(n): neighbours that touch are pooled until no two clusters do.
 */
export function spread(labels: readonly { at: number }[], gap: number, height: number): void {
  const topOf = ({ sum, count }: Cluster): number =>
    Math.max(0, Math.min(sum / count, height - (count - 1) * gap));
  const clusters: Cluster[] = [];
  for (let i = 0; i < labels.length; i++) {
    let last: Cluster = { first: i, count: 1, sum: labels[i]!.at };
    for (let before = clusters.at(-1); before !== undefined; before = clusters.at(-1)) {
      if (topOf(before) + before.count * gap <= topOf(last)) break;
      clusters.pop();
      const sum: number = before.sum + last.sum - last.count * before.count * gap;
      last = { first: before.first, count: before.count + last.count, sum };
    }
    clusters.push(last);
  }
  for (const cluster of clusters) {
    for (let i = 0; i < cluster.count; i++) labels[cluster.first + i]!.at = topOf(cluster) + i * gap;
  }
}
