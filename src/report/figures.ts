/** The figures that every form of the report shows: name, formula, unit, and the value of both series. */
import type { Metrics } from '../metrics/types.js';
import { moneyText, numberText, percentText } from './format.js';

export type FigureKind = 'percent' | 'ratio' | 'money' | 'count' | 'bps' | 'days' | 'bars';

export type FigureGroup = 'return' | 'risk' | 'ratio' | 'trading';

/** Groups in the order in which they are shown. */
export const GROUPS: readonly { readonly key: FigureGroup; readonly title: string }[] = [
  { key: 'return', title: 'Return' },
  { key: 'risk', title: 'Risk' },
  { key: 'ratio', title: 'Ratios' },
  { key: 'trading', title: 'Trading' },
];

/** One figure. The benchmark's value is undefined where there is no benchmark or the figure does not apply to it. */
export interface Figure {
  readonly key: FigureKey;
  readonly group: FigureGroup;
  readonly kind: FigureKind;
  readonly label: string;
  /** One line, for a tooltip. */
  readonly formula: string;
  readonly strategy: number;
  readonly benchmark: number | undefined;
}

/** Figures of one series that are not in `Metrics`. */
export interface SpanFigures {
  readonly finalEquity: number;
  readonly bestMonth: number;
  readonly worstMonth: number;
  readonly bestYear: number;
  readonly worstYear: number;
  readonly longestDrawdown: number;
}

/** Figures of trading; a benchmark has none. */
interface TradingFigures {
  readonly turnoverPerYear: number;
  readonly costs: number;
  readonly costBps: number;
  readonly costBpsPerYear: number;
  readonly trades: number;
  readonly rebalances: number;
}

export type SeriesFigures = Metrics & SpanFigures & Partial<TradingFigures>;

export type FigureKey = Exclude<
  keyof SeriesFigures,
  'numPeriods' | 'winningPeriods' | 'losingPeriods' | 'kelly'
>;

const DEFINITIONS: readonly (readonly [FigureKey, FigureGroup, FigureKind, string, string])[] = [
  ['totalReturn', 'return', 'percent', 'Total return', 'product of (1 + r) − 1'],
  ['cagr', 'return', 'percent', 'CAGR', '(1 + total return)^(periods per year / periods) − 1'],
  [
    'finalEquity',
    'return',
    'money',
    'Final equity',
    'cash plus the value of all positions after the last bar',
  ],
  ['bestMonth', 'return', 'percent', 'Best month', 'highest return of a calendar month'],
  ['worstMonth', 'return', 'percent', 'Worst month', 'lowest return of a calendar month'],
  ['bestYear', 'return', 'percent', 'Best year', 'highest return of a calendar year'],
  ['worstYear', 'return', 'percent', 'Worst year', 'lowest return of a calendar year'],
  ['volatility', 'risk', 'percent', 'Volatility', 'standard deviation of r (n − 1) × √(periods per year)'],
  [
    'maxDrawdown',
    'risk',
    'percent',
    'Max drawdown',
    'largest of (peak − equity) / peak, the start counting as a peak',
  ],
  [
    'longestDrawdown',
    'risk',
    'days',
    'Longest drawdown',
    'longest time from a peak until the equity is back at it',
  ],
  ['cvar95', 'risk', 'percent', 'CVaR 95%', 'mean of the worst 5% of returns'],
  [
    'sharpe',
    'ratio',
    'ratio',
    'Sharpe',
    'mean of (r − risk-free) / standard deviation × √(periods per year)',
  ],
  [
    'sortino',
    'ratio',
    'ratio',
    'Sortino',
    'mean of (r − risk-free) / √(mean of min(r − risk-free, 0)²) × √(periods per year)',
  ],
  ['calmar', 'ratio', 'ratio', 'Calmar', 'CAGR / max drawdown'],
  ['winRate', 'ratio', 'percent', 'Win rate', 'periods with a gain / periods with a gain or a loss'],
  ['profitFactor', 'ratio', 'ratio', 'Profit factor', 'sum of the gains / sum of the losses'],
  ['payoffRatio', 'ratio', 'ratio', 'Payoff ratio', 'mean gain / mean loss'],
  [
    'turnoverPerYear',
    'trading',
    'percent',
    'Turnover per year',
    'sum of (traded value / equity before the trades) / years; buys and sells both count',
  ],
  ['costs', 'trading', 'money', 'Costs paid', 'commission, slippage and minimum fees'],
  ['costBps', 'trading', 'bps', 'Costs of mean equity', 'costs / mean equity, whole span, in basis points'],
  [
    'costBpsPerYear',
    'trading',
    'bps',
    'Costs of mean equity per year',
    'costs / mean equity / years, in basis points',
  ],
  ['trades', 'trading', 'count', 'Trades', 'orders booked'],
  ['rebalances', 'trading', 'count', 'Rebalances', 'bars on which something was traded'],
];

/** All figures in the order in which they are shown. Lengths are days where the result has dates, else bars. */
export function makeFigures(
  strategy: Partial<SeriesFigures>,
  benchmark: SeriesFigures | undefined,
  dated: boolean,
): Figure[] {
  return DEFINITIONS.map(([key, group, kind, label, formula]) => ({
    key,
    group,
    kind: kind === 'days' && !dated ? 'bars' : kind,
    label,
    formula,
    strategy: strategy[key] ?? Number.NaN,
    benchmark: benchmark?.[key],
  }));
}

/** A figure as text; undefined and NaN are an en dash. `percentDigits` are the decimals of percentages. */
export function figureText(kind: FigureKind, value: number | undefined, percentDigits = 2): string {
  switch (kind) {
    case 'percent':
      return percentText(value, percentDigits);
    case 'money':
      return moneyText(value);
    case 'bps':
      return value === undefined || Number.isNaN(value) ? numberText(value) : `${numberText(value, 1)} bps`;
    case 'ratio':
      return numberText(value);
    case 'count':
      return numberText(value, 0);
    case 'days':
    case 'bars':
      return value === undefined || Number.isNaN(value)
        ? numberText(value)
        : `${numberText(value, 0)} ${kind}`;
  }
}
