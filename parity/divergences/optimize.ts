/** Where other makers of portfolios do not reach the best one, or take another recipe. */
import type { Divergence } from '../comparison.js';

const STOCKS = '20 stocks, 252 days from row 2500';
const MADE = '10 x 252';

const NANOBOOK = { fixture: 'optimize/nanobook.json', path: 'objective' };

const LESS =
  'Least variance: the steps of nanobook’s search are too small for daily returns, so that its weights stay near equal ' +
  'ones. Ours is the optimum: a bound from the returns alone proves that no long-only portfolio has less.';

const MORE =
  'Best Sharpe ratio: nanobook’s search ends before the optimum. Ours is the optimum, proven from the returns ' +
  'alone.';

const CVAR =
  'CVaR of an asset alone: nanobook takes the mean of the worst ceil((1 − alpha) T) days. Ours takes the worst ' +
  '(1 − alpha) T days, the last of them by the fraction that is left: the figure whose minimum is a linear program, and ' +
  'which riskfolio-lib has.';

const CDAR =
  'CDaR of an asset alone: nanobook compounds returns and takes whole days. Ours adds returns up and takes the last of the ' +
  'worst drawdowns by the fraction that is left: the figure whose minimum is a linear program, riskfolio-lib’s CDaR_Abs.';

const LEAVES =
  'Hierarchical risk parity: riskfolio-lib by default turns the branches of the tree so that neighbours are near ' +
  '(optimal leaf ordering), which moves where the halves are cut. Ours keeps the order in which the tree was joined, as the ' +
  'paper and PyPortfolioOpt do; with leaf_order=False riskfolio-lib gives our weights.';

export const divergences: readonly Divergence[] = [
  {
    ...NANOBOOK,
    id: 'least-variance-of-nanobook',
    function: 'optimizeMinVariance',
    case: `min-variance, ${STOCKS}`,
    ours: 0.00012047189011417556,
    theirs: 0.0001618171210842105,
    reason: LESS,
  },
  {
    ...NANOBOOK,
    id: 'least-variance-of-nanobook',
    function: 'optimizeMinVariance',
    case: `min-variance, ${MADE}`,
    ours: 0.00009359872238436508,
    theirs: 0.0001472167155949278,
    reason: LESS,
  },
  {
    ...NANOBOOK,
    id: 'best-sharpe-of-nanobook',
    function: 'optimizeMaxSharpe',
    case: `max-sharpe, ${STOCKS}`,
    ours: 0.14325471515827848,
    theirs: 0.14321439208781508,
    reason: MORE,
  },
  {
    ...NANOBOOK,
    id: 'best-sharpe-of-nanobook',
    function: 'optimizeMaxSharpe',
    case: `max-sharpe, ${MADE}`,
    ours: 0.09564453010029084,
    theirs: 0.09270745445559142,
    reason: MORE,
  },
  ...[STOCKS, MADE].flatMap((data): Divergence[] => [
    {
      id: 'inverse-cvar-of-nanobook',
      function: 'inverseCvarWeights',
      fixture: 'optimize/nanobook.json',
      case: `inverse-cvar, ${data}`,
      path: 'weights',
      ours: 'the last day of the tail by its fraction',
      theirs: 'whole days',
      reason: CVAR,
    },
    {
      id: 'inverse-cdar-of-nanobook',
      function: 'inverseCdarWeights',
      fixture: 'optimize/nanobook.json',
      case: `inverse-cdar, ${data}`,
      path: 'weights',
      ours: 'returns added up',
      theirs: 'returns compounded, whole days',
      reason: CDAR,
    },
    {
      id: 'leaf-order-of-riskfolio',
      function: 'optimizeHrp',
      fixture: 'optimize/riskfolio.json',
      case: `hrp, ${data}`,
      path: 'weights',
      ours: 'leaves in the order of the tree',
      theirs: 'leaves turned to have near neighbours',
      reason: LEAVES,
    },
  ]),
];
