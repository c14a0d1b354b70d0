/** GARCH fits of many series, on the threads of a pool. */
import { checkKeys, type Mat, type Vec } from '../check.js';
import { ValidationError } from '../errors.js';
import { countSeries, seriesOf } from '../volatility/garch-many.js';
import { type GarchPlan, readGarchOptions, readReturns } from '../volatility/garch-options.js';
import { fitFromRecord } from '../volatility/garch-record.js';
import type { GarchFit, GarchOptions } from '../volatility/garch-types.js';
import type { GarchBlock } from './fit-garch.js';
import { checkOnProgress } from './pieces.js';
import { checkPool, openPool, type Pool } from './pool.js';

/** Where `fitManyAsync` runs, and who hears of it. */
export interface FitManyOptions {
  /** Threads, as for `createPool`; they end with the call. Not with `pool`. */
  readonly workers?: number;
  /** A pool to use and leave open. */
  readonly pool?: Pool;
  /** Ends the call, which rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told how many series of how many are fitted. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Returns of a block: a few tens of milliseconds of the plainest model. */
const BLOCK_RETURNS = 20_000;
/** Blocks that each thread gets at least, so that all end together. */
const BLOCKS_A_THREAD = 8;

/**
 * As `fitMany`, on several threads; the same bytes come back, however many there are.
 *
 * returns  one series a symbol, of any lengths; or a matrix, a symbol a column
 * options  as for `fitGarch`
 * where    `workers` or `pool`, `signal`, `onProgress`
 *
 * Rejects with what `fitMany` throws, and with `WorkerError` where a thread fails. Cost: that of `fitMany` over the
 * threads, plus about 0.1 s where it starts them. The page or server that waits keeps answering.
 */
export async function fitManyAsync(
  returns: readonly Vec[] | Mat,
  options: GarchOptions = {},
  where: FitManyOptions = {},
): Promise<GarchFit[]> {
  checkKeys('where', where, ['workers', 'pool', 'signal', 'onProgress']);
  const { workers, signal, onProgress } = where;
  checkOnProgress(onProgress);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new ValidationError('signal', signal, 'an AbortSignal', 'pass the signal of an AbortController');
  }
  if (where.pool !== undefined && workers !== undefined) {
    throw new ValidationError(
      'workers',
      workers,
      'absent where there is a pool',
      'pass workers to createPool',
    );
  }
  const plan = readGarchOptions(options);
  const total = countSeries(returns);
  const pool =
    where.pool === undefined
      ? openPool({ ...(workers === undefined ? {} : { workers }) })
      : checkPool(where.pool);
  const blocks = new Blocks(returns, plan, Math.ceil(total / (Math.max(1, pool.workers) * BLOCKS_A_THREAD)));
  let done = 0;
  try {
    const answers = await pool.map('fit-garch', blocks.all(), {
      signal,
      transferOf: ({ series }) => [series[0]!.buffer as ArrayBuffer],
      onEnd: (index) => {
        done += blocks.sizes[index]!;
        onProgress?.(done, total);
      },
    });
    if (blocks.failure !== undefined) throw blocks.failure.error;
    return answers.flatMap(({ series, records }) =>
      records.map((record, i) => fitFromRecord(series[i]!, plan, record)),
    );
  } finally {
    if (where.pool === undefined) await pool.close();
  }
}

/** The series in blocks, taken one after the other. */
class Blocks {
  /** Series of each block so far. */
  readonly sizes: number[] = [];
  /** What is wrong with the first bad series: the blocks end before it, and its error is told after theirs. */
  failure: { readonly error: unknown } | undefined;
  readonly #returns: readonly Vec[] | Mat;
  readonly #plan: GarchPlan;
  readonly #most: number;

  constructor(returns: readonly Vec[] | Mat, plan: GarchPlan, most: number) {
    this.#returns = returns;
    this.#plan = plan;
    this.#most = most;
  }

  *all(): Generator<GarchBlock, void, void> {
    const { p, o, q, dist, mean, model } = this.#plan;
    const isPlain = p === 1 && o === 0 && q <= 1 && dist === 'normal' && mean === 'zero' && model === 'garch';
    const enough = isPlain ? BLOCK_RETURNS : BLOCK_RETURNS / 5;
    let block: Float64Array[] = [];
    let count = 0;
    for (const series of this.#checked()) {
      block.push(series);
      count += series.length;
      if (count < enough && block.length < this.#most) continue;
      yield this.#packed(block, count);
      block = [];
      count = 0;
    }
    if (block.length > 0) yield this.#packed(block, count);
  }

  /** The series up to the first bad one. */
  *#checked(): Generator<Float64Array, void, void> {
    try {
      for (const series of seriesOf(this.#returns)) yield readReturns(series);
    } catch (error) {
      this.failure = { error };
    }
  }

  #packed(block: readonly Float64Array[], count: number): GarchBlock {
    const all = new Float64Array(count);
    let at = 0;
    const series = block.map((values) => {
      const own = all.subarray(at, at + values.length);
      own.set(values);
      at += values.length;
      return own;
    });
    this.sizes.push(series.length);
    return { plan: this.#plan, series };
  }
}
