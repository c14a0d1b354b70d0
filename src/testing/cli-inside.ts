/** The command without a process of its own: the same code from the words on. */
import { type Asked, dispatch } from '../cli/dispatch.js';
import { commandNamed } from '../cli/commands.js';
import { failureOf } from '../cli/exit-codes.js';
import type { Console } from '../cli/terminal.js';

/** How a call ended and what it wrote. */
export interface InsideResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a call finds around it. */
export interface InsideOptions {
  /** Variables on top of this process's, for the time of the call. */
  readonly env?: Readonly<Record<string, string>>;
  /** Parts of the console: a terminal, a width. */
  readonly console?: Partial<Console>;
}

/** Runs the words in the current folder; calls must not overlap. */
export async function runInside(
  words: string | readonly string[],
  options: InsideOptions = {},
): Promise<InsideResult> {
  const argv = typeof words === 'string' ? words.split(' ').filter((word) => word !== '') : [...words];
  const out: string[] = [];
  const err: string[] = [];
  const console: Console = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    ...options.console,
  };
  const named = commandNamed(argv[0] ?? '') !== undefined;
  const asked: Asked = { json: argv.includes('--json'), debug: false };
  const before = new Map(Object.keys(options.env ?? {}).map((name) => [name, process.env[name]]));
  Object.assign(process.env, options.env);
  let status = 0;
  try {
    await dispatch(named ? argv[0]! : 'run', named ? argv.slice(1) : argv, console, false, asked);
  } catch (error) {
    const failure = failureOf(error, asked.json, false);
    err.push(failure.text);
    status = failure.code;
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  return { status, stdout: out.join('\n'), stderr: err.join('\n') };
}
