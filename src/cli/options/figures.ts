/** Options of the figures. */
import { type OptionGroup, RUNS } from './option.js';

export const FIGURES: OptionGroup = {
  title: 'Figures',
  options: [
    {
      name: 'benchmark',
      value: 'SYMBOL|FILE',
      kind: { type: 'file', symbols: true },
      help: 'compare with a column (not traded then) or with another price file',
      commands: RUNS,
      library: ['benchmark', 'benchmark.returns'],
    },
    {
      name: 'risk-free',
      value: 'RATE',
      kind: { type: 'number', min: -0.99, max: 10 },
      default: '0',
      help: 'risk-free return of a year, as a decimal (0)',
      commands: [...RUNS, 'optimize'],
      library: ['riskFree'],
    },
    {
      name: 'periods',
      value: 'N',
      kind: { type: 'number', min: 1e-6, max: 1e6 },
      default: '252',
      help: 'bars in a year (252)',
      commands: [...RUNS, 'optimize', 'garch'],
      library: ['periodsPerYear'],
    },
    {
      name: 'profile',
      value: 'NAME',
      kind: { type: 'choice', choices: ['default', 'nanobook', 'quantstats-0.0.77', 'quantstats-0.0.86'] },
      default: 'default',
      help: 'default, nanobook, quantstats-0.0.77, quantstats-0.0.86',
      commands: RUNS,
      library: ['profile'],
    },
  ],
};
