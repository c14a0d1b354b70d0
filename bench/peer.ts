/** The processes that are timed: ours (Node) and the peers (Python), spoken to in JSON lines. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Check, Params, Timed } from './harness.js';

/** Root of the repository; this file runs as dist/bench/peer.js. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const REPLY_TIMEOUT_MS = 300_000;

/** One thread everywhere: the comparison is of code, not of core counts. */
const ONE_THREAD = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  NUMEXPR_NUM_THREADS: '1',
  NUMBA_NUM_THREADS: '1',
  RAYON_NUM_THREADS: '1',
};

interface Reply {
  readonly error?: string;
  readonly version?: string;
  readonly ms?: number;
  readonly check?: Check;
  readonly peakBytes?: number;
}

/** A side that ended, or that answered with an error. */
export class SideError extends Error {
  readonly side: string;

  constructor(side: string, what: string) {
    super(`${side}: ${what}`);
    this.side = side;
  }
}

/** A long-lived child process that prepares, runs and times kernels. */
export class Side implements Timed {
  readonly name: string;
  /** The check of the last timed call. */
  lastCheck: Check = {};
  /** Its calls take seconds: none before a round that is not timed. */
  cold = false;
  #child: ChildProcess;
  #stderr = '';
  #waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;
  #ended: Error | undefined;

  constructor(name: string, command: string, args: readonly string[]) {
    this.name = name;
    this.#child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...ONE_THREAD },
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-2000);
    });
    this.#child.stdin?.on('error', () => {});
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('close', (code) => this.#end(`ended with ${code ?? 'a signal'}`));
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.resolve(JSON.parse(line) as Reply);
    });
  }

  #end(why: string): void {
    const said = this.#stderr.trim();
    const gap = said.includes('\n') ? '\n' : ': ';
    this.#ended = new SideError(this.name, said === '' ? why : `${why}${gap}${said}`);
    this.#waiting?.reject(this.#ended);
    this.#waiting = undefined;
  }

  async #ask(command: Readonly<Record<string, unknown>>): Promise<Reply> {
    if (this.#ended !== undefined) throw this.#ended;
    const timer = setTimeout(() => {
      this.#child.kill();
    }, REPLY_TIMEOUT_MS);
    try {
      const reply = await new Promise<Reply>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
      });
      if (reply.error !== undefined) throw new SideError(this.name, reply.error);
      return reply;
    } finally {
      clearTimeout(timer);
    }
  }

  async version(): Promise<string> {
    return (await this.#ask({ op: 'info' })).version ?? '';
  }

  async prepare(kernel: string, input: string | null, params: Params): Promise<void> {
    await this.#ask({ op: 'prepare', kernel, input, params });
  }

  async time(repeat: number): Promise<number> {
    const reply = await this.#ask({ op: 'time', repeat, cold: this.cold });
    this.lastCheck = reply.check ?? {};
    if (reply.ms === undefined) throw new SideError(this.name, 'gave no time');
    return reply.ms;
  }

  async peakBytes(): Promise<number> {
    return (await this.#ask({ op: 'memory' })).peakBytes ?? 0;
  }

  close(): void {
    this.#child.stdin?.end();
    this.#child.kill();
  }
}

export function startOurs(bench: string): Side {
  return new Side('ours', process.execPath, ['--expose-gc', join(ROOT, 'dist/bench/ours.js'), bench]);
}

/** Peers in JavaScript are benches of their own in dist/bench/peers; the others are Python scripts. */
export function isJavaScript(script: string): boolean {
  return existsSync(join(ROOT, 'dist/bench/peers', `${script}.bench.js`));
}

/** Starts a peer; one in Python needs the interpreter. */
export function startPeer(python: string | undefined, script: string): Side {
  if (isJavaScript(script)) {
    const ours = join(ROOT, 'dist/bench/ours.js');
    return new Side(script, process.execPath, [
      '--expose-gc',
      '--max-old-space-size=8192',
      ours,
      `peers/${script}`,
    ]);
  }
  if (python === undefined) throw new SideError(script, 'needs Python');
  return new Side(script, python, ['-B', '-u', join(ROOT, 'bench/peers', `${script}_peer.py`)]);
}

/** The Python of the parity environment, or undefined where there is none. */
export function findPython(): string | undefined {
  const environment = process.env.NB_PARITY_ENV_MAIN ?? join(ROOT, '.cache/parity/env-main');
  const python =
    process.platform === 'win32'
      ? join(environment, 'Scripts', 'python.exe')
      : join(environment, 'bin', 'python');
  return existsSync(python) ? python : undefined;
}

export const NO_PYTHON =
  'No Python environment for the peers: those in Python are left out. To compare, run `npm run parity` once (it makes ' +
  '.cache/parity/env-main from parity/requirements.txt; needs Python 3.11), or set NB_PARITY_ENV_MAIN to such an environment.';
