/** The exchanges of several symbols: opened on first use, with one numbering of their events. */
import { checkInteger, checkKeys, nearestHint } from '../check.js';
import { digestParts } from '../digest.js';
import { UnknownSymbolError, ValidationError } from '../errors.js';
import type { SymbolEvent } from './event.js';
import { checkSymbol } from './event-line.js';
import { Exchange, type ExchangeJson, type ExchangeOptions } from './exchange.js';
import type { StpPolicy } from './types.js';

const MAX = Number.MAX_SAFE_INTEGER;
const KEYS = ['schemaVersion', 'stp', 'priceScale', 'nextSeq', 'exchanges'];

/** Several exchanges as plain data. */
export interface MultiExchangeJson {
  readonly schemaVersion: 1;
  readonly stp: StpPolicy;
  readonly priceScale: number;
  /** Number of the next event. */
  readonly nextSeq: number;
  /** In the order of first use. */
  readonly exchanges: readonly { readonly symbol: string; readonly exchange: ExchangeJson }[];
}

/** What a `MultiExchange` holds. */
export class SymbolExchanges {
  readonly options: Required<ExchangeOptions>;
  readonly bySymbol: Map<string, Exchange> = new Map();
  /** Shared by the exchanges: each event takes the next number. */
  private readonly sequence = { next: 1 };
  /** Hash of an exchange to which nothing has happened. */
  private readonly blank: string;

  constructor(options: ExchangeOptions) {
    const exchange = new Exchange(options);
    this.options = { stp: exchange.stp, priceScale: exchange.priceScale };
    this.blank = exchange.stateHash();
  }

  /** What `action` does with the exchange of a symbol. One that is opened for it stays only if it succeeds. */
  open<T>(symbol: string, action: (exchange: Exchange) => T): T {
    const known = this.bySymbol.get(checkSymbol(symbol));
    if (known !== undefined) return action(known);
    const opened = new Exchange(this.options, this.sequence);
    // It is known while the action runs, for the action may come back here.
    this.bySymbol.set(symbol, opened);
    try {
      return action(opened);
    } catch (error) {
      if (opened.events().length === 0) this.bySymbol.delete(symbol);
      throw error;
    }
  }

  /** The exchange of a symbol that was used before. */
  known(symbol: string): Exchange {
    const exchange = this.bySymbol.get(checkSymbol(symbol));
    if (exchange !== undefined) return exchange;
    const symbols = [...this.bySymbol.keys()];
    const fix = symbols.length === 0 ? 'submit an order to it first' : nearestHint(symbol, symbols);
    throw new UnknownSymbolError('symbol', symbol, 'a symbol that was used before', fix);
  }

  /** The events of all, by number. */
  events(): SymbolEvent[] {
    const all: SymbolEvent[] = [];
    for (const [symbol, exchange] of this.bySymbol) {
      for (const event of exchange.events()) all.push({ ...event, symbol });
    }
    return all.sort((a, b) => a.seq - b.seq);
  }

  /** Digest over the symbols to which anything has happened, sorted, and their hashes. */
  stateHash(): string {
    const used = [...this.bySymbol]
      .map(([symbol, exchange]) => ({ symbol, hash: exchange.stateHash() }))
      .filter(({ hash }) => hash !== this.blank)
      .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
    return digestParts([
      ['symbols', used.map(({ symbol }) => symbol)],
      ['hashes', used.map(({ hash }) => hash)],
    ]);
  }

  toJSON(): MultiExchangeJson {
    const exchanges = [...this.bySymbol].map(([symbol, exchange]) => ({
      symbol,
      exchange: exchange.toJSON(),
    }));
    return { schemaVersion: 1, ...this.options, nextSeq: this.sequence.next, exchanges };
  }

  static fromJSON(json: unknown): SymbolExchanges {
    checkKeys('json', json, KEYS);
    const fix = 'pass what toJSON gave';
    const { schemaVersion, stp, priceScale, nextSeq, exchanges } = json as MultiExchangeJson;
    if (schemaVersion !== 1) throw new ValidationError('json.schemaVersion', schemaVersion, '1', fix);
    if (!Array.isArray(exchanges)) throw new ValidationError('json.exchanges', exchanges, 'an array', fix);
    const all = new SymbolExchanges({ stp, priceScale });
    all.sequence.next = checkInteger('json.nextSeq', nextSeq, 1, MAX);
    for (const [i, entry] of (exchanges as MultiExchangeJson['exchanges']).entries()) {
      const field = `json.exchanges[${i}]`;
      checkKeys(field, entry, ['symbol', 'exchange']);
      const symbol = checkSymbol(entry.symbol);
      if (all.bySymbol.has(symbol))
        throw new ValidationError(`${field}.symbol`, symbol, 'each symbol once', fix);
      const exchange = Exchange.fromJSON(entry.exchange, all.sequence);
      if (exchange.stp !== all.options.stp || exchange.priceScale !== all.options.priceScale) {
        const own = `${exchange.stp}, ${exchange.priceScale}`;
        throw new ValidationError(`${field}.exchange`, own, `${stp}, ${priceScale}, as of all`, fix);
      }
      all.bySymbol.set(symbol, exchange);
    }
    return all;
  }
}
