/** What stops ended: exits by reason, prices of the symbols stopped most with entries and exits, the largest exits. */
import type { StopReason } from '../../backtest/stop-types.js';
import { escapeHtml } from '../escape.js';
import { moneyText, numberText, percentText, signedPercentText } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel, table } from '../panel.js';
import { priceDecimals, priceFigure, quantityText } from '../price-figure.js';
import { atrWords, stopRules, stopsSentence } from '../stop-words.js';
import { STOP_LABELS, STOP_REASONS, type StopGroup, type StopsModel } from '../stops-model.js';

/** Shapes that tell the reasons apart without their colours. */
const SHAPES: Readonly<Record<StopReason | 'entry', string>> = {
  fixed: 'M0 3.8L3.8-3H-3.8z',
  trailing: 'M-3.2-3.2H3.2V3.2H-3.2z',
  atr: 'M0-4.4L4.4 0L0 4.4L-4.4 0z',
  'take-profit': 'M0-3.8L3.8 3H-3.8z',
  'max-bars': 'M-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z',
  entry: 'M-2.6 0a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0z',
};

/** The shapes, drawn once and used at every exit; empty where nothing was stopped. */
export function stopShapes({ stops }: ReportModel): string {
  if (stops === null || stops.exits.length === 0) return '';
  const paths = Object.entries(SHAPES).map(([kind, d]) => `<path id="mark-${kind}" d="${d}"/>`);
  return `<svg class="defs" width="0" height="0" aria-hidden="true"><defs>${paths.join('')}</defs></svg>`;
}

/** Names of the marks of the reasons that happened; `entries` adds that of an entry. */
export function stopKey({ groups }: StopsModel, entries: boolean): string {
  const happened = STOP_REASONS.filter((reason) => groups.some((group) => group.reason === reason));
  const items = [...(entries ? ['entry' as const] : []), ...happened].map(
    (kind) =>
      `<li><svg class="sample" width="10" height="10" viewBox="-5 -5 10 10" aria-hidden="true"><use href="#mark-${kind}" class="${kind}"/></svg>` +
      `${kind === 'entry' ? 'Entry' : STOP_LABELS[kind]}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}

/** Empty without stops. */
export function stopsPanel(model: ReportModel): string {
  const { stops } = model;
  if (stops === null) return '';
  const frame = { id: 'stops', title: 'Stops', long: true };
  const asked = `Asked for: ${stopRules(stops.stops)}.`;
  if (stops.exits.length === 0) {
    return panel({ ...frame, sub: escapeHtml(asked), body: empty(`${stopsSentence(stops)}.`) });
  }
  const fills = stops.stops.intrabar === 'close' ? ' Only closes count, and fill.' : '';
  const range = atrWords(model.result);
  const sub = `${stopsSentence(stops)}. ${asked}${fills}${range === '' ? '' : ` ATR: ${range}.`}`;
  return panel({
    ...frame,
    sub: escapeHtml(sub),
    aside: stops.drawn.length > 0 ? stopKey(stops, true) : '',
    body: `${charts(model, stops)}${reasons(model, stops)}${largest(model, stops)}`,
  });
}

function charts(model: ReportModel, { drawn }: StopsModel): string {
  if (drawn.length === 0) return '';
  const count = (n: number, one: string, many: string): string =>
    `${numberText(n, 0)} ${n === 1 ? one : many}`;
  const figures = drawn.map((symbol, i) =>
    priceFigure(model, {
      id: `stops-chart-${i + 1}`,
      symbol: symbol.name,
      title: 'Price with entries and stops',
      done: `${count(symbol.exits, 'stop', 'stops')}, ${count(symbol.entries, 'entry', 'entries')}`,
      price: symbol.price,
      marks: symbol.marks.map((mark) => ({ ...mark, place: 'at' })),
      wide: drawn.length === 1,
    }),
  );
  if (drawn.length === 1) return figures[0]!;
  return `<div class="columns small">${figures.join('')}</div>`;
}

function reasons(model: ReportModel, { groups }: StopsModel): string {
  const cells = ({ count, share, gaps, meanReturn, worst }: StopGroup): string[] => [
    numberText(count, 0),
    percentText(share, 1),
    numberText(gaps, 0),
    signedPercentText(meanReturn),
    signedPercentText(worst.return),
    worst.event.symbol,
    model.label(worst.event.bar),
  ];
  const all = groups[groups.length - 1]!;
  return table({
    label: 'Exits by reason',
    words: true,
    columns: [
      { head: 'Exits by reason' },
      { head: 'Exits' },
      { head: 'Share', title: 'Of all positions that ended, by a stop or a rebalance' },
      { head: 'Gaps', title: 'Exits at an open beyond the level' },
      { head: 'Mean return', title: 'From the average entry price to the exit, costs apart' },
      { head: 'Worst' },
      { head: 'Symbol', words: true },
      { head: model.result.dates === null ? 'Bar' : 'Date' },
    ],
    rows: groups
      .slice(0, -1)
      .map((group) => ({ head: STOP_LABELS[group.reason as StopReason], cells: cells(group) })),
    total: { head: 'All', cells: cells(all) },
  });
}

function largest(model: ReportModel, { largest: rows, exits }: StopsModel): string {
  const { priceScale } = model.result.config;
  const decimals = priceDecimals(priceScale);
  const price = (ticks: number): string => numberText(ticks / priceScale, decimals);
  const caption =
    rows.length < exits.length
      ? `The ${rows.length} of ${numberText(exits.length, 0)} that gained or lost most`
      : `All ${exits.length} exits`;
  return `<h3>${caption}</h3>${table({
    label: caption,
    columns: [
      { head: model.result.dates === null ? 'Bar' : 'Date' },
      { head: 'Symbol', words: true },
      { head: 'Side', words: true },
      { head: 'Reason', words: true },
      { head: 'Entered' },
      { head: 'Quantity' },
      { head: 'Entry price' },
      { head: 'Level' },
      { head: 'Exit price' },
      { head: 'Return' },
      { head: 'Gain' },
    ],
    rows: rows.map(({ event, return: gained, gainCents }) => ({
      head: model.label(event.bar),
      cells: [
        event.symbol,
        event.side,
        `${STOP_LABELS[event.reason]}${event.gap ? ', gap' : ''}`,
        model.label(event.entryBar),
        quantityText(event.quantity),
        price(event.entryPrice),
        price(event.triggerPrice),
        price(event.exitPrice),
        signedPercentText(gained),
        moneyText(gainCents),
      ],
    })),
  })}`;
}
