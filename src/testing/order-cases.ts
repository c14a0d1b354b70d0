/**
 * The tables of docs/guide/8-order-semantics.md as a program: each row is a script of orders and what came of it.
 * The page explains the notation.
 */
import { NbError, ValidationError } from '../errors.js';
import type {
  CancelResult,
  ModifyResult,
  Order,
  QueueLevel,
  Side,
  StopOrder,
  StopResult,
  StpPolicy,
  SubmitResult,
  TimeInForce,
  Trade,
  Trail,
} from '../exchange/types.js';
import type { ReferenceExchange } from '../reference/exchange.js';

/** A row of a table. Every cell but the first is a list of code spans. */
export interface OrderCase {
  /** From 1. */
  readonly line: number;
  readonly rule: string;
  readonly script: readonly string[];
  readonly outcome: Outcome;
}

/** What a script left behind. */
export interface Outcome {
  /** To the last line of the script. */
  readonly answer: readonly string[];
  /** Of the whole script. */
  readonly trades: readonly string[];
  readonly book: readonly string[];
}

/** What a script needs of an exchange: `Exchange` and its slow twin both have it. */
export type CaseExchange = Pick<
  ReferenceExchange,
  | 'submitLimit'
  | 'submitMarket'
  | 'submitStopMarket'
  | 'submitStopLimit'
  | 'submitTrailingStopMarket'
  | 'submitTrailingStopLimit'
  | 'cancel'
  | 'modify'
  | 'onBar'
  | 'getOrder'
  | 'getStopOrder'
  | 'trades'
  | 'clearTrades'
  | 'clearOrderHistory'
>;

/** One side after the other, best price first, oldest order first. */
export interface CaseLevels {
  readonly bids: readonly QueueLevel[];
  readonly asks: readonly QueueLevel[];
}

/** An exchange and how to look at its book. */
export interface CaseEngine<E extends CaseExchange = CaseExchange> {
  readonly make: (stp: StpPolicy) => E;
  readonly levels: (exchange: E) => CaseLevels;
}

/** The first cell of the tables that are run. */
const HEADER = /^\| rule \|/;
const POLICIES: readonly string[] = ['off', 'cancel-newest', 'cancel-oldest', 'decrement-and-cancel'];

/** The rows of every table whose first column is called "rule". */
export function casesOf(markdown: string): OrderCase[] {
  const cases: OrderCase[] = [];
  let inTable = false;
  for (const [i, text] of markdown.split('\n').entries()) {
    if (!text.startsWith('|')) inTable = false;
    else if (HEADER.test(text)) inTable = true;
    else if (inTable && !/^\|\s*-/.test(text)) {
      const cells = text.slice(1, text.lastIndexOf('|')).split('|');
      if (cells.length !== 5) throw new Error(`line ${i + 1}: ${cells.length} cells, not 5: ${text}`);
      const [rule, script, answer, trades, book] = cells;
      cases.push({
        line: i + 1,
        rule: rule!.trim(),
        script: spansOf(script!),
        outcome: { answer: spansOf(answer!), trades: spansOf(trades!), book: spansOf(book!) },
      });
    }
  }
  return cases;
}

