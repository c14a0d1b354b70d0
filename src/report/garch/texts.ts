/** Numbers of a fit as text, the same in tables of the terminal and of the page. */
import { ABSENT, numberText, percentText } from '../format.js';
import type { FitModel, ForecastModel, ParameterRow, Stated } from './model.js';
import type { GarchInput, SymbolFit } from './types.js';

/** A parameter or its standard error: six decimals, or four behind the first digit where these would show little. */
function parameterText(value: number): string {
  if (Number.isNaN(value)) return ABSENT;
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e7) ? value.toExponential(4) : numberText(value, 6);
}

/** The cells of a parameter: estimate, robust standard error, t, p. */
export function parameterCells({ estimate, robustStdError, tStat, pValue }: ParameterRow): string[] {
  const p = pValue < 0.0001 ? '<0.0001' : numberText(pValue, 4);
  return [parameterText(estimate), parameterText(robustStdError), numberText(tStat, 2), p];
}

/** A volatility of one period as a percentage. */
function volatilityText(value: number): string {
  return percentText(value, value !== 0 && value < 0.001 ? 5 : 3);
}

/** A volatility of one period as one of a year. */
export function annualText(value: number, { periodsPerYear }: Pick<GarchInput, 'periodsPerYear'>): string {
  return percentText(value * Math.sqrt(periodsPerYear), 2);
}

/** A price with so many decimals; with an exponent where there is no room for it. */
export function priceText(value: number, decimals: number): string {
  return value >= 1e12 ? value.toExponential(3) : numberText(value, decimals);
}

/** A figure with so many decimals, or its reason in parentheses. */
function statedText({ value, reason }: Stated, text: (value: number) => string): string {
  return reason === undefined ? text(value) : `${ABSENT} (${reason})`;
}

/** The figures of a fit by name. */
export function figureRows(
  { fit }: SymbolFit,
  { persistence, halfLife, unconditional }: FitModel,
  input: GarchInput,
): (readonly [label: string, text: string])[] {
  const both = (value: number): string =>
    `${volatilityText(value)} a bar, ${annualText(value, input)} a year`;
  return [
    ['Volatility of the next bar', both(fit.forecastVolatility)],
    ['Long-run volatility', statedText(unconditional, both)],
    ['Persistence', statedText(persistence, (value) => numberText(value, 6))],
    ['Half-life of a shock', statedText(halfLife, (value) => `${numberText(value, 1)} bars`)],
    ['Log-likelihood', numberText(fit.logLikelihood, 4)],
    ['AIC', numberText(fit.aic, 4)],
    ['BIC', numberText(fit.bic, 4)],
  ];
}

/** The cells of a period ahead: volatility of that bar, of a year, of the way to it, and the prices of the bands. */
export function forecastCells(
  { volatility, toDate, expected, bands }: ForecastModel,
  period: number,
  deviations: readonly number[],
  input: GarchInput,
): string[] {
  const at = period - 1;
  const price = (deviation: number): number =>
    deviation === 0 ? expected[at]! : bands.find((band) => band.deviations === deviation)!.price[at]!;
  return [
    volatilityText(volatility[at]!),
    annualText(volatility[at]!, input),
    percentText(toDate[at]!, 2),
    ...deviations.map((deviation) => priceText(price(deviation), input.priceDecimals)),
  ];
}

/** `+1σ`, `−2σ`; `expected` for 0. */
export function deviationText(deviations: number, minus: string): string {
  if (deviations === 0) return 'expected';
  return `${deviations < 0 ? minus : '+'}${Math.abs(deviations)}σ`;
}
