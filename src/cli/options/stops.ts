/** Options of stops: what ends a position between two rebalances. */
import { type OptionGroup, RUNS } from './option.js';

/** A fraction between 0 and 1, both excluded, as far as a command line can tell. */
const FRACTION_MIN = 1e-6;

export const STOPS: OptionGroup = {
  title: 'Stops',
  options: [
    {
      name: 'fixed-stop',
      value: 'N',
      kind: { type: 'number', min: FRACTION_MIN, max: 1 - FRACTION_MIN, example: '0.1' },
      help: 'end a position that has lost this fraction of its average entry price: 0.1',
      commands: RUNS,
      library: ['stops.fixedStopPct', 'stops'],
    },
    {
      name: 'trailing-stop',
      value: 'N',
      kind: { type: 'number', min: FRACTION_MIN, max: 1 - FRACTION_MIN, example: '0.05' },
      help: 'end a position that has lost this fraction of its best price since entry: 0.05',
      commands: RUNS,
      library: ['stops.trailingStopPct'],
    },
    {
      name: 'atr-stop',
      value: 'N',
      kind: { type: 'number', min: FRACTION_MIN, max: 1e6, example: '2' },
      help: 'end a position that has lost this many average true ranges, as they were at entry: 2',
      commands: RUNS,
      library: ['stops.atrMultiple'],
    },
    {
      name: 'atr-period',
      value: 'N',
      kind: { type: 'integer', min: 1, max: 100_000 },
      default: '14',
      help: 'bars of the average true range (14)',
      commands: RUNS,
      library: ['stops.atrPeriod'],
    },
    {
      name: 'take-profit',
      value: 'N',
      kind: { type: 'number', min: FRACTION_MIN, max: 1e6, example: '0.2' },
      help: 'end a position that has gained this fraction of its average entry price: 0.2',
      commands: RUNS,
      library: ['stops.takeProfitPct'],
    },
    {
      name: 'max-bars',
      value: 'N',
      kind: { type: 'integer', min: 1, max: 1_000_000, example: '60' },
      help: 'end a position after this many bars',
      commands: RUNS,
      library: ['stops.maxBars'],
    },
    {
      name: 'stop-fill',
      value: 'HOW',
      kind: { type: 'choice', choices: ['worst', 'close'] },
      default: 'worst',
      help: 'worst (default): low and high are looked at, where the file has them, and a stop fills at its level or at an open beyond it; close: only closes count, and fill',
      commands: RUNS,
      library: ['stops.intrabar'],
    },
    {
      name: 'reentry',
      value: 'WHEN',
      kind: { type: 'choice', choices: ['next-rebalance', 'immediate', 'never'] },
      default: 'next-rebalance',
      help: 'when a stopped symbol is bought again: next-rebalance (default; not at that of its bar), immediate (at that too), never',
      commands: RUNS,
      library: ['stops.reentry'],
    },
  ],
};
