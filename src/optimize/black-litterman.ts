/** Expected returns that blend the market's with an investor's views. */
import { choleskyFactor, solveLower } from '../../kernels/linalg/cholesky.js';
import { matrixTimes } from '../../kernels/linalg/dot.js';
import {
  checkFinite,
  checkKeys,
  checkLength,
  checkNumber,
  type Mat,
  nearestHint,
  toFloat64,
  type Vec,
} from '../check.js';
import { UnknownSymbolError, ValidationError } from '../errors.js';
import { copyCovariance } from './covariance-matrix.js';
import { readSymbols } from './sample.js';

/** What an investor thinks of one combination of assets. */
export interface BlackLittermanView {
  /** The combination: symbol → weight. `{AAA: 1}` is the asset itself, `{AAA: 1, BBB: -1}` that AAA beats BBB. */
  readonly weights: Readonly<Record<string, number>>;
  /** The return expected of it, per period of the covariance. */
  readonly expected: number;
  /** Variance of that expectation, at least 0: 0 is certainty. Default: tau × the variance of the combination. */
  readonly variance?: number;
  /** In place of `variance`: 0 (the view has no effect) to 1 (it holds exactly), after Idzorek. */
  readonly confidence?: number;
}

/** What `blackLitterman` takes. */
export interface BlackLittermanInput {
  /** N×N, per period. */
  readonly covariance: Mat;
  /** N names, in the order of the matrix. */
  readonly symbols: readonly string[];
  /** Weights or market values of all assets; only proportions count. Gives the prior: riskAversion · Σ w + riskFree. */
  readonly marketWeights?: Readonly<Record<string, number>> | Vec;
  /** In place of `marketWeights`: N expected returns per period. */
  readonly prior?: Vec;
  /** Return per unit of variance that the market asks, above 0; default 2.5. Only with `marketWeights`. */
  readonly riskAversion?: number;
  /** Risk-free return per period, added to the market's prior; default 0. Only with `marketWeights`. */
  readonly riskFree?: number;
  /** Uncertainty of the prior relative to the covariance, above 0 to 1; default 0.05. */
  readonly tau?: number;
  /** Default none: the prior comes back. */
  readonly views?: readonly BlackLittermanView[];
}

/** What `blackLitterman` gives. */
export interface BlackLittermanResult {
  /** N expected returns per period, views blended in. */
  readonly expectedReturns: Float64Array;
  /** N×N: covariance of returns around those expectations, Σ + the uncertainty that is left of them. */
  readonly covariance: Mat;
  /** N expected returns before the views. */
  readonly prior: Float64Array;
}

const KEYS = ['covariance', 'symbols', 'marketWeights', 'prior', 'riskAversion', 'riskFree', 'tau', 'views'];
const VIEW_KEYS = ['weights', 'expected', 'variance', 'confidence'];
const RISK_AVERSION = 2.5;
const TAU = 0.05;
/** A view's row of P τΣ Pᵀ + Ω whose own part is below this share of it says nothing the others do not. */
const DEPENDENT = 1e-12;

/** The views as matrices: K rows of P, K expectations, K variances; and which view each row is. */
interface ViewRows {
  readonly places: number[];
  readonly picks: Float64Array[];
  readonly expected: number[];
  readonly variances: number[];
}

/**
 * Black and Litterman's expected returns and covariance.
 *
 * input  `covariance`, `symbols`; `marketWeights` (with `riskAversion`, `riskFree`) or `prior`; `tau`; `views`
 *
 * μ = π + τΣPᵀ (P τΣ Pᵀ + Ω)⁻¹ (q − P π) and Σ + τΣ − τΣPᵀ (P τΣ Pᵀ + Ω)⁻¹ P τΣ, with one row of P, one q and one
 * diagonal cell of Ω for each view. Feed both to `optimizeMaxSharpe` as `expectedReturns` and `covariance`. Throws
 * `ValidationError` for what is out of range and for certain views that depend on one another, `UnknownSymbolError`,
 * `ShapeError`, `NonFiniteError`. O(N² K + K³).
 * Sources: F. Black, R. Litterman, Global portfolio optimization, 1992; G. He, R. Litterman, The intuition behind
 * Black–Litterman model portfolios, 1999 (Ω = diag(P τΣ Pᵀ)); T. Idzorek, 2005, in the closed form of J. Walters, 2014
 * (confidence c: Ω = τ (1 − c) / c · pΣpᵀ). Reference: PyPortfolioOpt's BlackLittermanModel.
 */
