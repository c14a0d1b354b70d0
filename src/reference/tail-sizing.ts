/**
 * The least CVaR and CDaR, slow and plain, by cutting planes: the tail of a portfolio is the largest of many linear
 * functions of its weights; those met so far make a matrix game, and its answer shows the next. Source: Kelley, The
 * cutting-plane method for solving convex programs, 1960.
 */
import { type ReferenceRows, type ReferenceWeights, shares } from './sizing.js';

/** Loss of each column in one scenario of the tail: the losses of a period, or the fall of a running sum from its peak. */
type Losses = number[];

/** Losses by scenario at the weights: their mean over the worst (1 − alpha) T is the tail. */
function scenarios(rows: ReferenceRows, weights: readonly number[], drawdown: boolean): Losses[] {
  if (!drawdown) return rows.map((row) => row.map((r) => -r));
  const none = rows[0]!.map(() => 0);
  let sum = none;
  let peak = none;
  return rows.map((row) => {
    sum = sum.map((x, j) => x + row[j]!);
    if (along(sum, weights) > along(peak, weights)) peak = sum;
    return peak.map((x, j) => x - sum[j]!);
  });
}

function along(losses: readonly number[], weights: readonly number[]): number {
  return losses.reduce((total, loss, j) => total + loss * weights[j]!, 0);
}

/** The linear function that the tail is at these weights: one number for each column. */
function cutAt(rows: ReferenceRows, weights: readonly number[], alpha: number, drawdown: boolean): Losses {
  const all = scenarios(rows, weights, drawdown).map((losses) => ({ losses, size: along(losses, weights) }));
  all.sort((a, b) => b.size - a.size);
  const count = (1 - alpha) * rows.length;
  let left = count;
  const cut = rows[0]!.map(() => 0);
  for (const { losses } of all) {
    const part = Math.min(1, left);
    if (part <= 0) break;
    for (const [j, loss] of losses.entries()) cut[j]! += (part * loss) / count;
    left -= part;
  }
  return cut;
}

/** A portfolio, and the value of its largest cut. */
interface Game {
  readonly weights: number[];
  readonly value: number;
}

/**
 * The weights whose largest cut is least, by the simplex method on the program of the game: the most Σu over u ≥ 0 with
 * Σ_j a_kj u_j ≤ 1 for each cut k, a being the cuts made positive; the shares of u are the weights. Bland's rule, so that
 * it ends. Null if rounding keeps it from that.
 */
function solveGame(cuts: readonly Losses[]): Game | null {
  const n = cuts[0]!.length;
  const largest = Math.max(...cuts.flat().map(Math.abs));
  if (!(largest > 0)) return { weights: new Array<number>(n).fill(1 / n), value: 0 };
  // A row for each variable of the basis, a column for each other one, then the right side; the gains come last.
  const table = cuts.map((cut) => [...cut.map((loss) => 2 + loss / largest), 1]);
  table.push([...new Array<number>(n).fill(1), 0]);
  const outside = cuts[0]!.map((_, j) => j);
  const basis = cuts.map((_, k) => n + k);
  for (let step = 0; step < 5000; step++) {
    const enters = entering(table.at(-1)!, outside);
    if (enters < 0) {
      const u = new Array<number>(n).fill(0);
      for (const [k, name] of basis.entries()) if (name < n) u[name] = Math.max(0, table[k]![n]!);
      const weights = shares(u);
      return weights && { weights, value: Math.max(...cuts.map((cut) => along(cut, weights))) };
    }
    const leaves = leaving(table, basis, enters);
    if (leaves < 0) return null;
    exchange(table, leaves, enters);
    [basis[leaves], outside[enters]] = [outside[enters]!, basis[leaves]!];
  }
  return null;
}

/** The column with a gain whose variable has the lowest number; −1 for none. */
function entering(gains: readonly number[], outside: readonly number[]): number {
  let enters = -1;
  for (const [c, name] of outside.entries()) {
    if (gains[c]! > 1e-12 && (enters < 0 || name < outside[enters]!)) enters = c;
  }
  return enters;
}

/** The row that limits a column first, of several the one whose variable has the lowest number. */
function leaving(table: readonly (readonly number[])[], basis: readonly number[], enters: number): number {
  let leaves = -1;
  let least = Infinity;
  for (const [k, name] of basis.entries()) {
    const row = table[k]!;
    if (!(row[enters]! > 1e-12)) continue;
    const ratio = row.at(-1)! / row[enters]!;
    if (ratio < least || (ratio === least && name < basis[leaves]!)) [least, leaves] = [ratio, k];
  }
  return leaves;
}

/** The variables of a row and a column change places. */
function exchange(table: number[][], leaves: number, enters: number): void {
  const chosen = table[leaves]!;
  const by = chosen[enters]!;
  for (const row of table) {
    if (row === chosen) continue;
    const times = row[enters]! / by;
    for (const i of row.keys()) row[i]! -= times * chosen[i]!;
    row[enters] = -times;
  }
  for (const i of chosen.keys()) chosen[i]! /= by;
  chosen[enters] = 1 / by;
}

/** The portfolio with the least tail; null where the search does not end. */
export function referenceTail(rows: ReferenceRows, alpha: number, drawdown: boolean): ReferenceWeights {
  const n = rows[0]!.length;
  const cuts: Losses[] = [];
  for (let j = 0; j < n; j++) {
    const alone = Array.from({ length: n }, (_, i) => (i === j ? 1 : 0));
    cuts.push(cutAt(rows, alone, alpha, drawdown));
  }
  let weights = new Array<number>(n).fill(1 / n);
  for (let round = 0; round < 2000; round++) {
    cuts.push(cutAt(rows, weights, alpha, drawdown));
    const game = solveGame(cuts);
    if (game === null) return null;
    weights = game.weights;
    const cut = cutAt(rows, weights, alpha, drawdown);
    const scale = Math.max(...cut.map(Math.abs), 1e-300);
    if (along(cut, weights) - game.value <= 1e-12 * scale) return weights;
  }
  return null;
}
