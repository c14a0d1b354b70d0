/** Options of what to hold, and when. */
import { TARGET_NAMES } from '../../targets/target-names.js';
import { type OptionGroup, RUNS } from './option.js';

export const TARGETS: OptionGroup = {
  title: 'Targets',
  options: [
    {
      name: 'weights',
      value: 'NAME|FILE',
      kind: { type: 'file', words: TARGET_NAMES },
      default: 'equal',
      help: 'equal (default), inverse-volatility, momentum, trend, zscore, or a file of weights\n(CSV or JSON: date,AAPL,... or date,symbol,weight)',
      commands: RUNS,
      library: ['weights'],
    },
    {
      name: 'rebalance',
      value: 'WHEN',
      kind: { type: 'list', words: ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'] },
      default: 'monthly',
      help: 'daily, weekly, monthly (default), quarterly, yearly, a number of bars,\nor dates: 2020-01-02,2020-07-01',
      commands: RUNS,
      library: ['rule', 'rule.every', 'rule.dates'],
    },
    {
      name: 'lag',
      value: 'N',
      kind: { type: 'integer', min: 0, max: 1_000_000 },
      help: 'bars from a target to its trade (1 at the close, 0 at the next open)',
      commands: RUNS,
      library: ['lag'],
    },
    {
      name: 'window',
      value: 'N',
      kind: { type: 'integer', min: 2, max: 100_000 },
      help: 'bars of inverse-volatility (63) and of the average of trend (200)',
      commands: RUNS,
      library: ['options.window', 'window'],
    },
    {
      name: 'lookback',
      value: 'N',
      kind: { type: 'integer', min: 1, max: 100_000 },
      help: 'bars of the return of momentum and zscore (252)',
      commands: RUNS,
      library: ['options.lookback', 'lookback'],
    },
    {
      name: 'skip',
      value: 'N',
      kind: { type: 'integer', min: 0, max: 100_000 },
      help: 'latest bars that this return leaves out (21)',
      commands: RUNS,
      library: ['options.skip', 'skip'],
    },
    {
      name: 'top',
      value: 'N',
      kind: { type: 'integer', min: 1, max: 100_000 },
      help: 'symbols that momentum holds (a quarter of them, rounded up)',
      commands: RUNS,
      library: ['options.top', 'top'],
    },
    {
      name: 'positive-only',
      value: '',
      kind: { type: 'switch' },
      help: 'momentum holds only what has risen',
      commands: RUNS,
      library: ['options.positiveOnly', 'positiveOnly'],
    },
    {
      name: 'scores',
      value: 'FILE',
      kind: { type: 'file' },
      help: 'scores for zscore, as a file of weights has weights (its momentum)',
      commands: RUNS,
      library: ['options.scores', 'scores'],
    },
  ],
};
