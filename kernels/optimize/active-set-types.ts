/** A variable held at its lower limit. */
export const AT_LOW = -1;
/** A variable that moves. */
export const FREE = 0;
/** A variable held at its upper limit. */
export const AT_HIGH = 1;
/** A variable held between its limits: its curvature is already spanned by the free ones. */
export const PINNED = 2;

/**
 * A convex quadratic program: the least of q' H q / 2 + c' x where q[at[v]] is the sum of sign[v] × x[v], with
 * rows x = right and low <= x <= high.
 */
export interface QuadraticProblem {
  /** Variables. */
  readonly n: number;
  /** Size of H. */
  readonly dim: number;
  /** dim × dim numbers H, row-major, symmetric, positive semidefinite. */
  readonly h: Float64Array;
  /** n: the row of H that a variable acts on; −1 for one without curvature. */
  readonly at: Int32Array;
  /** n: 1 or −1. */
  readonly sign: Float64Array;
  /** n numbers c. */
  readonly linear: Float64Array;
  /** n lower and upper limits; infinite where there is none. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Equations. */
  readonly m: number;
  /** m × n coefficients, row-major, of size near 1. */
  readonly rows: Float64Array;
  /** m right sides. */
  readonly right: Float64Array;
}

/** Memory of the active set method for n variables, m equations and H of size dim: the caller makes it once. */
export interface ActiveSetMemory {
  /** n: where each variable is held. */
  readonly state: Int8Array;
  /** n: the free variables, in the order of the factor. */
  readonly free: Int32Array;
  /** n × n: Cholesky factor of H + rho rows' rows on the free variables; row i starts at i × n. */
  readonly factor: Float64Array;
  /** n × m: the rows of the free variables, solved with the factor. */
  readonly solved: Float64Array;
  /** m × m: factor of solved' solved. */
  readonly small: Float64Array;
  /** m: multipliers of the equations. */
  readonly price: Float64Array;
  /** n: what each variable's limit pushes: the slope left over for it. */
  readonly pull: Float64Array;
  /** n: the step of the free variables, in the order of the factor. */
  readonly step: Float64Array;
  /** n. */
  readonly column: Float64Array;
  /** 2 n. */
  readonly turns: Float64Array;
  /** dim: H q at the current point. */
  readonly slope: Float64Array;
  /** dim each: q; a step in q, and H times it. */
  readonly point: Float64Array;
  readonly change: Float64Array;
  readonly bend: Float64Array;
  /** m: what the equations miss. */
  readonly missing: Float64Array;
  /** m. */
  readonly target: Float64Array;
  /** m × n, for the first basis. */
  readonly reduced: Float64Array;
  /** n: square roots of the diagonal of H + rho rows' rows, and of H. */
  readonly size: Float64Array;
  readonly spread: Float64Array;
  /** n: 1 for a variable that only rounding lets in, until the next real step. */
  readonly barred: Int8Array;
  /** NUMBERS cells: rho; number of free variables; changes of the held set; 1 where the last step moved anything. */
  readonly numbers: Float64Array;
}

/** Cell of `numbers`: the weight of the equations in the factor. */
export const RHO = 0;
/** Cell of `numbers`: how many variables are free. */
export const FREE_COUNT = 1;
/** Cell of `numbers`: changes of the held set so far. */
export const CHANGES = 2;
/** Cell of `numbers`: 1 where the last step moved anything. */
export const MOVED = 3;
/** Cells of `numbers`. */
export const NUMBERS = 4;
