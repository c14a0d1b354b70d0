/** Volatility fits as one JSON document for programs. */
import { formatDate } from '../../time.js';
import { fitModel, type ForecastModel, type ParameterRow, type Stated } from './model.js';
import { modelName, statusText } from './names.js';
import type { GarchInput, SymbolFit } from './types.js';

/** Raised when a field changes its name or meaning. */
const FORMAT_VERSION = 1;

/**
 * One line of JSON and a newline; keys always in the same order.
 *
 * Volatilities are of one bar, as fractions; those that end in `Annual` are times the root of `periodsPerYear`. Series
 * hold one value a return, forecasts one a bar ahead. A number that is not finite is null, with a field of the same name
 * and the ending `Reason` beside it; a null in a series means that there is no return before it to know it from.
 */
export function garchJson(input: GarchInput): string {
  const { name, dates, asked, horizon, periodsPerYear, symbols, provenance } = input;
  const document = {
    format: 'nb-backtest-garch',
    formatVersion: FORMAT_VERSION,
    name,
    from: formatDate(dates[0]!),
    to: formatDate(dates[dates.length - 1]!),
    bars: dates.length,
    model: { name: modelName(asked), ...asked },
    horizon,
    periodsPerYear,
    symbols: symbols.map((symbol) => fitOf(symbol, input)),
    provenance,
  };
  return `${JSON.stringify(document)}\n`;
}

function fitOf(symbol: SymbolFit, input: GarchInput): object {
  const { fit, returns, first, close } = symbol;
  const model = fitModel(symbol, input.horizon);
  const { unconditional } = model;
  const year = Math.sqrt(input.periodsPerYear);
  const missing = `${fit.method}: ${statusText(fit.status)}`;
  const likelihood = (field: string, value: number): object => stated(field, { value, reason: missing });
  const annual = (value: Stated): Stated => ({ ...value, value: value.value * year });
  return {
    symbol: symbol.symbol,
    method: fit.method,
    status: fit.status,
    converged: fit.converged,
    iterations: fit.iterations,
    fitted: { model: fit.model, mean: fit.mean, dist: fit.dist },
    observations: fit.observations,
    parameters: model.parameters.map((row) => parameter(row, model.withoutErrors)),
    ...likelihood('logLikelihood', fit.logLikelihood),
    ...likelihood('aic', fit.aic),
    ...likelihood('bic', fit.bic),
    ...stated('persistence', model.persistence),
    ...stated('halfLifeBars', model.halfLife),
    ...stated('longRunVolatility', unconditional),
    ...stated('longRunVolatilityAnnual', annual(unconditional)),
    nextVolatility: fit.forecastVolatility,
    nextVolatilityAnnual: fit.forecastVolatility * year,
    lastPrice: close[first + returns.length]!,
    forecast: forecast(model.forecast, year),
    dates: Array.from(returns, (_, k) => formatDate(input.dates[first + 1 + k]!)),
    returns: numbers(returns),
    conditionalVolatility: numbers(fit.conditionalVariance.map(Math.sqrt)),
    standardizedResiduals: numbers(fit.stdResiduals),
  };
}

function parameter(row: ParameterRow, reason: string): object {
  return {
    name: row.name,
    estimate: row.estimate,
    ...stated('robustStdError', { value: row.robustStdError, reason }),
    ...stated('hessianStdError', { value: row.hessianStdError, reason }),
    ...stated('tStat', { value: row.tStat, reason }),
    ...stated('pValue', { value: row.pValue, reason }),
  };
}

function forecast({ volatility, toDate, expected, bands }: ForecastModel, year: number): object {
  const names = new Map([
    [-2, 'priceMinus2'],
    [-1, 'priceMinus1'],
    [1, 'pricePlus1'],
    [2, 'pricePlus2'],
  ]);
  return {
    volatility: numbers(volatility),
    volatilityAnnual: numbers(volatility.map((value) => value * year)),
    volatilityToDate: numbers(toDate),
    priceExpected: numbers(expected),
    ...Object.fromEntries(bands.map(({ deviations, price }) => [names.get(deviations)!, numbers(price)])),
  };
}

/** A number by its name; null and the reason where it is none. */
function stated(field: string, { value, reason = 'not a finite number' }: Stated): object {
  return Number.isFinite(value) ? { [field]: value } : { [field]: null, [`${field}Reason`]: reason };
}

function numbers(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}
