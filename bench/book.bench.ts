/** The exchange on a million orders, in its batch form and call by call, against nanobook. */
import {
  Book,
  type BookCommands,
  eventsToJsonl,
  Exchange,
  replayInto,
  type Side,
} from '../src/exchange/index.js';
import { CANCEL, LEVELS, LIMIT, MID, orderStream } from './order-stream.js';
import { type Bench, type BenchCase, type Check, job, type Kernel, type PeerUse } from './harness.js';
import type { Input } from './inputs.js';

const SIDES: readonly Side[] = ['buy', 'sell'];

/** The columns of a stream as both sides read them. */
function streamInput(operations: number, openOrders?: number): () => Input {
  return () => {
    const options = { operations, seed: 1, ...(openOrders === undefined ? {} : { openOrders }) };
    const { kind, side, price, quantity, orderId } = orderStream(options);
    const columns = Object.entries({ kind, side, price, quantity, orderId });
    return Object.fromEntries(
      columns.map(([name, column]) => [name, { data: Float64Array.from(column), rows: operations, cols: 1 }]),
    );
  };
}

type Columns = readonly [
  kind: Float64Array,
  side: Float64Array,
  price: Float64Array,
  quantity: Float64Array,
  id: Float64Array,
];

function columnsOf({ kind, side, price, quantity, orderId }: Input): Columns {
  return [kind, side, price, quantity, orderId].map(({ data }) => data) as unknown as Columns;
}

/** Sends one operation. */
function send(
  exchange: Exchange,
  [kind, side, price, quantity, id]: Columns,
  i: number,
  firstId: number,
): void {
  if (kind[i] === LIMIT) exchange.submitLimit(SIDES[side[i]], price[i], quantity[i]);
  else if (kind[i] === CANCEL) exchange.cancel(id[i] + firstId);
  else exchange.submitMarket(SIDES[side[i]], quantity[i]);
}

function best(book: Book | Exchange): Check {
  return { bestBid: book.bestBid() ?? 0, bestAsk: book.bestAsk() ?? 0 };
}

function bookCheck(exchange: Exchange): Check {
  let notional = 0;
  const trades = exchange.trades();
  for (const { price, quantity } of trades) notional += price * quantity;
  return { trades: trades.length, notional, ...best(exchange) };
}

const batch: Kernel = (input) => {
  const [kind, side, price, quantity, id] = columnsOf(input);
  const op = Uint8Array.from(kind, (code, i) => code + 4 * side[i]);
  const commands: BookCommands = { op, price, quantity, id };
  // The memory of a book is made once, and serves every run.
  const book = new Book({ orders: 16_384, trades: 524_288 });
  return job(
    () => {
      book.clear();
      book.run(commands);
      return book;
    },
    (book) => {
      let notional = 0;
      const rows = book.tradeRows;
      for (let row = 0; row < rows.length; row += 6) notional += rows[row] * rows[row + 1];
      return { trades: book.tradeCount, notional, ...best(book) };
    },
  );
};

const calls: Kernel = (input, params) => {
  const columns = columnsOf(input);
  const stops = Number(params.stops ?? 0);
  return job(() => {
    const exchange = new Exchange();
    for (let i = 0; i < stops; i++) {
      const away = LEVELS + 1 + (i >>> 1);
      exchange.submitStopMarket(SIDES[i & 1], i % 2 === 0 ? MID + away : MID - away, 1);
    }
    for (let i = 0; i < input.kind.rows; i++) send(exchange, columns, i, stops);
    return exchange;
  }, bookCheck);
};

/** Bids at falling prices, a stop at each but every 101st, and orders that set off a hundred stops each. */
const cascade: Kernel = (_, params) => {
  const stops = Number(params.stops);
  const top = 10 * stops;
  const bids = (stops / 100) * 101;
  return job(() => {
    const exchange = new Exchange();
    for (let i = 0; i < bids; i++) exchange.submitLimit('buy', top - i, 1);
    for (let i = 0; i < bids; i++) if (i % 101 < 100) exchange.submitStopMarket('sell', top - i, 1);
    for (let i = 0; i < stops; i += 100) exchange.submitMarket('sell', 1);
    return exchange;
  }, bookCheck);
};

