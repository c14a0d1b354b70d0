/** The engine under the seeds' names. */
import type { BacktestInput, BacktestOptions, BacktestResult } from '../backtest/index.js';
import { type Bridge, Engine as CamelEngine, type RunPlan } from '../bridge/index.js';

/** An engine with the seeds' argument names; `core` is the `Engine` of `nb-backtest/bridge` behind it. */
export class Engine {
  readonly core: CamelEngine;

  constructor(bridge?: Bridge) {
    this.core = new CamelEngine(bridge);
  }

  /** `Engine.backtest`: `use_nanobook` is `useKernels`, `simulate_stops` is `simulateStops`. */
  backtest(
    input: BacktestInput,
    options: BacktestOptions,
    use_nanobook = true,
    simulate_stops = true,
  ): BacktestResult {
    return this.core.backtest(input, options, { useKernels: use_nanobook, simulateStops: simulate_stops });
  }

  /** `Engine.run`. */
  run(plan: RunPlan): BacktestResult {
    return this.core.run(plan);
  }
}
