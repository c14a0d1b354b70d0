/** The thread behind `backtestWeightsAsync`: runs prepared input, moves the arrays back. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PreparedInput } from '../backtest/input.js';
import { simulate } from '../backtest/simulate.js';
import type { ResolvedBacktestOptions } from '../backtest/types.js';
import { NbError } from '../errors.js';
import { costModel } from '../portfolio/cost-model.js';
import type { WorkerAnswer } from './backtest-async.js';

const { prepared, config } = workerData as { prepared: PreparedInput; config: ResolvedBacktestOptions };

function answer(): { message: WorkerAnswer; move: ArrayBuffer[] } {
  try {
    const run = simulate(prepared, config, costModel(config.costModel));
    const arrays = [run.equityCurve, run.cash, run.costs, run.turnover, run.holdings, run.quantities];
    const move = arrays.flatMap((array) => (array === null ? [] : [array.buffer as ArrayBuffer]));
    return { message: { ok: true, run }, move };
  } catch (error) {
    if (!(error instanceof NbError)) throw error;
    return { message: { ok: false }, move: [] };
  }
}

const { message, move } = answer();
parentPort?.postMessage(message, move);
