// Rewrites what the tests compare with the build: the list of published files, the API snapshot with its reference
// page, and the digest of the golden run. Build first; then look at the difference before you commit it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readApi } from '../dist/src/testing/api.js';
import { REFERENCE_PATH, referencePage, SNAPSHOT_PATH, snapshotText } from '../dist/src/testing/api-docs.js';
import { GOLDEN_PATH, goldenRun } from '../dist/src/testing/golden-run.js';
import { PACK_LIST_PATH, pack } from '../dist/src/testing/pack.js';
import { ROOT } from '../dist/src/testing/repository.js';

function write(path, text) {
  const target = join(ROOT, path);
  let before = '';
  try {
    before = readFileSync(target, 'utf8');
  } catch {
    mkdirSync(dirname(target), { recursive: true });
  }
  if (before !== text) writeFileSync(target, text);
  console.log(`${before === text ? 'same   ' : 'written'} ${path}`);
}

const api = readApi(ROOT);
for (const problem of api.problems) console.log(`problem ${problem}`);
write(SNAPSHOT_PATH, snapshotText(api));
write(REFERENCE_PATH, referencePage(api));
const { files } = await pack();
write(
  PACK_LIST_PATH,
  `${JSON.stringify(
    files.map((file) => file.path),
    null,
    2,
  )}\n`,
);
write(GOLDEN_PATH, `${JSON.stringify(goldenRun(), null, 2)}\n`);
