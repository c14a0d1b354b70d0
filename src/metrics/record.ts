/** Metrics under the names that a host application or a table uses. */
import { checkKeys, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import type { Metrics } from './types.js';

/** Every field, in the order of the record. */
const FIELDS = Object.keys({
  totalReturn: true,
  cagr: true,
  volatility: true,
  sharpe: true,
  sortino: true,
  maxDrawdown: true,
  calmar: true,
  numPeriods: true,
  winningPeriods: true,
  losingPeriods: true,
  cvar95: true,
  winRate: true,
  profitFactor: true,
  payoffRatio: true,
  kelly: true,
} satisfies Record<keyof Metrics, true>) as readonly (keyof Metrics)[];

/** Options of `metricsToRecord`. */
export interface MetricsRecordOptions {
  /** `camel` keeps our names; `snake` gives `total_return`, `cvar_95` and so on. Default camel. */
  readonly names?: 'camel' | 'snake';
}

/**
 * The metrics as a plain record of numbers, in a fixed order.
 *
 * metrics  what `computeMetrics` returned; NaN and infinities stay what they are, fields of another kind are left out
 * options  `names`: camel (default) or snake case
 *
 * Throws `ValidationError` for a metric that is missing or no number, and for an unknown option.
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
    FIELDS.map((field) => {
      const value: unknown = metrics?.[field];
      if (typeof value !== 'number') {
        throw new ValidationError(`metrics.${field}`, value, 'a number', 'pass what computeMetrics returned');
      }
      return [names === 'snake' ? snake(field) : field, value];
    }),
  );
}
