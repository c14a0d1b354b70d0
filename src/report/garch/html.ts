/**
 * Volatility fits as one HTML file that needs nothing else: volatility over time, the forecast and its cone of prices,
 * what the fit has left over, parameters with their standard errors.
 */
import { formatDate } from '../../time.js';
import { clip, escapeHtml, isolate, visibleText } from '../escape.js';
import { numberText, percentText } from '../format.js';
import { ColumnWriter } from '../page-columns.js';
import { fileStem, type PageData, type PageTable } from '../page-data.js';
import { pageHtml } from '../page-frame.js';
import { PAGE_STYLE, POLICY, scriptTags } from '../page-tags.js';
import { provenanceBox } from '../provenance-box.js';
import { STYLE } from '../style.js';
import { type TimeAxis, timeAxis } from '../time-axis.js';
import { priceCone, volatilityCone } from './cones.js';
import { clusteringPanel, residualsPanel } from './diagnostics.js';
import { type FitModel, fitModel, type ForecastModel } from './model.js';
import { askedText, endText } from './names.js';
import { GARCH_STYLE } from './style.js';
import { forecastPanel, overviewPanel, parametersPanel } from './tables.js';
import { annualText } from './texts.js';
import type { GarchInput, SymbolFit } from './types.js';
import { type ChartPart, volatilityChart } from './volatility-chart.js';

/** Symbols that a page draws; of more, the rest has its row in the table. */
export const SYMBOLS_DRAWN = 8;
const TICKS = 12;

/** The panels of one symbol. */
interface Section {
  readonly panels: readonly string[];
  readonly chart: ChartPart['chart'];
  readonly table: PageTable;
}

/**
 * The page: of several symbols a table with a row each; for each of the first eight the conditional volatility, the
 * forecasts, the residuals against the fitted law, the clustering before and after, parameters and forecast as tables;
 * provenance. Values under the pointer, zoom and CSV of the volatility. Light or dark as the reader prefers; prints.
 *
 * input  at least two dates and one symbol; all text in it is shown as text, whatever it contains
 *
 * The same input gives the same bytes. 2,500 bars take about 90 kB a symbol.
 */
export function garchHtml(input: GarchInput): string {
  const { dates, symbols, provenance } = input;
  const time = timeAxis(dates, dates.length, TICKS);
  const columns = new ColumnWriter();
  columns.count('bars', dates.length);
  const models = symbols.map((symbol) => fitModel(symbol, input.horizon));
  const sections = symbols
    .slice(0, SYMBOLS_DRAWN)
    .map((symbol, j) => sectionOf(j, input, symbol, models[j]!, time, columns));
  return pageHtml({
    title: `${visibleText(input.name)} · volatility`,
    version: provenance.version,
    policy: POLICY,
    style: STYLE + GARCH_STYLE + PAGE_STYLE,
    header: header(input, models),
    panels: [
      ...(symbols.length > 1 ? [overviewPanel(input, models)] : []),
      ...sections.flatMap(({ panels }) => panels),
      provenanceBox(provenance),
    ],
    tail: scriptTags(dataOf(input, sections, columns)),
  });
}

function sectionOf(
  j: number,
  input: GarchInput,
  symbol: SymbolFit,
  model: FitModel,
  time: TimeAxis,
  columns: ColumnWriter,
): Section {
  const name = isolate(clip(symbol.symbol, 40));
  const title = (what: string): string => (input.symbols.length > 1 ? `${name}: ${what}` : what);
  const cone = { input, symbol, model };
  const id = (what: string): string => `s${j}-${what}`;
  const { html, chart } = volatilityChart(
    id('volatility'),
    title('Conditional volatility'),
    input,
    symbol,
    time,
    columns,
  );
  return {
    panels: [
      html,
      volatilityCone(id('ahead'), title('Volatility ahead'), cone),
      priceCone(id('cone'), title('Price ahead'), cone),
      forecastPanel(id('forecast'), title('Forecast'), input, model),
      parametersPanel(id('parameters'), title('Parameters'), input, symbol, model),
      residualsPanel(id('residuals'), title('Residuals against the fitted law'), symbol),
      clusteringPanel(id('clustering'), title('What is left of the clustering'), symbol),
    ],
    chart,
    table: forecastTable(id('forecast'), model.forecast),
  };
}

