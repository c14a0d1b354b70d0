/** Limits of a portfolio as numbers: bounds, sums of groups, turnover. */
import { checkKeys, checkNumber, nearestHint } from '../check.js';
import { InfeasibleError, UnknownSymbolError, ValidationError } from '../errors.js';
import type { GroupLimit, PortfolioLimits } from './types.js';

/** The options that `readLimits` reads, for the list of known keys of an optimizer. */
export const LIMIT_KEYS: readonly string[] = ['bounds', 'groups', 'turnover', 'l2'];

/** One group: min ≤ row · w ≤ max. */
export interface GroupRow {
  /** N numbers: 1 for the symbols of the group, else 0. */
  readonly row: Float64Array;
  readonly min: number;
  readonly max: number;
  /** Its place among the options, for messages: `groups[2]`. */
  readonly name: string;
}

/** Checked limits of N weights that at least one portfolio meets. */
export interface LinearLimits {
  /** N lower limits, 0 to 1. */
  readonly lower: Float64Array;
  /** N upper limits, 0 to 1. */
  readonly upper: Float64Array;
  /** Groups that can bind. */
  readonly groups: readonly GroupRow[];
  /** The sum of |w − current| stays at or below `max`. */
  readonly turnover?: { readonly current: Float64Array; readonly max: number };
  /** At least 0. */
  readonly l2: number;
  /** Whether nothing but w ≥ 0 and the sum of 1 is asked. */
  readonly plain: boolean;
}

/** Largest l2: more leaves nothing but the most equal weights, and its products no double. */
const L2_MOST = 1e100;
/** Largest size of a weight held now: a larger one is an amount of money, and leaves too few digits for new weights. */
const CURRENT_MOST = 1000;
/** Slack that a sum of limits may have by rounding. */
const ROUNDING = 1e-12;

/**
 * The limits of `options` as numbers; other keys of `options` are left alone.
 *
 * options  `bounds`, `groups`, `turnover`, `l2`
 * symbols  N names
 *
 * Throws `ValidationError` or `UnknownSymbolError` for a limit that makes no sense by itself, `InfeasibleError` for
 * limits that no portfolio meets together.
 */
export function readLimits(options: PortfolioLimits, symbols: readonly string[]): LinearLimits {
  const index = new Map(symbols.map((symbol, j) => [symbol, j]));
  const lower = new Float64Array(symbols.length);
  const upper = new Float64Array(symbols.length).fill(1);
  readBounds(options.bounds, symbols, index, lower, upper);
  const groups = readGroups(options.groups, symbols, index);
  const turnover = readTurnover(options.turnover, symbols, index);
  const l2 = options.l2 === undefined ? 0 : checkNumber('l2', options.l2, 0, L2_MOST);
  const open = lower.every((low) => low === 0) && upper.every((high) => high === 1);
  const limits: LinearLimits = {
    lower,
    upper,
    groups,
    ...(turnover === undefined ? {} : { turnover }),
    l2,
    plain: open && groups.length === 0 && turnover === undefined && l2 === 0,
  };
  checkBoundSums(limits);
  return limits;
}

function place(
  field: string,
  symbol: unknown,
  symbols: readonly string[],
  index: Map<string, number>,
): number {
  const at = typeof symbol === 'string' ? index.get(symbol) : undefined;
  if (at === undefined) {
    throw new UnknownSymbolError(
      field,
      symbol,
      'a symbol of this portfolio',
      nearestHint(String(symbol), symbols),
    );
  }
  return at;
}

function readPair(field: string, pair: unknown): readonly [number, number] {
  if (!Array.isArray(pair) || pair.length !== 2) {
    throw new ValidationError(field, pair, 'a pair [min, max]', 'pass two numbers from 0 to 1');
  }
  const min = checkNumber(`${field}[0]`, pair[0], 0, 1);
  const max = checkNumber(`${field}[1]`, pair[1], 0, 1);
  if (min > max) throw new ValidationError(field, pair, 'min at most max', 'swap the two numbers');
  return [min, max];
}

