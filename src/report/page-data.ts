/**
 * What the page's script gets: the numbers behind the charts and tables, as one JSON value. A panel takes part by a
 * chart (lines over time that can be read and zoomed) or a table (rows that can be saved as CSV) named here.
 */
import { clip, visibleText } from './escape.js';
import type { ReportModel } from './model.js';
import { type Columns, ColumnWriter } from './page-columns.js';
import { pageTables } from './page-tables.js';
import { tradingModel } from './trading-model.js';
import type { ReportInput } from './types.js';

/** One line of a chart. */
export interface PageSeries {
  /** For the reader; inert text. */
  readonly label: string;
  /** Class of the line in the drawing. */
  readonly role: string;
  /** Name of the column: one value for the start and each bar. */
  readonly column: string;
  /** Filled to 0. */
  readonly area?: boolean;
}

/** A chart over time. */
export interface PageChart {
  /** Id of the drawing that stands in the page. */
  readonly id: string;
  /** Id of its panel; also part of the name of its file. */
  readonly panel: string;
  readonly title: string;
  /** How values are shown. `money` counts in cents. */
  readonly unit: 'money' | 'percent' | 'number';
  /** Decimals of numbers under the pointer, 3 where it is absent. */
  readonly decimals?: number;
  /** The drawing shows a value of a column divided by this. */
  readonly divisor: number;
  readonly series: readonly PageSeries[];
  /** The level that is drawn stronger. */
  readonly base?: number;
  /** Equal ratios may be shown equally far apart. */
  readonly log?: boolean;
}

/** One column of a table. */
export interface PageTableColumn {
  readonly head: string;
  /**
   * What the values are: texts; numbers; whole cents, shown in currency units; ticks of the price scale, shown so
   * too; bars, shown as days; indices of symbols, shown as names.
   */
  readonly kind: 'text' | 'number' | 'cents' | 'ticks' | 'bar' | 'symbol';
  /** The values, or the name of a column. A column with a value for the start is read from its second. */
  readonly values: string | readonly (string | number | null)[];
}

/** A table to save. */
export interface PageTable {
  /** Id of the panel with the button; `page` is the head of the page. */
  readonly panel: string;
  /** Part of the file's name. */
  readonly name: string;
  /** On the button. */
  readonly button: string;
  readonly columns: readonly PageTableColumn[];
}

/** Everything the script gets. */
export interface PageData {
  /** First part of the names of files; letters, digits and hyphens. */
  readonly file: string;
  readonly bars: number;
  /** Epoch day of the first bar, then the days from each bar to the next; null without dates. */
  readonly days: readonly number[] | null;
  /** Decimals of the price scale. */
  readonly priceDecimals: number;
  readonly symbols: readonly string[];
  readonly columns: Columns;
  readonly charts: readonly PageChart[];
  readonly tables: readonly PageTable[];
}

/** The data of a report's page. O(bars + trades). */
export function pageData(model: ReportModel, input: ReportInput): PageData {
  const { result } = model;
  const columns = new ColumnWriter();
  const charts = chartsOf(model, input, columns);
  const { tables, symbols } = pageTables(model, columns);
  return {
    file: fileStem(model.name),
    bars: model.bars,
    days: daySteps(result.dates),
    priceDecimals: String(result.config.priceScale).length - 1,
    symbols,
    columns: columns.columns(),
    charts,
    tables,
  };
}

function daySteps(dates: Int32Array | null): number[] | null {
  return dates === null ? null : Array.from(dates, (day, i) => (i === 0 ? day : day - dates[i - 1]!));
}

/** A name that every file system takes: small letters, digits, single hyphens. */
export function fileStem(name: string): string {
  const stem = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return stem === '' ? 'backtest' : stem;
}

