/** Tasks on worker threads. The one door of piscina, which is loaded when the first task runs. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { checkInteger, checkKeys, checkNumber } from '../check.js';
import { NbError, ValidationError, WorkerError } from '../errors.js';
import { Job, type JobOptions, type Outcome } from './pool-job.js';
import { type MapOptions, outcomesInOrder, type RunOptions } from './pool-outcomes.js';
import { poolSize } from './pool-size.js';
import type { TaskOrder, TaskReply, WorkerSetup } from './pool-worker.js';
import { type AnswerOf, loadTask, type PayloadOf, type OwnTasks, type TaskTable } from './tasks.js';
import { unpackError } from './thread-errors.js';

/** Options of `createPool`. */
export interface PoolOptions {
  /**
   * Threads: default the processors less two, from 1 to 6. A number that is asked for is kept up to the number of
   * processors. 0: no thread, the tasks run in this one, one after the other, and nothing ends one that does not end.
   */
  readonly workers?: number;
  /**
   * Most megabytes of JavaScript objects a thread may hold, 8 or more; default: Node's. Typed arrays do not count. Of a
   * single array larger than all of it the whole process ends, as everywhere in V8.
   */
  readonly heapMb?: number;
}

/** Threads that stay for many calls. Those without work do not keep the process alive. */
export interface Pool {
  /** How many threads there are; 0 for none. */
  readonly workers: number;
  /** What there is to say about that number, for a person. */
  readonly sentences: readonly string[];
  /** Ends the threads. What still runs or waits ends with a `WorkerError` of code `WORKER_CLOSED`. */
  close(): Promise<void>;
}

/** What only tests may set: how many threads a processor may carry, and a module with tasks of their own. */
export interface PoolInternals {
  readonly times?: number;
  readonly tasks?: string;
}

/**
 * Makes a pool of threads for `fitManyAsync` and its like. The threads start with the first task (about 0.1 s).
 *
 * Throws `ValidationError` for options that are none.
 */
export function createPool(options: PoolOptions = {}): Pool {
  return openPool(options);
}

/** As `createPool`, with its tasks in sight. */
export function openPool<T extends TaskTable = OwnTasks>(
  options: PoolOptions = {},
  internals: PoolInternals = {},
): TaskPool<T> {
  checkKeys('options', options, ['workers', 'heapMb']);
  if (options.heapMb !== undefined) checkInteger('heapMb', options.heapMb, 8, 1_000_000);
  return new TaskPool<T>(options, internals);
}

/** A pool and the tasks it can run. */
export class TaskPool<T extends TaskTable = OwnTasks> implements Pool {
  readonly workers: number;
  readonly sentences: readonly string[];
  readonly #tasks: string | undefined;
  readonly #heapMb: number | undefined;
  readonly #waiting: Job[] = [];
  readonly #running = new Set<Job>();
  #threads: Promise<Piscina> | undefined;
  #closed = false;

  constructor({ workers, heapMb }: PoolOptions, { times, tasks }: PoolInternals) {
    const size = poolSize(workers, undefined, times);
    this.workers = size.workers;
    this.sentences = size.sentences;
    this.#tasks = tasks;
    this.#heapMb = heapMb;
  }

  /**
   * Runs one task and gives its answer.
   *
   * Rejects with the task's own error where that is one of this package, whole; with `WorkerError` where it is another,
   * or the thread ended, ran out of memory or time: then the thread is replaced and the other tasks go on.
   */
  async run<N extends keyof T & string>(
    task: N,
    payload: PayloadOf<T, N>,
    options: RunOptions = {},
  ): Promise<AnswerOf<T, N>> {
    const { signal } = options;
    signal?.throwIfAborted();
    const job = this.#submit(task, payload, options);
    const give = (): void => job.stop(signal!.reason);
    signal?.addEventListener('abort', give, { once: true });
    const outcome = await job.outcome;
    signal?.removeEventListener('abort', give);
    if (!outcome.ok) throw outcome.error;
    return outcome.answer as AnswerOf<T, N>;
  }

  /** Runs a task for each payload; the answers in their order. Rejects with the first error in that order; the rest is given up. */
  async map<N extends keyof T & string>(
    task: N,
    payloads: Iterable<PayloadOf<T, N>>,
    options: MapOptions<PayloadOf<T, N>> = {},
  ): Promise<AnswerOf<T, N>[]> {
    const answers: AnswerOf<T, N>[] = [];
    for await (const outcome of this.outcomes(task, payloads, options)) {
      if (!outcome.ok) throw outcome.error;
      answers.push(outcome.answer);
    }
    return answers;
  }

