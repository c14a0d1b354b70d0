/** GARCH and EGARCH against arch, the best of eight of its fits: fixtures of parity/garch.py. Returns are in percent. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fitGarch } from '../../src/volatility/garch-fit.js';
import { readGarchOptions } from '../../src/volatility/garch-options.js';
import { GarchProblem } from '../../src/volatility/garch-problem.js';
import { makeSample } from '../../src/volatility/garch-sample.js';
import type { GarchFit, GarchOptions } from '../../src/volatility/garch-types.js';
import type { Comparison, FixtureCase, Tolerance } from '../comparison.js';
import { numberOf, numbersOf, PROJECT_ROOT } from '../comparison.js';

const LIKELIHOOD: Tolerance = {
  rel: 1e-12,
  abs: 1e-10,
  reason:
    'arch adds logarithms one by one and in pairs, ours takes them of eight variances at once; with hundreds of degrees ' +
    'of freedom, arch takes two logarithms of Gamma of hundreds apart (there ours is within 1e-14 of the exact value)',
  measured: 9.7e-13,
};
const OPTIMUM: Tolerance = {
  scaled: 1e-8,
  reason:
    'arch may break its bound on the persistence by 1e-8, which is worth as much; a higher maximum of ours is no fault',
  measured: 4.3e-10,
};
const FORECAST: Tolerance = {
  abs: 1e-4,
  rel: 1e-5,
  reason: 'the slopes of arch are differences, so that its parameters are good for about half of the digits',
  measured: 4.7e-7,
};
const PARAMETERS: Tolerance = { abs: 1e-4, rel: 1e-4, reason: FORECAST.reason, measured: 9.97e-5 };
const HIGHER: Tolerance = {
  rel: 1e-10,
  reason: 'the same likelihood; the parameters stand in the list with ten digits',
  measured: 4.9e-13,
};
const ERRORS: Tolerance = {
  rel: 1e-3,
  reason:
    'arch takes second derivatives by differences of the likelihood, ours by differences of its exact gradient',
  measured: 1.2e-4,
};
interface Theirs {
  readonly optimum: number;
  readonly forecast: readonly number[];
  /** Where the mean is fitted: the forecast from the variances of the fit. */
  readonly continued?: readonly number[];
  readonly params: readonly number[];
  /** Its likelihood at our parameters, where ours is the higher maximum. */
  readonly higher?: number;
}

const BURN = 250;
/** Log-likelihoods this near are of one place; there, forecasts and parameters have to agree. */
const SAME = 1e-6;

const series = new Map<string, Float64Array>();

/** Returns of a case: of a market file, or simulated as parity/garch.py does. */
export function returnsOf({ inputs }: FixtureCase): Float64Array {
  const key = JSON.stringify(inputs);
  const known = series.get(key);
  if (known !== undefined) return known;
  const made =
    typeof inputs.market === 'string'
      ? marketReturns(inputs.market, String(inputs.column))
      : simulate(inputs);
  series.set(key, made);
  return made;
}

const tables = new Map<string, readonly (readonly string[])[]>();

/** The cells of a market file, the header first. */
function tableOf(path: string): readonly (readonly string[])[] {
  let table = tables.get(path);
  if (table === undefined) {
    const text = gunzipSync(readFileSync(`${PROJECT_ROOT}/fixtures/${path}`)).toString();
    table = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    tables.set(path, table);
  }
  return table;
}

function marketReturns(path: string, column: string): Float64Array {
  const [header = [], ...rows] = tableOf(path);
  const at = header.indexOf(column);
  const prices = rows.map((row) => Number(row[at]));
  return Float64Array.from(prices.slice(1), (price, i) => (price / (prices[i] as number) - 1) * 100);
}

function simulate(inputs: FixtureCase['inputs']): Float64Array {
  const [n, alpha, beta, gamma, freedom] = ['n', 'alpha', 'beta', 'gamma', 'freedom'].map((key) =>
    numberOf(inputs, key),
  ) as [number, number, number, number, number];
  const state = new Int32Array([numberOf(inputs, 'seed')]);
  const normal = (): number => {
    // A local number: one that a closure keeps is boxed where it passes 2^31.
    let bits = state[0] as number;
    let total = 0;
    for (let i = 0; i < 12; i++) {
      bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
      total += bits >>> 0;
    }
    state[0] = bits;
    return total / 4294967296 - 6;
  };
  const values = new Float64Array(n);
  const omega = 1 - alpha - beta - 0.5 * gamma;
  let variance = 1;
  for (let t = -BURN; t < n; t++) {
    let z = normal();
    if (freedom > 0) {
      let squares = 0;
      for (let i = 0; i < freedom; i++) {
        const y = normal();
        squares += y * y;
      }
      z = z * Math.sqrt((freedom - 2) / squares);
    }
    const e = z * Math.sqrt(variance);
    if (t >= 0) values[t] = e;
    variance = omega + (e < 0 ? alpha + gamma : alpha) * (e * e) + beta * variance;
  }
  return values;
}

/** The options of a case, without what arch found. */
export function optionsOf({ params }: FixtureCase): GarchOptions {
  const { arch: _, stalled: _likelihood, ...options } = params;
  return options as GarchOptions;
}

