/** `backtestWeights` on a worker thread, so that a server or a page keeps answering while it runs. */
import { Worker } from 'node:worker_threads';
import { resolveBacktestOptions } from '../backtest/config.js';
import { prepareInput } from '../backtest/input.js';
import { toResult } from '../backtest/run.js';
import { type Simulation, simulate } from '../backtest/simulate.js';
import type { BacktestInput, BacktestOptions, BacktestResult } from '../backtest/types.js';
import { WorkerError } from '../errors.js';

/** What the worker sends back. */
export type WorkerAnswer = { readonly ok: true; readonly run: Simulation } | { readonly ok: false };

/**
 * As `backtestWeights`, with the loop on a worker thread; the same bytes come back.
 *
 * Shapes and options are checked before the thread starts; every mistake rejects with the same error. The prices
 * and weights are copied to the thread unless they stand on a `SharedArrayBuffer`; the results are moved, not copied.
 * Cost: that of `backtestWeights`, plus about 50 ms for the thread.
 */
export async function backtestWeightsAsync(
  input: BacktestInput,
  options: BacktestOptions,
): Promise<BacktestResult> {
  const { config, costs } = resolveBacktestOptions(options);
  const prepared = prepareInput(input, config);
  const worker = new Worker(new URL('./backtest-worker.js', import.meta.url), {
    workerData: { prepared, config },
  });
  const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new WorkerError(`the backtest thread ended with code ${code}`, 'WORKER_EXIT')),
    );
  });
  // An error loses its class on the way between threads: the same run here throws the same one.
  const run = answer.ok ? answer.run : simulate(prepared, config, costs);
  return toResult(prepared, config, run, 'kernels');
}
