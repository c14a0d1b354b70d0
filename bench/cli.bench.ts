/** Whole runs of the command, from the start of the process to its end. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, type BenchCase, job, type Kernel } from './harness.js';
import { ROOT } from './peer.js';

/** Starts Node with these arguments in an empty folder and waits for its end. */
const spawnNode: Kernel = (_, params) => {
  const args = (JSON.parse(String(params.args)) as string[]).map((arg) => (arg === '<main>' ? MAIN : arg));
  return job(
    () => {
      const cwd = mkdtempSync(join(tmpdir(), 'nb-bench-cli-'));
      try {
        const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd });
        if (status !== 0)
          throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr.toString().trim()}`);
        return stdout.length;
      } finally {
        rmSync(cwd, { recursive: true, force: true });
      }
    },
    (bytesPrinted) => ({ bytesPrinted }),
  );
};

const MAIN = join(ROOT, 'dist/src/cli/main.js');

function command(name: string, title: string, args: readonly string[]): BenchCase {
  return { name, title, kernel: 'spawnNode', params: { args: JSON.stringify(args) }, spawns: true };
}

export const bench: Bench = {
  name: 'cli',
  kernels: { spawnNode },
  cases: [
    command('node-alone', "node -e '': what every start costs before our first line", ['-e', '']),
    command('help', 'nb-backtest --help', ['<main>', '--help']),
    command('version', 'nb-backtest --version', ['<main>', '--version']),
    command('demo', 'nb-backtest demo: ten years of 20 stocks, table and HTML', ['<main>', 'demo']),
  ],
};