/** The likelihood in percent, not standardised, as arch has it. */
export function problemInPercent(returns: Float64Array, options: GarchOptions): GarchProblem {
  const plan = readGarchOptions(options);
  const sample = makeSample(returns, plan.mean);
  if (sample === undefined) throw new RangeError('the returns do not vary');
  const { means, scale } = sample;
  const values = returns.subarray(means === 2 ? 1 : 0);
  const design = sample.design.map((value, i) =>
    i % 2 === 1 && means === 2 ? (returns[(i - 1) / 2] as number) : value,
  );
  const start = sample.start.map((value, i) => (i === 0 ? value * scale : value));
  return new GarchProblem({ scale: 1, values, means, design, start }, plan);
}

/** Log-likelihood and forecasts of ours at arch's parameters. */
export function atArch(c: FixtureCase): { likelihood: number; lastVariance: number } {
  const problem = problemInPercent(returnsOf(c), optionsOf(c));
  const parameters = numbersOf(c.params, 'arch');
  if (problem.shapes > 0) parameters[problem.shapeAt] = 1 / (parameters[problem.shapeAt] as number);
  const likelihood = problem.density(parameters);
  return { likelihood, lastVariance: problem.variances.at(-1) as number };
}

const fits = new Map<string, GarchFit>();

export function fitOf(c: FixtureCase): GarchFit {
  const known = fits.get(c.case);
  if (known !== undefined) return known;
  const fit = fitGarch(returnsOf(c), optionsOf(c));
  fits.set(c.case, fit);
  return fit;
}

export function parametersOf({ params }: GarchFit): number[] {
  return rowOf(params);
}

/** The parameters, or their errors, in a row. */
function rowOf({ mu, phi, omega, alpha, gamma, beta, nu, lambda }: GarchFit['params']): number[] {
  return [mu, phi, omega, ...alpha, ...gamma, ...beta, nu, lambda].filter((value) => value !== undefined);
}

function isSame(c: FixtureCase): boolean {
  return Math.abs(fitOf(c).logLikelihood - theirsOf(c).optimum) <= SAME;
}

/** Our maximum, or theirs where ours is higher and stands in the list: that is no fault. */
function optimumOf(c: FixtureCase): number {
  const { logLikelihood } = fitOf(c);
  const { optimum, higher } = theirsOf(c);
  if (logLikelihood > optimum + SAME && higher === undefined) {
    throw new RangeError(`ours is higher by ${logLikelihood - optimum}: list it in parity/garch_higher.json`);
  }
  return Math.min(logLikelihood, optimum);
}

function theirsOf(c: FixtureCase): Theirs {
  return c.expected as Theirs;
}

function comparisonsOf(name: string, horizon: number): Comparison[] {
  const fixture = `volatility/${name}.json`;
  return [
    {
      fixture,
      functions: ['fitGarch'],
      parts: ['likelihood', 'lastVariance'],
      run: atArch,
      tolerance: LIKELIHOOD,
    },
    {
      fixture,
      functions: ['fitGarch'],
      parts: ['optimum'],
      run: (c) => ({ optimum: optimumOf(c) }),
      tolerance: OPTIMUM,
      scale: (c) => fitOf(c).observations,
    },
    {
      fixture,
      functions: ['fitGarch', 'garchForecast'],
      parts: ['forecast'],
      run: (c) => ({ forecast: isSame(c) ? fitOf(c).forecast(horizon) : theirsOf(c).forecast }),
      tolerance: FORECAST,
    },
    {
      fixture,
      functions: ['fitGarch'],
      parts: ['continued'],
      run: (c) => ({ continued: isSame(c) ? fitOf(c).forecast(horizon) : theirsOf(c).continued }),
      tolerance: FORECAST,
    },
    {
      fixture,
      functions: ['fitGarch'],
      parts: ['params'],
      run: (c) => ({ params: isSame(c) ? parametersOf(fitOf(c)) : theirsOf(c).params }),
      tolerance: PARAMETERS,
    },
    {
      fixture,
      functions: ['fitGarch'],
      parts: ['higher'],
      // Where our maximum is the higher one, arch was asked for the likelihood at our parameters.
      run: (c) => ({ higher: fitOf(c).logLikelihood }),
      tolerance: HIGHER,
    },
  ];
}

/** Parameters in percent of the fit of the decimals, on which arch stops at its start. */
function fromDecimals(c: FixtureCase): number[] {
  const fit = fitGarch(
    returnsOf(c).map((value) => value / 100),
    optionsOf(c),
  );
  const start = numberOf(c.params, 'stalled');
  if (!(fit.logLikelihood > start)) throw new RangeError(`${fit.logLikelihood} is no higher than ${start}`);
  const { omega, alpha, beta } = fit.params;
  return [1e4 * omega, ...alpha, ...beta];
}

export const comparisons: readonly Comparison[] = [
  ...comparisonsOf('garch', 5),
  // arch has no analytic forecast of EGARCH beyond the next period.
  ...comparisonsOf('egarch', 1),
  {
    fixture: 'volatility/garch.json',
    functions: ['fitGarch'],
    parts: ['decimals'],
    run: (c) => ({ decimals: fromDecimals(c) }),
    tolerance: PARAMETERS,
  },
  {
    fixture: 'volatility/garch.json',
    functions: ['fitGarch'],
    parts: ['stdErrors'],
    run: (c) => {
      const errors = fitOf(c).stdErrors;
      return { stdErrors: errors && { robust: rowOf(errors.robust), hessian: rowOf(errors.hessian) } };
    },
    tolerance: ERRORS,
  },
];
