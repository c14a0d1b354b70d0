/**
 * Peers in JavaScript that are no dependencies of ours: fetched into .cache/bench-peers when a bench first asks them.
 *
 * Two of them are compiled on the way; in `devDependencies` they would make `npm ci` fail where there is no compiler.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Bench, job, type Kernel } from '../harness.js';
import { ends } from '../indicator-bars.js';
import { ROOT } from '../peer.js';

/** Bars as these libraries take them. */
export type Bars = Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume', number[]>>;

/** One function of a library. */
export interface Call {
  /** What is timed. */
  run(bars: Bars): unknown;
  /** The outputs in the order of ours; without it the result is the one output. */
  outputs?(result: never): readonly ArrayLike<number>[];
}

export interface Package {
  readonly name: string;
  readonly version: string;
  /** It has a step that compiles; without it no script of a package is run. */
  readonly compiles?: boolean;
}

type Promised<T> = T | Promise<T>;

/** The bench of a package of indicators: its functions by the names of ours. */
export async function javascriptPeer<L>(
  wanted: Package,
  calls: (library: L) => Promised<Readonly<Record<string, Call>>>,
): Promise<Bench> {
  return packagePeer<L>(wanted, async (library) => {
    const kernels = Object.entries(await calls(library)).map(([key, call]) => [key, kernelOf(call)]);
    return Object.fromEntries(kernels) as Bench['kernels'];
  });
}

/** The bench of a package. Ends the process with one line when it is not to be had. */
export async function packagePeer<L>(
  wanted: Package,
  kernels: (library: L) => Promised<Bench['kernels']>,
): Promise<Bench> {
  const { name, version } = wanted;
  const folder = join(ROOT, '.cache/bench-peers', `${name}-${version}`);
  try {
    install(wanted, folder);
    const library = createRequire(join(folder, 'x.js'))(name) as L;
    return { name, version, cases: [], kernels: await kernels(library) };
  } catch (error) {
    const [first] = String(error instanceof Error ? error.message : error).split('\n');
    process.stderr.write(`${name} ${version} is not to be had here: ${first}\n`);
    process.exit(1);
  }
}

function kernelOf(call: Call): Kernel {
  return (input) => {
    const columns = Object.entries(input).map(([name, { data }]) => [name, Array.from(data)]);
    const bars = Object.fromEntries(columns) as Bars;
    const outputs = call.outputs ?? ((result: never) => [result]);
    return job(
      () => call.run(bars),
      (result) => ends(outputs(result as never), bars.close.length),
    );
  };
}

/** npm installs the exact version into a folder of its own, once. */
function install({ name, version, compiles }: Package, folder: string): void {
  const stamp = join(folder, 'installed');
  if (existsSync(stamp)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
  const options = ['--no-audit', '--no-fund', '--loglevel=error', ...(compiles ? [] : ['--ignore-scripts'])];
  const args = ['install', '--prefix', folder, ...options, `${name}@${version}`];
  const { status, error, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    const said = (stderr ?? '').split('\n').filter((line) => /\berror\b/i.test(line));
    const why =
      error?.message ?? said.find((line) => !/npm (error|ERR!) (code|path)/.test(line)) ?? 'npm failed';
    throw new Error(
      `npm ${args[0]} ${name}@${version}: ${why}${compiles ? ' (it needs a C++ compiler)' : ''}`,
    );
  }
  writeFileSync(stamp, '');
}
