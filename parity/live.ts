/** Long streams of random orders, sent to nanobook now and compared with our exchange: more than is worth committing. */
import { spawnSync } from 'node:child_process';
import { comparisons } from './compare/exchange.js';
import { compareCase, loadFixture, PROJECT_ROOT } from './comparison.js';
import { operationsOf } from './exchange-operations.js';
import { ParitySetupError } from './python-env.js';

const FIXTURES = ['exchange/nanobook-orders.json', 'exchange/nanobook-stops.json'];

/** What came of a comparison that is not committed. */
export interface LiveResult {
  readonly operations: number;
  readonly trades: number;
  readonly problems: readonly string[];
}

/** Lets nanobook answer so many operations in the folder, and compares everything it says with ours. */
export function compareLive(python: string, operations: number, seed: number, folder: string): LiveResult {
  const script = `${PROJECT_ROOT}/parity/exchange_nanobook.py`;
  const options = ['--operations', String(operations), '--seed', String(seed), '--out', `${folder}/fixtures`];
  const { status } = spawnSync(python, ['-B', script, ...options], { stdio: 'inherit' });
  if (status !== 0) throw new ParitySetupError(`parity/exchange_nanobook.py ${options.join(' ')} failed`);
  return compareStreams(folder, seed);
}

/** Compares the streams of a folder with ours. */
export function compareStreams(folder: string, seed: number): LiveResult {
  const problems: string[] = [];
  let operations = 0;
  let trades = 0;
  for (const path of FIXTURES) {
    const { cases } = loadFixture(path, folder);
    for (const c of cases) {
      const expected = c.expected as Record<string, unknown>;
      operations += operationsOf(c).length;
      trades += (expected.trades as readonly unknown[]).length;
      for (const { functions, parts, run } of comparisons.filter(({ fixture }) => fixture === path)) {
        const wanted = Object.entries(expected).filter(([key]) => parts?.includes(key) ?? true);
        const [first] = compareCase(run(c), Object.fromEntries(wanted), {}).mismatches;
        if (first === undefined) continue;
        const said = `is ${JSON.stringify(first.actual)}, nanobook says ${JSON.stringify(first.expected)}`;
        problems.push(`seed ${seed}, ${c.case}: ${first.path} of ${functions.join(', ')} ${said}`);
      }
    }
  }
  return { operations, trades, problems };
}