function chartsOf(model: ReportModel, input: ReportInput, columns: ColumnWriter): PageChart[] {
  const { benchmark } = model;
  columns.count('bars', model.bars);
  columns.exact('equity', model.equity);
  columns.exact('drawdown', model.drawdown, { as: 'fall', of: 'equity' });
  if (benchmark) {
    columns.exact('benchmarkReturns', input.benchmark!.returns);
    columns.exact('benchmarkEquity', benchmark.equity, {
      as: 'compound',
      of: 'benchmarkReturns',
      from: benchmark.equity[0]!,
    });
    columns.exact('benchmarkDrawdown', benchmark.drawdown, { as: 'fall', of: 'benchmarkEquity' });
  }
  const label = { strategy: inert(model.name), benchmark: benchmark ? inert(benchmark.name) : '' };
  const pair = (own: string, other: string, area = false): PageSeries[] => [
    { label: label.strategy, role: 'strategy', column: own, ...(area ? { area } : {}) },
    ...(columns.has(other) ? [{ label: label.benchmark, role: 'benchmark', column: other }] : []),
  ];
  const charts: PageChart[] = [
    chart('equity', 'Equity', 'money', 100, pair('equity', 'benchmarkEquity'), true),
    chart('drawdown', 'Drawdown', 'percent', -1, pair('drawdown', 'benchmarkDrawdown', true)),
  ];
  if (benchmark) {
    const ratio = model.equity.map((cents, i) =>
      benchmark.equity[i]! > 0 ? cents / benchmark.equity[i]! : Number.NaN,
    );
    columns.exact('relative', ratio, { as: 'ratio', of: 'equity', by: 'benchmarkEquity' });
    const line = { label: 'Ratio', role: 'strategy', column: 'relative' };
    charts.push({ ...chart('relative', 'Strategy divided by benchmark', 'number', 1, [line]), base: 1 });
  }
  for (const { id, title, unit, own, other, line, base, area } of roundedCharts(model)) {
    if (own === null || own.every(Number.isNaN)) continue;
    columns.rounded(id, own);
    if (other) columns.rounded(`${id}-benchmark`, other);
    const series = pair(id, `${id}-benchmark`, area).map((each) => (line ? { ...each, label: line } : each));
    charts.push({ ...chart(id, title, unit, 1, series), base: base ?? 0 });
  }
  return charts;
}

/** A chart whose numbers are for the eye. */
interface RoundedChart {
  readonly id: string;
  readonly title: string;
  readonly unit: PageChart['unit'];
  readonly own: Float64Array | null;
  readonly other?: Float64Array | null;
  /** Name of its one line, where that is no property of the strategy alone. */
  readonly line?: string;
  readonly base?: number;
  readonly area?: boolean;
}

function roundedCharts({ rolling, result }: ReportModel): RoundedChart[] {
  const ratio = 'number' as const;
  const percent = 'percent' as const;
  const { growth, volatility, sharpe, sortino, beta, correlation } = rolling;
  const { benchmarkGrowth, benchmarkVolatility, benchmarkSharpe, benchmarkSortino } = rolling;
  const { drag, paid } = tradingModel(result);
  return [
    { id: 'rolling-return', title: 'Rolling return', unit: percent, own: growth, other: benchmarkGrowth },
    {
      id: 'rolling-volatility',
      title: 'Rolling volatility',
      unit: percent,
      own: volatility,
      other: benchmarkVolatility,
    },
    { id: 'rolling-sharpe', title: 'Rolling Sharpe ratio', unit: ratio, own: sharpe, other: benchmarkSharpe },
    {
      id: 'rolling-sortino',
      title: 'Rolling Sortino ratio',
      unit: ratio,
      own: sortino,
      other: benchmarkSortino,
    },
    { id: 'rolling-beta', title: 'Rolling beta', unit: ratio, own: beta, base: 1, line: 'Beta' },
    {
      id: 'rolling-correlation',
      title: 'Rolling correlation',
      unit: ratio,
      own: correlation,
      line: 'Correlation',
    },
    {
      id: 'cost-drag',
      title: 'Cost drag',
      unit: percent,
      own: paid[paid.length - 1]! > 0 ? drag : null,
      area: true,
      line: 'Cost drag',
    },
  ];
}

function chart(
  panel: string,
  title: string,
  unit: PageChart['unit'],
  divisor: number,
  series: readonly PageSeries[],
  log = false,
): PageChart {
  return { id: `${panel}-chart`, panel, title, unit, divisor, series, ...(log ? { log } : {}) };
}

function inert(name: string): string {
  return visibleText(clip(name, 60));
}
