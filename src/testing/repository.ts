/** The repository as files: where it is and what belongs to it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of package.json. This file runs from dist/src/testing. */
export const ROOT: string = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

const GENERATED = new Set(['node_modules', 'dist', '.git', '.tap', '.cache']);

/** Paths of a whole tree, for a copy of the sources that Git does not know. */
function walk(folder: string, prefix: string, out: string[]): string[] {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (GENERATED.has(entry.name) || entry.name.endsWith('.generated.ts')) continue;
    const path = prefix + entry.name;
    if (entry.isDirectory()) walk(join(folder, entry.name), `${path}/`, out);
    else out.push(path);
  }
  return out;
}

/** Every file that is committed or about to be: tracked and new, without what Git ignores; `/` between folders, sorted. */
export function projectFiles(): string[] {
  let files: string[];
  try {
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 26,
    });
    files = listed.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
  } catch {
    files = walk(ROOT, '', []);
  }
  return [...new Set(files)].sort();
}

/** Text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A JSON file of the repository. */
export function readJson<T>(path: string): T {
  return JSON.parse(readText(path)) as T;
}
