/**
 * `npm run parity [-- names… --update]`: asks every reference again and compares.
 *
 * 1. makes the Python environments under `.cache/parity/` (see python-env.ts),
 * 2. runs the generators into a temporary folder and compares each file with the committed one,
 * 3. checks the manifest, 4. compares our numbers with the fixtures and prints the table,
 * 5. writes docs/parity.md and docs/divergences.md (a run of all generators only),
 * 6. sends nanobook and our exchange a million random orders (a run of all, or of exchange_nanobook),
 * 7. asks TA-Lib and our indicators with every period about new series (a run of all, or of indicators).
 * `--update` first takes the new fixtures and the manifest over. Exit code 1 when anything is wrong.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPARISONS } from './compare/index.js';
import { listFixtures, loadFixture, PROJECT_ROOT } from './comparison.js';
import { DIVERGENCES } from './divergences/index.js';
import { compareLive } from './live.js';
import { compareIndicators } from './live-indicators.js';
import { checkManifest, type ManifestRow, manifestText, readManifest } from './manifest.js';
import { ParitySetupError, pythonOf, readEnvironments } from './python-env.js';
import { compareFile, compareRows, regenerate, takeOver } from './regenerate.js';
import { divergencesPage, parityPage, showDifference, showTolerance } from './report.js';
import { runSuite, staleTolerances } from './suite.js';

const args = process.argv.slice(2);
const update = args.includes('--update');
const names = args.filter((arg) => arg !== '--update');

/** Random orders for the exchange and nanobook. */
const LIVE_OPERATIONS = 1_000_000;

/** Whether a generator is asked for by a name: its own, or its beginning before an underscore. */
function isOf(name: string, generator: string): boolean {
  return generator === name || generator.startsWith(`${name}_`);
}

/** Runs the generators asked for; every manifest row they wrote. */
function regenerateAll(folder: string): ManifestRow[] {
  const environments = readEnvironments();
  const known = [...environments.values()].flatMap((environment) => environment.generators);
  const unknown = names.filter((name) => !known.some((generator) => isOf(name, generator)));
  if (unknown.length > 0) {
    throw new ParitySetupError(`no generator ${unknown.join(', ')}; use ${known.join(', ')}, --update`);
  }
  const written: ManifestRow[] = [];
  for (const [name, environment] of environments) {
    const wanted = environment.generators.filter(
      (generator) => names.length === 0 || names.some((name) => isOf(name, generator)),
    );
    if (wanted.length > 0) written.push(...regenerate(name, environment, wanted, folder));
  }
  return written;
}

/** Compares the written files with the committed ones, or takes them over; what is wrong. */
function settleFixtures(written: readonly ManifestRow[], folder: string): string[] {
  const problems: string[] = [];
  const committed = readManifestIfThere();
  if (update) {
    const changed = written.filter((row) => compareFile(row, folder).status !== 'same bytes');
    takeOver(changed, folder);
    const madeBy = new Set(written.map((row) => row.madeBy));
    const kept = committed.filter((row) => !madeBy.has(row.madeBy));
    writeFileSync(`${PROJECT_ROOT}/fixtures/manifest.json`, manifestText([...kept, ...written]));
    console.log(`took over ${changed.length} of ${written.length} files:`);
    for (const row of changed) console.log(`  ${row.path}`);
  } else {
    for (const { row, status, detail } of written.map((row) => compareFile(row, folder))) {
      console.log(`  ${row.path}: ${status}${detail === '' ? '' : ` (${detail})`}`);
      if (status === 'different' || status === 'new') problems.push(`${row.path}: ${status}, ${detail}`);
    }
    problems.push(...compareRows(committed, written));
  }
  return [...problems, ...checkManifest(readManifestIfThere())];
}

