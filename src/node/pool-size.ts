/** How many threads a pool has. */
import { availableParallelism } from 'node:os';
import { checkInteger } from '../check.js';

/** Threads that are taken where nobody asks for a number. */
const MOST = 6;
/** Processors that are left to the rest of the machine. */
const SPARE = 2;

/** A number of threads, and what there is to say about it. */
export interface PoolSize {
  readonly workers: number;
  readonly sentences: readonly string[];
}

/**
 * Threads of a pool: the processors less two, from 1 to 6; or as many as are asked for, up to the processors.
 *
 * asked       0 (no thread) or more; undefined for the default
 * processors  that this process may use
 * times       threads a processor may carry, where they are asked for
 */
export function poolSize(
  asked: number | undefined,
  processors: number = availableParallelism(),
  times: number = 1,
): PoolSize {
  const usual = Math.max(1, Math.min(MOST, processors - SPARE));
  if (asked === undefined) return { workers: usual, sentences: [] };
  checkInteger('workers', asked, 0, 100_000);
  const most = processors * times;
  if (asked > most)
    return {
      workers: most,
      sentences: [`${asked} workers were asked for: ${most} are used, one a processor`],
    };
  if (asked > Math.max(1, processors - SPARE))
    return {
      workers: asked,
      sentences: [`${asked} workers on ${processors} processors leave little for anything else`],
    };
  return { workers: asked, sentences: [] };
}
