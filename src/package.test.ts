/** The package as a user gets it: packed, unpacked elsewhere, imported, required, type-checked and listed. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import t from 'tap';
import { readApi } from './testing/api.js';
import { REFERENCE_PATH, referencePage, SNAPSHOT_PATH, snapshotText } from './testing/api-docs.js';
import { runChild, runNode } from './testing/child.js';
import { install, pack, packListDifferences } from './testing/pack.js';
import { projectFiles, ROOT, readJson, readText } from './testing/repository.js';
import { version } from './version.js';

interface Manifest {
  readonly [field: string]: unknown;
  readonly name: string;
  readonly version: string;
  readonly bin: Record<string, string>;
  readonly exports: Record<string, unknown>;
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

/** Of the tarball without prices, command and Node parts: about a third is declarations and their comments. */
const CORE_LIMIT = 780_000;

const manifest = readJson<Manifest>('package.json');
const consumer = realpathSync(mkdtempSync(join(tmpdir(), 'nb-package-')));
t.teardown(() => rmSync(consumer, { recursive: true, force: true }));
const tarball = await pack(consumer);
// Starts now and runs beside the rest: it takes seconds.
const attw = runNode([
  join(ROOT, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js'),
  tarball.path,
  ...'--profile esm-only --no-color --no-emoji --format ascii'.split(' '),
]);
const installed = await install(tarball, consumer);
const api = readApi(installed);

/** Runs a module in the consumer's folder and reads the JSON it prints. */
async function runIn(file: string, code: string): Promise<Record<string, unknown>> {
  writeFileSync(join(consumer, file), code);
  const result = await runNode([file], { cwd: consumer });
  if (result.status !== 0) throw new Error(`${file} ended with ${result.status}: ${result.stderr}`);
  return JSON.parse(result.stdout) as Record<string, unknown>;
}

t.test('package.json says what npm, editors and readers need', async (t) => {
  for (const field of 'description license author homepage repository bugs keywords engines type'.split(
    ' ',
  )) {
    t.ok(manifest[field], `${field} is there`);
  }
  t.equal(version, manifest.version, 'src/version.ts says the version of package.json');
  t.equal(manifest.license, 'MIT');
  t.equal(manifest.sideEffects, false, 'bundlers may drop what is not used');
  t.match(
    readText('CHANGELOG.md'),
    new RegExp(`^## \\[?${version.replaceAll('.', '\\.')}`, 'm'),
    'CHANGELOG.md has a section for this version',
  );
  const pins = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  t.strictSame(
    pins
      .filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))
      .map(([name]) => `${name}: pin one exact version`),
    [],
  );
});

t.test(
  'installing runs no script of a dependency, so it needs no compiler, and the lock holds every platform',
  async (t) => {
    for (const hook of ['preinstall', 'install', 'postinstall'])
      t.notOk(manifest.scripts[hook], `no ${hook} script`);
    interface LockRow {
      readonly hasInstallScript?: boolean;
      readonly dev?: boolean;
      readonly optional?: boolean;
      readonly optionalDependencies?: Record<string, string>;
    }
    const lock = readJson<{ packages: Record<string, LockRow> }>('package-lock.json').packages;
    const problems: string[] = [];
    for (const [path, row] of Object.entries(lock)) {
      if (row.hasInstallScript && !row.dev && !row.optional) {
        problems.push(`${path} has an install script: make it optional or find another package`);
      }
      for (const name of Object.keys((path !== '' && row.optionalDependencies) || {})) {
        if (!lock[`${path}/node_modules/${name}`] && !lock[`node_modules/${name}`]) {
          problems.push(
            `${name} of ${path} is not in the lock, so npm ci refuses it: make the lock anew without node_modules`,
          );
        }
      }
    }
    t.strictSame(problems, []);
  },
);

t.test('the tarball holds exactly the files of the committed list', async (t) => {
  t.strictSame(packListDifferences(tarball.files), []);
});

t.test('the core is under 780 kB packed: what a browser can load', async (t) => {
  const made = await runChild(
    'tar',
    [
      '-czf',
      'core.tgz',
      '--exclude=fixtures',
      '--exclude=dist/src/cli',
      '--exclude=dist/src/node',
      '-C',
      'node_modules',
      manifest.name,
    ],
    {
      cwd: consumer,
    },
  );
  t.equal(made.status, 0, made.stderr);
  const size = readFileSync(join(consumer, 'core.tgz')).length;
  t.comment(`core: ${size} bytes packed; with prices: ${tarball.size}`);
  t.ok(size < CORE_LIMIT, `${size} bytes`);
});

