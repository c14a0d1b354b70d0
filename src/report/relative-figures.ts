/** The figures that compare the strategy with its benchmark. */
import type { BenchmarkMetrics } from '../metrics/index.js';
import { numberText, percentText, signedPercentText } from './format.js';

export interface RelativeFigure {
  readonly label: string;
  /** One line, for a tooltip. */
  readonly formula: string;
  readonly text: string;
}

/** The comparison as rows of a table; what is not defined is an en dash. */
export function relativeFigures(metrics: BenchmarkMetrics): RelativeFigure[] {
  return [
    {
      label: 'Excess return per year',
      formula: 'CAGR of the strategy − CAGR of the benchmark',
      text: signedPercentText(metrics.excessReturn),
    },
    {
      label: 'Alpha per year',
      formula: '(mean of (r − risk-free) − beta × mean of (b − risk-free)) × periods per year',
      text: signedPercentText(metrics.alpha),
    },
    { label: 'Beta', formula: 'covariance of r and b / variance of b', text: numberText(metrics.beta) },
    {
      label: 'Correlation',
      formula: 'Pearson correlation of r and b',
      text: numberText(metrics.correlation),
    },
    {
      label: 'Tracking error',
      formula: 'standard deviation of (r − b) × √(periods per year)',
      text: percentText(metrics.trackingError),
    },
    {
      label: 'Information ratio',
      formula: 'mean of (r − b) / standard deviation of (r − b) × √(periods per year)',
      text: numberText(metrics.informationRatioAnnual),
    },
    {
      label: 'Up capture',
      formula: 'yearly growth of r / yearly growth of b, over the periods in which b gains',
      text: percentText(metrics.upCapture, 1),
    },
    {
      label: 'Down capture',
      formula: 'yearly growth of r / yearly growth of b, over the periods in which b loses',
      text: percentText(metrics.downCapture, 1),
    },
  ];
}
