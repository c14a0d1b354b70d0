/** The exchange against nanobook: fixtures of parity/exchange_*.py. */
import {
  Book,
  type BookCommands,
  type BookLevel,
  Exchange,
  MultiExchange,
  parseEvent,
  serializeEvent,
  type Trade,
} from '../../src/exchange/index.js';
import type { Comparison, FixtureCase } from '../comparison.js';
import { compareCase } from '../comparison.js';
import { type Operation, operationsOf, send } from '../exchange-operations.js';
import { TOLERANCES } from '../tolerance.js';

/** Levels as the fixtures have them: price, quantity, orders. */
function rowsOfLevels(levels: readonly BookLevel[]): number[][] {
  return levels.map(({ price, quantity, orderCount }) => [price, quantity, orderCount]);
}

/** Trades as the fixtures have them, with the ticks in a column of their own. */
function rowsOfTrades(trades: readonly Trade[]): Record<'trades' | 'timestamps', unknown> {
  return {
    trades: trades.map((t) => [t.price, t.quantity, t.aggressorOrderId, t.passiveOrderId, t.aggressorSide]),
    timestamps: trades.map((t) => t.timestamp),
  };
}

function bestOf(exchange: Exchange | Book): number[] {
  return [exchange.bestBid() ?? NaN, exchange.bestAsk() ?? NaN];
}

/** A whole stream through `Exchange`: what came of each operation, the trades, and the book at the end. */
function runStream(c: FixtureCase): Record<string, unknown> {
  const exchange = new Exchange();
  const answers = operationsOf(c).map((operation) => send(exchange, operation));
  const { bids, asks } = exchange.depth(Number.MAX_SAFE_INTEGER);
  const { trades, timestamps } = rowsOfTrades(exchange.trades());
  const ticks = (c.expected as Record<string, unknown>).timestamps === undefined ? {} : { timestamps };
  return {
    answers,
    trades,
    ...ticks,
    bids: rowsOfLevels(bids),
    asks: rowsOfLevels(asks),
    best: bestOf(exchange),
    pendingStops: exchange.pendingStopCount(),
  };
}

const FORCES = ['gtc', 'ioc', 'fok'];

/** Columns for the batch form. */
function commandsOf(operations: readonly Operation[]): BookCommands {
  const count = operations.length;
  const op = new Uint8Array(count);
  const price = new Float64Array(count);
  const quantity = new Float64Array(count);
  const id = new Float64Array(count);
  operations.forEach((operation, i) => {
    const side = operation[1] === 'sell' ? 4 : 0;
    if (operation[0] === 'limit') {
      op[i] = side + 8 * FORCES.indexOf(operation[4]);
      price[i] = Number(operation[2]);
      quantity[i] = Number(operation[3]);
    } else if (operation[0] === 'market') {
      op[i] = 1 + side;
      quantity[i] = Number(operation[2]);
    } else if (operation[0] === 'cancel') {
      op[i] = 2;
      id[i] = operation[1];
    } else {
      throw new TypeError(`the batch form has no ${operation[0]}`);
    }
  });
  return { op, price, quantity, id };
}

/** A stream without stops through `Book`. */
function runBatch(c: FixtureCase): Record<string, unknown> {
  const commands = commandsOf(operationsOf(c));
  const book = new Book();
  book.run(commands);
  const { bids, asks } = book.depth(Number.MAX_SAFE_INTEGER);
  return {
    ...rowsOfTrades(book.trades()),
    bids: rowsOfLevels(bids),
    asks: rowsOfLevels(asks),
    best: bestOf(book),
  };
}

/** One question about orders that nanobook gets wrong. */
function runDefect(c: FixtureCase): Record<string, unknown> {
  const operations = operationsOf(c);
  const several = new MultiExchange();
  const exchange = several.exchange('A');
  for (const operation of operations) send(exchange, operation);
  const [event] = exchange.events();
  const best = exchange.depth(1).bids[0];
  const answers: Record<string, () => unknown> = {
    best: () => bestOf(exchange),
    pendingStops: () => exchange.pendingStopCount(),
    eventComesBack: () => compareCase(parseEvent(serializeEvent(event!)), event, {}).mismatches.length === 0,
    bestOfSeveral: () => several.bestPrices()[0]?.[1] ?? NaN,
    ordersOfFullBook: () => exchange.fullBook().bids[0]?.orders.length,
    returns: () => true,
    tradedQuantities: () => exchange.trades().map((trade) => trade.quantity),
    cancelOfFirst: () => exchange.cancel(1).status === 'cancelled',
    levelQuantity: () => String(best?.quantity),
    levelPrice: () => String(best?.price),
    status: () => exchange.getOrder(1)?.status,
  };
  return Object.fromEntries(Object.keys(c.expected as object).map((key) => [key, answers[key]?.()]));
}

const ORDERS = 'exchange/nanobook-orders.json';

export const comparisons: readonly Comparison[] = [
  { fixture: ORDERS, functions: ['Exchange'], run: runStream, tolerance: TOLERANCES.exchange },
  {
    fixture: ORDERS,
    functions: ['Book'],
    parts: ['trades', 'timestamps', 'bids', 'asks', 'best'],
    run: runBatch,
    tolerance: TOLERANCES.exchange,
  },
  {
    fixture: 'exchange/nanobook-stops.json',
    functions: ['Exchange'],
    run: runStream,
    tolerance: TOLERANCES.exchange,
  },
  {
    fixture: 'exchange/nanobook-defects.json',
    functions: ['Exchange', 'MultiExchange', 'parseEvent', 'serializeEvent'],
    run: runDefect,
    tolerance: TOLERANCES.exchange,
  },
];
