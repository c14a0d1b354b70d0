/** Does a rule for target weights know the future? Asked on shortened prices, it must answer as on all of them. */
import { checkInteger, checkKeys } from '../check.js';
import { ValidationError } from '../errors.js';
import type { PricePanel } from '../series/price-panel.js';
import { mapPrices } from '../series/price-panel.js';
import type { TargetSchedule } from '../targets/types.js';
import type { LookaheadOptions, LookaheadPeek, LookaheadReport } from './lookahead.js';

/** Makes target weights from prices, as `momentumWeights` does. */
export type TargetRule = (panel: PricePanel) => Pick<TargetSchedule, 'weights'>;

/**
 * Reruns a rule for target weights on shortened prices and compares the rows that both have.
 *
 * rule     makes the weights from a panel: `(panel) => momentumWeights(panel, rebalanceBars(panel.dates, 'monthly'))`. Data it
 *          has from elsewhere cannot be shortened
 * panel    the prices; the rule gets copies of them, from the first bar to some later one
 * check    `cuts`: shortened panels tried, default 40, each ending at a bar with targets
 *
 * Throws what the rule throws on all prices; a rule that fails on fewer has nothing to say about their bars, and that is a
 * peek only if it had targets there before. Cost: (cuts / 2 + 2) calls of the rule.
 */
export function checkTargetLookahead(
  rule: TargetRule,
  panel: PricePanel,
  check: LookaheadOptions = {},
): LookaheadReport {
  if (typeof rule !== 'function') {
    throw new ValidationError(
      'rule',
      rule,
      'a function of a price panel',
      'pass (panel) => momentumWeights(panel, bars)',
    );
  }
  checkKeys('check', check, ['cuts']);
  const cuts = checkInteger('check.cuts', check.cuts ?? 40, 1, 1_000_000);
  const bars = panel.dates.length;
  const full = decided(rule, panel, bars);
  const again = decided(rule, panel, bars);
  const deterministic = firstDifference(full, again, panel, bars - 1) === null;
  const peeks: LookaheadPeek[] = [];
  const ends = deterministic ? cutBars(full.rows, bars, cuts) : [];
  for (const lastBar of ends) {
    const peek = peekAt(rule, full, panel, lastBar);
    if (peek !== null) peeks.push(peek);
  }
  const decisions = full.rows.reduce((count, row) => count + row, 0);
  return { clean: deterministic && peeks.length === 0, deterministic, decisions, cuts: ends.length, peeks };
}

/** Weights, and 1 for each bar that has some. */
interface Decided {
  readonly weights: Float64Array;
  readonly rows: Uint8Array;
}

function decided(rule: TargetRule, panel: PricePanel, bars: number): Decided {
  const { weights } = rule(shortened(panel, bars));
  const n = panel.symbols.length;
  if (weights.rows !== bars || weights.cols !== n) {
    const fix = 'return one row of weights for each bar of the panel';
    throw new ValidationError(
      'rule',
      `${weights.rows} × ${weights.cols} weights`,
      `${bars} × ${n} weights`,
      fix,
    );
  }
  const rows = new Uint8Array(bars);
  for (let t = 0; t < bars; t++) {
    for (let i = 0; i < n; i++) if (!Number.isNaN(weights.data[t * n + i])) rows[t] = 1;
  }
  return { weights: weights.data, rows };
}

function peekAt(rule: TargetRule, full: Decided, panel: PricePanel, lastBar: number): LookaheadPeek | null {
  let other: Decided;
  try {
    other = decided(rule, panel, lastBar + 1);
  } catch (error) {
    const bar = full.rows.indexOf(1);
    // Too few prices for any target: it has promised none.
    if (bar < 0 || bar > lastBar) return null;
    const message = error instanceof Error ? error.message : String(error);
    return {
      bar: lastBar,
      date: panel.dates[lastBar]!,
      lastBar,
      symbol: null,
      full: null,
      shortened: null,
      error: message,
    };
  }
  return firstDifference(full, other, panel, lastBar);
}

/** The first bar up to `lastBar` at which the weights differ, with the symbol whose weights differ most. */
function firstDifference(
  full: Decided,
  other: Decided,
  panel: PricePanel,
  lastBar: number,
): LookaheadPeek | null {
  const n = panel.symbols.length;
  const at = (of: Decided, t: number, i: number): number => of.weights[t * n + i]!;
  for (let t = 0; t <= lastBar; t++) {
    const a = full.rows[t] === 1;
    const b = other.rows[t] === 1;
    let symbol = -1;
    let widest = 0;
    for (let i = 0; i < n && (a || b); i++) {
      // A cell that is missing in one of the rows alone counts as 0 there.
      const gap = Math.abs((at(full, t, i) || 0) - (at(other, t, i) || 0));
      if (gap > widest || (symbol < 0 && a !== b)) [symbol, widest] = [i, gap];
    }
    if (symbol < 0) continue;
    return {
      bar: t,
      date: panel.dates[t]!,
      lastBar,
      symbol: panel.symbols[symbol]!,
      full: a ? at(full, t, symbol) : null,
      shortened: b ? at(other, t, symbol) : null,
      error: null,
    };
  }
  return null;
}

/** Bars at which shortened panels end: some of those with targets, the last bar of all excepted. */
function cutBars(rows: Uint8Array, bars: number, cuts: number): number[] {
  const all = Array.from({ length: Math.max(0, bars - 1) }, (_, t) => t);
  const decided = all.filter((t) => rows[t] === 1);
  const from = decided.length === 0 ? all : decided;
  if (from.length <= cuts) return from;
  const step = (from.length - 1) / Math.max(1, cuts - 1);
  return Array.from({ length: cuts }, (_, k) => from[Math.round(k * step)]!);
}

/** The first `rows` bars, as copies. */
function shortened(panel: PricePanel, rows: number): PricePanel {
  return {
    ...panel,
    dates: panel.dates.slice(0, rows),
    ...mapPrices(panel, ({ data, cols }) => ({ data: data.slice(0, rows * cols), rows, cols })),
  };
}
