/** What the panels about the spread of returns can save: the histogram, the quantiles, the boxes. */
import { distributionModel, measured } from './distribution-model.js';
import type { ReportModel } from './model.js';
import type { PageTable } from './page-data.js';
import { number, plain, text } from './page-table-parts.js';
import { periodBoxes } from './period-boxes.js';
import { quantilePairs } from './qq-model.js';

/** The tables of all of them; without rows where there is nothing to draw. */
export function spreadTables(model: ReportModel): PageTable[] {
  return [distribution(model), quantiles(model), boxes(model)];
}

/** The bins of the histogram: left edge, width, and the share of the returns in each. */
function distribution({ result, benchmark }: ReportModel): PageTable {
  const bins = distributionModel(result, benchmark);
  const shares = bins === null ? [] : [...bins.shares];
  return plain('distribution', [
    number(
      'from',
      shares.map((_, i) => Number((bins!.low + i * bins!.width).toPrecision(12))),
    ),
    number(
      'width',
      shares.map(() => bins!.width),
    ),
    number('strategy', shares),
    ...(bins?.benchmarkShares ? [number('benchmark', [...bins.benchmarkShares])] : []),
  ]);
}

/** Quantiles of the returns and of a normal distribution, in standard deviations from the mean. */
function quantiles({ result }: ReportModel): PageTable {
  const pairs = quantilePairs(measured(result, result.returns));
  return plain('qq', [
    number('normal', [...(pairs?.normal ?? [])]),
    number('returns', [...(pairs?.returns ?? [])]),
  ]);
}

/** Quartiles and extremes of the returns of each length of period. */
function boxes({ result, benchmark }: ReportModel): PageTable {
  const rows = periodBoxes(result, benchmark).flatMap(({ label, strategy, benchmark: other }) => [
    { label, series: 'strategy', box: strategy },
    ...(other ? [{ label, series: 'benchmark', box: other }] : []),
  ]);
  const column = (head: string, of: (box: (typeof rows)[number]['box']) => number) =>
    number(
      head,
      rows.map(({ box }) => of(box)),
    );
  return plain('quantiles', [
    text(
      'period',
      rows.map(({ label }) => label),
    ),
    text(
      'series',
      rows.map(({ series }) => series),
    ),
    column('count', (box) => box.count),
    column('lowest', (box) => box.lowest),
    column('lowerQuartile', (box) => box.lowerQuartile),
    column('median', (box) => box.median),
    column('upperQuartile', (box) => box.upperQuartile),
    column('highest', (box) => box.highest),
  ]);
}
