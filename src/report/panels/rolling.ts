/** Volatility and Sharpe ratio over a moving window: how steady the figures of the whole span are. */
import { chartSvg } from '../chart.js';
import { numberText, percentText, typeset } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel } from '../panel.js';
import { linearScale } from '../scale.js';

interface RollingSpec {
  readonly id: string;
  readonly title: string;
  readonly strategy: Float64Array;
  readonly benchmark: Float64Array | null;
  readonly text: (value: number, decimals: number) => string;
  /** What the decimals of `text` count in. */
  readonly unit: number;
  readonly fromZero: boolean;
}

export function rollingVolatilityPanel(model: ReportModel): string {
  return rollingPanel(model, {
    id: 'rolling-volatility',
    title: 'Rolling volatility',
    strategy: model.rolling.volatility,
    benchmark: model.rolling.benchmarkVolatility,
    text: (value, decimals) => percentText(value, decimals),
    unit: 0.01,
    fromZero: true,
  });
}

export function rollingSharpePanel(model: ReportModel): string {
  return rollingPanel(model, {
    id: 'rolling-sharpe',
    title: 'Rolling Sharpe ratio',
    strategy: model.rolling.sharpe,
    benchmark: model.rolling.benchmarkSharpe,
    text: (value, decimals) => typeset(numberText(value, decimals)),
    unit: 1,
    fromZero: false,
  });
}

function rollingPanel(model: ReportModel, spec: RollingSpec): string {
  const { window } = model.rolling;
  const series = [spec.strategy, ...(spec.benchmark ? [spec.benchmark] : [])];
  let low = spec.fromZero ? 0 : Infinity;
  let high = -Infinity;
  for (const values of series) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (high === -Infinity) {
    const reason = `A window of ${window} bars needs at least ${window} bars; the result has ${model.bars}.`;
    return panel({ id: spec.id, title: spec.title, half: true, body: empty(reason) });
  }
  const scale = linearScale(low, high, 5);
  const decimals = scale.decimals(spec.unit);
  const label = (value: number): string => spec.text(value, Math.max(decimals, spec.unit === 1 ? 1 : 0));
  const last = spec.strategy[model.bars]!;
  return panel({
    id: spec.id,
    title: spec.title,
    half: true,
    sub: `Over ${window} bars, as a yearly figure. Blank until the window is full.`,
    body: chartSvg({
      id: `${spec.id}-chart`,
      title: `${spec.title} over ${window} bars`,
      description: `Between ${label(low)} and ${label(high)}, at the end ${label(last)}.`,
      height: 190,
      columns: 500,
      time: model.narrowTime,
      scale,
      tickText: (value) => spec.text(value, decimals),
      base: 0,
      series: series
        .map((values, i) => ({
          role: i === 0 ? ('strategy' as const) : ('benchmark' as const),
          kind: 'line' as const,
          values,
          endLabel: label(values[model.bars]!),
        }))
        .reverse(),
    }),
  });
}
