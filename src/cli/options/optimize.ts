/** Options of the portfolio optimizers, in a backtest (--weights cvar) and by themselves. */
import { COVARIANCE_NAMES, OPTIMIZER_NAMES } from '../../targets/optimizer-names.js';
import { type OptionCommand, type OptionGroup, RUNS } from './option.js';

const OPTIMIZERS: readonly OptionCommand[] = [...RUNS, 'optimize'];

export const OPTIMIZE: OptionGroup = {
  title: 'Optimizers',
  options: [
    {
      name: 'method',
      value: 'NAME',
      kind: { type: 'choice', choices: OPTIMIZER_NAMES },
      default: 'min-variance',
      help: 'min-variance (default), max-sharpe, risk-parity, cvar, cdar, hrp, max-diversification, inverse-cvar, inverse-cdar',
      commands: ['optimize'],
      library: ['options.method', 'method'],
    },
    {
      name: 'alpha',
      value: 'N',
      kind: { type: 'number', min: 0.01, max: 0.9999, example: '0.95' },
      help: 'confidence of cvar, cdar and their inverses (0.95)',
      commands: OPTIMIZERS,
      library: ['options.alpha', 'alpha'],
    },
    {
      name: 'covariance',
      value: 'NAME',
      kind: { type: 'choice', choices: COVARIANCE_NAMES },
      help: 'how covariances are estimated: sample (default), ledoit-wolf, oas, ewma, constant-correlation, denoised',
      commands: OPTIMIZERS,
      library: ['options.covariance', 'covariance'],
    },
    {
      name: 'min-weight',
      value: 'N',
      kind: { type: 'number', min: 0, max: 1 },
      help: 'least weight of each symbol (0)',
      commands: OPTIMIZERS,
    },
    {
      name: 'max-weight',
      value: 'N',
      kind: { type: 'number', min: 0, max: 1 },
      help: 'largest weight of each symbol (1)',
      commands: OPTIMIZERS,
      library: ['options.bounds', 'bounds'],
    },
    {
      name: 'groups',
      value: 'A+B=MAX,...',
      kind: { type: 'list' },
      help: 'limits of several weights together: AAPL+MSFT=0.4 or AAPL+MSFT=0.1..0.4',
      commands: OPTIMIZERS,
      library: ['options.groups', 'groups'],
    },
    {
      name: 'turnover-limit',
      value: 'N',
      kind: { type: 'number', min: 0, max: 2 },
      help: 'largest sum of changes of weights, from the target before or from --current',
      commands: OPTIMIZERS,
      library: ['options.turnover', 'turnover', 'turnover.max'],
    },
    {
      name: 'current',
      value: 'FILE',
      kind: { type: 'file' },
      help: 'weights held now, for --turnover-limit: the last date of a file of weights',
      commands: ['optimize'],
      library: ['turnover.current'],
    },
    {
      name: 'l2',
      value: 'N',
      kind: { type: 'number', min: 0, max: 1e6 },
      help: 'spreads the weights: adds N times the sum of their squares to what is minimised (0)',
      commands: OPTIMIZERS,
      library: ['options.l2', 'l2'],
    },
    {
      name: 'frontier',
      value: '',
      kind: { type: 'switch' },
      help: 'the efficient frontier too (the page always has it)',
      commands: ['optimize'],
    },
  ],
};
