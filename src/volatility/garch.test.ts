import t from 'tap';
import { ConvergenceError, InsufficientDataError, NonFiniteError, ValidationError } from '../errors.js';
import { fitGarch } from './garch-fit.js';
import { fitMany } from './garch-many.js';
import { simulateGarch } from './garch-simulate.js';
import type { GarchFit, GarchOptions } from './garch-types.js';
import { ewmaForecast, garchForecast } from './garch.js';

const WAVE = Float64Array.from(
  { length: 500 },
  (_, i) => ((((7919 * i) % 1009) - 504) / 300) * (1 + 0.5 * Math.sin(i / 25)),
);

function near(actual: number, expected: number, relative: number): boolean {
  return Math.abs(actual - expected) <= relative * Math.abs(expected);
}

/** Every number of a fit but those with a unit of their own. */
function numbersOf({ params, logLikelihood, forecastVariance }: GarchFit): number[] {
  const { mu = 0, phi = 0, omega, alpha, gamma, beta, nu = 0, lambda = 0 } = params;
  return [mu, phi, omega, ...alpha, ...gamma, ...beta, nu, lambda, logLikelihood, forecastVariance];
}

t.test('the maximum of a series with beta at its bound is the one that arch finds', (t) => {
  const fit = fitGarch(WAVE);
  // arch 8.0.0 at its default tolerance, which is good for four digits of the parameters.
  t.ok(near(fit.params.omega, 0.25071509937926745, 1e-6));
  t.ok(near(fit.params.alpha[0]!, 0.8237060471407012, 1e-6));
  t.same(fit.params.beta, [0]);
  t.ok(near(fit.logLikelihood, -648.2062801284499, 1e-14));
  t.ok(near(fit.forecastVariance, 0.7858566053689928, 1e-6));
  t.equal(fit.method, 'mle');
  t.ok(near(garchForecast(WAVE), Math.sqrt(fit.forecastVariance), 1e-15));
  t.ok(near(fit.aic, 2 * 3 + 2 * 648.2062801284499, 1e-14));
  t.ok(near(fit.bic, 3 * Math.log(500) + 2 * 648.2062801284499, 1e-14));
  t.ok(Number.isNaN(fit.stdErrors!.robust.beta[0]));
  t.end();
});

t.test('percent and decimals, and any other unit, give the same answer', (t) => {
  const wrong: string[] = [];
  const law = { omega: 0.05, alpha: [0.08], gamma: [], beta: [0.87], nu: 6 };
  const drawn = simulateGarch({ params: law, dist: 't' }, 300, { seed: 1 }).returns;
  const models: readonly GarchOptions[] = [
    {},
    { mean: 'ar1', dist: 't' },
    { o: 1, dist: 'skewt', mean: 'constant' },
  ];
  for (const options of models) {
    const fit = fitGarch(drawn, options);
    for (const unit of options.dist === undefined ? [100, 0.01, 1e120, 1e-140] : [100, 0.01]) {
      const other = fitGarch(
        drawn.map((x) => x * unit),
        options,
      );
      const { params } = other;
      const back = numbersOf({
        ...other,
        params: {
          ...params,
          ...(params.mu === undefined ? {} : { mu: params.mu / unit }),
          omega: params.omega / unit / unit,
        },
        logLikelihood:
          other.logLikelihood + 300 * Math.log(unit) - (options.mean === 'ar1' ? Math.log(unit) : 0),
        forecastVariance: other.forecastVariance / unit / unit,
      });
      // The searches end where a step promises 1e-11 of log-likelihood, and take it (worst of 320 such pairs: 6e-7).
      const off = numbersOf(fit).some(
        (x, i) => !(Math.abs(x - back[i]!) <= 1e-6 * Math.max(1e-2, Math.abs(x))),
      );
      if (off) wrong.push(`${JSON.stringify(options)} ${unit}: ${back}, not ${numbersOf(fit)}`);
    }
  }
  t.same(wrong, []);
  t.end();
});

t.test('a unit that is a power of two changes no bit', (t) => {
  const unit = 2 ** -40;
  const { params, forecastVariance, stdResiduals } = fitGarch(WAVE, { p: 2, o: 1, q: 2, dist: 't' });
  const small = fitGarch(
    WAVE.map((x) => x * unit),
    { p: 2, o: 1, q: 2, dist: 't' },
  );
  t.same(small.params, { ...params, omega: params.omega * unit * unit });
  t.equal(small.forecastVariance, forecastVariance * unit * unit);
  t.same(small.stdResiduals, stdResiduals);
  t.end();
});

