/** What a command gets to do its work with. */
import type { Journal } from './journal.js';
import type { StartProgress } from './progress.js';
import type { Settings } from './settings.js';
import type { Console } from './terminal.js';

/** The width that results are written for, where stdout is a terminal. */
export function widthOf({ console }: Pick<Context, 'console'>): { width?: number } {
  return console.width === undefined ? {} : { width: console.width };
}

/** One call of a command. */
export interface Context {
  readonly positionals: readonly string[];
  readonly settings: Settings;
  readonly console: Console;
  /** Whether the result on stdout may be coloured. */
  readonly color: boolean;
  /** Remarks, phases and the log. */
  readonly journal: Journal;
  /** Starts a progress line on stderr; silent where there should be none. */
  readonly progress: StartProgress;
  /** The command line that repeats this call elsewhere: with the values of config files and environment. */
  readonly line: () => string;
}
