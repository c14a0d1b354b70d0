// What the tests use of tap, for `npm run mutation`: starts at once, writes nothing, and ends the process with 1 at the
// first failure. A test that goes on without an end is stopped by the processor time it takes, so that a busy machine
// does not decide.
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers';
import { Worker } from 'node:worker_threads';

/** Seconds of processor time without a single check. The longest of a sound run is below 0.2. */
const PATIENCE = 1.2;

/** What adds nothing here and takes longest: logs and plain data in full, memory, and the page itself. */
const LEFT_OUT =
  /^(the events of every case replay|the page has a case of|a chain of 3,000 stops|saved in the middle)/;

const checks = new Int32Array(new SharedArrayBuffer(4));

const WATCH = `
const { workerData: checks } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
let [seen, since] = [0, spent()];
setInterval(() => {
  const now = Atomics.load(checks, 0);
  if (now !== seen) [seen, since] = [now, spent()];
  else if (spent() - since > ${PATIENCE}) {
    writeSync(2, 'no end in sight');
    process.kill(process.pid, 'SIGKILL');
  }
}, 50);
`;

/** Whether a value has what a pattern asks for: text, a regular expression, a class, or an object of these. */
function fits(value, pattern) {
  if (pattern instanceof RegExp) return pattern.test(value instanceof Error ? value.message : String(value));
  if (typeof pattern === 'function') return value instanceof pattern;
  if (typeof pattern === 'string') return String(value).includes(pattern);
  if (typeof pattern !== 'object' || pattern === null) return Object.is(value, pattern);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(pattern).every(([key, each]) => fits(value[key], each));
}

function throws(run, ...rest) {
  let got = null;
  try {
    run();
  } catch (error) {
    got = { error };
  }
  assert.ok(got !== null, 'nothing was thrown');
  const pattern = typeof rest[0] === 'string' ? undefined : rest[0];
  assert.ok(pattern === undefined || fits(got.error, pattern), String(got.error));
}

const METHODS = {
  ok: (value, title) => assert.ok(value, title),
  notOk: (value, title) => assert.ok(!value, title),
  equal: (value, wanted, title) => assert.ok(Object.is(value, wanted), title ?? `${value}, not ${wanted}`),
  not: (value, other, title) => assert.ok(!Object.is(value, other), title),
  same: (value, wanted, title) => assert.deepEqual(value, wanted, title),
  strictSame: (value, wanted, title) => assert.deepStrictEqual(value, wanted, title),
  match: (value, pattern, title) => assert.ok(fits(value, pattern), title),
  notMatch: (value, pattern, title) => assert.ok(!fits(value, pattern), title),
  pass: () => undefined,
  fail: (title) => assert.fail(title),
  throws,
};

const queue = [];
const t = { test: (title, run) => void queue.push([title, run]) };
for (const [name, method] of Object.entries(METHODS)) {
  t[name] = (...args) => {
    checks[0]++;
    method(...args);
  };
}

export default t;

async function runAll() {
  const watch = new Worker(WATCH, { eval: true, workerData: checks });
  for (const [title, run] of queue.filter(([title]) => !LEFT_OUT.test(title))) {
    checks[0]++;
    try {
      await run(t);
    } catch (error) {
      console.error(`${title}: ${error.stack}`);
      process.exit(1);
    }
  }
  await watch.terminate();
  if (process.argv.includes('--times')) console.log(process.cpuUsage());
}

setImmediate(runAll);
