/** Asks the references again, in a temporary folder, and compares what they write with what is committed. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compareCase, PROJECT_ROOT } from './comparison.js';
import { type ManifestRow, sha256 } from './manifest.js';
import { type Environment, ParitySetupError, pythonOf } from './python-env.js';

/** Sums and transcendental functions differ in their last bits between processors and C libraries. */
const LAST_BITS = { rel: 1e-12, abs: 1e-15 };

/** One file that a generator wrote, beside the committed one. */
export interface Regenerated {
  readonly row: ManifestRow;
  readonly status: 'same bytes' | 'same content' | 'different' | 'new';
  /** What differs, for a reader. */
  readonly detail: string;
}

/** Runs the generators of one environment into `folder`; their manifest rows. */
export function regenerate(
  name: string,
  environment: Environment,
  generators: readonly string[],
  folder: string,
) {
  const python = pythonOf(name, environment);
  const script = `${PROJECT_ROOT}/parity/generate.py`;
  const { status } = spawnSync(python, ['-B', script, '--env', name, '--out', folder, ...generators], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new ParitySetupError(`parity/generate.py --env ${name} failed`);
  const text = readFileSync(`${folder}/manifest.${name}.json`, 'utf8');
  return (JSON.parse(text) as { files: ManifestRow[] }).files;
}

/** Compares one written file with the committed one: bytes first, then content. */
export function compareFile(row: ManifestRow, folder: string): Regenerated {
  const committed = `${PROJECT_ROOT}/fixtures/${row.path}`;
  if (!existsSync(committed)) return { row, status: 'new', detail: 'not committed' };
  const ours = readFileSync(committed);
  const theirs = readFileSync(`${folder}/${row.path}`);
  if (sha256(ours) === sha256(theirs)) return { row, status: 'same bytes', detail: '' };
  if (row.path.endsWith('.gz')) {
    const same = gunzipSync(ours).equals(gunzipSync(theirs));
    return same
      ? { row, status: 'same content', detail: 'compressed otherwise, the same text' }
      : { row, status: 'different', detail: 'another text' };
  }
  if (!row.path.endsWith('.json')) return { row, status: 'different', detail: 'other bytes' };
  const report = compareCase(JSON.parse(theirs.toString()), JSON.parse(ours.toString()), LAST_BITS);
  const [first] = report.mismatches;
  return first === undefined
    ? { row, status: 'same content', detail: `numbers within ${report.worst.toExponential(1)}` }
    : {
        row,
        status: 'different',
        detail: `${report.mismatches.length} places, the first ${first.path}: ${first.expected} now ${first.actual}`,
      };
}

/** Copies written files over the committed ones. */
export function takeOver(rows: readonly ManifestRow[], folder: string): void {
  for (const { path } of rows) {
    const target = `${PROJECT_ROOT}/fixtures/${path}`;
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(`${folder}/${path}`, target);
  }
}

/** Differences between committed and regenerated manifest rows, digest and size aside. */
export function compareRows(committed: readonly ManifestRow[], written: readonly ManifestRow[]): string[] {
  const known = new Map(committed.map((row) => [row.path, row]));
  const facts = ({ sha256: _digest, bytes: _bytes, ...rest }: ManifestRow): string => JSON.stringify(rest);
  const problems: string[] = [];
  for (const row of written) {
    const before = known.get(row.path);
    if (before !== undefined && facts(before) !== facts(row)) {
      problems.push(`manifest: ${row.path} is described otherwise by its generator`);
    }
  }
  const generators = new Set(written.map((row) => row.madeBy));
  const paths = new Set(written.map((row) => row.path));
  for (const row of committed) {
    if (generators.has(row.madeBy) && !paths.has(row.path)) {
      problems.push(`manifest: ${row.madeBy} no longer writes ${row.path}; delete it`);
    }
  }
  return problems;
}
