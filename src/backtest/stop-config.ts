/** Options of stops, checked. */
import { checkInteger, checkKeys, checkNumber, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import type { ResolvedStops, StopConfig } from './stop-types.js';

const KINDS = ['fixedStopPct', 'trailingStopPct', 'atrMultiple', 'takeProfitPct', 'maxBars'] as const;

/** Checks the stops and fills in the defaults; `ValidationError` names the first bad field. */
export function resolveStops(stops: StopConfig): ResolvedStops {
  checkKeys('stops', stops, [...KINDS, 'atrPeriod', 'intrabar', 'reentry']);
  if (KINDS.every((kind) => stops[kind] === undefined)) {
    throw new ValidationError(
      'stops',
      stops,
      `at least one of ${KINDS.join(', ')}`,
      'set a kind of stop, for example {trailingStopPct: 0.1}, or leave stops out',
    );
  }
  const { atrMultiple, takeProfitPct, maxBars } = stops;
  return Object.freeze({
    fixedStopPct: fraction('stops.fixedStopPct', stops.fixedStopPct),
    trailingStopPct: fraction('stops.trailingStopPct', stops.trailingStopPct),
    atrMultiple: atrMultiple === undefined ? null : checkNumber('stops.atrMultiple', atrMultiple, 1e-9, 1e6),
    atrPeriod: checkInteger('stops.atrPeriod', stops.atrPeriod ?? 14, 1, 100_000),
    takeProfitPct:
      takeProfitPct === undefined ? null : checkNumber('stops.takeProfitPct', takeProfitPct, 1e-9, 1e6),
    maxBars:
      maxBars === undefined ? null : checkInteger('stops.maxBars', maxBars, 1, Number.MAX_SAFE_INTEGER),
    intrabar: checkOneOf('stops.intrabar', stops.intrabar ?? 'worst', ['worst', 'close']),
    reentry: checkOneOf('stops.reentry', stops.reentry ?? 'next-rebalance', [
      'next-rebalance',
      'immediate',
      'never',
    ]),
  });
}

function fraction(field: string, value: number | undefined): number | null {
  if (value === undefined) return null;
  if (typeof value !== 'number' || !(value > 0 && value < 1)) {
    throw new ValidationError(
      field,
      value,
      'a fraction between 0 and 1, both excluded',
      'write ten percent as 0.1',
    );
  }
  return value;
}
