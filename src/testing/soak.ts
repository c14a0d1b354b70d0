/**
 * `npm run soak -- [names…] [--inputs N] [--seed N] [--no-report]`: runs the long tests, all or the named ones, tells
 * how far they are, and writes docs/reports/soak.json and soak.md. Ends with 1 if a promise was broken.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, readJson } from './repository.js';
import { mergeRecords, type SoakRecord, soakPage, SOAKS } from './soaks.js';

const FOLDER = 'docs/reports';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { inputs: { type: 'string' }, seed: { type: 'string' }, 'no-report': { type: 'boolean' } },
});

function whole(name: 'inputs' | 'seed', fallback: number): number {
  const text = values[name];
  if (text === undefined) return fallback;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Error(`--${name} must be a whole number above 0, was ${text}`);
  return Number(text);
}

function commitNow(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

const unknown = positionals.find((name) => !SOAKS.some((soak) => soak.name === name));
if (unknown !== undefined) {
  throw new Error(`no long test ${unknown}; there are ${SOAKS.map(({ name }) => name).join(', ')}`);
}
const records: SoakRecord[] = [];
for (const soak of SOAKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const inputs = whole('inputs', soak.inputs);
  const seed = whole('seed', soak.seed);
  const start = performance.now();
  const tell = (done: number): void => {
    const seconds = (performance.now() - start) / 1_000;
    const left = (seconds / done) * (inputs - done);
    process.stderr.write(
      `${soak.name}: ${done} of ${inputs}, ${seconds.toFixed()} s, ${left.toFixed()} s left\n`,
    );
  };
  const result = await soak.run(seed, inputs, tell);
  const seconds = Math.round((performance.now() - start) / 1_000);
  const date = new Date().toISOString().slice(0, 10);
  const { name, what } = soak;
  records.push({
    name,
    what,
    date,
    commit: commitNow(),
    node: process.versions.node,
    seconds,
    seed,
    ...result,
  });
  process.stdout.write(`${name}: ${inputs} inputs in ${seconds} s, ${result.problemCount} problems\n`);
  for (const problem of result.problems) process.stdout.write(`  ${problem}\n`);
  if (result.problemCount > 0) process.exitCode = 1;
}
if (values['no-report'] !== true) {
  const path = `${FOLDER}/soak.json`;
  const before = existsSync(join(ROOT, path)) ? readJson<{ soaks: SoakRecord[] }>(path).soaks : [];
  const soaks = mergeRecords(before, records);
  mkdirSync(join(ROOT, FOLDER), { recursive: true });
  writeFileSync(join(ROOT, path), `${JSON.stringify({ soaks }, null, 2)}\n`);
  writeFileSync(join(ROOT, FOLDER, 'soak.md'), soakPage(soaks));
  process.stdout.write(`written ${path} and soak.md\n`);
}
