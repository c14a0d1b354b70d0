/** The task of `fitManyAsync`: fits a block of series on a thread. */
import { failedFit, findFit } from '../volatility/garch-fit.js';
import type { GarchPlan } from '../volatility/garch-options.js';
import type { GarchRecord } from '../volatility/garch-record.js';
import type { TaskResult } from './tasks.js';

/** Checked series and the model. */
export interface GarchBlock {
  readonly plan: GarchPlan;
  /** All on one buffer, one after the other. */
  readonly series: readonly Float64Array[];
}

/** The fits, and the series, which come back without being copied. */
export interface GarchBlockFits {
  readonly series: readonly Float64Array[];
  readonly records: readonly GarchRecord[];
}

/** Fits each series. Throws `ConvergenceError` at the first that cannot be fitted, where the model asks for that. */
export function fitGarchBlock({ plan, series }: GarchBlock): TaskResult<GarchBlockFits> {
  const buffers = new Set<ArrayBuffer>();
  const keep = (values: Float64Array): void => {
    buffers.add(values.buffer as ArrayBuffer);
  };
  const records = series.map((values): GarchRecord => {
    keep(values);
    const found = findFit(values, plan);
    if (typeof found === 'string') {
      if (plan.onFailure === 'throw') failedFit(values, plan, found);
      return { fields: undefined, status: found };
    }
    const { fields, parameters } = found;
    keep(fields.conditionalVariance);
    keep(fields.stdResiduals);
    return { fields, parameters };
  });
  return { answer: { series, records }, transfer: [...buffers] };
}
