/** The files a run reads and writes. */
import { type BigIntStats, existsSync, fstatSync, realpathSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { ConfigError } from '../errors.js';
import { readTextAndDigest } from '../node/files.js';
import type { ReportFile } from '../report/types.js';
import type { Settings } from './settings.js';

/** What reading left behind, in order: the files with their digests, and remarks for the person. */
export interface Found {
  readonly files: ReportFile[];
  readonly notes: string[];
}

/** Options whose value is a file that is written. */
const WRITTEN = ['html', 'log-file', 'rejects', 'trades'];
/** Options whose value may be a file that is read. */
const READ = ['weights', 'benchmark', 'config', 'scores', 'current', 'strategy'];

/** What a path is called: standard input has no name. */
export function shownPath(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** The text of a file, or of standard input for `-`; its digest goes to `found`. `label` stands for the path. */
export function load(path: string, label: string | undefined, found: Found): string {
  const { text, sha256 } = readTextAndDigest(path === '-' ? '/dev/stdin' : path);
  found.files.push({ name: label ?? basename(shownPath(path)), sha256 });
  return text;
}

/** A file that is written must not take the place of one that is read, of another one, or of stdout and stderr. */
export function refuseOverwriting(settings: Settings, inputs: readonly string[]): void {
  const taken = new Set<string>();
  for (const input of [...inputs, ...READ.map((name) => settings.text(name))]) {
    if (input !== undefined && existsSync(input)) taken.add(realpathSync(input));
  }
  for (const name of WRITTEN) {
    const path = settings.text(name);
    if (path === undefined) continue;
    if (path === '-') {
      const fix = 'name a file; ./- for one that is called so';
      throw new ConfigError(settings.label(name), path, 'a file: standard output has the result', fix);
    }
    const stream = streamAt(path);
    if (stream !== undefined && (stream !== 'stdin' || inputs.includes('-'))) {
      const constraint = `another file than the one that ${stream} ${stream === 'stdin' ? 'comes from' : 'goes to'}`;
      throw new ConfigError(settings.label(name), path, constraint, 'name a file of its own');
    }
    const target = existsSync(path) ? realpathSync(path) : resolve(path);
    if (taken.has(target) && !target.startsWith('/dev/')) {
      throw new ConfigError(
        settings.label(name),
        path,
        'another file than those that are read or written',
        'choose another name',
      );
    }
    taken.add(target);
  }
}

/** Which of the program's own streams goes to the file `path`; a terminal or /dev/null loses nothing. */
function streamAt(path: string): string | undefined {
  const there = statsOf(() => statSync(path, { bigint: true }));
  if (there === undefined || there.isCharacterDevice()) return undefined;
  return ['stdin', 'stdout', 'stderr'].find((_, descriptor) => {
    const own = statsOf(() => fstatSync(descriptor, { bigint: true }));
    return own !== undefined && own.dev === there.dev && own.ino === there.ino;
  });
}

/** Undefined where there is no such file. */
function statsOf(look: () => BigIntStats): BigIntStats | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
