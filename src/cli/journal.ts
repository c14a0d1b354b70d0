/** What happens during a call: remarks for the person, times of the phases, and lines of the log file. */
import { version } from '../version.js';
import type { LogFile } from './log-file.js';
import { type Console, note } from './terminal.js';

/** How much a call says on stderr, and where else it writes it down. */
export interface JournalOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly log?: LogFile;
}

/** Remarks and phases of one call. */
export class Journal {
  readonly #console: Console;
  readonly #options: JournalOptions;

  constructor(console: Console, options: JournalOptions) {
    this.#console = console;
    this.#options = options;
  }

  /** The work begins; `line` repeats it. */
  begin(line: string): void {
    this.#options.log?.write('info', 'begin', { command: line, version, node: process.version });
  }

  /** The work is done. */
  end(): void {
    this.#memory();
    this.#options.log?.write('info', 'done', { exitCode: 0 });
  }

  /** A remark: on stderr unless quiet, and in the log. Control characters are shown, not obeyed. */
  note(text: string): void {
    if (!this.#options.quiet) note(this.#console, text);
    this.#options.log?.write('info', text);
  }

  /** Does a part of the work; with --verbose its time goes to stderr, in any case to the log. */
  async phase<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    // A Ctrl-C that came during the phase before is heard here.
    await new Promise((resolve) => setImmediate(resolve));
    const start = performance.now();
    const result = await work();
    const ms = performance.now() - start;
    if (this.#options.verbose)
      note(this.#console, `${name.padEnd(9)}${(ms / 1000).toFixed(3).padStart(9)} s`);
    this.#options.log?.write('info', name, { phase: name, ms: Math.round(ms * 1000) / 1000 });
    return result;
  }

  /** The most memory the process has held so far. */
  #memory(): void {
    const bytes = process.resourceUsage().maxRSS * 1024;
    if (this.#options.verbose) note(this.#console, `memory   ${(bytes / 1e6).toFixed(0).padStart(8)}  MB`);
    this.#options.log?.write('info', 'memory', { bytes });
  }
}
