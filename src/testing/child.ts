/** Child processes as a user would start them: without the test runner's hooks, coverage and environment. */
import { spawn } from 'node:child_process';
import { ROOT } from './repository.js';

/** How a child process ended and what it wrote. */
export interface ChildResult {
  /** Exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall time in milliseconds. */
  readonly ms: number;
}

export interface ChildOptions {
  readonly cwd?: string;
  /** Variables set on top of the clean environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text for standard input; none when absent. */
  readonly input?: string;
  /** Milliseconds until the child is killed. Default 120,000. */
  readonly timeout?: number;
}

const RUNNER_VARIABLES =
  /^(NODE_OPTIONS|NODE_V8_COVERAGE|TAP|_TAPJS_|npm_|NB_|(NODE|COLOR|FORCE_COLOR|NO_COLOR)$)/;

/** This process's environment without the variables of the test runner, of npm's scripts and of our own tests. */
export function cleanEnv(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !RUNNER_VARIABLES.test(name)) env[name] = value;
  }
  return { ...env, ...extra };
}

/**
 * Calls `start` while the test runner's listeners on new processes are switched off. Without this, tap adds its
 * loader and coverage to every Node process a test starts, which changes what the test sees and how fast it is.
 */
export function withoutHooks<T>(start: () => T): T {
  const key = Symbol.for('process-on-spawn@*:singletonId');
  const state = (globalThis as { [name: symbol]: { listeners: unknown[] } | undefined })[key];
  if (state === undefined) return start();
  const listeners = state.listeners;
  state.listeners = [];
  try {
    return start();
  } finally {
    state.listeners = listeners;
  }
}

/** Runs a program to its end. Never rejects for a bad exit status; rejects when the program cannot be started. */
export function runChild(
  command: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<ChildResult> {
  const start = performance.now();
  const child = withoutHooks(() =>
    spawn(command, [...args], {
      cwd: options.cwd ?? ROOT,
      env: cleanEnv(options.env),
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      timeout: options.timeout ?? 120_000,
    }),
  );
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({
        status,
        signal,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        ms: performance.now() - start,
      });
    });
    if (options.input !== undefined) child.stdin?.end(options.input);
  });
}

/** Runs a Node program with the Node of this process. */
export function runNode(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  return runChild(process.execPath, args, options);
}
