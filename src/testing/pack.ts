/** What npm would publish: the tarball of the built package, without running any script. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runChild } from './child.js';
import { ROOT, readJson } from './repository.js';

export const PACK_LIST_PATH = '.ci/pack-list.json';

export interface PackedFile {
  readonly path: string;
  readonly size: number;
}

export interface Tarball {
  /** Absolute path. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Sorted by path. */
  readonly files: readonly PackedFile[];
}

/** Runs npm, also on Windows, where it is a script. */
export async function runNpm(args: readonly string[], cwd: string): Promise<string> {
  const cli = process.env.npm_execpath;
  const viaNode = cli?.endsWith('.js') === true;
  const result = await (viaNode
    ? runChild(process.execPath, [cli, ...args], { cwd })
    : runChild(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd }));
  if (result.status !== 0)
    throw new Error(`npm ${args.join(' ')} ended with ${result.status}: ${result.stderr}`);
  return result.stdout;
}

/** Packs the project as built into `folder`, or only lists the files when no folder is given. */
export async function pack(folder?: string): Promise<Tarball> {
  const where = folder === undefined ? ['--dry-run'] : ['--pack-destination', folder];
  const [report] = JSON.parse(await runNpm(['pack', '--json', '--ignore-scripts', ...where], ROOT)) as [
    { filename: string; size: number; files: PackedFile[] },
  ];
  const files = [...report.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { path: join(folder ?? ROOT, report.filename), size: report.size, files };
}

/** Unpacks a tarball into `consumer/node_modules/nb-backtest`, with links to its declared dependencies beside it. */
export async function install(tarball: Tarball, consumer: string): Promise<string> {
  const { name, dependencies } = readJson<{ name: string; dependencies: Record<string, string> }>(
    'package.json',
  );
  const folder = join(consumer, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  // Relative paths: GNU tar on Windows takes "C:" for the name of a host.
  const result = await runChild(
    'tar',
    ['-xzf', join('..', '..', tarball.path.slice(consumer.length + 1)), '--strip-components=1'],
    {
      cwd: folder,
    },
  );
  if (result.status !== 0) throw new Error(`tar ended with ${result.status}: ${result.stderr}`);
  for (const dependency of Object.keys(dependencies)) {
    const link = join(consumer, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join(ROOT, 'node_modules', dependency), link, 'junction');
  }
  return folder;
}

/** Files that are packed but not on the committed list, and the other way round. */
export function packListDifferences(files: readonly PackedFile[]): string[] {
  const listed = new Set(readJson<string[]>(PACK_LIST_PATH));
  const packed = new Set(files.map((file) => file.path));
  return [
    ...[...packed]
      .filter((path) => !listed.has(path))
      .map(
        (path) =>
          `${path} would be published but is not on ${PACK_LIST_PATH}: if it should be, run node .ci/refresh.mjs; if its source is gone, npm run clean`,
      ),
    ...[...listed]
      .filter((path) => !packed.has(path))
      .map(
        (path) =>
          `${path} is on ${PACK_LIST_PATH} but would not be published: build, or run node .ci/refresh.mjs`,
      ),
  ];
}
