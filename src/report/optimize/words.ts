/** Figures of an optimised portfolio as words, the same in every writer. */
import { clip, stripTerminal } from '../escape.js';
import { numberText, percentText } from '../format.js';
import {
  certificate,
  objectiveWords,
  type OptimizeModel,
  percentOfAlpha,
  type PortfolioFigures,
} from './model.js';
import type { OptimizeInput } from './types.js';

/** Symbols of a portfolio that are named. */
const NAMED = 3;

/** One figure of the portfolio, beside that of equal weight. */
export interface FigureRow {
  readonly label: string;
  /** What it is, for a tooltip. */
  readonly says: string;
  readonly own: string;
  readonly equal: string;
}

/** The figures in their order. */
export function figureRows({ own, equal, alpha, input }: OptimizeModel): FigureRow[] {
  const level = percentOfAlpha(alpha);
  const year = `${numberText(input.periodsPerYear, Number.isInteger(input.periodsPerYear) ? 0 : 2)} periods`;
  const row = (label: string, says: string, text: (figures: PortfolioFigures) => string): FigureRow => ({
    label,
    says,
    own: text(own),
    equal: text(equal),
  });
  return [
    row('Mean, year', `mean of a period × ${year}`, ({ mean }) => percentText(mean)),
    row('Volatility, year', `standard deviation of a period × √(${year})`, ({ volatility }) =>
      percentText(volatility),
    ),
    row('Sharpe, year', 'mean less risk-free return over standard deviation, × √periods', ({ sharpe }) =>
      numberText(sharpe),
    ),
    row(`CVaR ${level}, period`, 'mean loss of the worst periods', ({ cvar }) => percentText(cvar)),
    row(`CDaR ${level}`, 'mean of the worst drawdowns of the running sum of returns', ({ cdar }) =>
      percentText(cdar),
    ),
    row(
      'Diversification ratio',
      'weighted mean of the volatilities over that of the portfolio',
      ({ diversification }) => numberText(diversification),
    ),
    row('Symbols held', 'symbols with a weight above 0', ({ held }) => numberText(held, 0)),
  ];
}

/** `CVaR 95% of a period: 0.0161`. */
export function objectiveText(model: OptimizeModel): string {
  const { objective } = model.input.portfolio;
  const words = objectiveWords(model);
  const shown = Number.isFinite(objective) ? String(Number(objective.toPrecision(6))) : numberText(objective);
  return `${capital(words)}: ${shown}`;
}

/** `optimal · duality gap 3.0e-13 · 14 iterations`; `by a formula` where nothing is proven. */
export function certificateText(input: OptimizeInput): string {
  const { status, iterations } = input.portfolio;
  const proof = certificate(input);
  const name = proof?.name === 'gap' ? 'duality gap' : 'optimality conditions within';
  // A formula is no optimum, whatever the status says.
  const words: string[] = proof === undefined && status === 'optimal' ? [] : [status];
  if (proof === undefined) words.push('by a formula');
  else words.push(`${name} ${proof.value === 0 ? '0' : proof.value.toExponential(1)}`);
  if (iterations > 0)
    words.push(`${numberText(iterations, 0)} ${iterations === 1 ? 'iteration' : 'iterations'}`);
  return words.join(' · ');
}

/** `AAPL 45%, PG 20%, XOM 9%, …`. */
export function heaviest(symbols: readonly string[], vector: Float64Array): string {
  const held = symbols
    .map((symbol, j) => ({ symbol, weight: vector[j]! }))
    .filter(({ weight }) => weight > 0);
  held.sort((a, b) => b.weight - a.weight || (a.symbol < b.symbol ? -1 : 1));
  const words = held
    .slice(0, NAMED)
    .map(({ symbol, weight }) => `${clip(stripTerminal(symbol), 12)} ${percentText(weight, 0)}`);
  return `${words.join(', ')}${held.length > NAMED ? ', …' : ''}`;
}

/** Begins as a sentence does. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
