/** The thread behind a pool: runs one task after the other, and sends back what came of each. */
import { workerData } from 'node:worker_threads';
import { moved } from './pool.js';
import { loadTask } from './tasks.js';
import { type PackedError, packError } from './thread-errors.js';

/** What a thread is told when it begins. */
export interface WorkerSetup {
  /** Module with the table of tasks, where a test has its own. */
  readonly tasks: string | undefined;
}

/** One task for a thread. */
export interface TaskOrder {
  readonly task: string;
  readonly payload: unknown;
  /** One cell, 0 until the task begins: then nanoseconds of the clock that the threads share. */
  readonly began: BigInt64Array;
}

/** What came of it. */
export type TaskReply =
  { readonly ok: true; readonly answer: unknown } | { readonly ok: false; readonly error: PackedError };

/** Runs a task; piscina calls it. */
export async function runTask({ task, payload, began }: TaskOrder): Promise<TaskReply> {
  try {
    const run = await loadTask((workerData as WorkerSetup).tasks, task);
    Atomics.store(began, 0, process.hrtime.bigint());
    const { answer, transfer } = await run(payload as never);
    const reply: TaskReply = { ok: true, answer };
    return transfer === undefined ? reply : await moved(reply, transfer);
  } catch (error) {
    return { ok: false, error: packError(error) };
  }
}