/** The whole forecast, to save. */
function forecastTable(panel: string, { volatility, toDate, expected, bands }: ForecastModel): PageTable {
  const numbers = (head: string, values: Float64Array): PageTable['columns'][number] => ({
    head,
    kind: 'number',
    values: Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
  });
  return {
    panel,
    name: panel,
    button: 'CSV',
    columns: [
      numbers(
        'barsAhead',
        volatility.map((_, h) => h + 1),
      ),
      numbers('volatility', volatility),
      numbers('volatilityToDate', toDate),
      numbers('priceExpected', expected),
      ...bands.map(({ deviations, price }) =>
        numbers(`price${deviations < 0 ? 'Minus' : 'Plus'}${Math.abs(deviations)}`, price),
      ),
    ],
  };
}

function header(input: GarchInput, models: readonly FitModel[]): string {
  const { dates, symbols } = input;
  const more = symbols.length - SYMBOLS_DRAWN;
  const note =
    more <= 0
      ? ''
      : `<p class="sub">Charts of the first ${SYMBOLS_DRAWN} of ${symbols.length} symbols; choose others with --symbols.</p>`;
  const alerts = symbols
    .filter(({ fit }) => fit.method !== 'mle')
    .map(
      ({ symbol, fit }) =>
        `<p class="alert" role="note">${isolate(clip(symbol, 40))}: ${escapeHtml(endText(fit))}.</p>`,
    );
  return [
    `<header><h1>${isolate(clip(input.name, 200))}</h1>`,
    `<p class="facts"><span>${formatDate(dates[0]!)} to ${formatDate(dates[dates.length - 1]!)}</span>`,
    `<span>${numberText(dates.length, 0)} bars</span>`,
    ...(symbols.length > 1 ? [`<span>${symbols.length} symbols</span>`] : []),
    `<span class="name">${escapeHtml(askedText(input.asked))}</span></p>`,
    note,
    ...alerts,
    symbols.length === 1 ? figures(input, symbols[0]!, models[0]!) : '',
    '</header>\n',
  ].join('');
}

/** What one looks at first. */
function figures(input: GarchInput, { fit }: SymbolFit, model: FitModel): string {
  const { forecast, unconditional, persistence, halfLife } = model;
  const ahead = forecast.volatility.length;
  const tiles: readonly (readonly [label: string, text: string, title: string])[] = [
    ['Next bar', annualText(fit.forecastVolatility, input), 'its volatility, annualised'],
    [
      `Bar +${numberText(ahead, 0)}`,
      annualText(forecast.volatility.at(-1)!, input),
      'its volatility, annualised',
    ],
    [
      'Long run',
      annualText(unconditional.value, input),
      unconditional.reason ?? 'what the forecasts tend to, annualised',
    ],
    [
      `In ${numberText(ahead, 0)} bars`,
      percentText(forecast.toDate.at(-1)!, 1),
      'volatility of the whole way, not annualised',
    ],
    [
      'Persistence',
      numberText(persistence.value, 3),
      persistence.reason ?? 'what is left of a shock to the variance after one bar',
    ],
    ['Half-life', numberText(halfLife.value, 1), halfLife.reason ?? 'bars until half of a shock is gone'],
    ['Log-likelihood', numberText(fit.logLikelihood, 0), 'of the returns as fractions'],
    ['Returns', numberText(fit.observations, 0), 'that entered the fit'],
  ];
  const items = tiles.map(
    ([label, text, title]) =>
      `<li title="${escapeHtml(title)}"><span class="label">${escapeHtml(label)}</span><span class="value">${escapeHtml(text)}</span></li>`,
  );
  return `<ul class="kpis">${items.join('')}</ul>`;
}

function dataOf(input: GarchInput, sections: readonly Section[], columns: ColumnWriter): PageData {
  const { dates } = input;
  const stem = fileStem(input.name);
  return {
    file: stem === 'backtest' ? 'volatility' : stem,
    bars: dates.length,
    days: Array.from(dates, (day, i) => (i === 0 ? day : day - dates[i - 1]!)),
    priceDecimals: input.priceDecimals,
    symbols: [],
    columns: columns.columns(),
    charts: sections.map(({ chart }) => chart),
    tables: sections.map(({ table }) => table),
  };
}
