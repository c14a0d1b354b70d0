/** Portfolios with limits as the variables, rows and memory that the tail search works on. */
import type { TailMemory, TailProblem } from '../../kernels/optimize/tail-problem.js';
import type { LinearLimits } from './limits.js';
import type { ReturnSample } from './sample.js';

/** Variables of a portfolio under limits, without the losses. */
export interface PortfolioVariables {
  /** Number of variables: N weights, or N purchases and then N sales where turnover is limited. */
  readonly count: number;
  /** What the weights are where every variable is 0. */
  readonly origin: Float64Array;
  /** count: lower and upper ends; infinite where other limits imply it. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Rows low ≤ row · x ≤ high; the first is the budget. */
  readonly rows: number;
  readonly cells: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The weights, or with limited turnover the purchases and sales, that the limits allow. */
export function portfolioVariables(limits: LinearLimits): PortfolioVariables {
  const n = limits.lower.length;
  const { turnover, groups } = limits;
  const count = turnover ? 2 * n : n;
  const origin = turnover ? turnover.current : new Float64Array(n);
  const lower = new Float64Array(count);
  const upper = new Float64Array(count);
  for (let j = 0; j < n; j++) {
    const low = limits.lower[j]!;
    const high = limits.upper[j]! < 1 ? limits.upper[j]! : Infinity;
    const from = origin[j]!;
    lower[j] = Math.max(0, low - from);
    upper[j] = Math.max(0, high - from);
    if (turnover) {
      lower[n + j] = Math.max(0, from - high);
      upper[n + j] = Math.max(0, from - low);
    }
  }
  const rows = 1 + groups.length + (turnover ? 1 : 0);
  const cells = new Float64Array(rows * count);
  const low = new Float64Array(rows);
  const high = new Float64Array(rows);
  const put = (row: number, of: Float64Array | undefined, min: number, max: number): void => {
    let held = 0;
    for (let j = 0; j < n; j++) {
      const cell = of === undefined ? 1 : of[j]!;
      cells[row * count + j] = cell;
      if (turnover) cells[row * count + n + j] = -cell;
      held += cell * origin[j]!;
    }
    low[row] = min - held;
    high[row] = max - held;
  };
  put(0, undefined, 1, 1);
  groups.forEach((group, k) =>
    put(k + 1, group.row, group.min > 0 ? group.min : -Infinity, group.max < 1 ? group.max : Infinity),
  );
  if (turnover) {
    cells.fill(1, (rows - 1) * count);
    low[rows - 1] = -Infinity;
    high[rows - 1] = turnover.max;
  }
  return { count, origin, lower, upper, rows, cells, low, high };
}

/** The weights that variables stand for; what lies at a limit lies there exactly. */
export function weightsOf(
  x: Float64Array,
  variables: PortfolioVariables,
  limits: LinearLimits,
): Float64Array {
  const n = limits.lower.length;
  const split = variables.count > n;
  const weights = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const bought = x[j]!;
    const sold = split ? x[n + j]! : 0;
    const low = limits.lower[j]!;
    let weight = variables.origin[j]! + bought - sold;
    if (split && bought === 0 && sold > 0 && sold === variables.upper[n + j]!) weight = low;
    if (split && sold === 0 && bought > 0 && bought === variables.upper[j]!) weight = limits.upper[j]!;
    weights[j] = weight > low ? weight : low;
  }
  return weights;
}

/** The least scale that values are divided by: nothing is divided by 0. */
function largest(values: Float64Array): number {
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    const cell = Math.abs(values[i]!);
    if (cell > size) size = cell;
  }
  return size;
}

/** Share of the losses in the objective below which no double beside the square term shows them. */
const LOSS_LEAST = 1e-15;

/** A problem whose objective is divided by `unit`. */
export interface ScaledProblem {
  readonly problem: TailProblem;
  readonly unit: number;
}

/**
 * The loss problem of a sample: returns for CVaR, running sums for CDaR, divided by the largest so that tolerances mean
 * the same at every scale, as is the objective by the largest or by l2. Gives nothing where every return is 0.
 */
