/** Tasks for the tests of the pool, saboteurs among them. */
import { StrategyError, ValidationError } from '../errors.js';
import type { Task } from '../node/tasks.js';

function fillMemory(): never {
  for (const kept: unknown[] = []; ;) kept.push(Array.from({ length: 1_000 }, (_, i) => ({ i })));
}

function never(): never {
  for (const cell = new Int32Array(new SharedArrayBuffer(4)); ;) Atomics.wait(cell, 0, 0, 10);
}

/** A number, and a shared count of the tasks that have ended. */
export interface AfterPayload {
  readonly value: number;
  readonly others: number;
  readonly ended: Int32Array;
}

/** What each task takes and gives. */
export type TestTasks = {
  readonly square: () => Promise<Task<number, number>>;
  /** Gives its number when so many others have ended. */
  readonly after: () => Promise<Task<AfterPayload, number>>;
  /** Doubles what is shared in place; gives twice the moved values, moved. */
  readonly double: () => Promise<
    Task<{ readonly shared: Float64Array; readonly moved: Float64Array }, Float64Array>
  >;
  /** Throws an error of ours, of the language, or what is no error. */
  readonly throw: () => Promise<Task<'validation' | 'strategy' | 'type' | 'text', never>>;
  readonly exit: () => Promise<Task<number, never>>;
  readonly fillMemory: () => Promise<Task<null, never>>;
  readonly never: () => Promise<Task<null, never>>;
};

export const TASKS: TestTasks = {
  square: async () => (value) => ({ answer: value * value }),
  after:
    async () =>
    ({ value, others, ended }) => {
      for (let now = 0; now < others; now = Atomics.load(ended, 0)) Atomics.wait(ended, 0, now, 10);
      Atomics.add(ended, 0, 1);
      return { answer: value };
    },
  double:
    async () =>
    ({ shared, moved }) => {
      for (let i = 0; i < shared.length; i++) shared[i] *= 2;
      const answer = moved.map((value) => 2 * value);
      return { answer, transfer: [answer.buffer] };
    },
  throw: async () => (kind) => {
    if (kind === 'type') throw new TypeError('no such thing');
    if (kind === 'text') throw 'words';
    const cause = new ValidationError('top', () => 1, 'a number', 'pass a number');
    if (kind === 'validation') throw cause;
    throw new StrategyError('the rule failed', { cause, barIndex: 7 });
  },
  exit: async () => (code) => process.exit(code),
  fillMemory: async () => fillMemory,
  never: async () => never,
};

/** Where a thread finds them. */
export const TASKS_URL: string = import.meta.url;
