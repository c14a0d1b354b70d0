/** The long test of the pool: many tasks, one in ten a saboteur. */
import { WorkerError } from '../errors.js';
import { openPool } from '../node/pool.js';
import { TASKS_URL, type TestTasks } from './pool-tasks.js';
import { randomStream } from './random.js';
import type { SoakResult } from './soaks.js';

/** Milliseconds that an endless task gets, and that any other may take on a busy machine. */
const SOON = 250;
const LATE = 120_000;

/** What a task is to end with: an answer, or the name of its failure. */
interface Trial {
  readonly expected: string;
  readonly start: () => Promise<unknown>;
}

/** Runs so many tasks on two threads and tells which ended otherwise than they should. */
export async function soakPool(seed: number, inputs: number): Promise<SoakResult> {
  const pool = openPool<TestTasks>({ workers: 2, heapMb: 32 }, { times: 4, tasks: TASKS_URL });
  const late = { timeoutMs: LATE };
  const saboteurs: readonly Trial[] = [
    { expected: 'WORKER_THREW', start: () => pool.run('throw', 'type', late) },
    { expected: 'WORKER_EXIT', start: () => pool.run('exit', 3, late) },
    { expected: 'WORKER_MEMORY', start: () => pool.run('fillMemory', null, late) },
    { expected: 'WORKER_TIMEOUT', start: () => pool.run('never', null, { timeoutMs: SOON }) },
  ];
  const { below } = randomStream(seed, 0);
  const places = new Map<number, Trial>();
  for (let k = 0; k < inputs / 10; k++) {
    let at = below(inputs);
    while (places.has(at)) at = below(inputs);
    places.set(at, saboteurs[k % saboteurs.length]);
  }
  const outcomes: Record<string, number> = {};
  const problems: string[] = [];
  const endings = Array.from({ length: inputs }, async (_, i) => {
    const trial = places.get(i) ?? { expected: `${i * i}`, start: () => pool.run('square', i, late) };
    const ended = await trial.start().then(String, nameOf);
    const name = places.has(i) ? ended : 'answered';
    outcomes[name] = (outcomes[name] ?? 0) + 1;
    if (ended !== trial.expected) problems.push(`task ${i}: ${ended}, not ${trial.expected}`);
  });
  await Promise.all(endings);
  await pool.close();
  return { inputs, outcomes, problemCount: problems.length, problems: problems.slice(0, 20) };
}

function nameOf(error: unknown): string {
  return error instanceof WorkerError ? error.code : String(error);
}
