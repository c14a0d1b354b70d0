/** Types of moving averages by name. */
import type { ChoiceParameter } from './indicator.js';

/** The types in the order of TA-Lib's numbers. */
export const MA_TYPES = ['sma', 'ema', 'wma', 'dema', 'tema', 'trima', 'kama', 'mama', 't3'] as const;

/** Name of a moving average: simple, exponential, weighted, double, triple, triangular, Kaufman, MESA, Tillson. */
export type MaType = (typeof MA_TYPES)[number];

/** The type of a moving average as a parameter; the kernels get its place in MA_TYPES. */
export function maType(name: string = 'maType', byDefault: MaType = 'sma'): ChoiceParameter {
  return { name, default: byDefault, choices: MA_TYPES };
}
