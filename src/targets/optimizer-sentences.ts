/** Words about targets that an optimizer made: what it was told, and what became of the rebalances. */
import { formatDate } from '../time.js';
import {
  OPTIMIZER_OPTIONS,
  OPTIMIZER_TITLES,
  type OptimizerName,
  type OptimizerSettings,
} from './optimizer-names.js';
import type { OptimizerWalk } from './optimizer-walk.js';
import { ALPHA_DEFAULT } from './run-optimizer.js';

/** Names that a sentence lists. */
const LISTED = 5;

/** `Minimum CVaR (alpha 0.95) of 20 symbols,`: what follows says from what. */
export function optimizerSentence(
  method: OptimizerName,
  settings: OptimizerSettings,
  symbols: number,
): string {
  const words = settingWords(method, settings);
  const told = words.length === 0 ? '' : ` (${words.join(', ')})`;
  return `${OPTIMIZER_TITLES[method]}${told} of ${symbols} ${symbols === 1 ? 'symbol' : 'symbols'},`;
}

/** `alpha 0.95`, `covariance ledoit-wolf`, `weights 0 to 0.2`: what the method was told, its defaults too. */
export function settingWords(method: OptimizerName, settings: OptimizerSettings): string[] {
  const { alpha = ALPHA_DEFAULT, riskFree, covariance = 'sample', bounds, groups, turnover, l2 } = settings;
  const takes = OPTIMIZER_OPTIONS[method];
  const words: string[] = [];
  if (takes.includes('alpha')) words.push(`alpha ${alpha}`);
  if (takes.includes('covariance')) words.push(`covariance ${covariance}`);
  if (riskFree !== undefined && riskFree !== 0)
    words.push(`risk-free ${Number(riskFree.toPrecision(3))} a period`);
  if (Array.isArray(bounds)) words.push(`weights ${bounds[0]} to ${bounds[1]}`);
  else if (bounds !== undefined) words.push('limits by symbol');
  if (groups !== undefined && groups.length > 0) {
    words.push(`${groups.length} ${groups.length === 1 ? 'group' : 'groups'} limited`);
  }
  if (turnover !== undefined) words.push(`turnover to ${turnover}`);
  if (l2 !== undefined && l2 !== 0) words.push(`l2 ${l2}`);
  return words;
}

/** What a person should know about the rebalances, one sentence each. */
export function walkSentences(walk: OptimizerWalk, dates: Int32Array): string[] {
  const out: string[] = [];
  if (walk.gaps.size > 0) out.push(`Left out for a missing price in the window: ${counted(walk.gaps)}.`);
  if (walk.flat.size > 0)
    out.push(`Left out for a price that did not move in the window: ${counted(walk.flat)}.`);
  if (walk.clashes > 0) {
    out.push(
      `At ${rebalances(walk.clashes)} the limits cannot be kept by the symbols with a full window: no target, the portfolio keeps what it holds.`,
    );
  }
  for (const [reason, says] of REASONS) {
    const bars = walk.fallbacks.filter((each) => each.reason === reason);
    if (bars.length === 0) continue;
    const days = bars.slice(0, LISTED).map(({ bar }) => formatDate(dates[bar]!));
    const more = bars.length > LISTED ? ', …' : '';
    const told = bars[0]!.says === '' ? '' : ` (${bars[0]!.says})`;
    out.push(`${says} at ${rebalances(bars.length)}: ${days.join(', ')}${more}${told}.`);
  }
  for (const [warning, times] of [...walk.warnings].slice(0, LISTED)) {
    out.push(`At ${rebalances(times)}: ${warning.replace(/\.$/, '')}.`);
  }
  return out;
}

const REASONS = [
  ['failed', 'Equal weight, as the optimizer has no answer,'],
  ['degenerate', 'The stand-in of the optimizer, as the problem has no answer of its own,'],
  ['max-iterations', 'Weights that are not proven to be the best, as the search ended early,'],
  ['turnover', 'The turnover limit was let go, as it cannot be kept with the others,'],
] as const;

function rebalances(count: number): string {
  return `${count} ${count === 1 ? 'rebalance' : 'rebalances'}`;
}

/** `KODK (12 rebalances), GM (3 rebalances), …`: those left out most often first. */
function counted(counts: ReadonlyMap<string, number>): string {
  const rows = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const shown = rows.slice(0, LISTED).map(([symbol, times]) => `${symbol} (${rebalances(times)})`);
  return `${shown.join(', ')}${rows.length > LISTED ? `, … (${rows.length} symbols)` : ''}`;
}
