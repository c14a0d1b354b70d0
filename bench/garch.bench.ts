/** GARCH fits with a forecast, against arch. */
import { garchBackcast } from '../kernels/volatility/garch-bounds.js';
import { garchOneOneLogLikelihood } from '../kernels/volatility/garch-one-one.js';
import { fitGarch, type GarchOptions, simulateGarch } from '../src/volatility/index.js';
import { type Bench, type BenchCase, job, type Kernel, type Params, type PeerUse } from './harness.js';
import type { Input } from './inputs.js';

/** What the returns are drawn from: 1 % a day. */
const LAW = { omega: 2e-6, alpha: 0.08, beta: 0.9 };
const SIZES = [1_000, 5_000, 20_000] as const;

function returns(count: number, freedom?: number): () => Input {
  const params = { omega: LAW.omega, alpha: [LAW.alpha], gamma: [], beta: [LAW.beta] };
  const law = freedom === undefined ? ({ dist: 'normal' } as const) : ({ dist: 't' } as const);
  return () => {
    const model = { params: freedom === undefined ? params : { ...params, nu: freedom }, ...law };
    const { returns: drawn } = simulateGarch(model, count, { seed: 7 });
    return { returns: { data: drawn, rows: count, cols: 1 } };
  };
}

const fit: Kernel = ({ returns: { data } }, params) =>
  job(
    () => fitGarch(data, params as GarchOptions),
    (found) => ({ logLikelihood: found.logLikelihood, forecast: found.forecastVolatility }),
  );

const likelihood: Kernel = ({ returns: { data } }, { omega, alpha, beta }) => {
  const squares = data.map((value) => value * value);
  const backcast = garchBackcast(data);
  const gradient = new Float64Array(3);
  return job(
    () => garchOneOneLogLikelihood(squares, Number(omega), Number(alpha), Number(beta), backcast, gradient),
    (value) => ({ logLikelihood: value, byAlpha: gradient[1] }),
  );
};

/** At its default tolerance arch is good for eight digits of the likelihood, and for three of a forecast. */
const arch = (params: Params, what: string): PeerUse => ({
  script: 'arch',
  kernel: 'fit',
  params,
  what: `${what} on a NumPy array in percent, with forecast(horizon=1)`,
  agree: { fields: ['logLikelihood'], relative: 1e-8 },
});

function fits(name: string, title: string, params: Params, what: string, freedom?: number): BenchCase[] {
  return SIZES.map((count) => ({
    name: `${name}-${count}`,
    title: `${title} and forecast, ${count.toLocaleString('en-US')} returns`,
    kernel: 'fit',
    params,
    makeInput: returns(count, freedom),
    peers: [arch(params, what)],
    cells: count,
  }));
}

export const bench: Bench = {
  name: 'garch',
  kernels: { fit, likelihood },
  cases: [
    ...fits('fit', 'GARCH(1, 1)', {}, "arch_model(mean='Zero').fit()"),
    ...fits('t', 'GARCH(1, 1) with Student t', { dist: 't' }, "arch_model(mean='Zero', dist='t').fit()", 6),
    ...fits('gjr', 'GJR-GARCH(1, 1, 1)', { o: 1 }, "arch_model(mean='Zero', o=1).fit()"),
    ...fits(
      'egarch',
      'EGARCH(1, 1, 1)',
      { model: 'egarch', o: 1 },
      "arch_model(mean='Zero', vol='EGARCH', o=1).fit()",
    ),
    {
      name: 'likelihood-20000',
      title: 'log-likelihood of GARCH(1, 1) with its gradient, 20,000 returns',
      kernel: 'likelihood',
      params: LAW,
      makeInput: returns(20_000),
      peers: [
        {
          script: 'arch',
          kernel: 'likelihood',
          params: LAW,
          what: 'its log-likelihood, without derivatives',
          agree: { fields: ['logLikelihood'], relative: 1e-12 },
        },
      ],
      cells: 20_000,
    },
  ],
};
