/** A cost model under nanobook's names. */
import { type CostModel as CamelCostModel, costModel } from '../portfolio/index.js';

/** A cost model with nanobook's name for its method. */
export interface SnakeCostModel extends CamelCostModel {
  /**
   * `CostModel.compute` of the size of `notional`, in cents: commission and slippage, and the minimum fee. nanobook
   * 0.19.2 leaves out the slippage, and takes the minimum fee for a trade of 0.
   */
  compute_cost(notional: number): number;
}

/** What `CostModel` is: a function, with `zero` beside it. */
export interface CostModelMaker {
  (commission_bps?: number, slippage_bps?: number, min_commission?: number): SnakeCostModel;
  /** The cost model of free trades. */
  zero(): SnakeCostModel;
}

function make(commission_bps = 0, slippage_bps = 0, min_commission = 0): SnakeCostModel {
  const core = costModel({
    commissionBps: commission_bps,
    slippageBps: slippage_bps,
    minTradeFee: min_commission,
  });
  return Object.freeze({ ...core, compute_cost: (notional: number) => core.compute(Math.abs(notional)) });
}

/** A cost model from positional arguments: `costModel`. The minimum fee is in cents. */
export const CostModel: CostModelMaker = Object.assign(make, { zero: () => make() });
