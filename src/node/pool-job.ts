/** One task of a pool: waiting, running, then ended once. */
import { WorkerError } from '../errors.js';

/** What came of a task. */
export type Outcome<A> =
  { readonly ok: true; readonly answer: A } | { readonly ok: false; readonly error: unknown };

/** What a task may take along. */
export interface JobOptions {
  /** Buffers of the payload that are moved to the thread: they are empty here from then on. */
  readonly transfer?: readonly ArrayBuffer[];
  /** Milliseconds from the beginning of the task until its thread is ended; none by default, and none without threads. */
  readonly timeoutMs?: number;
}

/** Milliseconds in which a thread must come up. */
const START_MS = 60_000;
const NANOSECONDS = 1_000_000n;

/** A task that was handed to a pool. Whoever ends it first decides; the rest is not heard. */
export class Job {
  readonly task: string;
  readonly payload: unknown;
  readonly transfer: readonly ArrayBuffer[];
  readonly outcome: Promise<Outcome<unknown>>;
  /** Ends the thread that runs it. */
  readonly stopper: AbortController = new AbortController();
  /** 0 until the task begins on its thread, then nanoseconds. */
  readonly began: BigInt64Array = new BigInt64Array(new SharedArrayBuffer(8));
  readonly #timeoutMs: number;
  #settle: (outcome: Outcome<unknown>) => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(task: string, payload: unknown, { transfer = [], timeoutMs = Infinity }: JobOptions) {
    this.task = task;
    this.payload = payload;
    this.transfer = transfer;
    this.#timeoutMs = timeoutMs;
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** True while the task has not begun on its thread. */
  get isOnTheWay(): boolean {
    return Atomics.load(this.began, 0) === 0n;
  }

  end(outcome: Outcome<unknown>): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#settle(outcome);
  }

  /** Ends it with an error, and the thread that runs it. */
  stop(error: unknown): void {
    if (this.#ended) return;
    this.end({ ok: false, error });
    this.stopper.abort();
  }

  /** From now on time counts. */
  watch(): void {
    const handed = process.hrtime.bigint();
    const look = (): void => {
      const began = Atomics.load(this.began, 0);
      const since = began === 0n ? handed : began;
      const passed = Number((process.hrtime.bigint() - since) / NANOSECONDS);
      const left = (began === 0n ? START_MS : this.#timeoutMs) - passed;
      // Once begun, a task without a limit needs no more looks.
      if (left === Infinity) return;
      const next = began === 0n ? Math.min(left, this.#timeoutMs) : left;
      if (left > 0) this.#timer = setTimeout(look, Math.max(1, next));
      // An answer that has come while this thread was busy is heard first.
      else setImmediate(() => this.stop(this.#late(began === 0n)));
    };
    this.#timer = setTimeout(look, Math.max(1, Math.min(START_MS, this.#timeoutMs)));
  }

  #late(onTheWay: boolean): WorkerError {
    return onTheWay
      ? new WorkerError(`no thread for task ${this.task} came up in ${START_MS / 1_000} s`, 'WORKER_START')
      : new WorkerError(
          `task ${this.task} took longer than ${this.#timeoutMs} ms; its thread was ended`,
          'WORKER_TIMEOUT',
        );
  }
}
