/** The repository's own rules: docs/architecture.md and docs/style as a test. Each message says what to do. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { importOrder, oneDoorPerPackage } from './testing/import-rules.js';
import { projectFiles, ROOT, readJson, readText } from './testing/repository.js';
import { secretsIn } from './testing/secrets.js';
import { parseSource, type Source, type Violation } from './testing/source-file.js';
import { forbiddenCode, untestedKernels } from './testing/source-rules.js';

const LINE_LIMIT = 300;
const TOP_LEVEL = new Set(
  ['src', 'kernels', 'fixtures', 'parity', 'docs', 'bench', 'package.json', 'package-lock.json'].concat([
    'tsconfig.json',
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
  ]),
);

const files = projectFiles();
const typeScript = files.filter((path) => /^(src|kernels|parity|bench|docs)\/.*\.ts$/.test(path));
const texts = new Map(typeScript.map((path) => [path, readText(path)]));
const sources: Source[] = [...texts].map(([path, text]) => parseSource(path, text));

function lines(found: readonly Violation[]): string[] {
  return found.map(({ path, line, message }) =>
    line > 0 ? `${path}:${line}: ${message}` : `${path}: ${message}`,
  );
}

/** Messages of a rule for a file that was made up for the test. */
function planted(rule: (source: Source) => Violation[], path: string, text: string): string {
  return lines(rule(parseSource(path, text))).join('\n');
}

t.test('imports run from right to left through the parts of src and of kernels', async (t) => {
  t.strictSame(lines(sources.flatMap(importOrder)), []);

  const ask = (path: string, to: string): string => planted(importOrder, path, `import { a } from '${to}';`);
  t.match(ask('src/series/a.ts', '../metrics/b.js'), /series may not import metrics/);
  t.match(ask('src/metrics/a.ts', '../volatility/b.js'), /metrics may not import volatility/);
  t.match(ask('src/errors.ts', './check.js'), /errors may not import check/);
  t.match(ask('src/index.ts', './node/files.js'), /index may not import node/);
  t.match(ask('src/node/a.ts', '../cli/args.js'), /node may not import cli/);
  t.match(ask('src/report/a.ts', '../testing/require.js'), /for tests only/);
  t.match(ask('src/novelty/a.ts', '../errors.js'), /has no place in the order/);
  t.match(ask('src/report/a.ts', 'node:fs'), /belongs in node/);
  t.match(ask('src/node/a.ts', 'fs'), /write node:fs/);
  t.match(ask('src/report/a.ts', '../../bench/harness.js'), /imports only src and kernels/);
  t.match(ask('kernels/stats/a.ts', '../../src/errors.js'), /kernels import nothing but kernels/);
  t.match(ask('kernels/stats/a.ts', 'd3-scale'), /kernels import no package/);
  t.match(ask('kernels/special/a.ts', '../stats/b.js'), /special may not import kernels\/stats/);
  t.match(ask('kernels/performance/a.ts', '../portfolio/b.js'), /performance may not import/);
  t.match(
    planted(importOrder, 'src/series/a.ts', `export type B = import('../metrics/b.js').B;`),
    /series may not import metrics/,
    'a type alone follows the same rule',
  );

  t.equal(ask('src/check.ts', './errors.js'), '');
  t.equal(ask('src/backtest/a.ts', '../portfolio/b.js'), '');
  t.equal(ask('src/compat.ts', './index.js'), '');
  t.equal(ask('src/cli/a.ts', '../node/files.js'), '');
  t.equal(ask('kernels/stats/a.ts', '../special/exp.js'), '');
  t.equal(ask('src/report/a.test.ts', '../cli/args.js'), '', 'tests may import anything');
});

t.test('each package is imported by one module', async (t) => {
  t.strictSame(lines(oneDoorPerPackage(sources)), []);
  const twice = ['src/report/a.ts', 'src/report/b.ts'].map((path) =>
    parseSource(path, `import 'd3-scale/x.js';`),
  );
  t.match(lines(oneDoorPerPackage(twice))[0], /d3-scale already has its door in src\/report\/a\.ts/);
});

