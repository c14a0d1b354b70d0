/** GARCH fits of many series. */
import { checkLength, isMatrix, type Mat, type Vec } from '../check.js';
import { ValidationError } from '../errors.js';
import { fitGarch } from './garch-fit.js';
import { readGarchOptions } from './garch-options.js';
import type { GarchFit, GarchOptions } from './garch-types.js';

/**
 * Fits the same model to each of several series, in this thread.
 *
 * returns  one series a symbol, of any lengths; or a matrix, a symbol a column
 * options  as for `fitGarch`
 *
 * Gives one fit a series, in their order; each is what `fitGarch` gives for it alone. Throws as `fitGarch` at the first
 * series that is no row of finite numbers. `fitManyAsync` of `nb-backtest/node` does it on all processors.
 */
export function fitMany(returns: readonly Vec[] | Mat, options: GarchOptions = {}): GarchFit[] {
  readGarchOptions(options);
  return Array.from(seriesOf(returns), (series) => fitGarch(series, options));
}

/** The series one by one; those of a matrix are copies. Throws `ValidationError` and `ShapeError` for what is neither. */
export function* seriesOf(returns: readonly Vec[] | Mat): Generator<Vec, void, void> {
  if (Array.isArray(returns)) {
    yield* returns as readonly Vec[];
    return;
  }
  const { data, rows, cols } = checkMatrix(returns as Mat);
  for (let j = 0; j < cols; j++) {
    const series = new Float64Array(rows);
    for (let t = 0; t < rows; t++) series[t] = data[t * cols + j]!;
    yield series;
  }
}

/** How many series there are. */
export function countSeries(returns: readonly Vec[] | Mat): number {
  return Array.isArray(returns) ? returns.length : checkMatrix(returns as Mat).cols;
}

function checkMatrix(returns: Mat): Mat {
  const { data, rows, cols } = Object(returns) as Partial<Mat>;
  if (data instanceof Float64Array && data.length !== rows! * cols!) {
    checkLength('returns.data', data.length, rows! * cols!, 'rows times cols');
  }
  if (!isMatrix(returns) || cols === 0) {
    throw new ValidationError(
      'returns',
      returns,
      'a list of series, or a matrix of data, rows and cols with a column or more',
      'pass one array of returns a symbol',
    );
  }
  return returns;
}
