/** GARCH fits of a panel of symbols, on threads. */
import { createPool, fitManyAsync } from '../src/node/index.js';
import { fitMany, type GarchFit, simulateGarch } from '../src/volatility/index.js';
import { type Bench, type Check, job, type Kernel } from './harness.js';
import { type Input, randomStream } from './inputs.js';

const DAYS = 2_500;

/** Returns of so many symbols: mean 0, each with a reaction of 0.03 to 0.13 and a persistence of 0.9 to 0.995. */
function panel(symbols: number): Input {
  const next = randomStream(11);
  const data = new Float64Array(DAYS * symbols);
  for (let j = 0; j < symbols; j++) {
    const alpha = 0.03 + 0.1 * next();
    const persistence = 0.9 + 0.095 * next();
    const params = {
      omega: 2e-4 * (1 - persistence),
      alpha: [alpha],
      gamma: [],
      beta: [persistence - alpha],
    };
    const { returns } = simulateGarch({ params, dist: 'normal' }, DAYS, { seed: j });
    for (let t = 0; t < DAYS; t++) data[t * symbols + j] = returns[t];
  }
  return { returns: { data, rows: DAYS, cols: symbols } };
}

function check(fits: readonly GarchFit[]): Check {
  let logLikelihood = 0;
  for (const fit of fits) logLikelihood += fit.logLikelihood;
  return { logLikelihood, converged: fits.filter((fit) => fit.converged).length };
}

const here: Kernel = ({ returns }) => job(() => fitMany(returns), check);

const threads: Kernel = ({ returns }, params) =>
  job(() => fitManyAsync(returns, {}, { workers: Number(params.workers) }), check);

const pool: Kernel = ({ returns }, params) => {
  const kept = createPool({ workers: Number(params.workers) });
  return job(() => fitManyAsync(returns, {}, { pool: kept }), check);
};

const common = { makeInput: () => panel(500), cells: 500 * DAYS };

export const bench: Bench = {
  name: 'garch-panel',
  kernels: { here, threads, pool },
  cases: [
    {
      ...common,
      name: '500x2500',
      title: 'fitManyAsync on 500 symbols × 2,500 days, two new threads',
      kernel: 'threads',
      params: { workers: 2 },
    },
    {
      ...common,
      name: '500x2500-pool',
      title: 'the same on two threads that stay',
      kernel: 'pool',
      params: { workers: 2 },
    },
    { ...common, name: '500x2500-here', title: 'the same with fitMany, without threads', kernel: 'here' },
  ],
};
