/** Falls of an equity curve from a peak, as the rows of a table with dates. */
import { drawdownSeries, drawdownTable } from '../metrics/index.js';

/** Drawdowns in the table of the page, and shaded in its chart of the equity. */
export const WORST_SHOWN = 10;

export interface DrawdownRow {
  /** Index into the equity curve: 0 is the start, then one a bar. */
  readonly peakIndex: number;
  readonly troughIndex: number;
  /** Null where the equity never came back. */
  readonly recoveryIndex: number | null;
  /** Days as text. */
  readonly peak: string;
  readonly trough: string;
  readonly recovered: string | null;
  /** A positive fraction of the peak. */
  readonly depth: number;
  /** From the peak to the trough, in the unit of `length`. */
  readonly fall: number;
  /** From the trough to the recovery; null where the equity never came back. */
  readonly rise: number | null;
  /** Bars from the peak to the recovery, or to the last bar. */
  readonly bars: number;
  /** The same in calendar days, or in bars where there are no dates. */
  readonly length: number;
}

/** The drawdowns of an equity curve (bars + 1 cents), deepest first. `label` gives the day of a bar. */
export function drawdownRows(
  equity: Float64Array,
  dates: Int32Array | null,
  label: (bar: number) => string,
): DrawdownRow[] {
  const dayOf = (index: number): number => (dates === null ? index : dates[Math.max(0, index - 1)]!);
  return drawdownTable(withoutDebt(equity)).map(({ peak, valley, recovery, depth }) => {
    const end = recovery ?? equity.length - 1;
    return {
      peakIndex: peak,
      troughIndex: valley,
      recoveryIndex: recovery,
      peak: label(peak - 1),
      trough: label(valley - 1),
      recovered: recovery === null ? null : label(recovery - 1),
      depth,
      fall: dayOf(valley) - dayOf(peak),
      rise: recovery === null ? null : dayOf(recovery) - dayOf(valley),
      bars: end - peak,
      length: dayOf(end) - dayOf(peak),
    };
  });
}

/** Positive fractions below the highest value so far, one for each value of `equity`. */
export function drawdownCurve(equity: Float64Array): Float64Array {
  return drawdownSeries(withoutDebt(equity));
}

/** An account that owes money has lost all of it: no drawdown is deeper than 1. */
function withoutDebt(equity: Float64Array): Float64Array {
  return equity.map((value) => Math.max(value, 0));
}
