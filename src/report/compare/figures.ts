/** The figures of the comparison: which, what is better, and each run's values over the common span. */
import { computeMetrics, monthlyReturns, yearlyReturns } from '../../metrics/index.js';
import type { DrawdownRow } from '../drawdown-rows.js';
import { type Figure, type FigureKey, figureText, makeFigures } from '../figures.js';
import { barsWithin, type CommonConventions, type CommonSpan, isWhole } from './common-span.js';
import type { ReportDocument } from './types.js';

/** Which value of a row is the best: the highest, the lowest, or none (the figure is no merit). */
export type Better = 'higher' | 'lower' | 'neither';

/** Rows of the comparison in the report's order. Amounts of money are left out: they follow from the initial cash. */
const BETTER: Readonly<Partial<Record<FigureKey, Better>>> = {
  totalReturn: 'higher',
  cagr: 'higher',
  bestMonth: 'higher',
  worstMonth: 'higher',
  bestYear: 'higher',
  worstYear: 'higher',
  volatility: 'lower',
  maxDrawdown: 'lower',
  longestDrawdown: 'lower',
  cvar95: 'higher',
  sharpe: 'higher',
  sortino: 'higher',
  calmar: 'higher',
  winRate: 'higher',
  profitFactor: 'higher',
  payoffRatio: 'higher',
  turnoverPerYear: 'lower',
  costBps: 'lower',
  costBpsPerYear: 'lower',
  trades: 'neither',
  rebalances: 'neither',
};

/** One row: a figure of every run. */
export interface CompareRow extends Pick<Figure, 'key' | 'group' | 'kind' | 'label' | 'formula'> {
  readonly better: Better;
  /** One a run; NaN where the run has no such figure. */
  readonly values: readonly number[];
  /** One a run, as shown. */
  readonly texts: readonly string[];
  /** Whether the run's value is the best of the row at the precision shown; none where all are equal. */
  readonly best: readonly boolean[];
}

/** All rows. `runs` holds the figures of every run, in the same order each; rows without any number are left out. */
export function compareRows(runs: readonly (readonly Figure[])[]): CompareRow[] {
  return runs[0]!.flatMap(({ key, group, kind, label, formula }, row) => {
    const better = BETTER[key];
    const values = runs.map((figures) => figures[row]!.strategy);
    if (better === undefined || values.every(Number.isNaN)) return [];
    const texts = values.map((value) => figureText(kind, value));
    return [{ key, group, kind, label, formula, better, values, texts, best: bestOf(values, texts, better) }];
  });
}

/** Marks the best values. Those that read the same as the best are best too; NaN never is. */
export function bestOf(values: readonly number[], texts: readonly string[], better: Better): boolean[] {
  const none = values.map(() => false);
  if (better === 'neither') return none;
  let best = -1;
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    if (best < 0 || (better === 'higher' ? value > values[best]! : value < values[best]!)) best = i;
  }
  if (best < 0) return none;
  const marks = values.map((value, i) => !Number.isNaN(value) && texts[i] === texts[best]);
  const shown = values.filter((value) => !Number.isNaN(value)).length;
  return marks.filter(Boolean).length === shown ? none : marks;
}

/** What the figures of a run are worked out from. */
export interface SpanRun {
  /** One a period. */
  readonly returns: Float64Array;
  readonly drawdowns: readonly DrawdownRow[];
}

/** The figures of one run over the common span; those of a run without money at its start are all NaN. */
export function spanFigures(
  document: ReportDocument,
  index: number,
  span: CommonSpan,
  conventions: CommonConventions,
  run: SpanRun | null,
): Figure[] {
  const dated = span.dates !== null;
  if (run === null) return makeFigures({}, undefined, dated);
  const months = dated ? monthlyReturns(run.returns, span.dates).map((m) => m.totalReturn) : [];
  const years = dated ? yearlyReturns(run.returns, span.dates).map((y) => y.totalReturn) : [];
  const highest = (list: readonly number[]): number => (list.length === 0 ? Number.NaN : Math.max(...list));
  const lowest = (list: readonly number[]): number => (list.length === 0 ? Number.NaN : Math.min(...list));
  return makeFigures(
    {
      ...computeMetrics(run.returns, conventions),
      bestMonth: highest(months),
      worstMonth: lowest(months),
      bestYear: highest(years),
      worstYear: lowest(years),
      longestDrawdown: run.drawdowns.reduce((longest, row) => Math.max(longest, row.length), 0),
      ...trading(document, index, span, conventions),
    },
    undefined,
    dated,
  );
}

interface Trading {
  readonly turnoverPerYear: number;
  readonly costBps: number;
  readonly costBpsPerYear: number;
  readonly rebalances: number;
  readonly trades: number;
}

/** As the report counts them, over the bars within the span. The number of trades is known for whole runs only. */
function trading(
  document: ReportDocument,
  index: number,
  span: CommonSpan,
  conventions: CommonConventions,
): Trading {
  const from = span.places[index]![0]!;
  const bars = barsWithin(span, index);
  let turnover = 0;
  let costs = 0;
  let equity = 0;
  let rebalances = 0;
  for (let bar = from; bar < from + bars; bar++) {
    const traded = document.turnover[bar]!;
    turnover += traded;
    costs += document.costCents[bar]!;
    equity += document.equityCents[bar + 1]!;
    if (traded > 0) rebalances++;
  }
  const years = span.periods / conventions.periodsPerYear;
  const mean = equity / bars;
  const costBps = mean > 0 ? (costs / mean) * 10_000 : Number.NaN;
  return {
    turnoverPerYear: turnover / years,
    costBps,
    costBpsPerYear: costBps / years,
    rebalances,
    trades: isWhole(span, index, document.bars) ? document.trading.trades : Number.NaN,
  };
}
