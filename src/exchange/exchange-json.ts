/** An exchange as plain data: what is open, what is pending, and the counters. History stays out. */
import {
  CLOCK,
  LAST_ORDER_ID,
  LAST_PRICE,
  LAST_TRADE_ID,
  NEW,
  OPEN_QUANTITY,
  PARTIALLY_FILLED,
} from '../../kernels/book/layout.js';
import { restOrder } from '../../kernels/book/rest.js';
import { checkInteger, checkKeys, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import { makeRoom } from './book-memory.js';
import { bestPrice, openIds } from './book-view.js';
import { checkSideRoom } from './check-input.js';
import { POLICIES, SIDES } from './codes.js';
import type { OrderFlow } from './order-flow.js';
import { StopBook, type StopBookJson } from './stop-book.js';
import type { Side, StpPolicy } from './types.js';

const MAX = Number.MAX_SAFE_INTEGER;
/** Ids and ticks of the clock count one by one: no exchange comes near this. */
const CLOCK_MOST = 4_503_599_627_370_496;

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

/** An order that is to be put into the log: in the order of ids the log takes the least room. */
type LogEntry = readonly [id: number, write: () => void];

/** Puts the open orders, the stops and the counters of `json` into an empty exchange. */
export function restoreExchange(flow: OrderFlow, json: ExchangeJson): void {
  const { engine } = flow;
  const { nums } = engine.book;
  restoreCounters(flow, json);
  if (!Array.isArray(json.orders)) refuse('json.orders', json.orders, 'an array');
  const ids = new Set<number>();
  const entries = json.orders.map((order, i) => restOne(flow, `json.orders[${i}]`, order, json, ids));
  for (const [, write] of entries.sort(([a], [b]) => a - b)) write();
  flow.stops = StopBook.fromJSON(json.stops, 'json.stops');
  const last = nums[LAST_PRICE]!;
  for (const [i, stop] of json.stops.pending.entries()) {
    const field = `json.stops.pending[${i}]`;
    const side = SIDES.indexOf(stop.side);
    checkFresh(`${field}.id`, stop.id, json.lastOrderId, ids);
    checkInteger(`${field}.timestamp`, stop.timestamp, 1, nums[CLOCK]!);
    const wrongForce = stop.market
      ? stop.timeInForce !== 'ioc'
      : stop.limitOffset !== null && stop.timeInForce !== 'gtc';
    if (wrongForce)
      refuse(
        `${field}.timeInForce`,
        stop.timeInForce,
        stop.market ? 'ioc for a stop-market' : 'gtc with a trail',
      );
    if (last > 0 && (side === 0 ? last >= stop.stopPrice : last <= stop.stopPrice)) {
      refuse(`${field}.stopPrice`, stop.stopPrice, `not yet reached by the last trade price, ${last}`);
    }
    checkSideRoom(stop.side, nums[OPEN_QUANTITY + side]!, stop.quantity);
    nums[OPEN_QUANTITY + side] = nums[OPEN_QUANTITY + side]! + stop.quantity;
  }
}

function refuse(field: string, value: unknown, constraint: string): never {
  throw new ValidationError(field, value, constraint, 'pass what toJSON gave');
}

function restoreCounters({ engine }: OrderFlow, json: ExchangeJson): void {
  const { nums } = engine.book;
  // Adding 0 makes 0 of -0.
  const lastOrderId = checkInteger('json.lastOrderId', json.lastOrderId, 0, CLOCK_MOST) + 0;
  const lastTradeId = checkInteger('json.lastTradeId', json.lastTradeId, 0, CLOCK_MOST) + 0;
  const least = Math.min(lastOrderId + lastTradeId, CLOCK_MOST);
  nums[CLOCK] = checkInteger('json.clock', json.clock, least, CLOCK_MOST) + 0;
  nums[LAST_ORDER_ID] = lastOrderId;
  nums[LAST_TRADE_ID] = lastTradeId;
  if ((json.lastTradePrice === null) !== (lastTradeId === 0)) {
    refuse('json.lastTradePrice', json.lastTradePrice, 'null before the first trade, a price after it');
  }
  nums[LAST_PRICE] =
    json.lastTradePrice === null ? 0 : checkInteger('json.lastTradePrice', json.lastTradePrice, 1, MAX);
  if (!Array.isArray(json.tradeHash) || json.tradeHash.length !== 4) {
    refuse('json.tradeHash', json.tradeHash, 'four 32-bit integers');
  }
  for (const [i, word] of json.tradeHash.entries()) {
    checkInteger(`json.tradeHash[${i}]`, word, -2147483648, 2147483647);
  }
  engine.trades.restore(lastTradeId, json.tradeHash);
}

function checkFresh(field: string, id: number, lastOrderId: number, ids: Set<number>): void {
  checkInteger(field, id, 1, lastOrderId);
  if (ids.has(id)) refuse(field, id, 'an id that occurs once');
  ids.add(id);
}

function restOne(
  flow: OrderFlow,
  field: string,
  order: OpenOrderJson,
  json: ExchangeJson,
  ids: Set<number>,
): LogEntry {
  const { engine, owners } = flow;
  const { book } = engine;
  checkKeys(field, order, ORDER_KEYS);
  checkFresh(`${field}.id`, order.id, json.lastOrderId, ids);
  const side = SIDES.indexOf(checkOneOf(`${field}.side`, order.side, SIDES));
  const price = checkInteger(`${field}.price`, order.price, 1, MAX);
  const quantity = checkInteger(`${field}.quantity`, order.quantity, 1, MAX);
  const filled = checkInteger(`${field}.filledQuantity`, order.filledQuantity, 0, quantity - 1) + 0;
  const policy = POLICIES.indexOf(checkOneOf(`${field}.stp`, order.stp, POLICIES));
  const timestamp = checkInteger(`${field}.timestamp`, order.timestamp, 1, json.clock);
  if (typeof order.postOnly !== 'boolean') refuse(`${field}.postOnly`, order.postOnly, 'true or false');
  const best = bestPrice(book, 1 - side);
  if (best !== null && (side === 0 ? best <= price : best >= price)) {
    refuse(`${field}.price`, price, `${side === 0 ? 'below the best ask' : 'above the best bid'}, ${best}`);
  }
  checkSideRoom(order.side, book.nums[OPEN_QUANTITY + side]!, quantity - filled);
  const tag = (owners.codeOf(order.owner) << 3) | (policy << 1) | (order.postOnly ? 1 : 0);
  makeRoom(book, 1);
  restOrder(book, side, price, quantity - filled, order.id, tag);
  const { id } = order;
  const status = filled > 0 ? PARTIALLY_FILLED : NEW;
  return [id, () => engine.orders.write(id, side, price, quantity, 0, false, tag, timestamp, 0, status, 0)];
}