const replay: Kernel = (input) => {
  const columns = columnsOf(input);
  const live = new Exchange();
  for (let i = 0; i < input.kind.rows; i++) send(live, columns, i, 0);
  const log = new TextEncoder().encode(eventsToJsonl(live.events()));
  return job(() => {
    const exchange = new Exchange();
    replayInto(exchange, log);
    return exchange;
  }, bookCheck);
};

/**
 * Each call between two readings of the clock. What the clock itself takes is the median of as many readings with
 * nothing between them; it is subtracted. The collector's pauses and the machine's other work are in.
 */
const latency: Kernel = (input) => {
  const columns = columnsOf(input);
  const count = input.kind.rows;
  const times = new Float64Array(count);
  const clock = new Float64Array(count);
  return job(
    () => {
      const exchange = new Exchange();
      for (let i = 0; i < count; i++) {
        const start = performance.now();
        clock[i] = performance.now() - start;
      }
      for (let i = 0; i < count; i++) {
        const start = performance.now();
        send(exchange, columns, i, 0);
        times[i] = performance.now() - start;
      }
    },
    () => {
      const idle = clock.toSorted()[count >>> 1];
      const sorted = times.toSorted();
      const nanoseconds = (place: number): number => Math.max(0, (sorted[Math.floor(place)] - idle) * 1e6);
      return {
        p50: nanoseconds(count * 0.5),
        p99: nanoseconds(count * 0.99),
        p999: nanoseconds(count * 0.999),
        clock: idle * 1e6,
      };
    },
  );
};

function nanobook(kernel: string, what: string): PeerUse {
  const fields = ['trades', 'notional', 'bestBid', 'bestAsk'];
  return { script: 'nanobook', kernel, what, agree: { fields, relative: 0 } };
}

const NANOBOOK = nanobook(
  'orders',
  'Exchange.submit_limit, submit_market and cancel from a loop in Python over lists',
);
const MIX = '60 % limit orders over 200 prices, 25 % cancels, 15 % marketable';

function batchOf(operations: number): BenchCase {
  return {
    name: `batch-${operations}`,
    title: `batch form, ${operations.toLocaleString('en-US')} operations: ${MIX}; about 10,000 orders open`,
    kernel: 'batch',
    makeInput: streamInput(operations),
    cells: operations,
  };
}

const MILLION = 1_000_000;

export const bench: Bench = {
  name: 'book',
  kernels: { batch, calls, cascade, replay, latency },
  cases: [
    batchOf(10_000),
    batchOf(100_000),
    {
      ...batchOf(MILLION),
      peers: [NANOBOOK],
      quoted: [
        { who: 'nanobook, native Rust, by its own account 2.5 M operations/s', ms: 400 },
        { who: 'a bare array loop in Rust that keeps no trades, 42 M operations/s', ms: 23.8 },
        { who: 'the same at its best, 55 M operations/s', ms: 18.2 },
      ],
    },
    {
      name: 'batch-growing',
      title: `batch form, 1,000,000 operations: ${MIX}; the book grows to 200,000 open orders`,
      kernel: 'batch',
      makeInput: streamInput(MILLION, Infinity),
      peers: [NANOBOOK],
      cells: MILLION,
    },
    {
      name: 'calls-1000000',
      title: `one call of Exchange an operation, results and events kept: ${MIX}`,
      kernel: 'calls',
      makeInput: streamInput(MILLION),
      peers: [NANOBOOK],
      cells: MILLION,
    },
    {
      name: 'latency',
      title: 'the same, each call between two readings of the clock',
      kernel: 'latency',
      makeInput: streamInput(MILLION),
      latency: true,
    },
    {
      name: 'replay-1000000',
      title: 'JSONL of 1,000,000 events from bytes into an exchange',
      kernel: 'replay',
      makeInput: streamInput(MILLION),
      cells: MILLION,
    },
    {
      name: 'stops-pending',
      title: '100,000 operations after 10,000 stops that stay pending',
      kernel: 'calls',
      params: { stops: 10_000 },
      makeInput: streamInput(100_000),
      peers: [NANOBOOK],
      cells: 110_000,
    },
    {
      name: 'stops-cascade',
      title:
        '10,100 bids, 10,000 stops and 100 orders that set off a hundred stops each, one after the other',
      kernel: 'cascade',
      params: { stops: 10_000 },
      peers: [nanobook('cascade', 'Exchange.submit_limit, submit_stop_market and submit_market')],
      cells: 20_200,
    },
  ],
};
