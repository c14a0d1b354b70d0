/** The report as one JSON document for programs. */

import { attribution, type PeriodAttribution } from '../backtest/attribution.js';
import type { BacktestResult } from '../backtest/types.js';
import { hasPanels } from './attribution-model.js';
import { type ReportModel, reportModel } from './model.js';
import { jsonOptions } from './options.js';
import type { StopsModel } from './stops-model.js';
import type { ReportInput, ReportStrategy } from './types.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Raised when a field changes its name or meaning. */
const FORMAT_VERSION = 1;

/**
 * One line of JSON and a newline; keys always in the same order.
 *
 * Amounts are whole cents in fields that end in `Cents`; returns and drawdowns are fractions; dates are ISO 8601.
 * A number that is not finite is null, with a field of the same name and the ending `Reason` beside it that says
 * why. In series a null has that meaning and one reason stands for the whole series. The series hold one value a
 * bar; equity, cash and drawdown begin with the start, so they hold one more.
 *
 * Throws `ShapeError` when the benchmark's length differs from the result's.
 */
export function reportJson(input: ReportInput): string {
  const model = reportModel(input);
  const { result, benchmark, provenance } = model;
  const document = {
    format: 'nb-backtest-report',
    formatVersion: FORMAT_VERSION,
    name: model.name,
    status: result.status,
    ...(result.status === 'bankrupt'
      ? { bankruptBar: result.bankruptBar, bankruptDate: dateOf(model, result.bankruptBar) }
      : {}),
    from: dateOf(model, 0),
    to: dateOf(model, model.bars - 1),
    bars: model.bars,
    symbols: result.symbols,
    initialCents: result.equityCurve[0]!,
    finalCents: result.equityCurve[model.bars]!,
    metrics: record(result.metrics),
    trading: trading(model),
    benchmark: benchmark
      ? {
          name: benchmark.name,
          missing: benchmark.missing,
          metrics: record(benchmark.metrics),
          relative: record(benchmark.relative),
        }
      : null,
    monthlyReturns: model.monthly.map(({ year, month, strategy, benchmark: other }) => ({
      month: `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`,
      ...record({ return: strategy, ...(benchmark ? { benchmark: other } : {}) }),
    })),
    yearlyReturns: model.yearly.map(({ year, strategy, benchmark: other }) => ({
      year,
      ...record({ return: strategy, ...(benchmark ? { benchmark: other } : {}) }),
    })),
    drawdowns: drawdowns(model),
    costsByYear:
      result.dates === null
        ? []
        : model.costYears.map(({ label, ...row }) => ({ year: Number(label), ...record(row) })),
    ...(hasPanels(result) ? { attribution: contributions(result) } : {}),
    series: series(model, input),
    skippedRebalances: result.skippedRebalances.map(({ bar, reason, symbol }) => ({
      bar,
      date: dateOf(model, bar),
      reason,
      ...(symbol === undefined ? {} : { symbol }),
    })),
    ...(model.stops === null ? {} : stopsJson(model, model.stops)),
    config: jsonOptions(result.config),
    digests: { input: result.inputDigest, config: result.configDigest, result: result.resultDigest },
    provenance: {
      command: provenance.command,
      files: provenance.files.map(({ name, sha256 }) => ({ name, sha256 })),
      ...(provenance.settings === undefined ? {} : { settings: { ...provenance.settings } }),
      ...(provenance.strategy === undefined ? {} : { strategy: strategyOf(provenance.strategy) }),
      version: provenance.version,
      node: provenance.node ?? null,
      pathUsed: result.pathUsed,
      notes: model.notes,
    },
  };
  return `${JSON.stringify(document)}\n`;
}

/** Prices are in currency units; a return is from the average entry price to the exit, costs apart. */
function stopsJson(model: ReportModel, { exits }: StopsModel): { [key: string]: Json } {
  const scale = model.result.config.priceScale;
  return {
    atrKind: model.result.atrKind,
    stopEvents: exits.map(({ event, return: gained, gainCents }) => ({
      bar: event.bar,
      date: dateOf(model, event.bar),
      symbol: event.symbol,
      side: event.side,
      quantity: event.quantity,
      reason: event.reason,
      gap: event.gap,
      triggerPrice: event.triggerPrice / scale,
      exitPrice: event.exitPrice / scale,
      entryBar: event.entryBar,
      entryDate: dateOf(model, event.entryBar),
      entryPrice: event.entryPrice / scale,
      return: gained,
      gainCents,
      notionalCents: event.notionalCents,
      costCents: event.costCents,
    })),
  };
}