t.test('no source does what the rules of kernels, core and tests forbid', async (t) => {
  t.strictSame(lines(sources.flatMap(forbiddenCode)), []);

  const ask = (path: string, text: string): string => planted(forbiddenCode, path, text);
  const kernel = 'kernels/stats/a.ts';
  t.match(ask(kernel, 'const a = new Float64Array(3);'), /allocates nothing/);
  t.match(ask(kernel, 'throw 1;'), /does not throw/);
  t.match(ask(kernel, 'export class A {}'), /no classes/);
  t.match(ask(kernel, 'const a = Date.UTC(1);'), /no Date in kernels/);
  t.match(ask(kernel, 'Math.random();'), /no Math\.random/);
  const core = 'src/metrics/a.ts';
  for (const code of [
    'a ** 2;',
    'a **= 2;',
    'Math.pow(a, 2);',
    'Math.exp(a);',
    'Math.log(a);',
    `Math['exp'](a);`,
  ]) {
    t.match(ask(core, code), /digits depend|outright/, code);
  }
  for (const code of ['new Date();', 'Date.now();', 'Date();', 'process.exit();', 'console.log(1);']) {
    t.match(ask(core, code), /in the core/, code);
  }
  t.match(ask(core, 'a.toLocaleString();'), /machine's language/);
  t.match(ask('src/cli/a.ts', 'Date.parse(a);'), /no Date\.parse/);
  t.match(ask('src/cli/a.ts', 'Math.random();'), /no Math\.random/);
  t.match(ask(core, 'let a: any;'), /no any/);
  t.match(ask('src/a.test.ts', '// @ts-ignore\nlet a = 1;'), /no @ts-ignore/);
  t.match(ask('src/a.test.ts', `t.only('x', f);`), /no \.only/);
  t.match(ask('src/a.test.ts', `t.test('x', { todo: true }, f);`), /no todo option/);

  const comment = '/** Date, throw, class, Math.random, a ** b and new Float64Array( */\nexport const a = 1;';
  t.equal(ask(kernel, comment), '', 'comments are free');
  t.equal(ask(core, 'Math.sqrt(Math.abs(a)); Date.UTC(2000, 0); a.process; const b = { console: 1 };'), '');
  t.equal(ask('src/cli/a.ts', 'const now = new Date(); console.log(now, Math.exp(1));'), '');
});

t.test('every kernel has a test beside it that imports it', async (t) => {
  t.strictSame(lines(untestedKernels(texts)), []);
  const made = new Map([
    ['kernels/stats/sum.ts', ''],
    ['kernels/stats/mean.test.ts', `import './mean.js'`],
  ]);
  t.match(lines(untestedKernels(made))[0], /no test in kernels\/stats\/ imports \.\/sum\.js/);
});

t.test(`no file is over ${LINE_LIMIT} lines without a reason in .ci/long-files.json`, async (t) => {
  const reasons = readJson<{ files: Record<string, string> }>('.ci/long-files.json').files;
  const long = new Map<string, number>();
  for (const path of files.filter((name) => /\.(ts|mjs|py|sh)$|^\.ci\/run$/.test(name))) {
    const count = readText(path).trimEnd().split('\n').length;
    if (count > LINE_LIMIT) long.set(path, count);
  }
  const unexplained = [...long].filter(([path]) => !reasons[path]);
  t.strictSame(
    unexplained.map(
      ([path, count]) => `${path} has ${count} lines: split it by concept, or give a reason in the list`,
    ),
    [],
  );
  const stale = Object.keys(reasons).filter((path) => !long.has(path));
  t.strictSame(
    stale.map((path) => `${path} is no longer long: take it out of .ci/long-files.json`),
    [],
  );
});

t.test('the top level holds only what docs/architecture.md names', async (t) => {
  const names = [...new Set(files.map((path) => path.split('/')[0]!))];
  const strange = names.filter((name) => !TOP_LEVEL.has(name) && !name.startsWith('.'));
  t.strictSame(
    strange.map(
      (name) => `${name}: move it into one of the folders, or give it a dot if it only configures a tool`,
    ),
    [],
  );
});

t.test('no output of a build lies among the sources', async (t) => {
  const built = files.filter((path) =>
    /^(src|kernels|parity|bench)\/.*\.(js|d\.ts|map|tsbuildinfo)$/.test(path),
  );
  t.strictSame(
    built.map((path) => `${path}: delete it; builds go to dist`),
    [],
  );
});

t.test(
  'every fixture is in fixtures/manifest.json with its digest, and every row has its file',
  async (t) => {
    const rows = readJson<{ files: { path: string; sha256: string }[] }>('fixtures/manifest.json').files;
    const manifest = new Map(rows.map((row) => [`fixtures/${row.path}`, row.sha256]));
    const fixtures = files.filter(
      (path) => path.startsWith('fixtures/') && path !== 'fixtures/manifest.json',
    );
    const problems: string[] = [];
    for (const path of fixtures) {
      const listed = manifest.get(path);
      const digest = createHash('sha256')
        .update(readFileSync(join(ROOT, path)))
        .digest('hex');
      if (!listed) problems.push(`${path} has no row: make it with npm run parity`);
      else if (listed !== digest)
        problems.push(`${path} differs from its digest: regenerate it, never edit it`);
    }
    for (const path of manifest.keys()) {
      if (!files.includes(path)) problems.push(`${path} is in the manifest but not there`);
    }
    t.ok(fixtures.length > 0, 'there are fixtures');
    t.strictSame(problems, []);
  },
);

t.test('no secret and no path of one machine is in a file of the repository', async (t) => {
  t.strictSame(lines(files.flatMap((path) => secretsIn(path, readFileSync(join(ROOT, path))))), []);

  const ask = (text: string): string => lines(secretsIn('docs/a.md', Buffer.from(text))).join('\n');
  t.match(ask(`token: ${'gh'}p_${'a1B2'.repeat(9)}`), /GitHub token/);
  t.match(ask(`//registry/:_auth${'Token'}=npm_${'x9'.repeat(18)}`), /npm token/);
  t.match(ask(`-----BEGIN RSA ${'PRIVATE'} KEY-----`), /private key/);
  t.match(ask(`AK${'IA'}${'ABCD'.repeat(4)}`), /AWS/);
  t.match(ask(`pass${'word'} = "${'hunter2hunter2'}"`), /password/);
  t.match(ask(`see /ho${'me'}/someone/notes.txt`), /one machine/);
  t.equal(ask('password is asked for at the prompt; https://example.com/home/page'), '');
});
