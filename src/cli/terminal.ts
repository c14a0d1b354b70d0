/** Where a command writes: results on stdout, everything else on stderr. */
import { isatty } from 'node:tty';
import { printable } from './exit-codes.js';

/** The streams of a command. */
export interface Console {
  /** Prints the result, with a line end. */
  out(text: string): void;
  /** Prints a message. */
  err(text: string): void;
  /** Columns of the terminal that stdout is; absent where it is none. */
  readonly width?: number;
  /** Whether standard input is a terminal, where nobody is piping a file in. */
  readonly stdinTerminal?: boolean;
  /** The terminal that stderr is, if it can redraw a line. */
  readonly live?: NodeJS.WritableStream;
}

/** The process's own streams. A reader that goes away (`| head`) ends the program in silence. */
export function processConsole(): Console {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      process.exitCode = error.code === 'ENOSPC' ? 4 : 2;
      if (stream === process.stdout)
        process.stderr.write(`nb-backtest: stdout cannot be written: ${error.message}\n`);
    });
  }
  const { columns } = process.stdout;
  return {
    out: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    err: (text) => void process.stderr.write(text.endsWith('\n') ? text : `${text}\n`),
    // Some terminals say that they have no columns.
    ...(process.stdout.isTTY && columns > 0 ? { width: columns } : {}),
    ...(isatty(0) ? { stdinTerminal: true } : {}),
    ...(process.stderr.isTTY && process.env.TERM !== 'dumb' ? { live: process.stderr } : {}),
  };
}

/** A remark for the person at the terminal, on stderr; control characters are shown, not obeyed. */
export function note(console: Console, text: string): void {
  console.err(printable(text));
}

/** Whether results on stdout may be coloured: a terminal, and neither NO_COLOR nor TERM=dumb; FORCE_COLOR overrides. */
export function colorTerminal(env: NodeJS.ProcessEnv, isTty: boolean): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR === '0') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return true;
  return isTty && env.TERM !== 'dumb';
}
