/** The most reward a unit of risk among many assets, without the covariances of those that are never held. */
import { columnVariances, covarianceWithSum, gatherColumns } from '../../kernels/linalg/column-products.js';
import { columnMeans, sampleCovariance, sampleCovarianceScratch } from '../../kernels/linalg/covariance.js';
import { dot, quadraticForm } from '../../kernels/linalg/dot.js';
import { VARIANCE_LEAST } from './estimate-covariance.js';
import type { LinearLimits } from './limits.js';
import { KKT_MOST, plainTangent, type Tangent, varianceScale } from './plain-tangent.js';
import type { ReturnSample } from './sample.js';
import type { CovarianceOptions } from './types.js';

/** Assets from which on the search pays. */
const ASSETS_LEAST = 80;
/** Assets of the first set, and the least number that a set takes in. */
const SET_LEAST = 24;
const ROUNDS = 50;
/** Rounding of a slope, in parts of what it is summed from. */
const SLOPE_ROUNDING = 2e-14;

/** What a search found, with variance and reward of the weights. */
export type PlainFound = Tangent & { readonly variance: number; readonly reward: number };

/**
 * The most rewards' w / √(w'Σw), Σ the sample covariance, long only; undefined where the search does not pay or does not
 * settle: the caller then takes the whole matrix.
 *
 * sample      T × N returns
 * covariance  the option of the caller: the search is for the sample covariance only
 * limits      as the caller has them: the search is for none
 * rewardsOf   N rewards, from the volatilities of the assets
 *
 * Few of many assets are held. A set of 24 is solved exactly; then the covariances of its answer with all assets, O(T N),
 * show whether one outside would do better; those that would most come in, those that are not held go. Every set is better
 * than the one before, so none comes twice. It ends with the proof for all assets. Where more than half of the assets come
 * in it gives up. 500 assets of 1,260 rows: 3 or 4 sets and 15 ms, against 95 ms for the whole matrix alone; 100: 2.5.
 */
export function searchPlain(
  sample: ReturnSample,
  covariance: CovarianceOptions['covariance'],
  limits: LinearLimits,
  rewardsOf: (risks: Float64Array) => Float64Array,
): PlainFound | undefined {
  const { data, rows, cols } = sample;
  const asked = covariance === undefined || covariance === 'sample';
  if (!asked || !limits.plain || cols < ASSETS_LEAST || rows <= cols) return undefined;
  const means = new Float64Array(cols);
  columnMeans(data, rows, cols, means);
  const variances = new Float64Array(cols);
  columnVariances(data, rows, cols, means, variances);
  if (!variances.every((variance) => variance > VARIANCE_LEAST && variance < Infinity)) return undefined;
  const risks = variances.map((variance) => Math.sqrt(variance));
  const rewards = rewardsOf(risks);
  const series = new Float64Array(rows);
  const slopes = new Float64Array(cols);
  let places = best(cols, SET_LEAST, (j) => rewards[j]! / risks[j]!);
  let iterations = 0;
  for (let round = 0; round < ROUNDS && 2 * places.length <= cols; round++) {
    const k = places.length;
    const h = covarianceOf(sample, places);
    const own = Float64Array.from(places, (j) => rewards[j]!);
    if (!own.some((reward) => reward > 0)) return undefined;
    const found = plainTangent(h, own);
    iterations += found.iterations + 1;
    if (found.riskless || !(found.kkt <= KKT_MOST)) return undefined;
    covarianceWithSum(data, rows, cols, means, places, found.weights, k, series, slopes);
    const variance = quadraticForm(h, k, found.weights);
    const reward = dot(own, 0, found.weights, 0, k);
    const price = variance / reward;
    let risk = 0;
    places.forEach((j, i) => (risk += found.weights[i]! * risks[j]!));
    const inside = new Set(places);
    const pulls: number[] = [];
    let worst = 0;
    for (let j = 0; j < cols; j++) {
      const pull = slopes[j]! - price * rewards[j]!;
      if (inside.has(j)) continue;
      if (pull < -worst) worst = -pull;
      if (pull < -SLOPE_ROUNDING * (risks[j]! * risk + Math.abs(price * rewards[j]!))) pulls.push(j);
    }
    if (pulls.length === 0) {
      const weights = new Float64Array(cols);
      places.forEach((j, i) => (weights[j] = found.weights[i]!));
      const kkt = Math.max(found.kkt, worst / varianceScale(h, found.weights));
      return { weights, iterations, kkt, riskless: false, variance, reward };
    }
    const held = [...places].filter((_, i) => found.weights[i]! > 0);
    const pull = (j: number): number => (price * rewards[j]! - slopes[j]!) / risks[j]!;
    const coming = best(pulls.length, Math.max(SET_LEAST, held.length), (i) => pull(pulls[i]!));
    places = Int32Array.from([...held, ...Array.from(coming, (i) => pulls[i]!)]).sort();
  }
  return undefined;
}

/** The `most` places from 0 to `count` − 1 with the highest scores, in rising order; ties to the first. */
function best(count: number, most: number, score: (place: number) => number): Int32Array {
  const scores = Float64Array.from({ length: count }, (_, i) => score(i));
  const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  return Int32Array.from(order.slice(0, most)).sort();
}

/** Sample covariances of some of the columns. */
function covarianceOf({ data, rows, cols }: ReturnSample, places: Int32Array): Float64Array {
  const k = places.length;
  const columns = new Float64Array(rows * k);
  gatherColumns(data, rows, cols, places, k, columns);
  const out = new Float64Array(k * k);
  const scratch = new Float64Array(sampleCovarianceScratch(k));
  sampleCovariance(columns, rows, k, scratch, new Float64Array(k), out);
  return out;
}
