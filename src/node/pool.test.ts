import { createRequire } from 'node:module';
import t from 'tap';
import { StrategyError, ValidationError, WorkerError } from '../errors.js';
import { soakPool } from '../testing/pool-soak.js';
import { type AfterPayload, TASKS_URL, type TestTasks } from '../testing/pool-tasks.js';
import { createPool } from './index.js';
import { openPool, type TaskPool } from './pool.js';
import { poolSize } from './pool-size.js';

function testPool(workers: number): TaskPool<TestTasks> {
  return openPool<TestTasks>({ workers }, { times: 4, tasks: TASKS_URL });
}

t.test('nothing of piscina is loaded before a task runs', (t) => {
  createPool({ workers: 1 });
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  t.notOk(loaded.some((path) => path.includes('piscina')));
  t.end();
});

t.test('a pool has the processors less two, from 1 to 6, or what is asked for up to the processors', (t) => {
  const cases: readonly [
    asked: number | undefined,
    processors: number,
    workers: number,
    said: RegExp | null,
  ][] = [
    [undefined, 1, 1, null],
    [undefined, 2, 1, null],
    [undefined, 5, 3, null],
    [undefined, 64, 6, null],
    [0, 8, 0, null],
    [6, 8, 6, null],
    [1, 1, 1, null],
    [7, 8, 7, /^7 workers on 8 processors leave little/],
    [2, 2, 2, /leave little/],
    [9, 8, 8, /^9 workers were asked for: 8 are used/],
  ];
  for (const [asked, processors, workers, said] of cases) {
    const size = poolSize(asked, processors);
    t.equal(size.workers, workers);
    t.match(size.sentences, said === null ? [] : [said]);
    t.equal(size.sentences.length, said === null ? 0 : 1);
  }
  t.equal(poolSize(8, 2, 4).workers, 8);
  for (const workers of [-1, 1.5, '2' as never]) t.throws(() => createPool({ workers }), ValidationError);
  t.throws(() => createPool({ worker: 2 } as object), ValidationError);
  t.throws(() => createPool({ heapMb: 1 }), ValidationError);
  t.end();
});

t.test(
  'of 50 tasks those that throw, exit, fill the memory or never end are named, the rest answer',
  async (t) => {
    const { outcomes, problems } = await soakPool(1, 50);
    t.same(problems, []);
    t.same(outcomes, {
      answered: 45,
      WORKER_THREW: 2,
      WORKER_EXIT: 1,
      WORKER_MEMORY: 1,
      WORKER_TIMEOUT: 1,
    });
  },
);

t.test('errors keep class, fields and cause across threads, and answers their order', async (t) => {
  const pool = testPool(2);
  for (const each of [pool, testPool(0)]) {
    const own = await each.run('throw', 'validation').catch((error: unknown) => error);
    t.ok(own instanceof ValidationError);
    const { message, detail } = new ValidationError('top', () => 1, 'a number', 'pass a number');
    t.match(own, { name: 'ValidationError', code: 'VALIDATION', exitCode: 1, message });
    t.match((own as ValidationError).detail, { ...detail, value: each === pool ? 'a function' : Function });
    const strategy = await each.run('throw', 'strategy').catch((error: unknown) => error);
    t.ok(strategy instanceof StrategyError && strategy.cause instanceof ValidationError);
    t.match(strategy, { barIndex: 7, cause: { message } });
    const foreign = await each.run('throw', 'type').catch((error: unknown) => error);
    t.ok(foreign instanceof WorkerError && foreign.cause instanceof Error);
    t.match(foreign, {
      code: 'WORKER_THREW',
      exitCode: 255,
      cause: { name: 'TypeError', stack: /pool-tasks/ },
    });
    t.match(foreign, { message: 'task throw threw TypeError: no such thing' });
    await t.rejects(each.run('throw', 'text'), { code: 'WORKER_THREW', message: /words/ });
    await t.rejects(each.run('missing' as never, 1 as never), {
      code: 'VALIDATION',
      message: /square, after/,
    });

    const order: number[] = [];
    const ended = new Int32Array(new SharedArrayBuffer(4));
    const others = each === pool ? 5 : 0;
    let taken = 0;
    function* payloads(): Generator<AfterPayload> {
      for (; taken < 12; taken++) yield { value: taken, others: taken === 0 ? others : 0, ended };
    }
    const row = each.map('after', payloads(), { onEnd: (index) => order.push(index) });
    t.ok(taken <= 4, 'payloads are taken as threads become free');
    t.same(await row, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    t.equal(order.length, 12);
    t.ok(order.indexOf(0) >= others, 'the first ended after the others');
  }
  const kinds = ['type', 'validation', 'type'] as const;
  await t.rejects(pool.map('throw', kinds), { message: /TypeError/ }, 'the first in order');
  // Left open: threads without work do not keep the process.
});

t.test('numbers are shared or moved, as they were handed over', async (t) => {
  const pool = testPool(1);
  const shared = new Float64Array(new SharedArrayBuffer(16)).fill(3);
  const moved = Float64Array.of(1, 2);
  const answer = await pool.run('double', { shared, moved }, { transfer: [moved.buffer] });
  t.same([...answer], [2, 4]);
  t.same([...shared], [6, 6]);
  t.equal(moved.length, 0);
  await pool.close();
});

t.test('a signal ends what waits and what runs, and closing too', async (t) => {
  const pool = testPool(1);
  const reason = new Error('enough');
  await t.rejects(pool.run('square', 2, { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  const { signal } = controller;
  const given: readonly Promise<unknown>[] = [
    pool.run('never', null, { signal }),
    pool.run('square', 2, { signal }),
    pool.map('square', [1, 2, 3], { signal }),
  ];
  setTimeout(() => controller.abort(reason), 100);
  for (const promise of given) await t.rejects(promise, reason);
  t.equal(await pool.run('square', 3), 9, 'the pool goes on');
  await t.rejects(pool.map('square', [1], { onEnd: () => JSON.parse('{') as void }), SyntaxError);
  const closed = [pool.run('never', null), pool.run('square', 4)];
  const ends = closed.map((promise) => t.rejects(promise, { code: 'WORKER_CLOSED', exitCode: 255 }));
  await pool.close();
  await pool.close();
  await Promise.all(ends);
  await t.rejects(pool.run('square', 5), { code: 'WORKER_CLOSED' });
});
