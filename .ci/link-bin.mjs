// Puts this package's own command into node_modules/.bin, so that `npx nb-backtest` in a clone finds it
// without asking the registry. npm links the commands of dependencies only, never of the root package.
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, 'dist', 'src', 'cli', 'main.js');
const folder = join(root, 'node_modules', '.bin');

if (existsSync(target) && existsSync(join(root, 'node_modules'))) {
  mkdirSync(folder, { recursive: true });
  chmodSync(target, 0o755);
  const link = join(folder, 'nb-backtest');
  rmSync(link, { force: true });
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, `@node "%~dp0\\..\\..\\dist\\src\\cli\\main.js" %*\r\n`);
  } else {
    symlinkSync(join('..', '..', 'dist', 'src', 'cli', 'main.js'), link);
  }
}
