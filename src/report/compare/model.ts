/** Everything the writers of a comparison show, worked out once. */
import { ValidationError } from '../../errors.js';
import { yearlyReturns } from '../../metrics/index.js';
import { formatDate } from '../../time.js';
import { type DrawdownRow, drawdownCurve, drawdownRows } from '../drawdown-rows.js';
import { type Figure, makeFigures } from '../figures.js';
import { numberText } from '../format.js';
import {
  commonConventions,
  type CommonConventions,
  type CommonSpan,
  commonSpan,
  isWhole,
  returnsWithin,
} from './common-span.js';
import { type ConfigDifference, configDifferences } from './config-differences.js';
import { type Correlation, correlation } from './correlation.js';
import { bestOf, type CompareRow, compareRows, spanFigures, type SpanRun } from './figures.js';
import { distinctNames } from './names.js';
import { comparisonNotes } from './notes.js';
import type { CompareInput, ReportDocument } from './types.js';

/** Fewest and most runs that stand side by side. */
export const RUNS_MIN = 2;
export const RUNS_MAX = 12;

/** One run beside the others. */
export interface ComparedRun {
  /** `A` to `L`: its place in tables and charts. */
  readonly letter: string;
  /** Its name; runs of the same name get a number. */
  readonly name: string;
  readonly document: ReportDocument;
  /** First and last day of its own span as text, or bar numbers. */
  readonly from: string;
  readonly to: string;
  /** Whether the common span is its whole own span. */
  readonly whole: boolean;
  /** Value at every point of the span, 100 at the first; NaN throughout where there was no money left by then. */
  readonly curve: Float64Array;
  /** Positive fractions below the highest value so far, one a point. */
  readonly drawdown: Float64Array;
  /** The deepest fall within the span; null where it never fell. */
  readonly worst: DrawdownRow | null;
  /** The figures of its own span, from its document. */
  readonly own: readonly Figure[];
}

/** Returns of one calendar year. */
export interface CompareYear {
  readonly year: number;
  readonly values: readonly number[];
  readonly best: readonly boolean[];
}

export interface CompareModel {
  readonly title: string;
  readonly runs: readonly ComparedRun[];
  readonly span: CommonSpan;
  /** First and last day of the span as text, or bar numbers. */
  readonly from: string;
  readonly to: string;
  /** Day of a point of the curves as text, or `bar 0` for the start. */
  readonly label: (point: number) => string;
  readonly conventions: CommonConventions;
  readonly rows: readonly CompareRow[];
  readonly years: readonly CompareYear[];
  readonly correlation: Correlation;
  /** Whether the runs' own figures differ from those of the span: in dates or in conventions. */
  readonly ownDiffers: boolean;
  readonly differences: readonly ConfigDifference[];
  /** What the reader must know, one sentence each. */
  readonly notes: readonly string[];
}

/** The model of a comparison. Throws `ValidationError` for fewer than two runs or more than twelve. O(all bars). */
export function compareModel(input: CompareInput): CompareModel {
  const documents = input.runs;
  if (!Array.isArray(documents) || documents.length < RUNS_MIN || documents.length > RUNS_MAX) {
    throw new ValidationError(
      'runs',
      documents?.length,
      `${RUNS_MIN} to ${RUNS_MAX} runs`,
      'give the JSON reports of two runs or more',
    );
  }
  const span = commonSpan(documents);
  const conventions = commonConventions(documents, span);
  const names = distinctNames(documents.map((run) => run.name));
  const label = (point: number): string =>
    span.points === null ? `bar ${point}` : formatDate(span.points[point]!);
  const parts = documents.map((document, i) => spanPart(document, i, span, label));
  const runs = documents.map((document, i): ComparedRun => {
    const { curve, drawdown, run } = parts[i]!;
    return {
      letter: String.fromCharCode(65 + i),
      name: names[i]!,
      document,
      from: dayText(document, 0),
      to: dayText(document, document.bars - 1),
      whole: isWhole(span, i, document.bars),
      curve,
      drawdown,
      worst: run?.drawdowns[0] ?? null,
      own: ownFigures(document),
    };
  });
  const figures = documents.map((document, i) => spanFigures(document, i, span, conventions, parts[i]!.run));
  return {
    title: input.name ?? `Comparison of ${runs.length} runs`,
    runs,
    span,
    from: label(span.points === null ? 1 : 0),
    to: label(span.periods),
    label,
    conventions,
    rows: compareRows(figures),
    years: years(
      parts.map((part) => part.run?.returns ?? null),
      span,
    ),
    correlation: correlation(
      parts.map((part) => part.run?.returns ?? null),
      span.dates,
    ),
    ownDiffers: runs.some((run) => !run.whole || !sameConventions(run.document, conventions)),
    differences: configDifferences(documents),
    notes: comparisonNotes(runs, span, conventions),
  };
}

