import t from 'tap';
import { ValidationError } from '../errors.js';
import { fitGarch } from './garch-fit.js';
import { readGarchOptions } from './garch-options.js';
import { GarchProblem } from './garch-problem.js';
import { makeSample } from './garch-sample.js';
import { simulateGarch } from './garch-simulate.js';
import type { GarchOptions } from './garch-types.js';

const LAW = { omega: -0.02, alpha: [0.15], gamma: [-0.08], beta: [0.95] };
const { returns: DRAWN } = simulateGarch({ params: LAW, dist: 'normal', model: 'egarch' }, 1500, { seed: 5 });

t.test('the gradient of EGARCH is the slope of its log-likelihood, by central differences', (t) => {
  const wrong: string[] = [];
  const cases: readonly (readonly [GarchOptions, readonly number[]])[] = [
    [{ o: 1 }, [-0.02, 0.2, -0.1, 0.9]],
    [
      { p: 2, o: 2, q: 2, mean: 'ar1', dist: 'skewt' },
      [0.1, 0.05, -0.03, 0.2, 0.1, -0.1, 0.05, 0.4, 0.4, 0.15, 0.1],
    ],
  ];
  for (const [options, at] of cases) {
    const plan = readGarchOptions({ ...options, model: 'egarch' });
    const problem = new GarchProblem(makeSample(DRAWN, plan.mean)!, plan);
    const here = Float64Array.from(at);
    const gradient = new Float64Array(here.length);
    problem.logLikelihood(here, gradient);
    const spare = new Float64Array(here.length);
    for (let i = 0; i < here.length; i++) {
      const h = 1e-5 * Math.abs(here[i]!);
      const up = here.slice();
      const down = here.slice();
      up[i]! += h;
      down[i]! -= h;
      const rise = problem.logLikelihood(up, spare) - problem.logLikelihood(down, spare);
      const slope = rise / (up[i]! - down[i]!);
      if (!(Math.abs(slope - gradient[i]!) <= 1e-6 * Math.abs(slope) + 1e-5)) {
        wrong.push(`${JSON.stringify(options)} [${i}]: ${gradient[i]}, not ${slope}`);
      }
    }
    // Forwards and backwards through time are two ways to the same derivatives.
    problem.density(here);
    const slopes = problem.sensitivities(here);
    for (let k = problem.means; k < problem.shapeAt; k++) {
      let sum = 0;
      for (let i = 0; i < problem.residuals.length; i++)
        sum += problem.varianceSlope[i]! * slopes[i * problem.size + k]!;
      if (!(Math.abs(sum - gradient[k]!) <= 1e-9 * Math.max(1, Math.abs(sum))))
        wrong.push(`forwards ${k}: ${sum}`);
    }
  }
  t.same(wrong, []);
  t.end();
});

t.test('an EGARCH fit finds the law that its series was drawn from, in any unit', (t) => {
  const fit = fitGarch(DRAWN, { model: 'egarch', o: 1 });
  const { params } = fit;
  const { robust } = fit.stdErrors!;
  t.ok(Math.abs(params.omega - LAW.omega) < 4 * robust.omega);
  t.ok(Math.abs(params.alpha[0]! - 0.15) < 4 * robust.alpha[0]!);
  t.ok(Math.abs(params.gamma[0]! + 0.08) < 4 * robust.gamma[0]!);
  t.ok(Math.abs(params.beta[0]! - 0.95) < 4 * robust.beta[0]!);
  const small = fitGarch(
    DRAWN.map((x) => x / 100),
    { model: 'egarch', o: 1 },
  );
  t.ok(Math.abs((small.forecastVariance * 1e4) / fit.forecastVariance - 1) < 1e-7);
  // log variance / 100^2 = omega' + beta (log variance before / 100^2) + ...
  const omega = small.params.omega + (1 - small.params.beta[0]!) * 2 * Math.log(100);
  t.ok(Math.abs(omega - params.omega) < 1e-7);
  t.end();
});

t.test('variances that EGARCH expects are means over the normal law', (t) => {
  const fit = fitGarch(DRAWN, { model: 'egarch', o: 1 });
  const { omega, alpha, gamma, beta } = fit.params;
  const path = fit.forecast(4);
  t.equal(path[0], fit.forecastVariance);
  // Twenty thousand slices of the normal law: the mean of the next variance but one, by its definition.
  const size = Math.sqrt(2 / Math.PI);
  let sum = 0;
  const slices = 20_000;
  const width = 16 / slices;
  for (let i = 0; i < slices; i++) {
    const z = -8 + (i + 0.5) * width;
    const weight = (width * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI);
    const next = omega + alpha[0]! * (Math.abs(z) - size) + gamma[0]! * z + beta[0]! * Math.log(path[0]!);
    sum += weight * Math.exp(next);
  }
  // The sum over slices is off by their width squared, 6e-7.
  t.ok(Math.abs(path[1]! / sum - 1) < 1e-6);
  const heavy = fitGarch(DRAWN, { model: 'egarch', dist: 't' });
  t.equal(heavy.forecast(1).length, 1);
  t.throws(() => heavy.forecast(2), ValidationError);
  t.throws(() => fitGarch(DRAWN, { model: 'egarch', varianceTargeting: true }), ValidationError);
  t.end();
});

t.test('an EGARCH fit forgets its start, or is flagged', (t) => {
  // Returns without clusters: where nothing is to be found, likelihoods of EGARCH have their spikes.
  const { returns } = simulateGarch(
    { params: { omega: 1, alpha: [0], gamma: [], beta: [0] }, dist: 'normal' },
    20 * 100,
    { seed: 9 },
  );
  const wrong: string[] = [];
  let flagged = 0;
  for (let k = 0; k < 20; k++) {
    const fit = fitGarch(returns.subarray(100 * k, 100 * (k + 1)), { model: 'egarch', o: 1 });
    const [alpha, gamma, beta] = [fit.params.alpha[0]!, fit.params.gamma[0] ?? 0, fit.params.beta[0]!];
    if (!fit.converged) {
      flagged++;
      if (fit.status !== 'stuck' || fit.method !== 'ewma-fallback') wrong.push(`${k}: ${fit.status}`);
      continue;
    }
    let growth = 0;
    for (const z of fit.stdResiduals.subarray(0, 99))
      growth += Math.log(Math.abs(beta - 0.5 * (alpha * Math.abs(z) + gamma * z))) / 99;
    if (!(growth < 1e-12)) wrong.push(`${k}: ${growth}`);
  }
  t.same(wrong, []);
  t.ok(flagged < 10, `${flagged} of 20 flagged`);
  t.end();
});
