/** Weights by the tail risk of each asset alone. */
import { ValidationError } from '../errors.js';
import { checkAlpha, tailMean } from './portfolio-tail.js';
import { normaliseWeights, weightsRecord } from './result.js';
import { type ReturnSample, readSample } from './sample.js';
import type { ReturnRows } from './types.js';

/**
 * Weights in proportion to 1 / CVaR of each asset alone. A rule of thumb: how the assets move together does not count,
 * and the CVaR of the portfolio is not the smallest; `optimizeCvar` finds that.
 *
 * returns  T×N simple returns as decimals, oldest first
 * symbols  N names
 * alpha    confidence, above 0 and below 1; default 0.95
 *
 * Gives symbol → weight: all above 0, together 1. CVaR as `portfolioCvar` defines it. Throws `ValidationError` for an asset
 * whose CVaR is not above 0, naming it; else as `readSample` says: `InsufficientDataError`, `ShapeError`,
 * `NonFiniteError`. O(T N). Source: nanobook inverse_cvar_weights, which takes whole periods for the tail and gives an asset
 * without losses all the weight.
 */
export function inverseCvarWeights(
  returns: ReturnRows,
  symbols: readonly string[],
  alpha = 0.95,
): Record<string, number> {
  return inverseTail(readSample(returns, symbols), checkAlpha(alpha), false);
}

/**
 * Weights in proportion to 1 / CDaR of each asset alone: as `inverseCvarWeights`, with `portfolioCdar`, the drawdowns of
 * the running sum of returns. Throws `ValidationError` for an asset that never fell, naming it.
 * Source: nanobook inverse_cdar_weights, which compounds.
 */
export function inverseCdarWeights(
  returns: ReturnRows,
  symbols: readonly string[],
  alpha = 0.95,
): Record<string, number> {
  return inverseTail(readSample(returns, symbols), checkAlpha(alpha), true);
}

function inverseTail(
  { data, rows, cols, symbols }: ReturnSample,
  alpha: number,
  drawdowns: boolean,
): Record<string, number> {
  const whole = Float64Array.of(1);
  const column = new Float64Array(rows);
  const risks = new Float64Array(cols);
  let least = Infinity;
  for (let j = 0; j < cols; j++) {
    for (let t = 0; t < rows; t++) column[t] = data[t * cols + j]!;
    const risk = tailMean(column, rows, 1, whole, alpha, drawdowns);
    if (!(risk > 0)) {
      throw new ValidationError(
        `${drawdowns ? 'CDaR' : 'CVaR'} of ${symbols[j]!}`,
        risk,
        'above 0: the weight is in proportion to its inverse',
        'leave the symbol out, raise alpha, or take optimizeCvar or optimizeCdar',
      );
    }
    risks[j] = risk;
    if (risk < least) least = risk;
  }
  // Relative to the smallest, so that no inverse leaves the range of doubles.
  const weights = risks.map((risk) => least / risk);
  return weightsRecord(normaliseWeights(weights), symbols);
}
