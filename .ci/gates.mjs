// The gates of a release: `npm run gates`. Each prints one line with its time; none is skipped. A gate that needs the
// build counts as failed when there is no build. What a failed gate had to say comes at the end.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a program of node_modules with this Node; gives null, or what it wrote when it failed. */
function run(file, ...args) {
  return new Promise((resolve) => {
    const path = file.startsWith('/') || /^[A-Z]:/.test(file) ? file : join(root, 'node_modules', file);
    const child = spawn(process.execPath, [path, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', (error) => resolve(String(error)));
    child.on('close', (code) => resolve(code === 0 ? null : text || `ended with ${code}`));
  });
}

async function npm(...args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return await run(cli, ...args);
  return 'start the gates with: npm run gates';
}

/** Asks a list of findings of a module of the build; null when it is empty. */
async function ask(module, find) {
  const path = join(root, 'dist', 'src', 'testing', module);
  if (!existsSync(path)) return `${module} is not built`;
  const found = await find(await import(`file://${path}`));
  return found.length > 0 ? found.join('\n') : null;
}

const gates = {
  lint: () => run('eslint/bin/eslint.js', '--config', '.ci/eslint.config.mjs', '--max-warnings', '0', '.'),
  format: () => run('prettier/bin/prettier.cjs', '--check', '.'),
  types: async () =>
    (await run(join(root, '.ci', 'bundle-page.mjs'))) ?? (await run('typescript/bin/tsc', '-b')),
  tests: () => npm('test'),
  docs: () => run('typedoc/bin/typedoc', '--options', '.ci/typedoc.json', '--emit', 'none'),
  dependencies: () =>
    run(
      'knip/bin/knip.js',
      '--include',
      'dependencies,unlisted,unresolved,binaries,files',
      '--no-config-hints',
    ),
  secrets: () =>
    ask('secrets.js', async ({ secretsIn }) => {
      const { projectFiles } = await import(
        `file://${join(root, 'dist', 'src', 'testing', 'repository.js')}`
      );
      return projectFiles()
        .flatMap((path) => secretsIn(path, readFileSync(join(root, path))))
        .map(({ path, line, message }) => `${path}:${line}: ${message}`);
    }),
  'pack list': () =>
    ask('pack.js', async ({ pack, packListDifferences }) => packListDifferences((await pack()).files)),
};

let failures = 0;
const reports = [];
for (const [name, gate] of Object.entries(gates)) {
  const start = performance.now();
  const problem = await gate().catch((error) => String(error?.stack ?? error));
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  console.log(`${problem === null ? 'pass' : 'FAIL'} ${seconds} s  ${name}`);
  if (problem !== null) {
    failures++;
    reports.push(`\n== ${name}\n${problem.length > 20_000 ? problem.slice(-20_000) : problem}`);
  }
}
if (reports.length > 0) console.log(reports.join('\n'));
console.log(
  failures === 0 ? '\nall gates passed' : `\n${failures} of ${Object.keys(gates).length} gates failed`,
);
process.exitCode = failures === 0 ? 0 : 1;
