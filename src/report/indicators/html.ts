/**
 * Indicators as one HTML file that needs nothing else: the price with what belongs on its scale, a panel for each
 * other indicator, one pointer and one zoom for all of them.
 */
import { formatDate } from '../../time.js';
import { COMPARE_STYLE } from '../compare/style.js';
import { clip, isolate } from '../escape.js';
import { numberText } from '../format.js';
import { fileStem, type PageData } from '../page-data.js';
import { ColumnWriter } from '../page-columns.js';
import { pageHtml } from '../page-frame.js';
import { PAGE_STYLE, POLICY, scriptTags } from '../page-tags.js';
import { provenanceBox } from '../provenance-box.js';
import { STYLE } from '../style.js';
import { timeAxis } from '../time-axis.js';
import { type ChartPart, indicatorCharts } from './charts.js';
import { keyOf } from './names.js';
import type { IndicatorsInput } from './types.js';

/** Symbols that a page draws; of more, the rest is counted. */
export const SYMBOLS_DRAWN = 8;
const TICKS = 12;
/** What areas of a line's colour add to the style of the comparison. */
const AREAS = 'svg .area[class*=run-]{fill:currentColor;fill-opacity:.25;stroke:none}';

/**
 * The page: for each of the first eight symbols the closes with the indicators on the scale of prices, and a panel for
 * each of the others; values under the pointer, zoom and CSV of each chart; provenance. Light or dark as the reader
 * prefers; prints on paper.
 *
 * input  at least one date and symbol; all text in it is shown as text, whatever it contains
 *
 * The same input gives the same bytes. 2,500 bars take about 30 kB a line.
 */
export function indicatorsHtml(input: IndicatorsInput): string {
  const { dates, symbols, provenance } = input;
  const drawn = symbols.slice(0, SYMBOLS_DRAWN);
  const time = timeAxis(dates, dates.length, TICKS);
  const columns = new ColumnWriter();
  columns.count('bars', dates.length);
  const parts = drawn.flatMap((symbol, j) => indicatorCharts(input, symbol, j, time, columns));
  return pageHtml({
    title: `${input.name} · indicators`,
    version: provenance.version,
    policy: POLICY,
    style: STYLE + COMPARE_STYLE + AREAS + PAGE_STYLE,
    header: header(input),
    panels: [...parts.map(({ html }) => html), provenanceBox(provenance)],
    tail: scriptTags(dataOf(input, parts, columns)),
  });
}

function header(input: IndicatorsInput): string {
  const { dates, symbols } = input;
  const more = symbols.length - SYMBOLS_DRAWN;
  const note =
    more <= 0
      ? ''
      : `<p class="sub">The first ${SYMBOLS_DRAWN} of ${symbols.length} symbols are drawn; choose others with --symbols.</p>`;
  return [
    `<header><h1>${isolate(clip(input.name, 200))}</h1>`,
    `<p class="facts"><span>${formatDate(dates[0]!)} to ${formatDate(dates[dates.length - 1]!)}</span>`,
    `<span>${numberText(dates.length, 0)} bars</span>`,
    `<span>${symbols.length} symbol${symbols.length === 1 ? '' : 's'}</span></p>${note}</header>\n`,
  ].join('');
}

function dataOf(input: IndicatorsInput, parts: readonly ChartPart[], columns: ColumnWriter): PageData {
  const { dates, asked } = input;
  const keys = asked.flatMap((each) => each.row.outputs.map((_, k) => keyOf(each, k)));
  const stem = fileStem(input.name);
  return {
    file: stem === 'backtest' ? 'indicators' : stem,
    bars: dates.length,
    days: Array.from(dates, (day, i) => (i === 0 ? day : day - dates[i - 1]!)),
    priceDecimals: input.priceDecimals,
    symbols: keys.length === 0 ? [] : input.symbols.slice(0, SYMBOLS_DRAWN).map(({ symbol }) => symbol),
    columns: columns.columns(),
    charts: parts.map(({ chart }) => chart),
    tables: [],
  };
}