t.test('series of any shape have a finite answer that says what it is', (t) => {
  const at = (n: number, value: (i: number) => number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => value(i));
  const wave = (i: number): number => WAVE[i % 500]!;
  const shapes: Readonly<Record<string, Float64Array>> = {
    'zeros, then returns': at(130, (i) => (i < 80 ? 0 : wave(i))),
    'returns, then zeros': at(130, (i) => (i < 80 ? wave(i) : 0)),
    'one return': at(100, (i) => (i === 50 ? 1 : 0)),
    'the first return alone': at(100, (i) => (i === 0 ? 1 : 0)),
    'the last return alone': at(100, (i) => (i === 99 ? 1 : 0)),
    'up and down': at(100, (i) => (i % 2 === 0 ? 1 : -1)),
    'nine zeros for one return': at(200, (i) => (i % 10 === 0 ? wave(i) : 0)),
    'one return of a billion': at(100, (i) => (i === 50 ? 1e9 : wave(i))),
    'a volatility that grows a hundred decades': at(200, (i) => wave(i) * 10 ** (i / 2)),
    'a mean of a million': at(100, (i) => 1e6 + wave(i)),
    'a mean of all digits': at(100, (i) => 1e15 + wave(i)),
    'twenty returns': at(20, wave),
  };
  const models: readonly GarchOptions[] = [
    {},
    { mean: 'constant', dist: 't' },
    { o: 1 },
    { q: 2, varianceTargeting: true },
    { model: 'egarch', o: 1 },
  ];
  const wrong: string[] = [];
  for (const [name, returns] of Object.entries(shapes)) {
    for (const options of models) {
      const fit = fitGarch(returns, options);
      const { params, forecastVariance: next, conditionalVariance, converged, status, method } = fit;
      const numbers = [next, ...Object.values(params).flat(), ...conditionalVariance, ...fit.stdResiduals];
      const told =
        converged === (status === 'converged') &&
        converged === (method === 'mle') &&
        converged === Number.isFinite(fit.logLikelihood);
      if (!told || !(next >= 0) || !numbers.every(Number.isFinite))
        wrong.push(`${name}, ${JSON.stringify(options)}: ${status} ${method} ${next}`);
    }
  }
  t.same(wrong, []);
  t.end();
});

t.test('a model with more lags is never less likely than one with fewer', (t) => {
  const likelihood = (options: GarchOptions): number => fitGarch(WAVE, options).logLikelihood;
  const plain = likelihood({});
  for (const more of [{ p: 2 }, { q: 2 }, { p: 3, q: 3 }, { o: 1 }, { mean: 'constant' }] as const) {
    t.ok(likelihood(more) >= plain - 1e-6, JSON.stringify(more));
  }
  t.end();
});

t.test('forecasts of GARCH(1, 1) go to the long-run variance by its persistence', (t) => {
  const returns = simulateGarch(
    { params: { omega: 0.05, alpha: [0.08], gamma: [], beta: [0.87] }, dist: 'normal' },
    2000,
    {
      seed: 3,
    },
  ).returns;
  const fit = fitGarch(returns);
  const { omega, alpha, beta } = fit.params;
  const persistence = alpha[0]! + beta[0]!;
  const longRun = omega / (1 - persistence);
  const path = fit.forecast(50);
  t.equal(path[0], fit.forecastVariance);
  let expected = path[0]! - longRun;
  t.ok(
    path.every((variance) => {
      const right = near(variance - longRun, expected, 1e-9);
      expected *= persistence;
      return right;
    }),
  );
  // Within four standard errors of what it was drawn from.
  const { robust, hessian } = fit.stdErrors!;
  t.ok(Math.abs(alpha[0]! - 0.08) < 4 * robust.alpha[0]!);
  t.ok(Math.abs(beta[0]! - 0.87) < 4 * hessian.beta[0]!);
  const spread = fit.stdResiduals.reduce((sum, z) => sum + z * z, 0) / 2000;
  t.ok(Math.abs(spread - 1) < 0.02);
  const last = returns[1999]!;
  const next = omega + alpha[0]! * last * last + beta[0]! * fit.conditionalVariance[1999]!;
  t.ok(near(fit.forecastVariance, next, 1e-12));
  t.end();
});

t.test('variance targeting makes the long-run variance that of the returns', (t) => {
  const { params } = fitGarch(WAVE, { varianceTargeting: true, o: 1 });
  const longRun = params.omega / (1 - params.alpha[0]! - params.gamma[0]! / 2 - params.beta[0]!);
  const square = WAVE.reduce((sum, x) => sum + x * x, 0) / 500;
  t.ok(near(longRun, square, 1e-9));
  t.end();
});

