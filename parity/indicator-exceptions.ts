/** Where TA-Lib's answer is not the right one, so that ours may differ from it. Anything else that differs is a bug. */
import {
  referenceAtr,
  referenceBbands,
  referenceBeta,
  referenceCorrel,
  referenceEma,
  referenceLinearReg,
  referenceMacd,
  referenceRsi,
  referenceSma,
  referenceStddev,
  referenceSum,
  referenceVariance,
  referenceWma,
} from '../src/reference/indicators.js';
import { type Answer, ask } from './indicator-answers.js';

/** One call: the series in the order of the function, then its parameters. */
export interface Question {
  readonly name: string;
  readonly series: readonly Float64Array[];
  readonly parameters: readonly (number | string)[];
}

/**
 * Why an answer may differ. Either the exact twin says that ours is nearer, or rounding errors alone decide:
 *
 * - the phase that `mama` takes from a price that stands still,
 * - the ratio by which `kama` follows a line that stands still, such as a %K that stays at 100, which comes out as
 *   99.99999999999987 now and then,
 * - the bar at which a stop reaches a price that never moves.
 */
export type Exception =
  'rounding-of-ta-lib' | 'phase-of-a-flat-price' | 'kama-of-what-stands-still' | 'stop-at-a-constant-price';

type Twin = (series: readonly ArrayLike<number>[], parameters: readonly number[]) => Record<string, number[]>;

const DEGREES = 180 / Math.PI;

/** The exact answers, of the functions for which there is a twin. */
const TWINS: Readonly<Record<string, Twin>> = {
  sma: ([close], [period]) => ({ sma: referenceSma(close!, period!) }),
  ema: ([close], [period]) => ({ ema: referenceEma(close!, period!) }),
  wma: ([close], [period]) => ({ wma: referenceWma(close!, period!) }),
  rollingSum: ([values], [period]) => ({ rollingSum: referenceSum(values!, period!) }),
  stddev: ([values], [period, factor]) => ({ stddev: referenceStddev(values!, period!, factor!) }),
  variance: ([values], [period]) => ({ variance: referenceVariance(values!, period!) }),
  bbands: ([close], [period, up, down]) => referenceBbands(close!, period!, up!, down!),
  macd: ([close], [fast, slow, signal]) => referenceMacd(close!, fast!, slow!, signal!),
  rsi: ([close], [period]) => ({ rsi: referenceRsi(close!, period!) }),
  atr: ([high, low, close], [period]) => ({
    atr: referenceAtr({ high: high!, low: low!, close: close! }, period!),
  }),
  correl: ([x, y], [period]) => ({ correl: referenceCorrel(x!, y!, period!) }),
  beta: ([x, y], [period]) => ({ beta: referenceBeta(x!, y!, period!) }),
  linearReg: ([values], [period]) => ({ linearReg: referenceLinearReg(values!, period!).end }),
  linearRegSlope: ([values], [period]) => ({ linearRegSlope: referenceLinearReg(values!, period!).slope }),
  linearRegIntercept: ([values], [period]) => ({
    linearRegIntercept: referenceLinearReg(values!, period!).intercept,
  }),
  linearRegAngle: ([values], [period]) => ({
    linearRegAngle: referenceLinearReg(values!, period!).slope.map((slope) => Math.atan(slope) * DEGREES),
  }),
  tsf: ([values], [period]) => ({ tsf: referenceLinearReg(values!, period!).next }),
};

/** What the twin of a function gives; undefined where there is none, or none for these parameters. */
export function exactAnswer({ name, series, parameters }: Question): Answer | undefined {
  const twin = TWINS[name];
  const numbers = parameters.filter((parameter) => typeof parameter === 'number');
  if (twin === undefined || parameters.some((word) => typeof word === 'string' && word !== 'sma'))
    return undefined;
  const n = series[0]!.length;
  let start = 0;
  while (start < n && series.some((values) => Number.isNaN(values[start]))) start++;
  const found = twin(
    series.map((values) => values.subarray(start)),
    numbers,
  );
  const whole = (part: readonly number[]): Float64Array => {
    const out = new Float64Array(n).fill(NaN);
    out.set(part, start);
    return out;
  };
  return Object.fromEntries(Object.entries(found).map(([key, part]) => [key, whole(part)]));
}

/** Bars in a row with one price from which the phase of `mama` is one of rounding errors. */
const FLAT = 10;
/** Two values of a line nearer than this differ by rounding: lines are asked at prices around 1 and above. */
const STILL = 1e-9;

/**
 * Why TA-Lib may differ from ours here; undefined when nothing says so. `apart` is how far two answers are apart: ours
 * may be no farther from the exact one than TA-Lib's.
 */
export function exceptionOf(
  question: Question,
  ours: Answer,
  theirs: Answer,
  apart: (a: Answer, b: Answer) => number,
): Exception | undefined {
  const exact = exactAnswer(question);
  if (exact !== undefined)
    return apart(ours, exact) <= apart(theirs, exact) ? 'rounding-of-ta-lib' : undefined;
  const { name, series, parameters } = question;
  const run = longestRun(series[0]!, 0);
  if ((name === 'mama' || parameters.includes('mama')) && run >= FLAT) return 'phase-of-a-flat-price';
  if ((name === 'sar' || name === 'sarExt') && run === series[0]!.length) return 'stop-at-a-constant-price';
  const line = parameters.includes('kama') ? smoothedLine(question) : undefined;
  return line !== undefined && longestRun(line, STILL) > 1 ? 'kama-of-what-stands-still' : undefined;
}

/** The line that an average of a second kind smooths: the raw %K, or the difference of two averages. */
function smoothedLine({ name, series, parameters }: Question): Float64Array | undefined {
  const [a, b, c, d] = parameters;
  if (name === 'stochRsi') return ask(name, series, [a, b, 1, 'sma']).fastK;
  if (name === 'stoch' || name === 'stochF') return ask('stochF', series, [a, 1, 'sma']).fastK;
  return name === 'macdExt' ? ask(name, series, [a, b, c, d, 1, 'sma']).macd : undefined;
}

/** Most values in a row of which none is farther than `reach` from the one before. */
function longestRun(values: Float64Array, reach: number): number {
  let longest = 1;
  let run = 1;
  for (let i = 1; i < values.length; i++) {
    run = Math.abs(values[i]! - values[i - 1]!) <= reach ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