interface SpanPart {
  readonly curve: Float64Array;
  readonly drawdown: Float64Array;
  /** Null where the run had no money left when the span begins. */
  readonly run: SpanRun | null;
}

function spanPart(
  document: ReportDocument,
  index: number,
  span: CommonSpan,
  label: (point: number) => string,
): SpanPart {
  const places = span.places[index]!;
  const base = document.equityCents[places[0]!]!;
  if (base <= 0) {
    const gone = new Float64Array(span.periods + 1).fill(Number.NaN);
    return { curve: gone, drawdown: gone, run: null };
  }
  const curve = Float64Array.from(places, (place) =>
    Math.max(0, (100 * document.equityCents[place]!) / base),
  );
  const drawdowns = drawdownRows(curve, null, (bar) => label(bar + 1)).map((row) => ({
    ...row,
    length: lengthOf(row, span),
  }));
  return {
    curve,
    drawdown: drawdownCurve(curve),
    run: { returns: returnsWithin(span, index, document.returns), drawdowns },
  };
}

/** Calendar days from the peak to the recovery or the end; bars where there are no dates. */
function lengthOf(row: DrawdownRow, span: CommonSpan): number {
  const end = row.recoveryIndex ?? span.periods;
  return span.points === null ? end - row.peakIndex : span.points[end]! - span.points[row.peakIndex]!;
}

function years(returns: readonly (Float64Array | null)[], span: CommonSpan): CompareYear[] {
  const { dates } = span;
  if (dates === null) return [];
  const blank = new Float64Array(span.periods);
  const tables = returns.map((own) =>
    yearlyReturns(own ?? blank, dates).map(({ year, totalReturn }) => ({
      year,
      value: own === null ? Number.NaN : totalReturn,
    })),
  );
  return tables[0]!.map(({ year }, row) => {
    const values = tables.map((table) => table[row]!.value);
    const texts = values.map((value) => numberText(value * 100));
    return { year, values, best: bestOf(values, texts, 'higher') };
  });
}

function ownFigures(document: ReportDocument): Figure[] {
  const { metrics, trading } = document;
  return makeFigures(
    {
      ...metrics,
      finalEquity: document.equityCents[document.bars]!,
      turnoverPerYear: trading.turnoverPerYear,
      costs: trading.costCents,
      costBps: trading.costBps,
      costBpsPerYear: trading.costBpsPerYear,
      trades: trading.trades,
      rebalances: trading.rebalances,
    },
    undefined,
    document.dates !== null,
  ).filter(({ key }) => OWN.includes(key));
}

/** Figures that a document states itself, shown where its span is not the common one. */
const OWN: readonly Figure['key'][] = [
  'totalReturn',
  'cagr',
  'finalEquity',
  'volatility',
  'maxDrawdown',
  'cvar95',
  'sharpe',
  'sortino',
  'calmar',
  'winRate',
  'profitFactor',
  'payoffRatio',
  'turnoverPerYear',
  'costs',
  'costBps',
  'costBpsPerYear',
  'trades',
  'rebalances',
];

function sameConventions(document: ReportDocument, conventions: CommonConventions): boolean {
  return (
    document.metricsFrom === 0 &&
    document.periodsPerYear === conventions.periodsPerYear &&
    document.riskFree === conventions.riskFree &&
    document.profile === conventions.profile
  );
}

function dayText(document: ReportDocument, bar: number): string {
  return document.dates === null ? `bar ${bar + 1}` : formatDate(document.dates[bar]!);
}
