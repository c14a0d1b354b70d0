// Packs the built package, installs the tarball with npm into an empty folder, and uses it as a stranger would.
// Run after `npm ci`: node .ci/smoke.mjs
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'nb-smoke-')));
const windows = process.platform === 'win32';

function run(cwd, command, ...args) {
  console.log(`$ ${command} ${args.join(' ')}`);
  // npm and npx are scripts on Windows; the arguments here hold nothing a shell would change.
  const shell = windows && command !== process.execPath;
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', shell });
  if (result.status !== 0) {
    console.log(`${result.stdout ?? ''}${result.stderr ?? result.error}`);
    throw new Error(`${command} ${args[0]} ended with ${result.status}`);
  }
  return result.stdout;
}

try {
  const packed = run(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  const { filename, version } = JSON.parse(packed)[0];
  writeFileSync(join(folder, 'package.json'), '{ "name": "smoke", "private": true }\n');
  run(folder, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', `./${filename}`);
  writeFileSync(
    join(folder, 'use.mjs'),
    `import { backtestWeights, version } from 'nb-backtest';
     import { exp } from 'nb-backtest/kernels/special/exp';
     import 'nb-backtest/node';
     import 'nb-backtest/compat';
     const prices = [[100], [110], [121]];
     const { equityCurve } = backtestWeights({ prices, weights: [[1], [1], [1]] }, { initialCash: 1000000 });
     console.log(JSON.stringify({ version, last: equityCurve.at(-1), one: exp(0) }));\n`,
  );
  writeFileSync(join(folder, 'use.cjs'), `console.log(require('nb-backtest').version);\n`);
  const used = JSON.parse(run(folder, process.execPath, 'use.mjs'));
  const expected = { version, last: 1210000, one: 1 };
  if (JSON.stringify(used) !== JSON.stringify(expected)) throw new Error(`got ${JSON.stringify(used)}`);
  if (run(folder, process.execPath, 'use.cjs').trim() !== version)
    throw new Error('require gives another version');
  if (!run(folder, 'npx', '--no-install', 'nb-backtest', '--version').includes(version))
    throw new Error('no --version');
  const demo = run(folder, 'npx', '--no-install', 'nb-backtest', 'demo', '--json');
  JSON.parse(demo);
  console.log(
    `ok: ${filename} installs, imports, is required and runs on Node ${process.version}, ${process.platform}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
