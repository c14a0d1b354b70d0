/** Tables of the page: every symbol, parameters, figures, forecast. */
import { escapeHtml } from '../escape.js';
import { numberText } from '../format.js';
import { panel, table } from '../panel.js';
import { type FitModel, shownPeriods } from './model.js';
import { endText } from './names.js';
import { annualText, deviationText, figureRows, forecastCells, parameterCells } from './texts.js';
import type { GarchInput, SymbolFit } from './types.js';

const DEVIATIONS = [-2, -1, 0, 1, 2];

/** One row a symbol. */
export function overviewPanel(input: GarchInput, models: readonly FitModel[]): string {
  const last = models[0]!.forecast.volatility.length;
  return panel({
    id: 'overview',
    title: 'Every symbol',
    sub: 'Volatilities are annualised. Point at a heading to see what it is.',
    long: true,
    body: table({
      label: 'The fit of every symbol',
      words: true,
      columns: [
        { head: 'Symbol' },
        { head: 'Next bar', title: 'volatility of the bar after the last' },
        { head: `Bar +${numberText(last, 0)}`, title: 'volatility of the last bar that is forecast' },
        { head: 'Long run', title: 'what the forecasts tend to' },
        { head: 'Persistence', title: 'what is left of a shock to the variance after one bar' },
        { head: 'Half-life', title: 'bars until half of a shock is gone' },
        { head: 'Log-likelihood' },
        { head: 'Method', words: true },
      ],
      rows: input.symbols.map(({ symbol, fit }, i) => {
        const { forecast, unconditional, persistence, halfLife } = models[i]!;
        return {
          head: symbol,
          cells: [
            annualText(fit.forecastVolatility, input),
            annualText(forecast.volatility.at(-1)!, input),
            annualText(unconditional.value, input),
            numberText(persistence.value, 4),
            numberText(halfLife.value, 1),
            numberText(fit.logLikelihood, 1),
            fit.method,
          ],
        };
      }),
    }),
  });
}

/** The parameters beside the figures of the fit. */
export function parametersPanel(
  id: string,
  title: string,
  input: GarchInput,
  symbol: SymbolFit,
  model: FitModel,
): string {
  const { fit } = symbol;
  const missing = model.parameters.some(({ robustStdError }) => Number.isNaN(robustStdError));
  const parameters = table({
    label: 'Parameters',
    columns: [
      { head: 'Parameter' },
      { head: 'Estimate' },
      { head: 'Std error', title: 'robust: Bollerslev and Wooldridge 1992' },
      { head: 't', title: 'estimate over standard error' },
      { head: 'p', title: 'two-sided, by the normal distribution' },
    ],
    rows: model.parameters.map((row) => ({ head: row.name, cells: parameterCells(row) })),
  });
  const rows = [...figureRows(symbol, model, input), ['Returns', numberText(fit.observations, 0)] as const];
  const figures = table({
    label: 'Figures of the fit',
    words: true,
    columns: [{ head: 'Figure' }, { head: 'Value' }],
    rows: rows.map(([head, text]) => ({ head, cells: [text] })),
  });
  const without = missing ? ` –: ${model.withoutErrors}.` : '';
  return panel({
    id,
    title,
    sub: escapeHtml(`${sentence(endText(fit))}.${without}`),
    body: `<div class="columns"><div>${parameters}</div><div>${figures}</div></div>`,
  });
}

/** Volatilities and prices ahead. */
export function forecastPanel(id: string, title: string, input: GarchInput, { forecast }: FitModel): string {
  return panel({
    id,
    title,
    sub: 'Volatility of that bar, the same annualised, and of the whole way there; prices by the fitted mean and around it.',
    body: table({
      label: 'Forecast',
      columns: [
        { head: 'Bars ahead' },
        { head: 'Volatility' },
        { head: 'A year' },
        { head: 'To there' },
        ...DEVIATIONS.map((each) => ({ head: each === 0 ? 'Price' : deviationText(each, '−') })),
      ],
      rows: shownPeriods(forecast.volatility.length).map((period) => ({
        head: numberText(period, 0),
        cells: forecastCells(forecast, period, DEVIATIONS, input),
      })),
    }),
  });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
