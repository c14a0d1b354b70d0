/** The loop over the bars of a schedule. Reads prepared input, returns plain arrays. */
import type { CostModel } from '../portfolio/cost-model.js';
import type { PreparedInput } from './input.js';
import { type Simulation, Stepper } from './stepper.js';
import type { ResolvedBacktestOptions } from './types.js';
import { isRebalance } from './weight-rows.js';

export type { Simulation } from './stepper.js';

/** Runs the bars in order. Cost: bars × symbols; memory: the panels kept, and a few rows. */
export function simulate(
  input: PreparedInput,
  config: ResolvedBacktestOptions,
  costs: CostModel,
): Simulation {
  const { bars, symbols, dates, weights } = input;
  const stepper = new Stepper(input, config, costs);
  const rowOfBar = input.rowOfBar.slice();
  for (let t = 0; t < bars; t++) {
    const given = rowOfBar[t]!;
    if (given >= 0 && !isRebalance(weights, given, t, symbols, dates, config)) rowOfBar[t] = -1;
    stepper.open(t);
    const known = t - stepper.shift;
    const row = known >= 0 ? rowOfBar[known]! : -1;
    if (row >= 0) stepper.trade(t, known, weights, row * symbols.length);
    stepper.close(t);
  }
  return stepper.finish((bar) => rowOfBar[bar]! >= 0);
}