function readBounds(
  bounds: PortfolioLimits['bounds'],
  symbols: readonly string[],
  index: Map<string, number>,
  lower: Float64Array,
  upper: Float64Array,
): void {
  if (bounds === undefined) return;
  if (Array.isArray(bounds)) {
    const [min, max] = readPair('bounds', bounds);
    lower.fill(min);
    upper.fill(max);
    return;
  }
  if (typeof bounds !== 'object' || bounds === null) {
    throw new ValidationError(
      'bounds',
      bounds,
      'a pair [min, max], or a pair for each symbol',
      'pass [0, 0.2] or {A: [0, 0.2]}',
    );
  }
  for (const [symbol, pair] of Object.entries(bounds)) {
    const j = place('bounds', symbol, symbols, index);
    const [min, max] = readPair(`bounds.${symbol}`, pair);
    lower[j] = min;
    upper[j] = max;
  }
}

function readGroups(
  groups: readonly GroupLimit[] | undefined,
  symbols: readonly string[],
  index: Map<string, number>,
): GroupRow[] {
  if (groups === undefined) return [];
  if (!Array.isArray(groups)) {
    throw new ValidationError('groups', groups, 'an array of {symbols, min, max}', 'pass an array');
  }
  const rows = Array.from(groups as readonly GroupLimit[], (group, k): GroupRow => {
    const name = `groups[${k}]`;
    checkKeys(name, group, ['symbols', 'min', 'max']);
    if (!Array.isArray(group.symbols) || group.symbols.length === 0) {
      throw new ValidationError(
        `${name}.symbols`,
        group.symbols,
        'an array of at least one symbol',
        'name the symbols of the group',
      );
    }
    const row = new Float64Array(symbols.length);
    for (const symbol of group.symbols as readonly unknown[]) {
      const j = place(`${name}.symbols`, symbol, symbols, index);
      if (row[j] === 1)
        throw new ValidationError(`${name}.symbols`, symbol, 'a symbol named once', 'name it once');
      row[j] = 1;
    }
    const min = checkNumber(`${name}.min`, group.min ?? 0, 0, 1);
    const max = checkNumber(`${name}.max`, group.max ?? 1, 0, 1);
    if (min > max)
      throw new ValidationError(`${name}.min`, min, `at most its max, ${max}`, 'swap the two numbers');
    return { row, min, max, name };
  });
  return rows.filter(({ min, max }) => min > 0 || max < 1);
}

function readTurnover(
  turnover: PortfolioLimits['turnover'],
  symbols: readonly string[],
  index: Map<string, number>,
): LinearLimits['turnover'] {
  if (turnover === undefined) return undefined;
  checkKeys('turnover', turnover, ['current', 'max']);
  const max = checkNumber('turnover.max', turnover.max, 0);
  const given: unknown = turnover.current;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ValidationError(
      'turnover.current',
      given,
      'the weights held now, by symbol',
      'pass {A: 0.4, B: 0.6}',
    );
  }
  const current = new Float64Array(symbols.length);
  for (const [symbol, weight] of Object.entries(given)) {
    current[place('turnover.current', symbol, symbols, index)] = checkNumber(
      `turnover.current.${symbol}`,
      weight,
      -CURRENT_MOST,
      CURRENT_MOST,
    );
  }
  return { current, max };
}

function checkBoundSums({ lower, upper }: LinearLimits): void {
  let low = 0;
  let high = 0;
  for (let j = 0; j < lower.length; j++) {
    low += lower[j]!;
    high += upper[j]!;
  }
  if (low > 1 + ROUNDING) {
    throw new InfeasibleError(
      `No portfolio meets bounds: the lower limits sum to ${shown(low)}, above 1. Fix: lower some of them`,
    );
  }
  if (high < 1 - ROUNDING) {
    throw new InfeasibleError(
      `No portfolio meets bounds: the upper limits sum to ${shown(high)}, below 1. Fix: raise some of them`,
    );
  }
}

/** A sum without the rounding of its last digits. */
function shown(sum: number): number {
  return Number(sum.toPrecision(12));
}
