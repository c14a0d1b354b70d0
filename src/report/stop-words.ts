/** Stops in words, for the page and the terminal. */
import type { ResolvedStops } from '../backtest/stop-types.js';
import type { BacktestResult } from '../backtest/types.js';
import { numberText, percentText, trimZeros } from './format.js';
import type { StopsModel } from './stops-model.js';

/** `12 of 40 exits were made by stops (30.0%)`, or that none was reached. */
export function stopsSentence({ exits, ended }: StopsModel): string {
  const count = numberText(exits.length, 0);
  if (exits.length === 0) return 'No stop was reached';
  const were = exits.length === 1 ? 'was' : 'were';
  if (Number.isNaN(ended)) return `${count} ${exits.length === 1 ? 'exit' : 'exits'} ${were} made by stops`;
  const of = `${numberText(ended, 0)} ${ended === 1 ? 'exit' : 'exits'}`;
  return `${count} of ${of} ${were} made by stops (${percentText(exits.length / ended, 1)})`;
}

/** `fixed 10%, trailing 5%, 2 ATR of 14 bars`: what was asked for. */
export function stopRules(stops: ResolvedStops): string {
  const { fixedStopPct, trailingStopPct, atrMultiple, atrPeriod, takeProfitPct, maxBars } = stops;
  const percent = (value: number): string => `${trimZeros(numberText(value * 100, 4))}%`;
  const parts = [
    fixedStopPct === null ? '' : `fixed ${percent(fixedStopPct)}`,
    trailingStopPct === null ? '' : `trailing ${percent(trailingStopPct)}`,
    atrMultiple === null ? '' : `${trimZeros(numberText(atrMultiple, 4))} ATR of ${atrPeriod} bars`,
    takeProfitPct === null ? '' : `target ${percent(takeProfitPct)}`,
    maxBars === null ? '' : `at most ${numberText(maxBars, 0)} ${maxBars === 1 ? 'bar' : 'bars'}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** How ranges were measured, where an ATR stop is one of them. */
export function atrWords({ atrKind }: Pick<BacktestResult, 'atrKind'>): string {
  if (atrKind === null) return '';
  return atrKind === 'wilder'
    ? 'Wilder’s average of true ranges'
    : 'Wilder’s average of |close − previous close|';
}
