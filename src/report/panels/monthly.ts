/** Return of every calendar month, one row a year, coloured from loss to gain. Months without bars are blank. */
import { escapeHtml } from '../escape.js';
import { numberText, percentText, signedPercentText, typeset } from '../format.js';
import type { PeriodReturn, ReportModel } from '../model.js';
import { empty, panel } from '../panel.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CLASSES = ['n5', 'n4', 'n3', 'n2', 'n1', 'z', 'p1', 'p2', 'p3', 'p4', 'p5'];

/** Years that fit on a printed page. */
const PAGE_YEARS = 45;

/** Round limits of the colour scale, as fractions: the first that nine months in ten stay within. */
const LIMITS = [0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 1];

export function monthlyPanel(model: ReportModel): string {
  if (model.result.dates === null) {
    return panel({
      id: 'monthly',
      title: 'Monthly returns',
      body: empty('The result has no dates, so it has no months.'),
    });
  }
  const limit = colourLimit(model.monthly.map((month) => month.strategy));
  const cells = new Map(model.monthly.map((month) => [month.year * 12 + month.month - 1, month]));
  const rows = model.yearly.map(({ year, strategy }) => {
    const months = MONTHS.map((_, i) => monthCell(cells.get(year * 12 + i), limit));
    return `<tr><th scope="row">${year}</th>${months.join('')}<td class="year">${escapeHtml(typeset(percentText(strategy, 1)))}</td></tr>`;
  });
  const head = MONTHS.map((name) => `<th scope="col">${name}</th>`).join('');
  return panel({
    id: 'monthly',
    title: 'Monthly returns',
    sub: 'In percent, compounded within the month. A blank month has no bars.',
    aside: key(limit),
    long: rows.length > PAGE_YEARS,
    body:
      '<div class="scroll" role="region" tabindex="0" aria-label="Monthly returns in percent, one row a year">' +
      `<table class="heat"><thead><tr><th scope="col">Year</th>${head}<th scope="col" class="year">Year total</th></tr></thead>` +
      `<tbody>${rows.join('')}</tbody></table></div>`,
  });
}

function monthCell(month: PeriodReturn | undefined, limit: number): string {
  const value = month?.strategy;
  if (month === undefined || value === undefined || Number.isNaN(value)) return '<td></td>';
  const title = `${MONTHS[month.month - 1]} ${month.year}: ${pairText(month)}`;
  return `<td class="${colourClass(value, limit)}" title="${escapeHtml(title)}">${escapeHtml(typeset(numberText(value * 100, 1)))}</td>`;
}

/** Both returns with more digits than the page has room for. */
export function pairText({ strategy, benchmark }: PeriodReturn): string {
  const own = typeset(signedPercentText(strategy));
  return Number.isNaN(benchmark) ? own : `${own}, benchmark ${typeset(signedPercentText(benchmark))}`;
}

/** Five steps each side of zero, the last one open; what prints as 0.0 is neutral. */
function colourClass(value: number, limit: number): string {
  if (Math.abs(value) < 0.0005) return 'z';
  const step = Math.min(5, Math.ceil((Math.abs(value) / limit) * 5));
  return CLASSES[value < 0 ? 5 - step : 5 + step]!;
}

function colourLimit(values: readonly number[]): number {
  const sizes = values
    .filter((value) => !Number.isNaN(value))
    .map(Math.abs)
    .sort((a, b) => a - b);
  const typical = sizes[Math.floor(sizes.length * 0.9)] ?? 0;
  return LIMITS.find((limit) => limit >= typical) ?? 1;
}

function key(limit: number): string {
  const low = typeset(percentText(-limit, 0));
  const high = signedPercentText(limit, 0);
  const swatches = CLASSES.map((name) => `<b class="${name}"></b>`).join('');
  return `<div class="key" role="img" aria-label="Colours run from orange at ${low} and below to blue at ${high} and above">${low}<span>${swatches}</span>${high}</div>`;
}
