/** The tables that the page can save as CSV, with more digits than the page shows; weights with six. */
import { attributionModel } from './attribution-model.js';
import { exposureModel } from './exposure-model.js';
import type { FigureKind } from './figures.js';
import type { ReportModel } from './model.js';
import type { ColumnWriter } from './page-columns.js';
import type { PageTable, PageTableColumn } from './page-data.js';
import { number, numbers, plain, text, texts } from './page-table-parts.js';
import { spreadTables } from './page-tables-spread.js';
import { tradingModel } from './trading-model.js';

/** More trades than this would make the page too large; then it has none. */
const TRADES_MAX = 4000;
/** Drawdowns in the file, deepest first. */
const DRAWDOWNS_MAX = 1000;

/** What the numbers of a figure count in. */
const UNITS: Readonly<Record<FigureKind, string>> = {
  percent: 'fraction',
  ratio: 'ratio',
  money: 'cents',
  count: 'count',
  bps: 'bps',
  days: 'days',
  bars: 'bars',
};

/** All tables of a report. Columns that have a value for every bar are added to `columns`. */
export function pageTables(
  model: ReportModel,
  columns: ColumnWriter,
): { tables: PageTable[]; symbols: readonly string[] } {
  const trades = tradesTable(model, columns);
  const tables = [
    daily(model, columns),
    ...trades,
    ...stopsTable(model),
    figures(model),
    drawdowns(model),
    costs(model),
    turnover(model),
    ...spreadTables(model),
    ...exposure(model, columns),
    ...contributions(model),
  ];
  if (model.result.dates !== null) tables.push(months(model), years('yearly', model), years('years', model));
  return { tables: tables.filter(hasRows), symbols: trades.length > 0 ? model.result.symbols : [] };
}

/** The whole daily series, in the columns of `reportCsv`. */
function daily(model: ReportModel, columns: ColumnWriter): PageTable {
  const { result, benchmark } = model;
  columns.exact('cash', result.cash);
  columns.exact('returns', result.returns, { as: 'growth', of: 'equity' });
  columns.exact('turnover', result.turnover);
  columns.exact('costs', result.costs);
  return {
    panel: 'page',
    name: 'daily',
    button: 'Daily series, CSV',
    columns: [
      { head: 'date', kind: 'bar', values: 'bars' },
      { head: 'equity', kind: 'cents', values: 'equity' },
      { head: 'cash', kind: 'cents', values: 'cash' },
      { head: 'return', kind: 'number', values: 'returns' },
      { head: 'drawdown', kind: 'number', values: 'drawdown' },
      { head: 'benchmark', kind: 'number', values: benchmark ? 'benchmarkReturns' : '' },
      { head: 'turnover', kind: 'number', values: 'turnover' },
      { head: 'cost', kind: 'cents', values: 'costs' },
    ],
  };
}

function tradesTable(model: ReportModel, columns: ColumnWriter): PageTable[] {
  const { trades } = model.result;
  if (trades === null || trades.count === 0 || trades.count > TRADES_MAX) return [];
  const keep = (name: string, values: ArrayLike<number>): string => {
    columns.exact(`trade-${name}`, Float64Array.from(values).subarray(0, trades.count));
    return `trade-${name}`;
  };
  return [
    {
      panel: 'trades',
      name: 'trades',
      button: 'CSV',
      columns: [
        { head: 'date', kind: 'bar', values: keep('bar', trades.bar) },
        { head: 'symbol', kind: 'symbol', values: keep('symbol', trades.symbol) },
        { head: 'quantity', kind: 'number', values: keep('quantity', trades.quantity) },
        { head: 'price', kind: 'ticks', values: keep('price', trades.price) },
        { head: 'value', kind: 'cents', values: keep('value', trades.notional) },
        { head: 'cost', kind: 'cents', values: keep('cost', trades.cost) },
      ],
    },
  ];
}