export function blackLitterman(input: BlackLittermanInput): BlackLittermanResult {
  checkKeys('input', input, KEYS);
  const symbols = readSymbols(input.symbols);
  const n = symbols.length;
  const sigma = copyCovariance('covariance', input.covariance, n);
  const tau = input.tau ?? TAU;
  if (typeof tau !== 'number' || !(tau > 0 && tau <= 1)) {
    throw new ValidationError('tau', tau, 'a number above 0, at most 1', `pass ${TAU}`);
  }
  const prior = readPrior(input, symbols, sigma);
  const views = readViews(input.views ?? [], symbols, sigma, tau);
  const count = views.picks.length;

  // Row k of `spread` is τΣ p'; `joint` is P τΣ P' + Ω.
  const spread = views.picks.map((pick) => {
    const row = new Float64Array(n);
    matrixTimes(sigma, n, n, pick, row);
    return row.map((value) => tau * value);
  });
  const joint = new Float64Array(count * count);
  for (let k = 0; k < count; k++) {
    for (let l = 0; l <= k; l++) joint[k * count + l] = product(views.picks[k]!, spread[l]!);
    joint[k * count + k] = joint[k * count + k]! + views.variances[k]!;
  }
  const factor = new Float64Array(count * count);
  const rank = choleskyFactor(joint, count, DEPENDENT, new Float64Array(count), factor);
  if (rank < count) {
    throw new ValidationError(
      `views[${views.places[rank]!}]`,
      input.views![views.places[rank]!],
      'a view with a variance above 0, or one that the certain views before it leave open',
      'drop it, or give it a variance or a confidence below 1',
    );
  }
  // With L L' = joint: L⁻¹ (q − P π), and for each asset L⁻¹ of its column of P τΣ.
  const gap = Float64Array.from(views.expected, (q, k) => q - product(views.picks[k]!, prior));
  solveLower(factor, count, count, gap);
  const columns = Array.from({ length: n }, (_, i) => {
    const column = Float64Array.from(spread, (row) => row[i]!);
    solveLower(factor, count, count, column);
    return column;
  });
  const expectedReturns = prior.map((pi, i) => pi + product(columns[i]!, gap));
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = (1 + tau) * sigma[i * n + j]! - product(columns[i]!, columns[j]!);
      data[i * n + j] = value;
      data[j * n + i] = value;
    }
  }
  return { expectedReturns, covariance: { data, rows: n, cols: n }, prior };
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function readPrior(
  input: BlackLittermanInput,
  symbols: readonly string[],
  sigma: Float64Array,
): Float64Array {
  const n = symbols.length;
  if ((input.prior === undefined) === (input.marketWeights === undefined)) {
    throw new ValidationError(
      'prior',
      input.prior,
      'either prior or marketWeights',
      'pass the weights of the market, or the expected returns themselves',
    );
  }
  if (input.prior !== undefined) {
    for (const key of ['riskAversion', 'riskFree'] as const) {
      if (input[key] === undefined) continue;
      throw new ValidationError(key, input[key], 'left out beside prior', 'pass it with marketWeights only');
    }
    const prior = Float64Array.from(toFloat64('prior', input.prior));
    checkLength('prior', prior.length, n, 'symbols');
    checkFinite('prior', prior);
    return prior;
  }
  const riskAversion = input.riskAversion ?? RISK_AVERSION;
  if (typeof riskAversion !== 'number' || !(riskAversion > 0 && riskAversion < Infinity)) {
    throw new ValidationError('riskAversion', riskAversion, 'a number above 0', `pass ${RISK_AVERSION}`);
  }
  const riskFree = checkNumber('riskFree', input.riskFree ?? 0);
  const market = readMarket(input.marketWeights, symbols);
  const prior = new Float64Array(n);
  matrixTimes(sigma, n, n, market, prior);
  return prior.map((value) => riskAversion * value + riskFree);
}

