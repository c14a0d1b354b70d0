/** The worst returns: value at risk, expected shortfall, and the two tails against each other. Formulas: docs/formulas.md. */
import { NEGLIGIBLE_SPREAD } from '../../kernels/performance/deviation.js';
import { meanAtMost, meanBelow, meanOfLowest } from '../../kernels/performance/tail-risk.js';
import { normalDensity } from '../../kernels/special/normal-density.js';
import { normalQuantile } from '../../kernels/special/normal-quantile.js';
import { squaredDeviations } from '../../kernels/stats/moments.js';
import { quantileLinear } from '../../kernels/stats/quantile.js';
import { smallestValues } from '../../kernels/stats/select.js';
import { sum } from '../../kernels/stats/sum.js';
import { checkOneOf, type Vec } from '../check.js';
import { ValidationError } from '../errors.js';
import { CVAR_METHODS, CVAR95_ALPHA, METRICS_DEFAULTS } from './conventions.js';
import { checkOptions, resolveNan, settleMissing } from './prepare.js';
import type { ReturnSummary } from './return-summary.js';
import type { CvarMethod, TailOptions, TailRatioOptions } from './types.js';

export function cvar95Of(s: ReturnSummary): number {
  return tailMean(s.values, s.mean, s.deviation, CVAR95_ALPHA, s.conventions.cvarMethod);
}

/**
 * Expected shortfall: the mean of the worst returns. A return like the others: −0.02 is a loss of 2 %.
 *
 * returns  one or more simple returns, as decimals, in any order; NaN by `options.nan`
 * options  `alpha`: share of the tail, above 0 and below 1 (0.05). `method`: `historical` (default) the mean of the
 *          ⌈α n⌉ lowest; `quantile` the mean of those at or below the interpolated α-quantile; `hybrid` the mean of
 *          those below μ + σ Φ⁻¹(α), or that bound when none is; `gaussian` μ − σ φ(Φ⁻¹(α)) / α. `nan`
 *
 * Throws `InsufficientDataError` (no returns), `NonFiniteError` (NaN, infinities), `ValidationError` (options).
 * O(n): no full sort. Source: nanobook (historical), quantstats 0.0.86 (quantile, gaussian), 0.0.77 (hybrid).
 */
export function cvar(returns: Vec, options: TailOptions = {}): number {
  return ofTail(returns, options, tailMean);
}

/**
 * Value at risk: the return that the worst share `alpha` of the periods does not exceed. Negative when it is a loss.
 *
 * returns  as for `cvar`
 * options  as for `cvar`: the bound of the tail whose mean `cvar` takes by the same method. `historical`: the
 *          ⌈α n⌉-th lowest return; `quantile`: the interpolated α-quantile; `hybrid` and `gaussian`: μ + σ Φ⁻¹(α)
 *
 * `cvar` is never above it. Throws as `cvar`. O(n). Source: empyrical value_at_risk (quantile), quantstats
 * value_at_risk (gaussian).
 */
export function valueAtRisk(returns: Vec, options: TailOptions = {}): number {
  return ofTail(returns, options, tailBound);
}

/**
 * How far the best returns reach compared with the worst: |upper quantile| / |lower quantile|, both interpolated.
 *
 * returns  as for `cvar`
 * options  `cutoff`: the upper quantile, above 0.5 and below 1 (0.95); the lower one is 1 − cutoff. `nan`
 *
 * Lower quantile 0: Infinity, or 0 when the upper one is 0 too (quantstats: NaN). Throws as `cvar`. O(n).
 * Source: quantstats tail_ratio, empyrical tail_ratio.
 */
export function tailRatio(returns: Vec, options: TailRatioOptions = {}): number {
  checkOptions(options, ['cutoff', 'nan']);
  const cutoff = options.cutoff ?? METRICS_DEFAULTS.cutoff;
  if (typeof cutoff !== 'number' || !(cutoff > 0.5 && cutoff < 1)) {
    throw new ValidationError(
      'cutoff',
      cutoff,
      'a number above 0.5 and below 1',
      'pass 0.95 for the outer 5 %',
    );
  }
  const values = settleMissing('returns', returns, resolveNan(options.nan));
  if (values === null) return NaN;
  const scratch = new Float64Array(values.length);
  const upper = Math.abs(quantileLinear(values, cutoff, scratch));
  const lower = Math.abs(quantileLinear(values, 1 - cutoff, scratch));
  if (lower === 0) return upper === 0 ? 0 : Infinity;
  return upper / lower;
}

type TailFigure = (
  values: Float64Array,
  mean: number,
  deviation: number,
  alpha: number,
  method: CvarMethod,
) => number;

function ofTail(returns: Vec, options: TailOptions, of: TailFigure): number {
  checkOptions(options, ['alpha', 'method', 'nan']);
  const alpha = options.alpha ?? METRICS_DEFAULTS.alpha;
  if (typeof alpha !== 'number' || !(alpha > 0 && alpha < 1)) {
    throw new ValidationError('alpha', alpha, 'a number above 0 and below 1', 'pass 0.05 for the worst 5 %');
  }
  const method = checkOneOf('method', options.method ?? METRICS_DEFAULTS.method, CVAR_METHODS);
  const values = settleMissing('returns', returns, resolveNan(options.nan));
  if (values === null) return NaN;
  const n = values.length;
  const mean = sum(values, 0, n) / n;
  let deviation = 0;
  if (n > 1 && (method === 'hybrid' || method === 'gaussian')) {
    deviation = Math.sqrt(squaredDeviations(values, mean) / (n - 1));
    if (deviation <= NEGLIGIBLE_SPREAD * Math.abs(mean)) deviation = 0;
  }
  return of(values, mean, deviation, alpha, method);
}

function tailMean(
  values: Float64Array,
  mean: number,
  deviation: number,
  alpha: number,
  method: CvarMethod,
): number {
  switch (method) {
    case 'historical':
      return meanOfLowest(values, tailCount(alpha, values.length), new Float64Array(values.length));
    case 'quantile':
      return meanAtMost(values, quantileLinear(values, alpha, new Float64Array(values.length)));
    case 'hybrid': {
      const bound = mean + deviation * normalQuantile(alpha);
      const below = meanBelow(values, bound);
      return Number.isNaN(below) ? bound : below;
    }
    case 'gaussian': {
      if (deviation === 0 || Number.isNaN(deviation)) return mean;
      return mean - (deviation * normalDensity(normalQuantile(alpha))) / alpha;
    }
  }
}

function tailBound(
  values: Float64Array,
  mean: number,
  deviation: number,
  alpha: number,
  method: CvarMethod,
): number {
  switch (method) {
    case 'historical': {
      const count = tailCount(alpha, values.length);
      const scratch = new Float64Array(values.length);
      smallestValues(values, count, scratch);
      return scratch[count - 1]!;
    }
    case 'quantile':
      return quantileLinear(values, alpha, new Float64Array(values.length));
    case 'hybrid':
    case 'gaussian':
      return mean + deviation * normalQuantile(alpha);
  }
}

/** ⌈α n⌉, at least 1. What only rounding keeps from being whole is whole: 0.05 × 140 is 7, though doubles say more. */
function tailCount(alpha: number, n: number): number {
  const exact = alpha * n;
  const whole = Math.round(exact);
  const count = Math.abs(exact - whole) <= 1e-12 * exact ? whole : Math.ceil(exact);
  return Math.max(1, Math.min(n, count));
}
