/** Calls of an exchange as data: how they are made, shown, and what comes of them compared. */
import { NbError } from '../errors.js';
import type { QueueLevel } from '../exchange/types.js';
import type { ReferenceExchange } from '../reference/exchange.js';

/** The methods that change an exchange. */
export type Inputs = Pick<
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
  | 'clearTrades'
  | 'clearOrderHistory'
  | 'compact'
>;

/** The methods that look at one. */
type Views = Pick<
  ReferenceExchange,
  'getOrder' | 'getStopOrder' | 'bestBid' | 'bestAsk' | 'lastTradePrice' | 'trades' | 'pendingStopCount'
>;

/** The book, order by order. */
export interface Levels {
  readonly bids: readonly QueueLevel[];
  readonly asks: readonly QueueLevel[];
}

/** An exchange under test: the real one, or its slow twin. */
export interface Subject extends Inputs, Views {
  /** The twin's name of the book. */
  levels?(): Levels;
  fullBook?(): Levels;
  stateHash?(): string;
}

/** A call with arguments that the types allow. */
export type GoodCall = {
  [M in keyof Inputs]: { readonly method: M; readonly args: Parameters<Inputs[M]>; readonly bad?: false };
}[keyof Inputs];

/** A call with an argument that must be refused. */
export interface BadCall {
  readonly method: keyof Inputs;
  readonly args: readonly unknown[];
  readonly bad: true;
}

export type Call = GoodCall | BadCall;

/** What a call came to: the name of an error of ours, or what was returned. */
export interface Outcome {
  readonly error: string | null;
  readonly value: unknown;
}

/** Makes a call. Errors that are not of ours pass through, but those of bad calls. */
export function make(subject: Subject, call: Call): Outcome {
  const methods = subject as unknown as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  const frames = Error.stackTraceLimit;
  if (call.bad) Error.stackTraceLimit = 0; // a trace takes longer than the call
  try {
    return { error: null, value: methods[call.method]!(...call.args) };
  } catch (error) {
    if (error instanceof NbError || call.bad) return { error: (error as Error).name, value: null };
    throw error;
  } finally {
    if (call.bad) Error.stackTraceLimit = frames;
  }
}

/** The book of a subject. */
export function levelsOf(subject: Subject): Levels {
  if (subject.levels !== undefined) return subject.levels();
  const { bids, asks } = subject.fullBook!();
  return { bids, asks };
}

/** A call as one would write it. */
export function showCall({ method, args }: Call): string {
  return `${method}(${args.map(show).join(', ')})`;
}

/** A value in a message: as JSON, but for numbers and others that JSON does not have. */
export function show(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => `${key}: ${show(field)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** Whether two results are the same: every key, every number with its sign. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false;
    return true;
  }
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  let count = 0;
  for (const key in left) {
    if (!(key in right) || !same(left[key], right[key])) return false;
    count += 1;
  }
  for (const _ in right) count -= 1;
  return count === 0;
}