/** Weights of the market, together 1. */
function readMarket(given: unknown, symbols: readonly string[]): Float64Array {
  const n = symbols.length;
  const market = new Float64Array(n);
  if (given instanceof Float64Array || Array.isArray(given)) {
    const values = toFloat64('marketWeights', given);
    checkLength('marketWeights', values.length, n, 'symbols');
    market.set(values);
  } else {
    market.set(readCombination('marketWeights', given, symbols));
  }
  checkFinite('marketWeights', market);
  // In parts of the largest: the sum of large ones may have no double.
  let largest = 0;
  let total = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, market[i]!);
  for (let i = 0; i < n; i++) {
    if (market[i]! < 0) {
      throw new ValidationError(
        `marketWeights of ${symbols[i]!}`,
        market[i],
        'at least 0',
        'pass market values or weights',
      );
    }
    market[i] = largest > 0 ? market[i]! / largest : 0;
    total += market[i]!;
  }
  if (!(total > 0)) {
    throw new ValidationError('marketWeights', total, 'a sum above 0', 'give at least one asset a weight');
  }
  return market.map((value) => value / total);
}

/** Symbol → number as N numbers; symbols left out are 0. */
function readCombination(field: string, given: unknown, symbols: readonly string[]): Float64Array {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ValidationError(field, given, 'an object of symbol → number', 'write {AAA: 1, BBB: -1}');
  }
  const row = new Float64Array(symbols.length);
  for (const [symbol, value] of Object.entries(given)) {
    const at = symbols.indexOf(symbol);
    if (at < 0) {
      throw new UnknownSymbolError(field, symbol, 'one of the symbols', nearestHint(symbol, symbols));
    }
    row[at] = checkNumber(`${field} of ${symbol}`, value);
  }
  return row;
}

function readViews(views: unknown, symbols: readonly string[], sigma: Float64Array, tau: number): ViewRows {
  if (!Array.isArray(views)) {
    throw new ValidationError(
      'views',
      views,
      'an array of views',
      'write [{weights: {AAA: 1}, expected: 0.01}]',
    );
  }
  const rows: ViewRows = { places: [], picks: [], expected: [], variances: [] };
  Array.from(views as unknown[]).forEach((given, k) => {
    const field = `views[${k}]`;
    checkKeys(field, given, VIEW_KEYS);
    const view = given as BlackLittermanView;
    const pick = readCombination(`${field}.weights`, view.weights, symbols);
    if (pick.every((weight) => weight === 0)) {
      throw new ValidationError(
        `${field}.weights`,
        view.weights,
        'at least one weight other than 0',
        'name an asset',
      );
    }
    const expected = checkNumber(`${field}.expected`, view.expected);
    if (view.variance !== undefined && view.confidence !== undefined) {
      throw new ValidationError(field, view.confidence, 'either variance or confidence', 'leave one out');
    }
    const image = new Float64Array(pick.length);
    matrixTimes(sigma, pick.length, pick.length, pick, image);
    const own = tau * product(pick, image);
    const confidence = checkNumber(`${field}.confidence`, view.confidence ?? 0.5, 0, 1);
    if (confidence === 0) return;
    rows.places.push(k);
    rows.picks.push(pick);
    rows.expected.push(expected);
    // Half confidence is He and Litterman's own choice.
    rows.variances.push(
      view.variance === undefined
        ? own * ((1 - confidence) / confidence)
        : checkNumber(`${field}.variance`, view.variance, 0),
    );
  });
  return rows;
}
