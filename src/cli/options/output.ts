/** Options of what is written, and of the command's manners. */
import type { OptionCommand, OptionGroup } from './option.js';

const WORKING: readonly OptionCommand[] = ['run', 'demo', 'indicators', 'optimize', 'garch', 'compare-runs'];
const LONG: readonly OptionCommand[] = [...WORKING, 'book', 'check'];
const JSON_TOO: readonly OptionCommand[] = [...LONG, 'config', 'version', 'help'];
const ALL: readonly OptionCommand[] = [...JSON_TOO, 'completion'];

export const OUTPUT: OptionGroup = {
  title: 'Output',
  options: [
    {
      name: 'html',
      value: 'FILE',
      kind: { type: 'file' },
      help: 'write a self-contained page',
      commands: WORKING,
    },
    {
      name: 'json',
      value: '',
      kind: { type: 'switch' },
      help: 'the result on stdout as JSON; an error on stderr as JSON too',
      commands: JSON_TOO,
    },
    {
      name: 'csv',
      value: '',
      kind: { type: 'switch' },
      help: 'the daily series (optimize: the weights) on stdout as CSV',
      commands: WORKING,
    },
    {
      name: 'trades',
      value: 'FILE',
      kind: { type: 'file' },
      help: 'write every trade to FILE, one JSON object a line',
      commands: ['book'],
      config: false,
    },
    {
      name: 'origin',
      value: '',
      kind: { type: 'switch' },
      help: 'say where each value comes from',
      commands: ['config'],
      config: false,
    },
    { name: 'name', value: 'TEXT', kind: { type: 'text' }, help: 'title of the report', commands: WORKING },
  ],
};

export const MANNERS: OptionGroup = {
  title: 'Settings and messages',
  manners: true,
  options: [
    {
      name: 'config',
      value: 'FILE',
      kind: { type: 'file' },
      help: 'read options from this file (JSON, TOML, YAML) instead of nb-backtest.* here',
      commands: [...LONG, 'config'],
      config: false,
    },
    {
      name: 'quiet',
      short: 'q',
      value: '',
      kind: { type: 'switch' },
      help: 'no remarks on stderr',
      commands: LONG,
    },
    {
      name: 'verbose',
      short: 'v',
      value: '',
      kind: { type: 'switch' },
      help: 'time of each phase and memory, on stderr',
      commands: LONG,
    },
    {
      name: 'log-file',
      value: 'FILE',
      kind: { type: 'file' },
      help: 'append what happens to FILE, one JSON object a line',
      commands: LONG,
    },
    {
      name: 'no-color',
      value: '',
      kind: { type: 'switch' },
      help: 'no colours (also NO_COLOR, TERM=dumb; FORCE_COLOR for colours)',
      commands: ALL,
    },
    {
      name: 'debug',
      value: '',
      kind: { type: 'switch' },
      help: 'show stack traces',
      commands: ALL,
    },
  ],
};
