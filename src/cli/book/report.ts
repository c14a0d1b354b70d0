/** What `book replay` prints: tables, or one JSON document with the same facts. */
import { palette } from '../../report/color.js';
import { clip, stripTerminal } from '../../report/escape.js';
import { numberText } from '../../report/format.js';
import { textTable } from '../../report/table.js';
import type { BookFacts } from './tally.js';

/** A replay that is done. */
export interface ReplayFacts {
  /** The log as the user calls it. */
  readonly file: string;
  /** Of its bytes, in hex. */
  readonly sha256: string;
  readonly events: number;
  readonly counts: ReadonlyMap<string, number>;
  /** Of all exchanges together. */
  readonly stateHash: string;
  readonly books: readonly BookFacts[];
  /** Line of the file that was left out; null for none. */
  readonly tornLine: number | null;
}

/** Characters of a symbol in a table. */
const SYMBOL_SHOWN = 24;
/** Raised when a field changes its name or meaning. */
const SCHEMA_VERSION = 1;

/** Tables for a terminal; the last line ends with a newline. */
export function replayText(
  facts: ReplayFacts,
  options: { readonly color: boolean; readonly width: number },
): string {
  const colors = palette(options.color);
  const { books, counts, events, tornLine } = facts;
  const several = books.length > 1 || books[0]?.symbol !== null;
  const head = [
    colors.strong(colors.accent(clip(stripTerminal(facts.file), options.width))),
    colors.faint(`${count(events, 'event')}${several ? ` of ${count(books.length, 'symbol')}` : ''}`),
    ...(tornLine === null
      ? []
      : [`Line ${numberText(tornLine, 0)} was cut off while it was written, and is left out.`]),
  ];
  const rows = [...counts].map(([type, n]) => [`  ${type}`, numberText(n, 0)]);
  return `${[
    head.join('\n'),
    textTable(['Events', ''], rows, colors),
    several ? symbolTable(books, colors) : bookTable(books[0]!, colors),
    `State hash ${facts.stateHash}`,
  ].join('\n\n')}\n`;
}

type Colors = ReturnType<typeof palette>;

/** Everything about one book, a line each. */
function bookTable(book: BookFacts, colors: Colors): string {
  return textTable(
    ['Book', ''],
    [
      ['  Orders', numberText(book.orders, 0)],
      ['  Trades', numberText(book.trades, 0)],
      ['  Volume', grouped(book.volume)],
      ['  Resting orders', numberText(book.restingOrders, 0)],
      ['  Bid levels', numberText(book.bidLevels, 0)],
      ['  Ask levels', numberText(book.askLevels, 0)],
      ['  Pending stops', numberText(book.pendingStops, 0)],
      ['  Best bid', numberText(book.bestBid, 0)],
      ['  Best ask', numberText(book.bestAsk, 0)],
      ['  Last price', numberText(book.lastPrice, 0)],
    ],
    colors,
  );
}

/** A row for each symbol, and their sums. */
function symbolTable(books: readonly BookFacts[], colors: Colors): string {
  const sum = (of: (book: BookFacts) => number): string =>
    numberText(
      books.reduce((total, book) => total + of(book), 0),
      0,
    );
  const rows = books.map((book) => [
    `  ${clip(stripTerminal(book.symbol ?? ''), SYMBOL_SHOWN)}`,
    numberText(book.events, 0),
    numberText(book.orders, 0),
    numberText(book.trades, 0),
    grouped(book.volume),
    numberText(book.restingOrders, 0),
    numberText(book.bidLevels + book.askLevels, 0),
    numberText(book.pendingStops, 0),
    numberText(book.bestBid, 0),
    numberText(book.bestAsk, 0),
    numberText(book.lastPrice, 0),
  ]);
  const total = [
    '  All',
    sum(({ events }) => events),
    sum(({ orders }) => orders),
    sum(({ trades }) => trades),
    grouped(books.reduce((all, { volume }) => all + volume, 0n)),
    sum(({ restingOrders }) => restingOrders),
    sum(({ bidLevels, askLevels }) => bidLevels + askLevels),
    sum(({ pendingStops }) => pendingStops),
  ];
  const columns = [
    'Events',
    'Orders',
    'Trades',
    'Volume',
    'Resting',
    'Levels',
    'Stops',
    'Bid',
    'Ask',
    'Last',
  ];
  return textTable(['Symbol', ...columns], [...rows, [...total, '', '', '']], colors);
}

/** `1 event`, `2,000 events`. */
export function count(n: number, word: string): string {
  return `${numberText(n, 0)} ${word}${n === 1 ? '' : 's'}`;
}

/** An integer of any size with its thousands in groups of three. */
function grouped(value: bigint): string {
  const digits = String(value);
  const first = digits.length % 3;
  const groups = digits.slice(first).match(/\d{3}/g) ?? [];
  return [...(first === 0 ? [] : [digits.slice(0, first)]), ...groups].join(',');
}

/**
 * One line of JSON and a newline; keys always in the same order. Prices are ticks, quantities units, all of them
 * integers; a volume beyond 2^53 - 1 is null, and `volumeReason` has its digits.
 */
export function replayJson(facts: ReplayFacts): string {
  const document = {
    schemaVersion: SCHEMA_VERSION,
    file: { name: facts.file, sha256: facts.sha256 },
    events: facts.events,
    eventsByType: Object.fromEntries(facts.counts),
    stateHash: facts.stateHash,
    tornLine: facts.tornLine,
    books: facts.books.map(({ volume, ...book }) => {
      const { symbol, events, orders, trades, ...rest } = book;
      return { symbol, events, orders, trades, ...volumeFields(volume), ...rest };
    }),
  };
  return `${JSON.stringify(document)}\n`;
}

function volumeFields(volume: bigint): { volume: number | null; volumeReason?: string } {
  if (volume <= BigInt(Number.MAX_SAFE_INTEGER)) return { volume: Number(volume) };
  return { volume: null, volumeReason: `beyond 2^53 - 1: ${volume}` };
}
