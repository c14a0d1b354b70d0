/**
 * Slow twins of the statistics: plain functions of simple-statistics, to check the kernels against. The door of that
 * package, which is a dependency of the tests only.
 */
import {
  mean,
  quantile,
  sampleKurtosis,
  sampleRankCorrelation,
  sampleSkewness,
  sampleVariance,
  variance,
} from 'simple-statistics';

type Numbers = ArrayLike<number>;

function list(values: Numbers): number[] {
  return Array.from(values);
}

/** The mean, summed with Kahan's compensation. */
export function referenceMean(values: Numbers): number {
  return mean(list(values));
}

/** The variance; `ddof` is taken from the number of values in the divisor. */
export function referenceVariance(values: Numbers, ddof: 0 | 1): number {
  return ddof === 0 ? variance(list(values)) : sampleVariance(list(values));
}

/** The unbiased skewness, of three values or more. */
export function referenceSkewness(values: Numbers): number {
  return sampleSkewness(list(values));
}

/** The unbiased excess kurtosis, of four values or more. */
export function referenceKurtosis(values: Numbers): number {
  return sampleKurtosis(list(values));
}

/** The value below which a share `q` of the values lies, interpolated linearly (type 7), after a full sort. */
export function referenceQuantile(values: Numbers, q: number): number {
  return quantile(list(values), q);
}

/** Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of theirs. */
export function referenceRankCorrelation(x: Numbers, y: Numbers): number {
  return sampleRankCorrelation(list(x), list(y));
}
