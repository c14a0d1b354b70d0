/** Many tasks of one kind: handed over as threads become free, their outcomes given in order. */
import { WorkerError } from '../errors.js';
import type { Job, JobOptions, Outcome } from './pool-job.js';

/** Options of one task. */
export interface RunOptions extends JobOptions {
  /** Gives the task up and ends its thread; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of many tasks. */
export interface MapOptions<P> extends Omit<RunOptions, 'transfer'> {
  /** Buffers of a payload that are moved to the thread. */
  readonly transferOf?: (payload: P) => readonly ArrayBuffer[];
  /** Told of every task that has ended, in any order. */
  readonly onEnd?: (index: number) => void;
}

/** Tasks handed over and not yet ended, for each thread: one runs, one is ready. */
const IN_FLIGHT = 2;
/** Outcomes for each thread that may wait for those before them. */
const AHEAD = 64;

/**
 * What came of each payload, in their order.
 *
 * submit    hands one to the pool
 * payloads  taken one by one: a long row needs no memory
 * workers   threads of the pool
 *
 * What `payloads`, `transferOf` and `onEnd` throw, and the reason of the signal, end it; leaving the loop too: the rest is
 * then given up.
 */
export async function* outcomesInOrder<P, A>(
  submit: (payload: P, options: JobOptions) => Job,
  payloads: Iterable<P>,
  workers: number,
  options: MapOptions<P>,
): AsyncGenerator<Outcome<A>, void, void> {
  const { signal, transferOf, timeoutMs, onEnd } = options;
  signal?.throwIfAborted();
  const threads = Math.max(1, workers);
  const source = payloads[Symbol.iterator]();
  /** Those whose outcome has not been given out, in order. */
  const jobs: Job[] = [];
  let inFlight = 0;
  let count = 0;
  let isOver = false;
  let failure: { readonly error: unknown } | undefined;
  const giveUp = (error: unknown): void => {
    isOver = true;
    for (const job of jobs) job.stop(error);
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    giveUp(error);
  };
  const handOver = (payload: P): void => {
    const job = submit(payload, {
      transfer: transferOf?.(payload) ?? [],
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    const index = count++;
    jobs.push(job);
    inFlight++;
    void job.outcome.then(() => {
      inFlight--;
      try {
        if (failure === undefined) onEnd?.(index);
        fill();
      } catch (error) {
        fail(error);
      }
    });
  };
  const fill = (): void => {
    while (!isOver && inFlight < IN_FLIGHT * threads && jobs.length < AHEAD * threads) {
      const next = source.next();
      if (next.done === true) isOver = true;
      else handOver(next.value);
    }
  };
  const abort = (): void => fail(signal!.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (fill(); jobs.length > 0; fill()) {
      const outcome = (await jobs[0]!.outcome) as Outcome<A>;
      if (failure !== undefined) throw (failure as { error: unknown }).error;
      jobs.shift();
      yield outcome;
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    giveUp(new WorkerError('the task was given up', 'WORKER_CLOSED'));
    source.return?.();
  }
}