  /**
   * Runs a task for each payload and gives what came of it, in the order of the payloads. They are taken as threads become
   * free, so that a long row of them needs no memory. Leaving the loop gives the rest up.
   */
  async *outcomes<N extends keyof T & string>(
    task: N,
    payloads: Iterable<PayloadOf<T, N>>,
    options: MapOptions<PayloadOf<T, N>> = {},
  ): AsyncGenerator<Outcome<AnswerOf<T, N>>, void, void> {
    const submit = (payload: PayloadOf<T, N>, job: JobOptions): Job => this.#submit(task, payload, job);
    yield* outcomesInOrder<PayloadOf<T, N>, AnswerOf<T, N>>(submit, payloads, this.workers, options);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const job of [...this.#waiting.splice(0), ...this.#running]) job.stop(this.#closedError(job.task));
    const threads = await this.#threads?.catch(() => undefined);
    await threads?.destroy();
  }

  #submit(task: string, payload: unknown, options: JobOptions): Job {
    if (options.timeoutMs !== undefined) checkNumber('timeoutMs', options.timeoutMs, 1, 2_147_483_647);
    const job = new Job(task, payload, options);
    if (this.#closed) job.stop(this.#closedError(task));
    else this.#waiting.push(job);
    this.#pump();
    return job;
  }

  /** Begins what waits, as far as threads are free. */
  #pump(): void {
    while (this.#waiting.length > 0 && this.#running.size < Math.max(1, this.workers)) {
      const job = this.#waiting.shift()!;
      if (job.ended) continue;
      this.#running.add(job);
      void (this.workers > 0 ? this.#onThread(job) : this.#here(job))
        .then(
          (answer) => job.end({ ok: true, answer }),
          (error: unknown) => job.end({ ok: false, error }),
        )
        .then(() => {
          this.#running.delete(job);
          this.#pump();
        });
    }
  }

  async #here(job: Job): Promise<unknown> {
    // A pause in which signals and other work are heard.
    await new Promise((resolve) => setImmediate(resolve));
    if (job.ended) return undefined;
    const run = await loadTask(this.#tasks, job.task);
    try {
      return (await run(job.payload as never)).answer;
    } catch (error) {
      throw ownError(job.task, error);
    }
  }

  async #onThread(job: Job): Promise<unknown> {
    const threads = await (this.#threads ??= this.#start());
    if (job.ended) return undefined;
    const { task, payload, began, transfer, stopper } = job;
    const order: TaskOrder = { task, payload, began };
    job.watch();
    let reply: TaskReply;
    try {
      reply = (await threads.run(order, {
        transferList: [...transfer],
        signal: stopper.signal,
      })) as TaskReply;
    } catch (error) {
      throw threadError(task, error, this.#heapMb);
    }
    if (reply.ok) return reply.answer;
    throw ownError(task, unpackError(reply.error));
  }

  async #start(): Promise<Piscina> {
    const url = new URL('./pool-worker.js', import.meta.url);
    if (url.protocol === 'file:' && !existsSync(url)) {
      throw new WorkerError(
        `${fileURLToPath(url)} is missing. Fix: leave nb-backtest out of the bundle, or put that file beside it`,
        'WORKER_START',
      );
    }
    const { Piscina } = await import('piscina');
    const workerData: WorkerSetup = { tasks: this.#tasks };
    const threads = new Piscina({
      filename: url.href,
      name: 'runTask',
      minThreads: 0,
      maxThreads: this.workers,
      idleTimeout: Infinity,
      execArgv: [],
      recordTiming: false,
      workerData,
      ...(this.#heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: this.#heapMb } }),
    });
    let cameUp = false;
    threads.once('workerCreate', () => {
      cameUp = true;
    });
    // A thread that fails before its first task is nobody's; without any that came up, there is none to wait for.
    threads.on('error', (cause: unknown) => {
      if (cameUp) return;
      for (const job of this.#running)
        if (job.isOnTheWay)
          job.stop(new WorkerError(`no thread came up for task ${job.task}`, 'WORKER_START', { cause }));
    });
    return threads;
  }

  #closedError(task: string): WorkerError {
    return new WorkerError(`the pool of task ${task} was closed`, 'WORKER_CLOSED');
  }
}

/** The pool of a caller. Throws `ValidationError` for anything else. */
export function checkPool(pool: Pool): TaskPool {
  if (pool instanceof TaskPool) return pool as TaskPool;
  throw new ValidationError('pool', pool, 'a pool of createPool', 'pass what createPool gave');
}

/** A value whose buffers are moved, not copied, when a task gives it back. */
export async function moved<R>(value: R, buffers: readonly ArrayBuffer[]): Promise<R> {
  const { Piscina } = await import('piscina');
  const { transferableSymbol, valueSymbol } = Piscina;
  return Piscina.move({ [transferableSymbol]: [...buffers], [valueSymbol]: value } as never) as R;
}

/** An error that a task threw: ours as it is, another as the cause of one of ours. */
function ownError(task: string, error: unknown): unknown {
  if (error instanceof NbError) return error;
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new WorkerError(`task ${task} threw ${said}`, 'WORKER_THREW', { cause: error });
}

/** What ended a thread, from what piscina says of it. */
function threadError(task: string, cause: unknown, heapMb: number | undefined): WorkerError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const limit = heapMb === undefined ? '' : ` of ${heapMb} MB`;
    return new WorkerError(
      `task ${task} needed more than the memory${limit} of its thread`,
      'WORKER_MEMORY',
      { cause },
    );
  }
  const exit = /^worker exited with code: (-?\d+)/.exec(message)?.[1];
  if (exit !== undefined) {
    return new WorkerError(`the thread of task ${task} ended with code ${exit}`, 'WORKER_EXIT', { cause });
  }
  return ownError(task, cause) as WorkerError;
}
