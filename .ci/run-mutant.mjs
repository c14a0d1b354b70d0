// Runs the tests on one mutant (`npm run mutation`). The bundle has all mutants, each behind a question to a function;
// put the answers in its place first and the tests run three times as fast.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = join('dist', 'src', 'testing');
const active = process.env.__STRYKER_ACTIVE_MUTANT__;
const code = readFileSync(join(folder, 'mutation-tests.js'), 'utf8')
  .replace(/stryMutAct_9fa48\d*\("(\d+)"\)/g, (_, id) => String(id === active))
  .replace(/stryCov_9fa48\d*\("[^()]*\)/g, '0');
const path = join(folder, `mutant-${process.pid}.js`);
writeFileSync(path, code);
try {
  await import(pathToFileURL(path).href);
} finally {
  rmSync(path);
}
