/** Return of every calendar year as bars, each year labelled. */
import { percentOf, tenth } from '../coordinates.js';
import { escapeHtml } from '../escape.js';
import { numberText, percentText, typeset } from '../format.js';
import type { PeriodReturn, ReportModel } from '../model.js';
import { empty, legend, panel } from '../panel.js';
import { linearScale } from '../scale.js';
import { pairText } from './monthly.js';

const HEIGHT = 240;
/** Years that still have room for a level label, and for a value above their bar. */
const LEVEL_LABELS = 20;
const NARROW_LABELS = 7;
const VALUES = 18;
/** Width in px that a year needs at least; a chart that is wider than the page scrolls. */
const YEAR_WIDTH = 15;

export function yearlyPanel(model: ReportModel): string {
  if (model.result.dates === null) {
    return panel({
      id: 'yearly',
      title: 'Yearly returns',
      body: empty('The result has no dates, so it has no years.'),
    });
  }
  return panel({
    id: 'yearly',
    title: 'Yearly returns',
    sub: 'Compounded within the calendar year; the first and the last year may be partial.',
    aside: model.benchmark ? legend(model) : '',
    body: chart(model.yearly),
  });
}

function chart(years: readonly PeriodReturn[]): string {
  const values = years
    .flatMap((year) => [year.strategy, year.benchmark])
    .filter((value) => !Number.isNaN(value));
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const scale = linearScale(low, high > low ? high : 0.01, 5);
  const y = (value: number): number => (1 - scale.position(value)) * HEIGHT;
  const digits = scale.decimals(0.01);
  const grid = scale.ticks.map((tick) => {
    const at = tenth(y(tick));
    return (
      `<line class="${tick === 0 ? 'base' : 'grid'}" x1="0" x2="100%" y1="${at}" y2="${at}"/>` +
      `<text class="y" x="0" dx="-8" y="${at}" dy=".32em">${escapeHtml(typeset(percentText(tick, digits)))}</text>`
    );
  });
  const room = `${years.length > LEVEL_LABELS ? ' tall' : ''}${years.length > NARROW_LABELS ? ' tall-narrow' : ''}`;
  return [
    '<div class="scroll" role="region" tabindex="0" aria-label="Yearly returns">',
    `<svg class="plot bars${room}" id="yearly-chart" role="img" aria-labelledby="yearly-chart-title yearly-chart-desc" height="${HEIGHT}" style="min-width:${years.length * YEAR_WIDTH}px">`,
    '<title id="yearly-chart-title">Yearly returns</title>',
    `<desc id="yearly-chart-desc">${escapeHtml(describe(years))}</desc>`,
    ...grid,
    ...years.map((year, index) => yearBars(year, index, years.length, y)),
    '</svg></div>',
  ].join('');
}

function yearBars(year: PeriodReturn, index: number, count: number, y: (value: number) => number): string {
  const slot = 1 / count;
  const left = index * slot;
  const paired = !Number.isNaN(year.benchmark);
  const width = slot * Math.min(paired ? 0.32 : 0.52, 60 / 1000 / slot);
  const middle = left + slot / 2;
  const title = `<title>${year.year}: ${escapeHtml(pairText(year))}</title>`;
  const parts = [
    `<g>${title}`,
    bar('strategy', year.strategy, paired ? middle - width : middle - width / 2, width, y),
  ];
  if (paired) parts.push(bar('benchmark', year.benchmark, middle + slot * 0.01, width, y));
  parts.push('</g>');
  if (count <= VALUES && !Number.isNaN(year.strategy)) {
    const up = year.strategy >= 0;
    const at = y(year.strategy) + (up ? -6 : 15);
    const x = percentOf(paired ? middle - width / 2 : middle);
    parts.push(
      `<text class="bar-label long" x="${x}" y="${tenth(at)}">${escapeHtml(typeset(numberText(year.strategy * 100, 1)))}</text>`,
    );
  }
  parts.push(yearLabel(year.year, percentOf(middle), count));
  return parts.join('');
}

/** The year at full width and, for narrow pages, in the form that still fits. */
function yearLabel(year: number, x: string, count: number): string {
  const label = (classes: string, upright: boolean): string =>
    `<text class="${classes}${upright ? 'upright' : 'x'}" x="${x}" y="${HEIGHT + (upright ? 8 : 20)}">${year}</text>`;
  const wide = count > LEVEL_LABELS;
  const narrow = count > NARROW_LABELS;
  return wide === narrow ? label('', wide) : label('long ', wide) + label('short ', narrow);
}

function bar(role: string, value: number, x: number, width: number, y: (value: number) => number): string {
  if (Number.isNaN(value)) return '';
  const top = Math.min(y(value), y(0));
  const height = Math.abs(y(value) - y(0));
  return `<rect class="bar ${role}" x="${percentOf(x)}" y="${tenth(top)}" width="${percentOf(width)}" height="${tenth(Math.max(height, 0.5))}"/>`;
}

function describe(years: readonly PeriodReturn[]): string {
  return years.map((year) => `${year.year} ${percentText(year.strategy, 1)}`).join(', ');
}
