/** What runs on the threads of a pool: functions by name, loaded on first use. */
import { ValidationError } from '../errors.js';
import type { GarchBlock, GarchBlockFits } from './fit-garch.js';

/** What a task gives: its answer, and the buffers in it that are moved to the other thread instead of copied. */
export interface TaskResult<A> {
  readonly answer: A;
  readonly transfer?: readonly ArrayBuffer[];
}

/** A task. The payload is its own copy, but for what stands on a `SharedArrayBuffer`. */
export type Task<P, A> = (payload: P) => TaskResult<A> | Promise<TaskResult<A>>;

/** Tasks by name, each behind the import of its module. */
export type TaskTable = Readonly<Record<string, () => Promise<Task<never, unknown>>>>;

/** The payload of the task of a name. */
export type PayloadOf<T extends TaskTable, N extends keyof T> = Parameters<Awaited<ReturnType<T[N]>>>[0];

/** The answer of the task of a name. */
export type AnswerOf<T extends TaskTable, N extends keyof T> =
  Awaited<ReturnType<Awaited<ReturnType<T[N]>>>> extends TaskResult<infer A> ? A : never;

/** What the tasks of this package take and give. */
export type OwnTasks = {
  readonly 'fit-garch': () => Promise<Task<GarchBlock, GarchBlockFits>>;
};

/** The tasks of this package. A name that comes from elsewhere is looked up here and nowhere else. */
export const TASKS: OwnTasks = {
  'fit-garch': async () => (await import('./fit-garch.js')).fitGarchBlock,
};

/** The task of a name, from the table of a module that a test brings or from that of this package. Throws `ValidationError` for a name that is not there. */
export async function loadTask(url: string | undefined, name: string): Promise<Task<never, unknown>> {
  const known: TaskTable = url === undefined ? TASKS : ((await import(url)) as { TASKS: TaskTable }).TASKS;
  if (!Object.hasOwn(known, name)) {
    throw new ValidationError(
      'task',
      name,
      'the name of a task',
      `use one of ${Object.keys(known).join(', ')}`,
    );
  }
  return known[name]!();
}
