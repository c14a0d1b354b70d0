/** Metrics under the names that a host application or a table uses. */
import { checkKeys, checkOneOf } from '../check.js';
import type { Metrics } from './types.js';

/** Options of `metricsToRecord`. */
export interface MetricsRecordOptions {
  /** `camel` keeps our names; `snake` gives `total_return`, `cvar_95` and so on. Default camel. */
  readonly names?: 'camel' | 'snake';
}

/**
 * The metrics as a plain record of numbers, in a fixed order.
 *
 * metrics  what `computeMetrics` returned
 * options  `names`: camel or snake case
 */
export function metricsToRecord(
  metrics: Metrics,
  options: MetricsRecordOptions = {},
): Record<string, number> {
  checkKeys('options', options, ['names']);
  const names = checkOneOf('options.names', options.names ?? 'camel', ['camel', 'snake']);
  const snake = (name: string): string =>
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/(\D)(\d)/, '$1_$2');
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [names === 'snake' ? snake(name) : name, value as number]),
  );
}