/** Every exit of a stop, as long as there are not too many. */
function stopsTable({ stops, result }: ReportModel): PageTable[] {
  if (stops === null || stops.exits.length > TRADES_MAX) return [];
  const events = stops.exits.map(({ event }) => event);
  const ticks = (head: string, values: readonly number[]): PageTableColumn => ({
    head,
    kind: 'ticks',
    values,
  });
  const cents = (head: string, values: readonly number[]): PageTableColumn => ({
    head,
    kind: 'cents',
    values,
  });
  const { priceScale } = result.config;
  return [
    plain('stops', [
      { head: 'date', kind: 'bar', values: events.map(({ bar }) => bar) },
      ...texts(events, 'symbol', 'side', 'reason'),
      text(
        'gap',
        events.map(({ gap }) => (gap ? 'yes' : 'no')),
      ),
      { head: 'entered', kind: 'bar', values: events.map(({ entryBar }) => entryBar) },
      ...numbers(events, 'quantity'),
      // A mean of prices: more digits than a price has.
      number(
        'entry',
        events.map(({ entryPrice }) => entryPrice / priceScale),
      ),
      ticks(
        'level',
        events.map(({ triggerPrice }) => triggerPrice),
      ),
      ticks(
        'exit',
        events.map(({ exitPrice }) => exitPrice),
      ),
      ...numbers(stops.exits, 'return'),
      cents(
        'gain',
        stops.exits.map(({ gainCents }) => gainCents),
      ),
      cents(
        'value',
        events.map(({ notionalCents }) => notionalCents),
      ),
      cents(
        'cost',
        events.map(({ costCents }) => costCents),
      ),
    ]),
  ];
}

function figures({ figures: rows, benchmark }: ReportModel): PageTable {
  return plain('metrics', [
    text(
      'figure',
      rows.map((row) => row.key),
    ),
    text(
      'unit',
      rows.map((row) => UNITS[row.kind]),
    ),
    number(
      'strategy',
      rows.map((row) => row.strategy),
    ),
    ...(benchmark
      ? [
          number(
            'benchmark',
            rows.map((row) => row.benchmark ?? Number.NaN),
          ),
        ]
      : []),
  ]);
}

function drawdowns({ drawdowns: all, result }: ReportModel): PageTable {
  const rows = all.slice(0, DRAWDOWNS_MAX);
  return plain('drawdowns', [
    ...texts(rows, 'peak', 'trough'),
    text(
      'recovered',
      rows.map((row) => row.recovered ?? ''),
    ),
    ...numbers(rows, 'depth', 'bars'),
    ...(result.dates === null
      ? []
      : [
          number(
            'days',
            rows.map((row) => row.length),
          ),
        ]),
  ]);
}

function costs({ costYears: rows }: ReportModel): PageTable {
  return plain('costs', [
    text(
      'span',
      rows.map((row) => row.label),
    ),
    ...numbers(rows, 'turnover', 'trades'),
    { head: 'cost', kind: 'cents', values: rows.map((row) => row.costCents) },
    ...numbers(rows, 'bps'),
  ]);
}

function months({ monthly: rows, benchmark }: ReportModel): PageTable {
  return plain('monthly', [
    ...numbers(rows, 'year', 'month', 'strategy'),
    ...(benchmark ? numbers(rows, 'benchmark') : []),
  ]);
}

function years(panel: string, { yearly: rows, benchmark }: ReportModel): PageTable {
  return plain(panel, [
    ...numbers(rows, 'year', 'strategy'),
    ...(benchmark ? numbers(rows, 'benchmark') : []),
  ]);
}

function turnover({ result }: ReportModel): PageTable {
  const { bars, turnover: traded } = tradingModel(result);
  return plain('turnover', [
    { head: 'date', kind: 'bar', values: [...bars] },
    number('turnover', [...traded]),
  ]);
}

/** Weights of the layers that are drawn, at the bars at which they are drawn. */
function exposure({ result }: ReportModel, columns: ColumnWriter): PageTable[] {
  const model = exposureModel(result);
  if (model === null) return [];
  const keep = (name: string, values: Float64Array): string => {
    columns.rounded(`exposure-${name}`, values);
    return `exposure-${name}`;
  };
  return [
    plain('exposure', [
      { head: 'date', kind: 'bar', values: [...model.bars] },
      ...model.layers.map(({ label, long, short }, i): PageTableColumn => ({
        head: label,
        kind: 'number',
        values: keep(
          String(i),
          long.map((value, at) => value + short[at]!),
        ),
      })),
      { head: 'gross', kind: 'number', values: keep('gross', model.gross) },
    ]),
  ];
}

/** Every symbol, the largest contribution first. */
function contributions({ result }: ReportModel): PageTable[] {
  const model = attributionModel(result);
  if (model === null) return [];
  const { rows } = model;
  const cents = (head: string, field: 'gainCents' | 'costCents'): PageTableColumn => ({
    head,
    kind: 'cents',
    values: rows.map((row) => Math.round(row[field])),
  });
  return [
    plain('attribution', [
      ...texts(rows, 'symbol'),
      cents('gain', 'gainCents'),
      cents('cost', 'costCents'),
      ...numbers(rows, 'contribution', 'turnover', 'netExposure', 'grossExposure'),
    ]),
  ];
}

function hasRows(table: PageTable): boolean {
  return table.columns[0]!.values.length > 0;
}
