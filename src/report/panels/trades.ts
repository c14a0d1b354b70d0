/** The trades: prices of the symbols traded most with a mark at each trade, and the largest orders. */
import { percentOf, SPAN, tenth } from '../coordinates.js';
import { downsample } from '../downsample.js';
import { clip, isolate } from '../escape.js';
import { compactText, moneyText, numberText, trimZeros } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel, table } from '../panel.js';
import { placer, plotSvg } from '../plot.js';
import { rangeOf } from '../range.js';
import { linePath, logScale, tightScale, type ValueScale } from '../scale.js';
import { type TradedSymbol, type TradeMark, type TradesModel, tradesModel } from '../trades-model.js';

const HEIGHT = 150;
const COLUMNS = 240;
/** Ratio of highest to lowest price from which the axis is logarithmic. */
const LOG_FROM = 5;
/** Px between the price of a trade and its mark. */
const AWAY = 9;

/** The marks, drawn once and used at every trade. */
const MARKS =
  '<svg class="defs" width="0" height="0" aria-hidden="true"><defs>' +
  '<path id="mark-buy" d="M0-3.4L3.4 3H-3.4z"/><path id="mark-sell" d="M0 3.4L3.4-3H-3.4z"/></defs></svg>';

export function tradesPanel(model: ReportModel): string {
  const trades = tradesModel(model.result, model.prices);
  const frame = { id: 'trades', title: 'Trades', long: true };
  if (trades === null) return panel({ ...frame, body: empty('The result keeps no trades.') });
  if (trades.count === 0) return panel({ ...frame, body: empty('No order was booked.') });
  return panel({
    ...frame,
    sub:
      trades.drawn.length > 0
        ? 'Prices of the symbols traded most by value. Marks close together are drawn as one: the largest of each side.'
        : 'The largest by value.',
    aside: trades.drawn.length > 0 ? KEY : '',
    body: `${charts(model, trades)}${largest(model, trades)}`,
  });
}

const KEY =
  '<ul class="legend"><li><svg class="sample" width="10" height="10" viewBox="-5 -5 10 10" aria-hidden="true"><use href="#mark-buy" class="buy"/></svg>Buy</li>' +
  '<li><svg class="sample" width="10" height="10" viewBox="-5 -5 10 10" aria-hidden="true"><use href="#mark-sell" class="sell"/></svg>Sell</li></ul>';

function charts(model: ReportModel, { drawn }: TradesModel): string {
  if (drawn.length === 0) return '';
  return `${MARKS}<div class="columns small">${drawn.map((symbol, i) => figure(model, symbol, i + 1)).join('')}</div>`;
}

function figure(model: ReportModel, symbol: TradedSymbol, number: number): string {
  const [low, high] = rangeOf([symbol.price]);
  const scale = scaleOf(low, high);
  const sides = `${numberText(symbol.buys, 0)} buys, ${numberText(symbol.sells, 0)} sells`;
  const kind = scale.kind === 'log' ? '; logarithmic scale' : '';
  const spec = {
    id: `trades-chart-${number}`,
    title: `Price with trades of ${clip(symbol.name, 40)}`,
    description: `${sides}; prices from ${numberText(low)} to ${numberText(high)}.`,
    height: HEIGHT,
    scale,
    tickText: compactText,
    ticks: model.narrowTime.ticks,
  };
  const y = placer(spec);
  const line = downsample(model.narrowTime.position, symbol.price, COLUMNS);
  const chart = plotSvg(spec, {
    inner: `<path class="line price" d="${linePath(
      line.x.map((x) => x * SPAN),
      line.y.map((value) => (Number.isNaN(value) ? Number.NaN : y(value))),
    )}"/>`,
    over: symbol.marks.map((mark) => markAt(mark, model.narrowTime.position[mark.bar + 1]!, y)).join(''),
  });
  const caption = `<b>${isolate(clip(symbol.name, 40))}</b> ${sides}, ${moneyText(symbol.valueCents)} traded${kind}`;
  return `<figure><figcaption>${caption}</figcaption>${chart}</figure>`;
}

/** With room for the marks below and above the prices; equal ratios equally far apart where prices differ widely. */
function scaleOf(low: number, high: number): ValueScale {
  if (low > 0 && high / low >= LOG_FROM) return logScale(low * 0.75, high * 1.2);
  const room = (high - low) * 0.12;
  const scale = tightScale(low - room, high + room, 4);
  return { ...scale, ticks: scale.ticks.filter((tick) => tick >= 0) };
}

function markAt({ side, price }: TradeMark, position: number, y: (value: number) => number): string {
  const at = y(price) + (side === 'buy' ? AWAY : -AWAY);
  return `<use href="#mark-${side}" class="${side}" x="${percentOf(position)}" y="${tenth(at)}"/>`;
}

function largest(model: ReportModel, { largest: rows, count }: TradesModel): string {
  const decimals = decimalsOf(model.result.config.priceScale);
  const caption =
    rows.length < count
      ? `The ${rows.length} largest of ${numberText(count, 0)} trades`
      : `All ${count} trades`;
  return `<h3>${caption}</h3>${table({
    label: caption,
    columns: [
      { head: model.result.dates === null ? 'Bar' : 'Date' },
      { head: 'Symbol', words: true },
      { head: 'Side', words: true },
      { head: 'Quantity' },
      { head: 'Price' },
      { head: 'Value' },
      { head: 'Cost' },
    ],
    rows: rows.map((row) => ({
      head: model.label(row.bar),
      cells: [
        row.symbol,
        row.side,
        quantityText(row.quantity),
        numberText(row.price, decimals),
        moneyText(row.valueCents),
        moneyText(row.costCents),
      ],
    })),
  })}`;
}

/** Shares with as many of six decimals as they have. */
function quantityText(quantity: number): string {
  return trimZeros(numberText(quantity, 6));
}

/** Decimals of a price in currency units, at least two. */
function decimalsOf(priceScale: number): number {
  let decimals = 0;
  for (let unit = 1; unit < priceScale; unit *= 10) decimals++;
  return Math.max(2, decimals);
}
