/** The trades: prices of the symbols traded most with a mark at each trade, and the largest orders. */
import { moneyText, numberText } from '../format.js';
import type { ReportModel } from '../model.js';
import { empty, panel, table } from '../panel.js';
import { priceDecimals, priceFigure, quantityText } from '../price-figure.js';
import { type TradedSymbol, type TradesModel, tradesModel } from '../trades-model.js';

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
  return priceFigure(model, {
    id: `trades-chart-${number}`,
    symbol: symbol.name,
    title: 'Price with trades',
    done: `${numberText(symbol.buys, 0)} buys, ${numberText(symbol.sells, 0)} sells`,
    more: `, ${moneyText(symbol.valueCents)} traded`,
    price: symbol.price,
    marks: symbol.marks.map(({ side, bar, price }) => ({
      kind: side,
      bar,
      price,
      place: side === 'buy' ? 'below' : 'above',
    })),
  });
}

function largest(model: ReportModel, { largest: rows, count }: TradesModel): string {
  const decimals = priceDecimals(model.result.config.priceScale);
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
