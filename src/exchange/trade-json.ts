/** Trades as JSONL: a line each, keys always in the same order. */
import { checkInteger, checkKeys, nearestHint } from '../check.js';
import { type DataPlace, ValidationError } from '../errors.js';
import { SIDES } from './event-fields.js';
import { atLine, checkSymbol, wholeOf, wordOf } from './event-line.js';
import { type JsonFields, parseLine, refusal, shortName } from './json-line.js';
import type { Trade } from './types.js';

/** A trade of one exchange among several. */
export type SymbolTrade = Trade & { readonly symbol: string };

const MAX = Number.MAX_SAFE_INTEGER;
const WHOLES: readonly (readonly [wire: string, key: keyof Trade])[] = [
  ['id', 'id'],
  ['price', 'price'],
  ['quantity', 'quantity'],
  ['aggressor_order_id', 'aggressorOrderId'],
  ['passive_order_id', 'passiveOrderId'],
];
const KEYS = ['symbol', ...WHOLES.map(([, key]) => key), 'aggressorSide', 'timestamp'];
const WIRES = ['symbol', ...WHOLES.map(([wire]) => wire), 'aggressor_side', 'timestamp'];

/**
 * One line of JSON for a trade, without line end: id, price, quantity, the two orders, side of the aggressor and tick;
 * before them the symbol, if it has one. Throws `ValidationError` for what is no trade.
 */
export function serializeTrade(trade: Trade | SymbolTrade): string {
  checkKeys('trade', trade, KEYS);
  const whole = (key: keyof Trade): number => checkInteger(`trade.${key}`, trade[key], 1, MAX);
  const side = SIDES.find(([, word]) => word === trade.aggressorSide)?.[0];
  if (side === undefined) {
    throw new ValidationError(
      'trade.aggressorSide',
      trade.aggressorSide,
      'buy or sell',
      'pass a trade of trades()',
    );
  }
  const symbol = 'symbol' in trade ? `"symbol":${JSON.stringify(checkSymbol(trade.symbol))},` : '';
  return (
    `{${symbol}"id":${whole('id')},"price":${whole('price')},"quantity":${whole('quantity')},` +
    `"aggressor_order_id":${whole('aggressorOrderId')},"passive_order_id":${whole('passiveOrderId')},` +
    `"aggressor_side":"${side}","timestamp":${whole('timestamp')}}`
  );
}

/**
 * The trade of one line: what `serializeTrade` writes, keys in any order.
 *
 * Throws `SchemaError` that names line, field, value, constraint and fix; no number is ever rounded.
 */
export function parseTrade(line: string, place: DataPlace = {}): Trade | SymbolTrade {
  if (typeof line !== 'string') throw new ValidationError('line', line, 'a text', 'pass one line of trades');
  try {
    return tradeOf(parseLine(line));
  } catch (error) {
    throw atLine(error, { row: 1, ...place });
  }
}

function tradeOf(fields: JsonFields): Trade | SymbolTrade {
  for (const [wire, value] of fields) {
    if (WIRES.includes(wire)) continue;
    const known = `a field of a trade (${WIRES.join(', ')})`;
    throw refusal(shortName(wire), value, known, nearestHint(wire, WIRES));
  }
  const whole = (wire: string): number => wholeOf(wire, fields.get(wire));
  const symbol = fields.get('symbol');
  return {
    ...(symbol === undefined ? {} : { symbol: checkSymbol(symbol) }),
    id: whole('id'),
    price: whole('price'),
    quantity: whole('quantity'),
    aggressorOrderId: whole('aggressor_order_id'),
    passiveOrderId: whole('passive_order_id'),
    aggressorSide: wordOf('aggressor_side', fields.get('aggressor_side'), SIDES),
    timestamp: whole('timestamp'),
  };
}
