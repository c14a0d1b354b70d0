// Writes docs/reports/mutation.md from what Stryker found: the last step of `npm run mutation`. Ends with 1 when a
// folder's score is below 90 %. The reasons of survivors stand in .ci/mutation-survivors.json, by
// file, a piece of the line, and the mutation.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST = 90;
const UNKNOWN = 'not looked at yet';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { files } = JSON.parse(readFileSync(join(root, '.cache', 'mutation.json'), 'utf8'));
const known = JSON.parse(readFileSync(join(root, '.ci', 'mutation-survivors.json'), 'utf8'));

function commitNow() {
  try {
    const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--', 'kernels/book', 'src/exchange') !== '';
    return git('rev-parse', '--short=12', 'HEAD') + (changed ? ' and changes' : '');
  } catch {
    return 'unknown';
  }
}

/** What a mutant changes, in one line: before and after. */
function changeOf(source, { location, replacement = '' }) {
  const { start, end } = location;
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  const short = (text) => {
    const line = text.replace(/\s+/g, ' ').trim();
    return line.length > 90 ? `${line.slice(0, 60)} … ${line.slice(-26)}` : line;
  };
  return { from: short(lines.join('\n')), to: short(replacement), text: source.split('\n')[start.line - 1] };
}

const STATES = ['killed', 'timeout', 'survived', 'no coverage'];

/** A mutant that was stopped by the processor time it took counts as a timeout. */
function stateOf({ status, statusReason = '' }) {
  if (status === 'Killed') return statusReason.startsWith('no end in sight') ? 'timeout' : 'killed';
  return { Timeout: 'timeout', Survived: 'survived', NoCoverage: 'no coverage' }[status];
}

const score = (counts) => {
  const all = STATES.reduce((sum, state) => sum + counts[state], 0);
  return all === 0 ? 100 : (100 * (counts.killed + counts.timeout)) / all;
};

const zero = () => Object.fromEntries(STATES.map((state) => [state, 0]));
const rows = [];
const folders = new Map();
const survivors = [];
for (const path of Object.keys(files).sort()) {
  const { mutants, source } = files[path];
  const counts = zero();
  const folder = dirname(path);
  if (!folders.has(folder)) folders.set(folder, zero());
  const byPlace = (a, b) =>
    a.location.start.line - b.location.start.line || a.location.start.column - b.location.start.column;
  for (const mutant of [...mutants].sort(byPlace)) {
    const state = stateOf(mutant);
    if (state === undefined) continue; // could not be built, or was left out
    counts[state]++;
    folders.get(folder)[state]++;
    if (state === 'killed' || state === 'timeout') continue;
    const { from, to, text } = changeOf(source, mutant);
    const isKnown = (each) =>
      each.file === path && each.from === from && each.to === to && text.includes(each.at);
    const why = known.find(isKnown)?.why ?? UNKNOWN;
    survivors.push({ path, line: mutant.location.start.line, from, to, state, why });
  }
  rows.push([path, counts]);
}

const code = (text) => (text === '' ? '(nothing)' : `\`${text.replaceAll('|', '\\|')}\``);
const row = (name, counts) =>
  `| ${name} | ${STATES.map((state) => counts[state]).join(' | ')} | ${score(counts).toFixed(1)} % |`;
const head = [`| file | ${STATES.join(' | ')} | score |`, '| --- | --: | --: | --: | --: | --: |'];
const text = [
  '# Mutation tests',
  '',
  'Written by `npm run mutation`: small faults are put into the matching code one at a time, and the tests must see',
  'each. Killed: a test failed. Timeout: the fault made a loop without an end. Survived: no test failed. The score is',
  'the share of killed and timed out. The tests are those of src/testing/mutation-tests.ts, fewer than in `npm test`.',
  '',
  '| date | commit | Node |',
  '| --- | --- | --- |',
  `| ${new Date().toISOString().slice(0, 10)} | ${commitNow()} | ${process.versions.node} |`,
  '',
  ...head,
  ...rows.map(([path, counts]) => row(path, counts)),
  ...[...folders].map(([folder, counts]) => row(`**${folder}**`, counts)),
  '',
  '## Survivors',
  '',
  ...(survivors.length === 0 ? ['None.'] : ['| line | mutation | why it survives |', '| --- | --- | --- |']),
  ...survivors.map(
    ({ path, line, from, to, why }) => `| ${path}:${line} | ${code(from)} → ${code(to)} | ${why} |`,
  ),
  '',
];
writeFileSync(join(root, 'docs', 'reports', 'mutation.md'), text.join('\n'));
for (const [folder, counts] of folders) console.log(`${folder}: ${score(counts).toFixed(1)} %`);
const unexplained = survivors.filter(({ why }) => why === UNKNOWN).length;
console.log(
  `${survivors.length} survivors, ${unexplained} of them without a reason: docs/reports/mutation.md`,
);
process.exitCode = [...folders.values()].every((counts) => score(counts) >= LEAST) ? 0 : 1;