function readManifestIfThere(): readonly ManifestRow[] {
  try {
    return readManifest();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Compares our numbers with the fixtures, prints the table, writes the pages of a full run; what is wrong. */
function compareOurs(paths: ReadonlySet<string> | undefined): string[] {
  const suite = runSuite(COMPARISONS, DIVERGENCES, (path) => paths?.has(path) ?? true);
  const rows = suite.results.map((result) => [
    result.comparison.functions.join(', '),
    `${result.fixture.reference} ${result.fixture.version}`,
    result.comparison.fixture,
    String(result.cases),
    showDifference(result.worst),
    showTolerance(result.comparison.tolerance),
    result.failures.length === 0 ? 'pass' : 'FAIL',
  ]);
  printTable([['functions', 'reference', 'fixture', 'cases', 'worst', 'tolerance', ''], ...rows]);
  if (paths === undefined) {
    const fixtures = new Map(listFixtures().map((path) => [path, loadFixture(path)]));
    writePage('docs/parity.md', parityPage(suite.results));
    writePage('docs/divergences.md', divergencesPage(DIVERGENCES, fixtures));
  }
  const stale = paths === undefined ? staleTolerances(suite.results) : [];
  return [...suite.results.flatMap((result) => result.failures), ...suite.failures, ...stale];
}

/** Sends nanobook random orders from a new seed and compares what comes of them; what is wrong. */
function compareRandomOrders(folder: string): string[] {
  const seed = newSeed();
  const found = compareLive(mainPython(), LIVE_OPERATIONS, seed, `${folder}/live`);
  const { operations, trades, problems } = found;
  const numbers = `${operations.toLocaleString('en-US')} operations, ${trades.toLocaleString('en-US')} trades`;
  console.log(`nanobook and our exchange, seed ${seed}: ${numbers}, ${problems.length} differences`);
  return [...problems];
}

/** Asks TA-Lib with every period about series from a new seed, and compares what it says with ours; what is wrong. */
function compareEveryPeriod(folder: string): string[] {
  const seed = newSeed();
  const found = compareIndicators(mainPython(), seed, `${folder}/live-indicators`);
  const { questions, numbers, functions, intended, worst, problems } = found;
  const [name, most] = [...worst].sort((a, b) => b[1] - a[1])[0] ?? ['none', 0];
  const asked = `${questions.toLocaleString('en-US')} questions to ${functions} functions`;
  const answers = `${numbers.toLocaleString('en-US')} numbers`;
  console.log(
    `TA-Lib and our indicators, seed ${seed}: ${asked}, ${answers}, ${problems.length} differences;`,
  );
  console.log(`  the worst of the others ${showDifference(most)} of the scale (${name})`);
  for (const [why, count] of intended)
    console.log(`  ${why}: ${count} answers of TA-Lib are not held against us`);
  return [...problems];
}

function newSeed(): number {
  return Date.now() % 1_000_000_000;
}

function mainPython(): string {
  const environment = readEnvironments().get('main');
  if (environment === undefined) throw new ParitySetupError('environments.json has no main');
  return pythonOf('main', environment);
}

function printTable(rows: readonly (readonly string[])[]): void {
  const header = rows[0] ?? [];
  const clipped = rows.map((row) => row.map((cell) => (cell.length > 44 ? `${cell.slice(0, 43)}…` : cell)));
  const widths = header.map((_, column) => Math.max(...clipped.map((row) => row[column]?.length ?? 0)));
  console.log();
  for (const row of clipped) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  console.log();
}

function writePage(path: string, text: string): void {
  const target = `${PROJECT_ROOT}/${path}`;
  let before = '';
  try {
    before = readFileSync(target, 'utf8');
  } catch {
    // not written yet
  }
  if (before === text) return;
  writeFileSync(target, text);
  console.log(`wrote ${path}`);
}

function main(): number {
  const folder = mkdtempSync(join(tmpdir(), 'nb-parity-'));
  try {
    const written = regenerateAll(folder);
    const problems = settleFixtures(written, folder);
    const all = names.length === 0;
    problems.push(...compareOurs(all ? undefined : new Set(written.map((row) => row.path))));
    if (all || names.some((name) => isOf(name, 'exchange_nanobook')))
      problems.push(...compareRandomOrders(folder));
    if (all || names.includes('indicators')) problems.push(...compareEveryPeriod(folder));
    for (const problem of problems) console.error(`FAIL ${problem}`);
    console.log(problems.length === 0 ? 'parity: everything agrees' : `parity: ${problems.length} problems`);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ParitySetupError)) throw error;
    console.error(`parity: ${error.message}`);
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = main();
