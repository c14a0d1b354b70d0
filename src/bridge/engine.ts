/** The engine as one object: a backtest with two switches, and whole runs. */
import type { BacktestInput, BacktestOptions, BacktestResult } from '../backtest/types.js';
import { checkBoolean, checkKeys } from '../check.js';
import { createBridge } from './create-bridge.js';
import { readPlan, type RunPlan } from './run-plan.js';
import type { Bridge } from './types.js';

/** Switches of `Engine`. */
export interface EngineOptions {
  /** False: the slow twins, whatever the mode of the bridge. Default true. */
  readonly useKernels?: boolean;
  /** False: `options.stops` are left out. Default true. */
  readonly simulateStops?: boolean;
}

/** Runs backtests over a bridge. */
export class Engine {
  /** Where the calls go; its `diagnostics` tell which path each took. */
  readonly bridge: Bridge;
  readonly #slow: Bridge = createBridge({ mode: 'off' });

  /** An engine over `bridge`; by default one with all features. */
  constructor(bridge: Bridge = createBridge()) {
    this.bridge = bridge;
  }

  /**
   * As `backtestWeights`.
   *
   * engine  `useKernels` (true): over the bridge; false: by the slow twin, `pathUsed: 'reference'`. `simulateStops` (true):
   *         with the stops of the options; false: without
   */
  backtest(input: BacktestInput, options: BacktestOptions, engine: EngineOptions = {}): BacktestResult {
    checkKeys('engine', engine, ['useKernels', 'simulateStops']);
    const useKernels = checkBoolean('engine.useKernels', engine.useKernels ?? true);
    const simulateStops = checkBoolean('engine.simulateStops', engine.simulateStops ?? true);
    const { stops, ...plain } = options ?? ({} as BacktestOptions);
    const asked = simulateStops && stops !== undefined ? { ...plain, stops } : plain;
    return (useKernels ? this.bridge : this.#slow).backtest(input, asked);
  }

  /** Runs a plan: builds the targets and does the backtest. Errors are those of `backtestWeights` and of the targets. */
  run(plan: RunPlan): BacktestResult {
    const { input, options } = readPlan(plan);
    return this.backtest(input, options, plan.engine ?? {});
  }
}
