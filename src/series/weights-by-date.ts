/** Target weights keyed by date, as a schedule for `backtestWeights`. */
import { nearestHint } from '../check.js';
import {
  InvalidWeightsError,
  TimestampAnomalyError,
  UnknownSymbolError,
  ValidationError,
} from '../errors.js';
import { formatDate, parseDate } from '../time.js';
import { barAtOrAfter } from './bar-dates.js';
import type { PricePanel } from './price-panel.js';

/** Target weights by symbol. */
export type TargetWeights = Readonly<Record<string, number>> | ReadonlyMap<string, number>;

/** Target weights by date (`2020-01-31`, or an epoch day) and symbol. */
export type WeightsByDate =
  Readonly<Record<string, TargetWeights>> | ReadonlyMap<string | number, TargetWeights>;

/** The targets known at a bar: an entry of a `backtestWeights` schedule. */
export interface TargetsAtBar {
  readonly bar: number;
  readonly targets: Readonly<Record<string, number>>;
}

/**
 * Weights by date laid onto the bars of a price panel.
 *
 * weightsByDate  targets by date, in any order; a symbol not named at a date is sold there
 * prices         the panel the weights are for; only dates and symbols are read, the panel itself is the price
 *                schedule that goes with them
 *
 * A date that is no bar counts for the next bar; of several that meet on one bar the latest stands. Returns entries in
 * the order of their bars, copies of what was given. Throws `ValidationError` for a date that is none, `TimestampAnomalyError` for one outside the
 * panel, `UnknownSymbolError`, and `InvalidWeightsError` for a weight that is no number; their sizes and signs are
 * checked by the backtest. O(dates × log bars).
 */
export function weightsToSchedule(
  weightsByDate: WeightsByDate,
  prices: Pick<PricePanel, 'dates' | 'symbols'>,
): TargetsAtBar[] {
  if (typeof weightsByDate !== 'object' || weightsByDate === null || Array.isArray(weightsByDate)) {
    throw new ValidationError(
      'weightsByDate',
      weightsByDate,
      'targets by date',
      "pass {'2020-01-31': {AAPL: 1}}",
    );
  }
  const { dates, symbols } = prices;
  const known = new Set(symbols);
  const given = weightsByDate instanceof Map ? [...weightsByDate] : Object.entries(weightsByDate);
  const days = given.map(([key, targets]) => ({ day: dayOf(key), targets }));
  days.sort((a, b) => a.day - b.day);
  const byBar = new Map<number, TargetsAtBar>();
  for (const { day, targets } of days) {
    const bar = barAtOrAfter(dates, day);
    if (bar === dates.length || day < dates[0]!) {
      const span = dates.length > 0 ? `${formatDate(dates[0]!)} to ${formatDate(dates.at(-1)!)}` : 'no bars';
      throw new TimestampAnomalyError(
        `weightsByDate has ${formatDate(day)}, outside the prices (${span}); give prices for it or leave it out`,
      );
    }
    const field = `weightsByDate at ${formatDate(day)}`;
    if (typeof targets !== 'object' || targets === null || Array.isArray(targets)) {
      throw new ValidationError(field, targets, 'weights by symbol', 'pass {AAPL: 1}, or {} to sell all');
    }
    const weights = targets instanceof Map ? [...targets] : Object.entries(targets);
    for (const [symbol, weight] of weights as [string, unknown][]) {
      if (!known.has(symbol)) {
        throw new UnknownSymbolError(field, symbol, 'a symbol of the prices', nearestHint(symbol, symbols));
      }
      if (typeof weight !== 'number' || Number.isNaN(weight)) {
        throw new InvalidWeightsError(
          `${field}, symbol ${symbol}`,
          weight,
          'a number',
          'leave it out to sell it',
        );
      }
    }
    byBar.set(bar, { bar, targets: Object.fromEntries(weights as [string, number][]) });
  }
  return [...byBar.values()];
}

function dayOf(key: string | number): number {
  const day = typeof key === 'number' ? key : parseDate(key);
  if (day === undefined || !Number.isInteger(day)) {
    throw new ValidationError('weightsByDate', key, 'dates as YYYY-MM-DD or epoch days', 'write 2020-01-31');
  }
  return day;
}