t.test('series that cannot be fitted have a flagged answer of their own', (t) => {
  const answer = (returns: readonly number[] | Float64Array, options?: GarchOptions): unknown => {
    const { method, status, converged, forecastVolatility, stdErrors } = fitGarch(returns, options);
    return [method, status, converged, Math.round(forecastVolatility * 1e12) / 1e12, stdErrors];
  };
  t.same(answer([0.03, -0.04]), [
    'sample-fallback',
    'too-few-observations',
    false,
    Math.round(Math.sqrt(0.00125) * 1e12) / 1e12,
    undefined,
  ]);
  t.same(answer(new Float64Array(100)), ['sample-fallback', 'zero-variance', false, 0, undefined]);
  t.same(answer(new Float64Array(100).fill(0.1)), [
    'sample-fallback',
    'zero-variance',
    false,
    0.1,
    undefined,
  ]);
  t.same(answer(new Float64Array(100).fill(0.1), { mean: 'constant' }), [
    'sample-fallback',
    'zero-variance',
    false,
    0,
    undefined,
  ]);
  t.equal(fitGarch(new Float64Array(30).fill(1e-200)).status, 'zero-variance');
  const cut = fitGarch(WAVE, { maxIter: 2 });
  t.same([cut.method, cut.status], ['ewma-fallback', 'iteration-limit']);
  t.equal(cut.forecastVolatility, ewmaForecast(WAVE));
  t.same(cut.forecast(2), new Float64Array(2).fill(cut.forecastVariance));
  t.throws(() => fitGarch([1, 2, 3], { onFailure: 'throw' }), ConvergenceError);
  t.end();
});

t.test('bad input throws and names what is wrong', (t) => {
  t.throws(() => fitGarch([]), InsufficientDataError);
  t.throws(() => fitGarch([0.1, NaN, 0.2]), NonFiniteError);
  t.throws(() => fitGarch([0.1, Infinity, 0.2]), NonFiniteError);
  t.throws(() => fitGarch([1e200, 1]), ValidationError);
  t.throws(() => garchForecast(WAVE, 0), ValidationError);
  t.throws(() => garchForecast(WAVE, 1, 11), ValidationError);
  t.throws(() => garchForecast(WAVE, 1, 1, 'foo' as 'zero'), ValidationError);
  t.throws(() => fitGarch(WAVE, { distribution: 't' } as GarchOptions), ValidationError);
  t.throws(() => ewmaForecast(WAVE, { lambda: 1.1 }), ValidationError);
  t.throws(() => ewmaForecast([]), InsufficientDataError);
  t.throws(() => fitGarch(WAVE).forecast(0), ValidationError);
  t.end();
});

t.test('the exponentially weighted forecast is its sum written out', (t) => {
  // Start: (1 + 0.94 * 4) / 1.94; then 0.9 of it and 0.1 of 1, and again with 4.
  const start = (1 + 0.94 * 4) / 1.94;
  const variance = 0.9 * (0.9 * start + 0.1) + 0.4;
  t.ok(near(ewmaForecast([1, 2], { lambda: 0.9 }), Math.sqrt(variance), 1e-15));
  t.equal(ewmaForecast([0, 0, 0]), 0);
  t.end();
});

t.test('simulated returns are the same for a seed, and have the variance of their model', (t) => {
  const params = {
    mu: 1,
    phi: 0.5,
    omega: 0.4,
    alpha: [0.1],
    gamma: [0.1],
    beta: [0.35],
    nu: 8,
    lambda: -0.3,
  };
  const wrong: string[] = [];
  for (const dist of ['normal', 't', 'skewt'] as const) {
    const { returns, variances } = simulateGarch({ params, dist }, 40_000, { seed: 'a' });
    const again = simulateGarch({ params, dist }, 40_000, { seed: 'a' });
    if (!returns.every((x, i) => x === again.returns[i])) wrong.push(`${dist}: not the same`);
    const mean = returns.reduce((sum, x) => sum + x, 0) / 40_000;
    const long = variances.reduce((sum, x) => sum + x, 0) / 40_000;
    // Long-run mean 1 / (1 - 0.5). With a symmetric law the long-run variance is 0.4 / (1 - 0.1 - 0.05 - 0.35) = 0.8;
    // a skew to the left adds to it through gamma. Both within some five standard errors.
    if (!(Math.abs(mean - 2) < 0.05)) wrong.push(`${dist}: mean ${mean}`);
    if (!(long > 0.78 && long < (dist === 'skewt' ? 0.95 : 0.82))) wrong.push(`${dist}: variance ${long}`);
  }
  t.same(wrong, []);
  t.end();
});

t.test('many fits are the fits one by one', (t) => {
  const other = WAVE.map((x, i) => x + WAVE[(i + 7) % 500]!);
  const [first, second] = fitMany([WAVE, other]);
  t.same(numbersOf(first!), numbersOf(fitGarch(WAVE)));
  const data = Float64Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? WAVE : other)[i >> 1]!);
  t.same(fitMany({ data, rows: 500, cols: 2 }).map(numbersOf), [numbersOf(first!), numbersOf(second!)]);
  t.end();
});

t.test('no end of a search has a persistence above 1, not even for a single spike', async (t) => {
  const beyond: string[] = [];
  for (const length of [30, 100, 300, 1000]) {
    for (const at of [0, length >> 1, length - 1]) {
      const returns = new Float64Array(length);
      returns[at] = 1;
      const { alpha, beta } = fitGarch(returns).params;
      if (alpha[0]! + beta[0]! > 1 + 1e-12) beyond.push(`${length} returns, spike at ${at}`);
    }
  }
  t.same(beyond, []);
});
