/**
 * Prints the golden run as JSON. With the argument `trapped`, the clock, the random source and the engine's own
 * exp, log and pow throw while it runs: the core must not touch them.
 */
import { goldenRun } from './golden-run.js';

const trapped = process.argv[2] === 'trapped';

if (trapped) {
  const trap = (name: string) => (): never => {
    throw new Error(`${name} was called during a backtest`);
  };
  for (const name of [
    'random',
    'exp',
    'expm1',
    'log',
    'log1p',
    'log2',
    'log10',
    'pow',
    'sin',
    'cos',
    'tan',
  ] as const) {
    Math[name] = trap(`Math.${name}`);
  }
  Date.now = trap('Date.now');
  Date.parse = trap('Date.parse');
  performance.now = trap('performance.now');
  Date.prototype.getTimezoneOffset = trap('Date.getTimezoneOffset');
  String.prototype.localeCompare = trap('localeCompare');
  Number.prototype.toLocaleString = trap('toLocaleString');
}
process.stdout.write(`${JSON.stringify(goldenRun(), null, 2)}\n`);