t.test('import and require give the names that the declarations promise', async (t) => {
  const promised: Record<string, string[]> = {};
  for (const { specifier, symbols } of api.entries) {
    promised[specifier] = symbols.filter((symbol) => symbol.isValue).map((symbol) => symbol.name);
  }
  const specifiers = JSON.stringify(Object.keys(promised));
  const imported = await runIn(
    'import.mjs',
    `const out = {};
     for (const s of ${specifiers}) out[s] = Object.keys(await import(s)).sort();
     console.log(JSON.stringify(out));`,
  );
  t.strictSame(imported, promised, 'by import');
  const required = await runIn(
    'require.cjs',
    `const out = {};
     for (const s of ${specifiers}) out[s] = Object.keys(require(s)).filter((k) => k !== '__esModule').sort();
     console.log(JSON.stringify(out));`,
  );
  t.strictSame(required, promised, 'by require');
});

t.test('only the listed entry points can be imported', async (t) => {
  const seen = await runIn(
    'deep.mjs',
    `const out = {};
     for (const path of ['dist/src/index.js', 'src/errors.js', 'cli', 'testing/child.js']) {
       out[path] = await import('${manifest.name}/' + path).then(() => 'imported', (error) => error.code);
     }
     out.manifest = (await import('${manifest.name}/package.json', { with: { type: 'json' } })).default.version;
     console.log(JSON.stringify(out));`,
  );
  const { manifest: seenVersion, ...rest } = seen;
  t.equal(seenVersion, version, 'package.json itself may be imported');
  for (const [path, code] of Object.entries(rest)) t.equal(code, 'ERR_PACKAGE_PATH_NOT_EXPORTED', path);
});

t.test('the installed command answers', async (t) => {
  const main = join(installed, manifest.bin[manifest.name]!);
  t.match(readFileSync(main, 'utf8'), /^#!\/usr\/bin\/env node\n/, 'it starts with a line that names node');
  const result = await runNode([main, '--version'], { cwd: consumer });
  t.equal(result.status, 0, result.stderr);
  t.match(result.stdout, version);
});

t.test('publint finds nothing', async (t) => {
  const { messages, pkg } = await publint({
    pkgDir: installed,
    level: 'suggestion',
    strict: true,
    pack: false,
  });
  t.strictSame(
    messages.map((message) => formatMessage(message, pkg) ?? message.code),
    [],
  );
});

t.test('every entry point resolves with types for users of ES modules', async (t) => {
  const result = await attw;
  t.equal(result.status, 0, result.stdout + result.stderr);
});

t.test('no any, no missing doc comment, no type that is used but not exported', async (t) => {
  t.strictSame(api.problems, []);
});

t.test('names and signatures are those of the committed snapshot', async (t) => {
  const hint = 'if the change is meant, run node .ci/refresh.mjs and say so in CHANGELOG.md';
  t.equal(snapshotText(api), readText(SNAPSHOT_PATH), hint);
  t.equal(referencePage(api), readText(REFERENCE_PATH), hint);
});

t.test('every public name is in the docs', async (t) => {
  const pages = projectFiles().filter((path) => path === 'README.md' || /^docs\/.*\.md$/.test(path));
  const words = new Set(pages.flatMap((path) => readText(path).match(/[A-Za-z_$][\w$]*/g) ?? []));
  const names = api.entries.flatMap(({ specifier, symbols }) =>
    symbols.map(({ name }) => ({ specifier, name })),
  );
  t.strictSame(
    names
      .filter(({ name }) => !words.has(name))
      .map(({ specifier, name }) => `${specifier} ${name}: describe it in docs/`),
    [],
  );
});

t.test('every seed name that is marked available can be imported, and no other', async (t) => {
  const table = readJson<{ names: { seed: string; ours: string; available: boolean }[] }>(
    'docs/contracts/seed-names.json',
  );
  const namesOf = (entry: string): Set<string> =>
    new Set(api.entries.find(({ specifier }) => specifier === entry)?.symbols.map(({ name }) => name));
  const core = new Set([...namesOf(manifest.name), ...namesOf(`${manifest.name}/bridge`)]);
  const compat = namesOf(`${manifest.name}/compat`);
  const fields = (await runIn(
    'fields.mjs',
    `import { computeMetrics } from '${manifest.name}';
     import { py_compute_metrics } from '${manifest.name}/compat';
     const r = [0.01, -0.02, 0.03];
     console.log(JSON.stringify({ seed: Object.keys(py_compute_metrics(r, 252, 0)), ours: Object.keys(computeMetrics(r)) }));`,
  )) as { seed: string[]; ours: string[] };
  const problems: string[] = [];
  for (const { seed, ours, available } of table.names) {
    const field = (name: string): string | undefined => name.split('.')[1];
    const hasSeed = field(seed) ? fields.seed.includes(field(seed)!) : compat.has(seed);
    const hasOurs = field(ours) ? fields.ours.includes(field(ours)!) : core.has(ours);
    if (available && !hasSeed) problems.push(`${seed} is not in ${manifest.name}/compat`);
    if (available && !hasOurs) problems.push(`${ours} is not in ${manifest.name}`);
    if (!available && (hasSeed || hasOurs))
      problems.push(`${seed} / ${ours} exists now: set available in the table`);
  }
  t.strictSame(problems, []);
});