/** Gains in cents as doubles: weights times equity. Fractions are of the equity before the span. */
function contributions(result: BacktestResult): { [key: string]: Json } {
  const dated = result.dates !== null;
  return {
    bySymbol: attribution(result, { by: 'symbol' }).map(record),
    ...(dated ? { byYear: attribution(result, { by: 'year' }).map(periodOf) } : {}),
    ...(dated ? { byMonth: attribution(result, { by: 'month' }).map(periodOf) } : {}),
  };
}

function periodOf({ year, month, ...rest }: PeriodAttribution): Json {
  const name = String(year).padStart(4, '0');
  const when = month === null ? { year } : { month: `${name}-${String(month).padStart(2, '0')}` };
  return { ...when, ...record(rest) };
}

function strategyOf({ file, sha256, params }: ReportStrategy): Json {
  return { file, sha256, params: { ...params } };
}

function trading(model: ReportModel): Json {
  const value = (key: string): number => model.figures.find((figure) => figure.key === key)!.strategy;
  return record({
    turnover: model.costs.turnover,
    turnoverPerYear: value('turnoverPerYear'),
    costCents: model.costs.costCents,
    costBps: model.costs.bps,
    costBpsPerYear: value('costBpsPerYear'),
    trades: model.costs.trades,
    rebalances: value('rebalances'),
  });
}

function drawdowns(model: ReportModel): Json {
  const dated = model.result.dates !== null;
  return model.drawdowns.map((row) => ({
    depth: row.depth,
    peakBar: row.peakIndex - 1,
    troughBar: row.troughIndex - 1,
    recoveryBar: row.recoveryIndex === null ? null : row.recoveryIndex - 1,
    ...(dated
      ? { peakDate: row.peak, troughDate: row.trough, recoveryDate: row.recovered, days: row.length }
      : {}),
    bars: row.bars,
  }));
}

function series(model: ReportModel, input: ReportInput): Json {
  const { result } = model;
  const columns: Record<string, Float64Array> = {
    equityCents: result.equityCurve,
    cashCents: result.cash,
    drawdown: model.drawdown,
    returns: result.returns,
    turnover: result.turnover,
    costCents: result.costs,
    ...(input.benchmark ? { benchmarkReturns: input.benchmark.returns } : {}),
  };
  const out: Record<string, Json> = {
    dates: result.dates === null ? null : Array.from(result.dates, (_, bar) => model.label(bar)),
  };
  for (const [key, values] of Object.entries(columns)) {
    out[key] = Array.from(values, finiteOrNull);
    if (values.some((value) => !Number.isFinite(value)))
      out[`${key}Reason`] = 'null: no finite value at this bar';
  }
  return out;
}

function dateOf(model: ReportModel, bar: number): string | null {
  return model.result.dates === null ? null : model.label(bar);
}

/** A flat object of numbers, with the reason beside each that is not finite. */
export function record(values: object): { [key: string]: Json } {
  const out: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(values) as [string, Json][]) {
    out[key] = typeof value === 'number' ? finiteOrNull(value) : value;
    if (typeof value === 'number' && !Number.isFinite(value)) out[`${key}Reason`] = reasonOf(key, value);
  }
  return out;
}

export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function reasonOf(key: string, value: number): string {
  const known = REASONS[key];
  if (Number.isNaN(value)) return known?.nan ?? 'not defined for this result';
  return known?.infinite ?? (value > 0 ? 'infinite: the divisor is 0' : 'minus infinity: the divisor is 0');
}

/** What a value that is not finite means, by field. */
const REASONS: Readonly<Record<string, { readonly nan?: string; readonly infinite?: string }>> = {
  profitFactor: { infinite: 'infinite: no period lost' },
  payoffRatio: { infinite: 'infinite: no period lost' },
  trades: { nan: 'the result keeps no trades' },
};
