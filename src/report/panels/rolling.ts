/** Figures over a moving window: how steady the figures of the whole span are. */
import { chartSvg } from '../chart.js';
import { numberText, percentText, typeset } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel } from '../panel.js';
import { rangeOf } from '../range.js';
import { linearScale } from '../scale.js';

interface RollingSpec {
  readonly id: string;
  readonly title: string;
  /** What the figure is, after "Over 126 bars". */
  readonly basis: string;
  readonly strategy: Float64Array;
  /** Null where there is no benchmark, or the figure is one of both. */
  readonly benchmark: Float64Array | null;
  readonly unit: 'percent' | 'number';
  /** Values that the axis shows in any case. */
  readonly from?: number;
  readonly to?: number;
  /** Decimals of the label at the end, at least. */
  readonly digits?: number;
  /** The level drawn stronger; 0 by default. */
  readonly base?: number;
}

export function rollingReturnPanel(model: ReportModel): string {
  return rollingPanel(model, {
    id: 'rolling-return',
    title: 'Rolling return',
    basis: ', compounded',
    strategy: model.rolling.growth,
    benchmark: model.rolling.benchmarkGrowth,
    unit: 'percent',
  });
}

export function rollingVolatilityPanel(model: ReportModel): string {
  return rollingPanel(model, {
    id: 'rolling-volatility',
    title: 'Rolling volatility',
    basis: ', as a yearly figure',
    strategy: model.rolling.volatility,
    benchmark: model.rolling.benchmarkVolatility,
    unit: 'percent',
    from: 0,
  });
}

export function rollingSharpePanel(model: ReportModel): string {
  return rollingPanel(model, {
    id: 'rolling-sharpe',
    title: 'Rolling Sharpe ratio',
    basis: ', as a yearly figure',
    strategy: model.rolling.sharpe,
    benchmark: model.rolling.benchmarkSharpe,
    unit: 'number',
  });
}

export function rollingSortinoPanel(model: ReportModel): string {
  return rollingPanel(model, {
    id: 'rolling-sortino',
    title: 'Rolling Sortino ratio',
    basis: ', as a yearly figure',
    strategy: model.rolling.sortino,
    benchmark: model.rolling.benchmarkSortino,
    unit: 'number',
  });
}

export function rollingBetaPanel(model: ReportModel): string {
  if (!model.rolling.beta) return '';
  return rollingPanel(model, {
    id: 'rolling-beta',
    title: 'Rolling beta',
    basis: ', against the benchmark',
    strategy: model.rolling.beta,
    benchmark: null,
    unit: 'number',
    from: 0,
    to: 1,
    base: 1,
    digits: 2,
  });
}

export function rollingCorrelationPanel(model: ReportModel): string {
  if (!model.rolling.correlation) return '';
  return rollingPanel(model, {
    id: 'rolling-correlation',
    title: 'Rolling correlation',
    basis: ', with the benchmark',
    strategy: model.rolling.correlation,
    benchmark: null,
    unit: 'number',
    from: 0,
    to: 1,
    digits: 2,
  });
}

function rollingPanel(model: ReportModel, spec: RollingSpec): string {
  const { window } = model.rolling;
  const [low, high] = rangeOf([spec.strategy, ...(spec.benchmark ? [spec.benchmark] : [])]);
  if (high === -Infinity) {
    const reason =
      model.bars < window
        ? `A window of ${window} bars needs at least ${window} bars; the result has ${model.bars}.`
        : `There is no window of ${window} bars in which it is defined.`;
    return panel({ id: spec.id, title: spec.title, half: true, body: empty(reason) });
  }
  const scale = linearScale(Math.min(low, spec.from ?? low), Math.max(high, spec.to ?? high), 5);
  const percent = spec.unit === 'percent';
  const decimals = scale.decimals(percent ? 0.01 : 1);
  const text = (value: number, digits: number): string =>
    typeset(percent ? percentText(value, digits) : numberText(value, digits));
  const label = (value: number): string => text(value, Math.max(decimals, spec.digits ?? (percent ? 0 : 1)));
  const line = (role: 'strategy' | 'benchmark', values: Float64Array) => {
    const last = values[model.bars]!;
    return { role, kind: 'line' as const, values, ...(Number.isNaN(last) ? {} : { endLabel: label(last) }) };
  };
  return panel({
    id: spec.id,
    title: spec.title,
    half: true,
    sub: `Over ${window} bars${spec.basis}. Blank until the window is full.`,
    body: chartSvg({
      id: `${spec.id}-chart`,
      title: `${spec.title} over ${window} bars`,
      description: `Between ${label(low)} and ${label(high)}, at the end ${label(spec.strategy[model.bars]!)}.`,
      height: 190,
      columns: 320,
      time: model.narrowTime,
      scale,
      tickText: (value) => text(value, decimals),
      base: spec.base ?? 0,
      series: [
        ...(spec.benchmark ? [line('benchmark', spec.benchmark)] : []),
        line('strategy', spec.strategy),
      ],
    }),
  });
}
