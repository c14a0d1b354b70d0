/** The same numbers on every supported Node, in every time zone and language, compiled or interpreted. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { type ChildResult, runChild, runNode } from './testing/child.js';
import { GOLDEN_PATH, goldenRun } from './testing/golden-run.js';
import { findNode, NODES_HINT, SUPPORTED_NODES } from './testing/other-nodes.js';
import { ROOT, readJson } from './testing/repository.js';
import { requireOrSkip } from './testing/require.js';

const MAIN = join(ROOT, 'dist', 'src', 'testing', 'golden-main.js');
const PLACES: readonly (readonly [string, string])[] = [
  ['UTC', 'C'],
  ['America/New_York', 'en_US.UTF-8'],
  ['Asia/Kolkata', 'de_DE.UTF-8'],
  ['Pacific/Apia', 'tr_TR.UTF-8'],
];

const CLI = join(ROOT, 'dist', 'src', 'cli', 'main.js');

const folder = mkdtempSync(join(tmpdir(), 'nb-nodes-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

/** Digests of what the demo prints as JSON and of the page it writes. */
async function demo(node: string, place: number): Promise<{ json: string; html: string }> {
  const [TZ, LANG] = PLACES[place]!;
  const cwd = mkdtempSync(join(folder, 'run-'));
  const args = [CLI, 'demo', '--json', '--html', 'page.html'];
  const result = await runChild(node, args, { cwd, env: { TZ, LANG, LC_ALL: LANG } });
  if (result.status !== 0) throw new Error(`demo ended with ${result.status}: ${result.stderr}`);
  const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
  return { json: digest(result.stdout), html: digest(readFileSync(join(cwd, 'page.html'))) };
}

const expectedDemo = demo(process.execPath, 0);
const expected = readJson<unknown>(GOLDEN_PATH);

function check(t: Test, result: ChildResult, title: string): void {
  if (result.status !== 0) t.fail(`${title}: ended with ${result.status}: ${result.stderr.slice(-2000)}`);
  else t.strictSame(JSON.parse(result.stdout), expected, title);
}

t.test('the golden run gives the committed digests', async (t) => {
  t.strictSame(
    goldenRun(),
    expected,
    'results changed: if that is meant, say so in CHANGELOG.md and run node .ci/refresh.mjs',
  );
});

for (const version of SUPPORTED_NODES) {
  t.test(`Node ${version} gives the same digests in four time zones and languages`, async (t) => {
    const node = findNode(version);
    if (!requireOrSkip(t, `Node ${version}`, node !== undefined, NODES_HINT)) return;
    const about = await runChild(node!, ['-p', 'process.version']);
    t.match(about.stdout, new RegExp(`^v${version.replace('.', '\\.')}\\.`), `it is Node ${version}`);
    const page = demo(node!, 1 + (SUPPORTED_NODES.indexOf(version) % 3));
    const runs = PLACES.map(([TZ, LANG]) => runChild(node!, [MAIN], { env: { TZ, LANG, LC_ALL: LANG } }));
    const results = await Promise.all(runs);
    for (const [i, result] of results.entries())
      check(t, result, `${about.stdout.trim()} ${PLACES[i]!.join(' ')}`);
    t.strictSame(await page, await expectedDemo, 'the demo prints and writes the same bytes');
  });
}

t.test('interpreted and unoptimised code gives the same digests', async (t) => {
  const flags = ['--jitless', '--no-opt'];
  const results = await Promise.all(flags.map((flag) => runNode([flag, MAIN])));
  for (const [i, result] of results.entries()) check(t, result, flags[i]!);
});

t.test(
  'a backtest runs where the clock, the random source and the engine’s own exp, log and pow throw',
  async (t) => {
    check(t, await runNode([MAIN, 'trapped']), 'nothing of it was called');
  },
);
