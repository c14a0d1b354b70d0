/** Correlations with p-values, against scipy and nanobook. */
import { informationCoefficient, kendall, pearson, spearman } from '../src/statistics/index.js';
import { type Bench, type BenchCase, job, type Kernel, type PeerUse } from './harness.js';
import { type Input, randomReturns } from './inputs.js';

type Correlate = (x: Float64Array, y: Float64Array) => { correlation: number; pValue: number };

const correlation = (correlate: Correlate): Kernel => {
  return ({ x, y }) =>
    job(
      () => correlate(x.data, y.data),
      (found) => ({ correlation: found.correlation, pValue: found.pValue }),
    );
};

const coefficient: Kernel = ({ x, y }) =>
  job(
    () => informationCoefficient(x.data, y.data),
    ({ ic, tStat, spread }) => ({ ic, tStat, spread }),
  );

/** Two bell-shaped series, the second moved a little by the first. */
function pair(count: number, slope: number): () => Input {
  return () => {
    const x = randomReturns(count, 0, 1, 5);
    const y = randomReturns(count, 0, 1, 6);
    for (let i = 0; i < count; i++) y.data[i] += slope * x.data[i];
    return { x, y };
  };
}

/** Prices of a few hundred different cents: most values are tied. */
function tiedPair(count: number): () => Input {
  return () => {
    const { x, y } = pair(count, 0.002)();
    for (const { data } of [x, y]) for (let i = 0; i < count; i++) data[i] = Math.round(100 * data[i]) / 100;
    return { x, y };
  };
}

const AGREE = { fields: ['correlation', 'pValue'], relative: 1e-9 };

const peer = (script: string, kernel: string, what: string): PeerUse => ({
  script,
  kernel,
  what,
  agree: AGREE,
});

const SCIPY = peer('scipy', 'spearman', 'spearmanr on NumPy arrays');
/** Its p-values of long series are right to 1e-8 only; scipy and exact fractions agree with ours. */
const NANOBOOK: PeerUse = {
  ...peer('nanobook', 'spearman', 'py_spearman on its lists of floats'),
  agree: { fields: ['correlation'], relative: 1e-9 },
};

function ranked(count: number, makeInput: () => Input, more: Partial<BenchCase> = {}): BenchCase {
  return {
    name: `spearman-${count}`,
    title: `spearman with p-value of ${count.toLocaleString('en-US')} pairs`,
    kernel: 'spearman',
    makeInput,
    peers: [SCIPY, NANOBOOK],
    cells: count,
    ...more,
  };
}

export const bench: Bench = {
  name: 'statistics',
  kernels: {
    spearman: correlation((x, y) => spearman(x, y)),
    pearson: correlation(pearson),
    kendall: correlation((x, y) => kendall(x, y)),
    coefficient,
  },
  cases: [
    ranked(100, pair(100, 0.3), { quoted: [{ who: 'the requirements of this package', ms: 0.01 }] }),
    ranked(1000, pair(1000, 0.1)),
    ranked(1_000_000, pair(1_000_000, 0.002)),
    ranked(1_000_000, tiedPair(1_000_000), {
      name: 'spearman-tied-1000000',
      title: 'spearman with p-value of 1,000,000 pairs, most of them tied',
    }),
    {
      name: 'kendall-1000000',
      title: 'kendall with p-value of 1,000,000 pairs',
      kernel: 'kendall',
      makeInput: pair(1_000_000, 0.002),
      peers: [peer('scipy', 'kendall', 'kendalltau on NumPy arrays')],
      cells: 1_000_000,
    },
    {
      name: 'pearson-1000000',
      title: 'pearson with p-value of 1,000,000 pairs',
      kernel: 'pearson',
      makeInput: pair(1_000_000, 0.002),
      peers: [peer('scipy', 'pearson', 'pearsonr on NumPy arrays')],
      cells: 1_000_000,
    },
    {
      name: 'information-coefficient-500',
      title: 'informationCoefficient of 500 scores',
      kernel: 'coefficient',
      makeInput: pair(500, 0.05),
      cells: 500,
    },
  ],
};
