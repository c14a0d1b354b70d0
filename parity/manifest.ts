/** The manifest of the fixtures: what each file is, who made it, and its digest. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { listFiles, PROJECT_ROOT } from './comparison.js';

/** One fixture file. */
export interface ManifestRow {
  /** Below `fixtures/`, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The generator. */
  readonly madeBy: string;
  /** The package that was asked, or the file the data was taken from. */
  readonly reference: string;
  readonly version: string;
  readonly seed: number | null;
  /** Last day of data, for prices. */
  readonly date?: string;
  readonly licence: string;
  readonly note: string;
}

const REQUIRED = [
  'path',
  'sha256',
  'bytes',
  'madeBy',
  'reference',
  'version',
  'seed',
  'licence',
  'note',
] as const;

export function readManifest(root: string = PROJECT_ROOT): readonly ManifestRow[] {
  const file = JSON.parse(readFileSync(`${root}/fixtures/manifest.json`, 'utf8')) as { files: ManifestRow[] };
  return file.files;
}

/** The text of the manifest: sorted by path, a row on a line. */
export function manifestText(rows: readonly ManifestRow[]): string {
  const sorted = [...rows].sort((a, b) => (a.path < b.path ? -1 : 1));
  return `{"files": [\n${sorted.map((row) => JSON.stringify(row)).join(',\n')}\n]}\n`;
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** What is wrong between the manifest and the files: one sentence each. */
export function checkManifest(rows: readonly ManifestRow[], root: string = PROJECT_ROOT): string[] {
  const problems: string[] = [];
  const files = new Set(listFiles(`${root}/fixtures`));
  files.delete('manifest.json');
  const seen = new Set<string>();
  for (const row of rows) {
    const missing = REQUIRED.filter((key) => row[key] === undefined);
    if (missing.length > 0) problems.push(`manifest: ${row.path} has no ${missing.join(', ')}`);
    if (seen.has(row.path)) problems.push(`manifest: ${row.path} stands twice`);
    seen.add(row.path);
    if (!files.has(row.path)) {
      problems.push(`manifest: ${row.path} is not there`);
      continue;
    }
    const data = readFileSync(`${root}/fixtures/${row.path}`);
    if (data.length !== row.bytes)
      problems.push(`${row.path}: ${data.length} bytes, the manifest says ${row.bytes}`);
    if (sha256(data) !== row.sha256) problems.push(`${row.path}: another digest than in the manifest`);
  }
  for (const path of files) if (!seen.has(path)) problems.push(`${path}: not in the manifest`);
  return problems;
}
