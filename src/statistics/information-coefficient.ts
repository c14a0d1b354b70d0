/** How well scores foretold returns: on one day, and over the days of a panel. */
import { longRunVariance } from '../../kernels/stats/long-run-variance.js';
import { squaredDeviations } from '../../kernels/stats/moments.js';
import { normalSurvival } from '../../kernels/special/normal-cdf.js';
import { pow } from '../../kernels/special/pow.js';
import { studentTTwoSided } from '../../kernels/special/student-t.js';
import { sum } from '../../kernels/stats/sum.js';
import { checkInteger, checkKeys, isMatrix, type Mat, type Vec } from '../check.js';
import { ShapeError, ValidationError } from '../errors.js';
import { checkNoInfinity, correlationT, pairOf, rankFit, type SortRoom, sortRoom } from './paired.js';
import { QUANTILES_DEFAULT, quantileSize, spreadOf } from './quantile-spread.js';

/** What `informationCoefficient` gives. */
export interface InformationCoefficient {
  /** Spearman's correlation of the scores with the returns. */
  readonly ic: number;
  /** Two-sided p-value of it. */
  readonly pValue: number;
  /** ic √((n − 2) / (1 − ic²)). */
  readonly tStat: number;
  /** Mean return of the highest scores less that of the lowest: `quantileSpread`. */
  readonly spread: number;
  /** How many scores there were. */
  readonly n: number;
}

/** Options of `informationCoefficient`. */
export interface InformationCoefficientOptions {
  /** Parts for the spread, 1 to n (default 5). */
  readonly nQuantiles?: number;
}

/** Options of `icSeries`. */
export interface IcSeriesOptions {
  /** Neighbouring periods that the Newey–West statistic takes for related, 0 or more (default 4 (n / 100)^(2/9)). */
  readonly lags?: number;
}

/** What `icSeries` gives. */
export interface IcSeries {
  /** Information coefficient of every period; NaN where there is none. */
  readonly ics: Float64Array;
  /** Symbols of every period with both a score and a return. */
  readonly counts: Int32Array;
  /** Periods that have a coefficient: the figures below are of these. */
  readonly n: number;
  /** Mean of the coefficients; NaN for none. */
  readonly mean: number;
  /** Their sample standard deviation; NaN for fewer than two. */
  readonly std: number;
  /** mean / std: the information ratio of one period. */
  readonly informationRatio: number;
  /** mean / (std / √n), for coefficients that are unrelated to one another. */
  readonly tStat: number;
  /** Two-sided p-value of `tStat`, from Student's t with n − 1 degrees of freedom. */
  readonly pValue: number;
  /** The mean over its Newey–West standard error, which counts in that neighbouring coefficients are alike. */
  readonly tStatNeweyWest: number;
  /** Two-sided p-value of `tStatNeweyWest`, from the normal distribution. */
  readonly pValueNeweyWest: number;
  /** Lags that were used. */
  readonly lags: number;
}

/**
 * Information coefficient: Spearman's correlation of scores with the returns that followed.
 *
 * scores   n numbers, one for each symbol; infinities are ranked
 * returns  n numbers, as decimals; an infinity throws `NonFiniteError`
 * options  `nQuantiles` for the spread (5), at most n
 *
 * A NaN on either side makes all but n NaN; constant scores or returns leave the spread alone. The t-statistic is
 * infinite where the coefficient is 1 or −1. Throws `ShapeError` for different lengths, `ValidationError` for a bad
 * option. O(n). Source: as `spearman` and `quantileSpread`.
 */
export function informationCoefficient(
  scores: Vec,
  returns: Vec,
  options: InformationCoefficientOptions = {},
): InformationCoefficient {
  checkKeys('options', options, ['nQuantiles']);
  const pair = pairOf('scores', scores, 'returns', returns);
  const { n } = pair;
  const size = quantileSize(n, options.nQuantiles ?? QUANTILES_DEFAULT);
  checkNoInfinity('returns', pair.y);
  if (pair.missing) return { ic: NaN, pValue: NaN, tStat: NaN, spread: NaN, n };
  const room = sortRoom(n);
  const fit = rankFit(pair, room);
  const spread = spreadOf(room.pairs, pair.y, size);
  if (fit === undefined) return { ic: NaN, pValue: NaN, tStat: NaN, spread, n };
  const tStat = correlationT(fit, n);
  return { ic: fit.r, pValue: studentTTwoSided(tStat, n - 2), tStat, spread, n };
}