/** The code spans of a cell, which has nothing else but blanks; a dash stands for none. */
function spansOf(cell: string): string[] {
  if (cell.trim() === '–') return [];
  const rest = cell.replace(/`[^`]+`/g, '').trim();
  if (rest !== '') throw new Error(`only code spans stand in this cell, not ${rest}: ${cell}`);
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!);
}

/** Runs a script on a new exchange. An error of the last line is its answer; any other is thrown. */
export function runScript<E extends CaseExchange>(
  script: readonly string[],
  engine: CaseEngine<E>,
): { readonly exchange: E; readonly outcome: Outcome } {
  const first = /^default (\S+)$/.exec(script[0] ?? '');
  const exchange = engine.make((first?.[1] ?? 'off') as StpPolicy);
  let answer: string[] = [];
  for (const [i, line] of script.entries()) {
    if (i === 0 && first !== null) continue;
    try {
      answer = [answerTo(exchange, line)];
    } catch (error) {
      if (!(error instanceof NbError) || i < script.length - 1) throw error;
      answer = [error instanceof ValidationError ? `${error.name}: ${error.detail.field}` : error.name];
    }
  }
  const trades = exchange.trades().map(tradeText);
  return { exchange, outcome: { answer, trades, book: bookText(engine.levels(exchange), exchange) } };
}

function answerTo(exchange: CaseExchange, line: string): string {
  const words = line.split(' ');
  const [command, ...rest] = words;
  if (line === 'clear trades') return `${exchange.clearTrades()} forgotten`;
  if (line === 'clear history') return `${exchange.clearOrderHistory()} forgotten`;
  if (line === 'last trade') {
    const trade = exchange.trades().at(-1);
    return trade === undefined ? 'none' : `trade ${trade.id}: ${tradeText(trade)}, tick ${trade.timestamp}`;
  }
  if (command === 'order') return orderText(exchange.getOrder(idOf(rest[0])));
  if (command === 'stop') return stopText(exchange.getStopOrder(idOf(rest[0])));
  if (command === 'cancel') return resultText(exchange.cancel(idOf(rest[0])));
  if (command === 'bar') {
    const [high, low, close] = rest.map(valueOf) as [number, number, number];
    return firesText(exchange.onBar(high, low, close)) || 'nothing fires';
  }
  if (command === 'modify') {
    const parts = /^modify (#\S+) to (\S+) @ (\S+)$/.exec(line);
    if (parts === null) throw new Error(`not understood: ${line}`);
    return resultText(exchange.modify(idOf(parts[1]), valueOf(parts[3]!), valueOf(parts[2]!)));
  }
  return submit(exchange, line);
}

/** `<side> <quantity> @ <price> …`, `… market …` or `… stop <price> …`. */
function submit(exchange: CaseExchange, line: string): string {
  const words = line.split(' ');
  const next = (): string => {
    const word = words.shift();
    if (word === undefined) throw new Error(`a word is missing: ${line}`);
    return word;
  };
  const side = next() as Side;
  const quantity = valueOf(next());
  const kind = next();
  const price = kind === 'market' ? 0 : valueOf(next());
  let tif: TimeInForce | undefined;
  let limit: number | undefined;
  let trail: Trail | undefined;
  let limitOffset: number | undefined;
  const options: { owner?: number; stp?: StpPolicy; postOnly?: boolean } = {};
  while (words.length > 0) {
    const word = next();
    if (/^(?:gtc|ioc|fok)$/.test(word)) tif = word as TimeInForce;
    else if (word === 'tif') tif = next() as TimeInForce;
    else if (word === 'post-only') options.postOnly = true;
    else if (word === 'owner') options.owner = valueOf(next());
    else if (POLICIES.includes(word)) options.stp = word as StpPolicy;
    else if (word === 'policy') options.stp = next() as StpPolicy;
    else if (word === 'limit') limit = valueOf(next());
    else if (word === 'limit-offset') limitOffset = valueOf(next());
    else if (word === 'trail') trail = trailOf(next(), words);
    else throw new Error(`${word} is not understood: ${line}`);
  }
  if (kind === '@') return resultText(exchange.submitLimit(side, price, quantity, tif, options));
  if (kind === 'market') return resultText(exchange.submitMarket(side, quantity, options));
  if (kind !== 'stop') throw new Error(`${kind} is not understood: ${line}`);
  if (trail !== undefined && limitOffset !== undefined) {
    return stopResultText(
      exchange.submitTrailingStopLimit(side, price, quantity, trail, limitOffset, options),
    );
  }
  if (trail !== undefined) {
    return stopResultText(exchange.submitTrailingStopMarket(side, price, quantity, trail, options));
  }
  return stopResultText(
    limit === undefined
      ? exchange.submitStopMarket(side, price, quantity, options)
      : exchange.submitStopLimit(side, price, limit, quantity, tif, options),
  );
}

/** `5` is ticks, `5%` a part of the price, `2 atr 14` two average true ranges of 14 bars. */
function trailOf(word: string, words: string[]): Trail {
  if (word.endsWith('%')) return { kind: 'percentage', fraction: Number(`${word.slice(0, -1)}e-2`) };
  if (words[0] !== 'atr') return { kind: 'fixed', offset: valueOf(word) };
  const period = valueOf(words[1] ?? '');
  words.splice(0, 2);
  return { kind: 'atr', multiplier: valueOf(word), period };
}

function idOf(word: string | undefined): number {
  if (word === undefined || !word.startsWith('#')) throw new Error(`an id is missing: ${word}`);
  return valueOf(word.slice(1));
}

/** A number as it is written; in quotes a text, with an n at its end a bigint. */
function valueOf(word: string): number {
  if (/^'.*'$/.test(word)) return word.slice(1, -1) as unknown as number;
  if (/^-?\d+n$/.test(word)) return BigInt(word.slice(0, -1)) as unknown as number;
  if (!/^(?:-?\d+(?:\.\d+)?|NaN|Infinity)$/.test(word)) throw new Error(`not a number: ${word}`);
  return Number(word);
}

function tradeText(trade: Trade): string {
  return `#${trade.aggressorOrderId} takes ${trade.quantity} @ ${trade.price} from #${trade.passiveOrderId}`;
}

