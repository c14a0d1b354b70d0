/** Performance metrics, against empyrical-reloaded, nanobook, pandas and bottleneck. */
import { computeMetrics, rollingSharpe } from '../src/metrics/index.js';
import { type Bench, job, type Kernel, type PeerUse } from './harness.js';
import { type Input, randomReturns } from './inputs.js';

/** All fifteen fields of `Metrics`, whichever of them the peer has. */
const metrics: Kernel = ({ returns }) =>
  job(
    () => computeMetrics(returns.data),
    (found) => ({ ...found }),
  );

const rolling: Kernel = ({ returns }, params) =>
  job(
    () => rollingSharpe(returns.data, Number(params.window)),
    (out) => ({ last: out[out.length - 1] }),
  );

/** The functions of empyrical that give what our Metrics give. It has none of the others (counts, win rate …). */
const EMPYRICAL: PeerUse = {
  script: 'empyrical',
  kernel: 'metrics',
  what:
    'the sum of cum_returns_final, annual_return, annual_volatility, sharpe_ratio, sortino_ratio, max_drawdown, ' +
    'calmar_ratio and conditional_value_at_risk on a NumPy array',
  agree: {
    fields: ['totalReturn', 'cagr', 'volatility', 'sharpe', 'sortino', 'maxDrawdown', 'calmar', 'cvar95'],
    relative: 1e-12,
  },
};

const NANOBOOK: PeerUse = {
  script: 'nanobook',
  kernel: 'computeMetrics',
  what: 'py_compute_metrics on its list of floats',
  agree: EMPYRICAL.agree,
};

const rollingPeer = (script: string, what: string): PeerUse => ({
  script,
  kernel: 'rollingSharpe',
  what,
  agree: { fields: ['last'], relative: 1e-10 },
});

const returns = (count: number, mean: number, deviation: number): (() => Input) => {
  return () => ({ returns: randomReturns(count, mean, deviation, 3) });
};

export const bench: Bench = {
  name: 'metrics',
  kernels: { metrics, rolling },
  cases: [
    {
      name: '1260',
      title: 'computeMetrics on 1,260 returns',
      kernel: 'metrics',
      makeInput: returns(1260, 0.0004, 0.01),
      peers: [EMPYRICAL, NANOBOOK],
      cells: 1260,
      quoted: [{ who: 'nanobook 0.19.2', ms: 0.038 }],
    },
    {
      name: '1000000',
      title: 'computeMetrics on 1,000,000 returns',
      kernel: 'metrics',
      makeInput: returns(1_000_000, 5e-6, 0.001),
      peers: [EMPYRICAL, NANOBOOK],
      cells: 1_000_000,
    },
    {
      name: 'rolling-sharpe-1000000',
      title: 'rollingSharpe on 1,000,000 returns, window 63',
      kernel: 'rolling',
      params: { window: 63 },
      makeInput: returns(1_000_000, 5e-6, 0.001),
      peers: [
        rollingPeer('pandas', 'rolling(63).mean() / rolling(63).std() * sqrt(252)'),
        rollingPeer('bottleneck', 'move_mean / move_std * sqrt(252)'),
        rollingPeer('nanobook', 'py_rolling_sharpe on its list of floats'),
      ],
      cells: 1_000_000,
    },
  ],
};