/**
 * Information coefficient of every period of a panel, and what their series says.
 *
 * scores   one row a period, one column a symbol; a NaN leaves the symbol out of its period
 * returns  of the same shape, the return that followed each score; a NaN likewise, an infinity throws
 * options  `lags` of the Newey–West statistic, of which no more than n − 1 count
 *
 * A period with fewer than two symbols, or with constant scores or returns, has no coefficient (NaN) and does not
 * count; the others follow one another as if they were neighbours. A statistic is NaN for fewer than two periods and
 * infinite where the coefficients never vary. Throws `ShapeError` for different shapes, `ValidationError` for a bad
 * option, `NonFiniteError`. O(rows × columns + rows × lags). Source: Spearman as `spearman`; Newey and West 1987,
 * Bartlett weights, no correction for the size of the sample; default lags Newey and West 1994.
 */
export function icSeries(scores: Mat, returns: Mat, options: IcSeriesOptions = {}): IcSeries {
  checkKeys('options', options, ['lags']);
  const asked =
    options.lags === undefined ? undefined : checkInteger('lags', options.lags, 0, Number.MAX_SAFE_INTEGER);
  checkMatrix('scores', scores);
  checkMatrix('returns', returns);
  const { rows, cols } = scores;
  if (returns.rows !== rows || returns.cols !== cols) {
    throw new ShapeError(
      'returns',
      `${returns.rows} × ${returns.cols}`,
      `${rows} × ${cols}, as scores`,
      'pass two matrices of one shape',
    );
  }
  checkNoInfinity('returns.data', returns.data);
  const ics = new Float64Array(rows);
  const counts = new Int32Array(rows);
  const room = sortRoom(cols);
  const x = new Float64Array(cols);
  const y = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    let n = 0;
    for (let cell = i * cols; cell < (i + 1) * cols; cell++) {
      const score = scores.data[cell]!;
      const gain = returns.data[cell]!;
      if (Number.isNaN(score) || Number.isNaN(gain)) continue;
      x[n] = score;
      y[n] = gain;
      n++;
    }
    counts[i] = n;
    ics[i] = coefficient(x.subarray(0, n), y.subarray(0, n), room);
  }
  return {
    ics,
    counts,
    ...overTime(
      ics.filter((ic) => !Number.isNaN(ic)),
      asked,
    ),
  };
}

function coefficient(x: Float64Array, y: Float64Array, room: SortRoom): number {
  return rankFit({ x, y, n: x.length, missing: false }, room)?.r ?? NaN;
}

/** Mean, spread and t-statistics of the coefficients. */
function overTime(ics: Float64Array, asked: number | undefined): Omit<IcSeries, 'ics' | 'counts'> {
  const n = ics.length;
  const lags = Math.max(0, Math.min(asked ?? Math.floor(4 * pow(n / 100, 2 / 9)), n - 1));
  const mean = n > 0 ? sum(ics, 0, n) / n : NaN;
  const std = n > 1 ? Math.sqrt(squaredDeviations(ics, mean) / (n - 1)) : NaN;
  const informationRatio = mean / std;
  const tStat = informationRatio * Math.sqrt(n);
  const spread = Math.max(
    0,
    longRunVariance(
      ics.map((ic) => ic - mean),
      lags,
    ),
  );
  const tStatNeweyWest = n > 1 ? mean / Math.sqrt(spread / n) : NaN;
  return {
    n,
    mean,
    std,
    informationRatio,
    tStat,
    pValue: studentTTwoSided(tStat, n - 1),
    tStatNeweyWest,
    pValueNeweyWest: 2 * normalSurvival(Math.abs(tStatNeweyWest)),
    lags,
  };
}

function checkMatrix(field: string, given: unknown): void {
  if (isMatrix(given)) return;
  throw new ValidationError(
    field,
    given,
    'a matrix {data: Float64Array, rows, cols} with rows × cols cells',
    'pass one row a period and one column a symbol',
  );
}