function firesText(ids: readonly number[]): string {
  return ids.length === 0 ? '' : `fires ${ids.map((id) => `#${id}`).join(' ')}`;
}

/** `10 filled, 5 resting`: the quantities that are not zero. */
function amountsText(amounts: readonly (readonly [quantity: number, word: string])[]): string {
  const told = amounts.filter(([quantity]) => quantity !== 0);
  return told.map(([quantity, word]) => `${quantity} ${word}`).join(', ');
}

function stateText(state: { readonly status: string; readonly reason: string | null }): string {
  return state.reason === null ? state.status : `${state.status} (${state.reason})`;
}

function resultText(result: SubmitResult | ModifyResult | CancelResult): string {
  const all = { filledQuantity: 0, restingQuantity: 0, keptPriority: false, triggered: [], ...result };
  const amounts = amountsText([
    [all.filledQuantity, 'filled'],
    [all.restingQuantity, 'resting'],
    [all.cancelledQuantity, 'cancelled'],
  ]);
  const place = all.keptPriority ? ', keeps its place' : '';
  const fires = firesText(all.triggered);
  return `${stateText(result)}${amounts && `: ${amounts}`}${place}${fires && `; ${fires}`}`;
}

function stopResultText({ status, triggered }: StopResult): string {
  return triggered.length === 0 ? status : `${status}; ${firesText(triggered)}`;
}

function orderText(order: Order | null): string {
  if (order === null) return 'none';
  const amounts = amountsText([
    [order.filledQuantity, 'filled'],
    [order.remainingQuantity, 'resting'],
    [order.cancelledQuantity, 'cancelled'],
  ]);
  const kind = order.price === null ? 'market' : `@ ${order.price}`;
  return `${order.side} ${order.quantity} ${kind}: ${stateText(order)}, ${amounts}, tick ${order.timestamp}`;
}

function stopText(stop: StopOrder | null): string {
  if (stop === null) return 'none';
  const seen = stop.watermark === null ? '' : `, watermark ${stop.watermark}`;
  return `${stop.side} ${stop.quantity} stop ${stop.stopPrice}: ${stop.status}${seen}`;
}

/** Open orders in priority order, bids first, then the pending stops by id. */
function bookText({ bids, asks }: CaseLevels, exchange: CaseExchange): string[] {
  const out: string[] = [];
  for (const [side, levels] of [['buy', bids] as const, ['sell', asks] as const]) {
    for (const { price, orders } of levels) {
      for (const { id, quantity } of orders) out.push(`${side} ${quantity} @ ${price} #${id}`);
    }
  }
  for (let id = 1; id <= 100; id++) {
    const stop = exchange.getStopOrder(id);
    if (stop?.status === 'pending') out.push(`${stop.side} ${stop.quantity} stop ${stop.stopPrice} #${id}`);
  }
  return out;
}
