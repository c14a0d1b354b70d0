/** The expected returns that an optimizer works on. */
import { columnMeans } from '../../kernels/linalg/covariance.js';
import { checkFinite, checkLength, toFloat64, type Vec } from '../check.js';
import type { ReturnSample } from './sample.js';

/** Expected returns of each asset, for the optimizers that weigh them against risk. */
export interface ExpectedReturnOptions {
  /** N expected returns of one period, as decimals; default the means of the columns. */
  readonly expectedReturns?: Vec;
}

/** N expected returns of a period: what the caller gave, else the mean of every column. */
export function readExpectedReturns(option: Vec | undefined, sample: ReturnSample): Float64Array {
  if (option !== undefined) {
    const values = toFloat64('expectedReturns', option);
    checkLength('expectedReturns', values.length, sample.cols, 'symbols');
    checkFinite('expectedReturns', values);
    return values;
  }
  const means = new Float64Array(sample.cols);
  columnMeans(sample.data, sample.rows, sample.cols, means);
  return means;
}
