/** The public names of the statistics. */
export { type Correlation, type CorrelationOptions, kendall, pearson, spearman } from './correlation.js';
export {
  erf,
  erfc,
  gammaFunction,
  incompleteBeta,
  incompleteBetaInverse,
  incompleteGamma,
  incompleteGammaUpper,
  lgamma,
  normalCdf,
  normalPdf,
  normalQuantile,
  normalSurvival,
  studentTCdf,
  studentTPdf,
  studentTQuantile,
  studentTSurvival,
  studentTTwoSided,
} from './distributions.js';
export { type BlockLength, optimalBlockLength } from './block-length.js';
export {
  type BootstrapInterval,
  type BootstrapOptions,
  type IntervalMethod,
  type Statistic,
  stationaryBootstrap,
} from './bootstrap.js';
export {
  kurtosis,
  mean,
  type Moments,
  type MomentsOptions,
  moments,
  type ShapeOptions,
  type SpreadOptions,
  sampleVariance,
  skewness,
  standardDeviation,
} from './moments.js';
export { median, type QuantileMethod, type QuantileOptions, quantile, quantiles } from './quantile.js';
export {
  type IcSeries,
  type IcSeriesOptions,
  icSeries,
  type InformationCoefficient,
  type InformationCoefficientOptions,
  informationCoefficient,
} from './information-coefficient.js';
export { quantileSpread, quintileSpread } from './quantile-spread.js';
