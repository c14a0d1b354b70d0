/** Ctrl-C and `kill`: one line, and the end that a shell expects. */
import { removeTemporaries } from '../node/temporaries.js';
import type { Asked } from './dispatch.js';
import type { Console } from './terminal.js';

const SIGNALS = [
  ['SIGINT', 130, 'interrupted'],
  ['SIGTERM', 143, 'terminated'],
] as const;

/**
 * Ends the process on SIGINT and SIGTERM with one line on stderr. The process then dies of the signal itself, so that
 * a shell shows 130 or 143 and a script around it stops too. A file is written under another name until it is whole;
 * one that is not is removed, so nothing half done is left.
 */
export function endOnSignals(console: Console, asked: Asked): void {
  process.once('exit', removeTemporaries);
  for (const [signal, code, word] of SIGNALS) {
    process.once(signal, () => {
      const parts = { code: word.toUpperCase(), exitCode: code, message: `${word} by ${signal}` };
      console.err(asked.json ? JSON.stringify({ error: parts }) : `nb-backtest: ${parts.message}`);
      try {
        asked.log?.write('error', parts.message, { error: parts });
      } finally {
        removeTemporaries();
        if (process.platform === 'win32') process.exit(code);
        process.kill(process.pid, signal);
      }
    });
  }
}