export function tailProblem(
  sample: ReturnSample,
  variables: PortfolioVariables,
  share: number,
  peaks: boolean,
  l2: number,
): ScaledProblem | undefined {
  const { data, rows, cols } = sample;
  const times = rows + 1;
  const { count, origin } = variables;
  const size = largest(data);
  if (size === 0) return undefined;
  const byTime = new Float64Array(times * count);
  for (let t = 0; t < rows; t++) {
    const at = (t + 1) * count;
    for (let j = 0; j < cols; j++) {
      byTime[at + j] = data[t * cols + j]! / size + (peaks ? byTime[at - count + j]! : 0);
    }
  }
  const scale = peaks ? largest(byTime) : 1;
  if (scale !== 1) for (let i = 0; i < byTime.length; i++) byTime[i] = byTime[i]! / scale;
  const offset = new Float64Array(times);
  if (count > cols) {
    for (let t = 1; t < times; t++) {
      const at = t * count;
      let held = 0;
      for (let j = 0; j < cols; j++) {
        const cell = byTime[at + j]!;
        byTime[at + cols + j] = -cell;
        held += cell * origin[j]!;
      }
      offset[t] = held;
    }
  }
  const byVariable = new Float64Array(times * count);
  for (let from = 0; from < times; from += 16) {
    const to = Math.min(times, from + 16);
    for (let v = 0; v < count; v++) {
      for (let t = from; t < to; t++) byVariable[v * times + t] = byTime[t * count + v]!;
    }
  }
  const losses = size * scale;
  const unit = Math.max(losses, l2);
  const zetaCost = Math.max(LOSS_LEAST, losses / unit);
  const problem: TailProblem = {
    times,
    cols: count,
    byTime,
    byVariable,
    offset,
    peaks,
    kappa: zetaCost / (share * rows),
    zetaCost,
    cost: new Float64Array(count),
    square: l2 / unit,
    origin,
    asset: Int32Array.from({ length: count }, (_, v) => v % cols),
    side: Int8Array.from({ length: count }, (_, v) => (v < cols ? 1 : -1)),
    ...bounded(variables.lower, variables.upper, peaks ? 0 : -Infinity, Infinity),
    limits: variables.rows,
    limitRows: variables.cells,
    limitLow: variables.low,
    limitHigh: variables.high,
  };
  return { problem, unit };
}

/**
 * The problem whose answer is a portfolio within the limits: no losses, one more variable for each row that takes up
 * what the row is off, and the sum of those as the objective.
 */
export function feasibleProblem(variables: PortfolioVariables): {
  problem: TailProblem;
  start: Float64Array;
} {
  const { count, rows, cells, low, high } = variables;
  const cols = count + rows;
  const limitRows = new Float64Array(rows * cols);
  const start = new Float64Array(cols + 1);
  start.set(variables.lower);
  for (let i = 0; i < rows; i++) {
    let held = 0;
    for (let v = 0; v < count; v++) {
      limitRows[i * cols + v] = cells[i * count + v]!;
      held += cells[i * count + v]! * start[v]!;
    }
    const off = held < low[i]! ? low[i]! - held : held > high[i]! ? high[i]! - held : 0;
    limitRows[i * cols + count + i] = off < 0 ? -1 : 1;
    start[count + i] = Math.abs(off);
  }
  const lower = new Float64Array(cols);
  lower.set(variables.lower);
  const upper = new Float64Array(cols).fill(Infinity);
  upper.set(variables.upper);
  const problem: TailProblem = {
    times: 1,
    cols,
    byTime: new Float64Array(cols),
    byVariable: new Float64Array(cols),
    offset: new Float64Array(1),
    peaks: false,
    kappa: 0,
    zetaCost: 0,
    cost: new Float64Array(cols).fill(1, count),
    square: 0,
    origin: new Float64Array(1),
    asset: new Int32Array(cols),
    side: new Int8Array(cols),
    ...bounded(lower, upper, 0, 0),
    limits: rows,
    limitRows,
    limitLow: low,
    limitHigh: high,
  };
  return { problem, start };
}

function bounded(
  lower: Float64Array,
  upper: Float64Array,
  least: number,
  most: number,
): { lower: Float64Array; upper: Float64Array } {
  const low = new Float64Array(lower.length + 1);
  const high = new Float64Array(upper.length + 1);
  low.set(lower);
  high.set(upper);
  low[lower.length] = least;
  high[upper.length] = most;
  return { lower: low, upper: high };
}

/** Memory of one search. */
export function tailMemory(problem: TailProblem): TailMemory {
  const { times, cols, limits, square } = problem;
  const room = cols + 1;
  const assets = problem.origin.length;
  const reals = (length: number): Float64Array => new Float64Array(length);
  const whole = (length: number): Int32Array => new Int32Array(length);
  return {
    x: reals(room),
    place: whole(room),
    count: whole(3),
    choice: whole(7),
    line: reals(7),
    inverse: reals(room * room),
    columnOf: whole(room),
    rowKind: new Int8Array(room),
    rowAt: whole(room),
    rowPeak: whole(room),
    multiplier: reals(room),
    flow: reals(room),
    step: reals(room),
    columnCells: reals(room),
    rowCells: reals(room),
    rowSolved: reals(room),
    order: whole(room),
    mover: whole(room),
    moveBy: reals(room),
    solved: reals(square > 0 ? room * room : room),
    hessian: reals(square > 0 ? room * room : 0),
    weightMoves: reals(square > 0 ? cols * assets : 0),
    weights: reals(assets),
    weightStep: reals(assets),
    rowOfTime: whole(times),
    offset: reals(times),
    y: reals(times),
    slope: reals(times),
    inTail: new Int8Array(times),
    peak: whole(times),
    coefficient: reals(times),
    applied: reals(times),
    breakAt: reals(times),
    breakTime: whole(times),
    gain: reals(times),
    partner: whole(times),
    peakBefore: whole(times),
    peakAfter: whole(times),
    rowOfLimit: whole(limits),
    list: whole(times + cols + 2),
    weight: reals(times + cols + 2),
    linear: reals(room),
    gradient: reals(room),
    reduced: reals(room),
  };
}
