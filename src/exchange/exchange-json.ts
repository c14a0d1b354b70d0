/** An exchange as plain data: what is open, what is pending, and the counters. History stays out. */
import { CLOCK, LAST_ORDER_ID, LAST_PRICE, LAST_TRADE_ID, OPEN_QUANTITY } from '../../kernels/book/layout.js';
import { restOrder } from '../../kernels/book/rest.js';
import { checkInteger, checkKeys, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import { makeRoom } from './book-memory.js';
import { openIds } from './book-view.js';
import { checkSideRoom } from './check-input.js';
import { POLICIES, SIDES } from './codes.js';
import type { OrderFlow } from './order-flow.js';
import { StopBook, type StopBookJson } from './stop-book.js';
import type { Side, StpPolicy } from './types.js';

const MAX = Number.MAX_SAFE_INTEGER;

/** An open order as plain data. */
export interface OpenOrderJson {
  readonly id: number;
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
  readonly filledQuantity: number;
  readonly owner: number | null;
  readonly stp: StpPolicy;
  readonly postOnly: boolean;
  readonly timestamp: number;
}

/** An exchange as plain data. */
export interface ExchangeJson {
  readonly schemaVersion: 1;
  readonly stp: StpPolicy;
  readonly priceScale: number;
  readonly clock: number;
  readonly lastOrderId: number;
  readonly lastTradeId: number;
  readonly lastTradePrice: number | null;
  /** Running hash of all trades, four 32-bit integers. */
  readonly tradeHash: readonly number[];
  /** Bids, then asks; best price first, oldest first. */
  readonly orders: readonly OpenOrderJson[];
  readonly stops: StopBookJson;
}

const KEYS = [
  'schemaVersion',
  'stp',
  'priceScale',
  'clock',
  'lastOrderId',
  'lastTradeId',
  'lastTradePrice',
  'tradeHash',
  'orders',
  'stops',
];
const ORDER_KEYS = [
  'id',
  'side',
  'price',
  'quantity',
  'filledQuantity',
  'owner',
  'stp',
  'postOnly',
  'timestamp',
];

export function toExchangeJson(flow: OrderFlow, stp: StpPolicy, priceScale: number): ExchangeJson {
  const { engine, stops } = flow;
  const { book } = engine;
  const { nums } = book;
  const orders = [...openIds(book, 0), ...openIds(book, 1)].map((id): OpenOrderJson => {
    const {
      side,
      price,
      filledQuantity,
      remainingQuantity,
      owner,
      stp: policy,
      postOnly,
      timestamp,
    } = engine.order(id)!;
    const quantity = filledQuantity + remainingQuantity;
    return { id, side, price: price!, quantity, filledQuantity, owner, stp: policy, postOnly, timestamp };
  });
  return {
    schemaVersion: 1,
    stp,
    priceScale,
    clock: nums[CLOCK]!,
    lastOrderId: nums[LAST_ORDER_ID]!,
    lastTradeId: nums[LAST_TRADE_ID]!,
    lastTradePrice: nums[LAST_PRICE] === 0 ? null : nums[LAST_PRICE]!,
    tradeHash: Array.from(engine.trades.digest()),
    orders,
    stops: stops.toJSON(),
  };
}

/** Throws `ValidationError` unless `json` looks like an exchange; `restoreExchange` checks what is inside. */
export function checkExchangeJson(json: unknown): ExchangeJson {
  checkKeys('json', json, KEYS);
  const data = json as ExchangeJson;
  if (data.schemaVersion !== 1) {
    const fix = 'write it with this version of the package';
    throw new ValidationError('json.schemaVersion', data.schemaVersion, '1', fix);
  }
  return data;
}

/** Puts the open orders, the stops and the counters of `json` into an empty exchange. */
export function restoreExchange(flow: OrderFlow, json: ExchangeJson): void {
  const { engine } = flow;
  const { nums } = engine.book;
  nums[CLOCK] = checkInteger('json.clock', json.clock, 0, MAX);
  nums[LAST_ORDER_ID] = checkInteger('json.lastOrderId', json.lastOrderId, 0, MAX);
  nums[LAST_TRADE_ID] = checkInteger('json.lastTradeId', json.lastTradeId, 0, MAX);
  const last =
    json.lastTradePrice === null ? 0 : checkInteger('json.lastTradePrice', json.lastTradePrice, 1, MAX);
  nums[LAST_PRICE] = last;
  if (!Array.isArray(json.tradeHash) || json.tradeHash.length !== 4) {
    throw new ValidationError(
      'json.tradeHash',
      json.tradeHash,
      'four 32-bit integers',
      'pass what toJSON gave',
    );
  }
  for (const [i, word] of json.tradeHash.entries()) {
    checkInteger(`json.tradeHash[${i}]`, word, -2147483648, 2147483647);
  }
  engine.trades.restore(json.lastTradeId, json.tradeHash);
  if (!Array.isArray(json.orders)) {
    throw new ValidationError('json.orders', json.orders, 'an array', 'pass what toJSON gave');
  }
  const ids = new Set<number>();
  for (const [i, order] of json.orders.entries()) restOne(flow, `json.orders[${i}]`, order, json, ids);
  flow.stops = StopBook.fromJSON(json.stops, 'json.stops');
  for (const [i, stop] of json.stops.pending.entries()) {
    const side = SIDES.indexOf(stop.side);
    checkFresh(`json.stops.pending[${i}].id`, stop.id, json.lastOrderId, ids);
    checkInteger(`json.stops.pending[${i}].timestamp`, stop.timestamp, 1, json.clock);
    checkSideRoom(stop.side, nums[OPEN_QUANTITY + side]!, stop.quantity);
    nums[OPEN_QUANTITY + side] = nums[OPEN_QUANTITY + side]! + stop.quantity;
  }
}

function checkFresh(field: string, id: number, lastOrderId: number, ids: Set<number>): void {
  checkInteger(field, id, 1, lastOrderId);
  if (ids.has(id)) throw new ValidationError(field, id, 'an id that occurs once', 'pass what toJSON gave');
  ids.add(id);
}

function restOne(
  flow: OrderFlow,
  field: string,
  order: OpenOrderJson,
  json: ExchangeJson,
  ids: Set<number>,
): void {
  const { engine, owners } = flow;
  const { book } = engine;
  checkKeys(field, order, ORDER_KEYS);
  checkFresh(`${field}.id`, order.id, json.lastOrderId, ids);
  const side = SIDES.indexOf(checkOneOf(`${field}.side`, order.side, SIDES));
  const price = checkInteger(`${field}.price`, order.price, 1, MAX);
  const quantity = checkInteger(`${field}.quantity`, order.quantity, 1, MAX);
  const filled = checkInteger(`${field}.filledQuantity`, order.filledQuantity, 0, quantity - 1);
  const policy = POLICIES.indexOf(checkOneOf(`${field}.stp`, order.stp, POLICIES));
  const timestamp = checkInteger(`${field}.timestamp`, order.timestamp, 1, json.clock);
  if (typeof order.postOnly !== 'boolean') {
    throw new ValidationError(`${field}.postOnly`, order.postOnly, 'true or false', 'pass what toJSON gave');
  }
  const best = side === 0 ? bestOf(flow, 1) : bestOf(flow, 0);
  if (best !== null && (side === 0 ? best <= price : best >= price)) {
    const constraint = `${side === 0 ? 'below the best ask' : 'above the best bid'}, ${best}`;
    throw new ValidationError(`${field}.price`, price, constraint, 'pass what toJSON gave');
  }
  checkSideRoom(order.side, book.nums[OPEN_QUANTITY + side]!, quantity - filled);
  const tag = (owners.codeOf(order.owner) << 3) | (policy << 1) | (order.postOnly ? 1 : 0);
  makeRoom(book, 1);
  restOrder(book, side, price, quantity - filled, order.id, tag);
  const status = filled > 0 ? 1 : 0;
  engine.orders.write(order.id, side, price, quantity, 0, false, tag, timestamp, filled, status, 0);
}

function bestOf(flow: OrderFlow, side: number): number | null {
  const { ints, levelNums } = flow.engine.book;
  return ints[side]! < 0 ? null : levelNums[ints[side]! * 4]!;
}
