/** `backtestWeights` on a worker thread, so that a server or a page keeps answering while it runs. */
import { Worker } from 'node:worker_threads';
import { resolveBacktestOptions } from '../backtest/config.js';
import { prepareInput } from '../backtest/input.js';
import { toResult } from '../backtest/run.js';
import type { Simulation } from '../backtest/simulate.js';
import type { BacktestInput, BacktestOptions, BacktestResult } from '../backtest/types.js';
import { DataError, NbError } from '../errors.js';

/** What the worker sends back. */
export type WorkerAnswer =
  | { readonly ok: true; readonly run: Simulation }
  | { readonly ok: false; readonly message: string; readonly code: string };

/**
 * As `backtestWeights`, with the loop on a worker thread; the same bytes come back.
 *
 * Input and options are checked before the thread starts, so mistakes reject at once with the same errors. The prices
 * and weights are copied to the thread unless they stand on a `SharedArrayBuffer`; the results are moved, not copied.
 * Cost: that of `backtestWeights`, plus about 50 ms for the thread.
 */
export async function backtestWeightsAsync(
  input: BacktestInput,
  options: BacktestOptions,
): Promise<BacktestResult> {
  const { config } = resolveBacktestOptions(options);
  const prepared = prepareInput(input, config);
  const worker = new Worker(new URL('./backtest-worker.js', import.meta.url), {
    workerData: { prepared, config },
  });
  const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new NbError(`the backtest thread ended with code ${code}`, 'WORKER', 255)),
    );
  });
  if (!answer.ok) throw new DataError(answer.message, {}, { code: answer.code });
  return toResult(prepared, config, answer.run, 'kernels');
}
