/**
 * The mean of the worst losses as a function of weights, and the memory of the search for its least value.
 *
 * A path has a value y[t] = offset[t] + C[t]·x at times 0 … T, with y[0] = 0 for every x. Its loss at t is what it lies
 * below a peak: below y[0] (CVaR: C holds the returns), or below the highest value up to t (CDaR: C holds the running
 * sums of the returns). What is minimised over x and z is
 *
 *     zetaCost z + cost·x + kappa Σ max(0, loss[t] − z) + square Σ weight[a]²       over t = 1 … T
 *
 * inside bounds of x and z and rows low ≤ a·x ≤ high.
 */
export interface TailProblem {
  /** T + 1. */
  readonly times: number;
  /** Number of variables x. z comes behind them, as variable number `cols`. */
  readonly cols: number;
  /** times × cols cells of C, row-major; row 0 is zero. */
  readonly byTime: Float64Array;
  /** The same, column by column: cols × times. */
  readonly byVariable: Float64Array;
  /** times numbers; the first is 0. */
  readonly offset: Float64Array;
  /** Whether a loss is counted from the running peak. */
  readonly peaks: boolean;
  readonly kappa: number;
  readonly zetaCost: number;
  /** cols numbers. */
  readonly cost: Float64Array;
  /** At least 0. weight[a] is origin[a] and each x with `asset` a, times its `side`, 1 or −1. */
  readonly square: number;
  readonly origin: Float64Array;
  readonly asset: Int32Array;
  readonly side: Int8Array;
  /** cols + 1 bounds, infinite where there is none. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Number of limit rows; the first holds with equality and is always in the basis. */
  readonly limits: number;
  /** limits × cols cells. */
  readonly limitRows: Float64Array;
  readonly limitLow: Float64Array;
  readonly limitHigh: Float64Array;
}

/**
 * Memory of the search. `room` is the largest basis: cols + 1.
 *
 * The basis K has a row for each equation that is held and a column for each variable that is free to move. A row of
 * kind 0 says that the loss at `rowAt` below the peak at `rowPeak` is z; kind 1 that the values at `rowAt` and
 * `rowPeak`, an earlier time, are equal peaks; kind 2 that limit row `rowAt` is at its low (`rowPeak` = −1) or high end
 * (1), or always (0).
 */
export interface TailMemory {
  /** cols + 1: the point, z last. */
  readonly x: Float64Array;
  /** cols + 1: column of the basis or −1. */
  readonly place: Int32Array;
  /** 3: size of the basis, iterations done, times in the tail. */
  readonly count: Int32Array;
  /** 7: variable that enters or −1, row that leaves or −1, its way, movers, kind, place and side of what blocks. */
  readonly choice: Int32Array;
  /** 7: length, kind and peak of the end of a step, value and slope of a trial, square and linear part of the square. */
  readonly line: Float64Array;
  /** room²: inverse of K. */
  readonly inverse: Float64Array;
  /** room each, by column or row of K. */
  readonly columnOf: Int32Array;
  readonly rowKind: Int8Array;
  readonly rowAt: Int32Array;
  readonly rowPeak: Int32Array;
  readonly multiplier: Float64Array;
  readonly flow: Float64Array;
  readonly step: Float64Array;
  readonly columnCells: Float64Array;
  readonly rowCells: Float64Array;
  readonly rowSolved: Float64Array;
  readonly order: Int32Array;
  /** room each: variables outside the basis that move, and by how much. */
  readonly mover: Int32Array;
  readonly moveBy: Float64Array;
  /** room, or room² with a square term: inverse · column of each mover. */
  readonly solved: Float64Array;
  /** With a square term: room², and movers × assets. */
  readonly hessian: Float64Array;
  readonly weightMoves: Float64Array;
  /** assets each. */
  readonly weights: Float64Array;
  readonly weightStep: Float64Array;
  /** times each: row of K or −1; offsets in force; the path, its change per length, what is in the tail, peaks. */
  readonly rowOfTime: Int32Array;
  readonly offset: Float64Array;
  readonly y: Float64Array;
  readonly slope: Float64Array;
  readonly inTail: Int8Array;
  readonly peak: Int32Array;
  /** times each: weight in the gradient, wanted and put in. */
  readonly coefficient: Float64Array;
  readonly applied: Float64Array;
  /** times each: scratch of the searches on a ray. */
  readonly breakAt: Float64Array;
  readonly breakTime: Int32Array;
  readonly gain: Float64Array;
  readonly partner: Int32Array;
  readonly peakBefore: Int32Array;
  readonly peakAfter: Int32Array;
  /** limits: row of K or −1. */
  readonly rowOfLimit: Int32Array;
  /** times + cols + 2 each: rows to add up, and by what. */
  readonly list: Int32Array;
  readonly weight: Float64Array;
  /** cols + 1 each: gradient without and with the square term, and that of the Lagrangian. */
  readonly linear: Float64Array;
  readonly gradient: Float64Array;
  readonly reduced: Float64Array;
}
