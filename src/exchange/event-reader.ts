/** Reads an order-event log from bytes that come in pieces, and gives each event to its exchange at once. */
import { type DataPlace, ValidationError } from '../errors.js';
import { NameCache } from '../series/table/name-cache.js';
import { EVENT_TYPES, type EventType } from './event-fields.js';
import { atLine, checkSymbol, eventOf, isHeader } from './event-line.js';
import { EventRows } from './event-rows.js';
import { clipped, isCutOff, parseLine } from './json-line.js';
import { applyRouted, type EventRoute, type OrderTarget } from './order-target.js';

/** A last line that was cut off while it was written. */
export interface TornLine {
  /** Its number in the file, from 1. */
  readonly row: number;
  /** Its start, up to 80 characters. */
  readonly text: string;
}

/** Options of `EventReader`. */
export interface EventReaderOptions {
  /** Names the log in messages. */
  readonly file?: string;
}

const LF = 10;
/** Longest line that is read. */
const LINE_BYTES_MAX = 1_000_000;
const TORN_SHOWN = 80;
const LINE_SHOWN = 61;
const MARK = [0xef, 0xbb, 0xbf];
const BLANK = /^[ \t\r]*$/;
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A reader of one log. Common lines go from their bytes to the exchange; every other line is parsed in full, and only
 * there are mistakes found. Both ways give the same, and so do pieces of any size.
 *
 * After an error the reader is of no more use; the lines above have been applied, nothing of the line itself.
 */
export class EventReader {
  /** Events read so far. */
  events = 0;
  readonly #route: EventRoute;
  readonly #file: string | undefined;
  readonly #rows: EventRows = new EventRows();
  readonly #counts: Float64Array = new Float64Array(EVENT_TYPES.length + 1);
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #length = 0;
  /** Lines that are done. */
  #lines = 0;
  /** The first of the blank lines that nothing has followed yet; 0 for none. */
  #blank = 0;
  #ended = false;
  /** The only target of a log without symbols. */
  #single: OrderTarget | undefined;
  readonly #targets: Map<string, OrderTarget> = new Map();
  /** Made at the first symbol: it is large. */
  #names: NameCache | undefined;
  /** Targets by the number that `#names` has for their symbol. */
  readonly #named: OrderTarget[] = [];

  /**
   * route    gives the exchange of a symbol, of null for a log without symbols; asked once for each
   * options  `file`: what messages call the log
   */
  constructor(route: EventRoute, options: EventReaderOptions = {}) {
    this.#route = route;
    this.#file = options.file;
  }

  /** How many events of each type were read so far; types without any are left out. */
  counts(): ReadonlyMap<EventType, number> {
    const all = EVENT_TYPES.map((type, i) => [type, this.#counts[i + 1]!] as const);
    return new Map(all.filter(([, count]) => count > 0));
  }

  /**
   * Takes the next piece of the log; the caller may reuse it afterwards.
   *
   * Throws `SchemaError` for a line that is no event or that the exchange refuses: file, line, field, value, constraint
   * and fix; `OverflowError` where the open quantity of a side would pass 2^53 - 1.
   */
  push(piece: Uint8Array): void {
    if (this.#ended) throw new ValidationError('piece', piece, 'given before the end', 'make a new reader');
    this.#append(piece);
    this.#atLine(() => {
      if (piece.includes(LF)) this.#scan();
      const from = this.#lineStart();
      if (this.#length - from > LINE_BYTES_MAX) throw tooLong(this.#bytes.subarray(from, this.#length));
    });
  }

  /**
   * After the last piece: takes the line that has no line end. If it is the start of an object it was cut off while it
   * was written: it is left out and given back, else null. Throws as `push` does.
   */
  end(): TornLine | null {
    this.#ended = true;
    const from = this.#lineStart();
    if (from >= this.#length) return null;
    const bytes = this.#bytes.subarray(from, this.#length);
    // The cut may have gone through a character.
    const text = textOf(bytes, true);
    if (text !== undefined && isCutOff(text)) return { row: this.#lines + 1, text: lossy(bytes, TORN_SHOWN) };
    this.#atLine(() => this.#takeLine(from, this.#length));
    return null;
  }

  /** Does what may find a mistake in the line that is being read. */
  #atLine(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#ended = true;
      throw atLine(error, this.#place(this.#lines + 1));
    }
  }

  #place(row: number): DataPlace {
    return { ...(this.#file === undefined ? {} : { file: this.#file }), row };
  }

  #append(piece: Uint8Array): void {
    const rest = this.#length - this.#start;
    const needed = rest + piece.length + 1;
    if (this.#length + piece.length + 1 > this.#bytes.length) {
      const old = this.#bytes;
      // Half of the buffer stays free, so that small pieces rarely move what is there.
      if (2 * needed > old.length) this.#bytes = new Uint8Array(2 * needed);
      if (this.#bytes === old) old.copyWithin(0, this.#start, this.#length);
      else this.#bytes.set(old.subarray(this.#start, this.#length));
      this.#start = 0;
      this.#length = rest;
    }
    this.#bytes.set(piece, this.#length);
    this.#length += piece.length;
    // Stands after the last byte and ends every row there.
    this.#bytes[this.#length] = 0;
  }

  /** Where the line that is being read starts: in the first line behind the byte order mark. */
  #lineStart(): number {
    const from = this.#start;
    return this.#lines === 0 && MARK.every((byte, k) => this.#bytes[from + k] === byte) ? from + 3 : from;
  }

  /** Takes every whole line of the buffer. */
  #scan(): void {
    const bytes = this.#bytes;
    const rows = this.#rows;
    let i = this.#lineStart();
    for (;;) {
      let end = rows.scan(bytes, i);
      if (end === 0 || end - i > LINE_BYTES_MAX || !this.#takeRow()) {
        end = bytes.indexOf(LF, i);
        if (end < 0 || end >= this.#length) break;
        this.#takeLine(i, end);
      }
      this.#lines += 1;
      i = end + 1;
    }
    this.#start = i;
  }

  /** Takes the row that was scanned; false where it must be read in full. */
  #takeRow(): boolean {
    const rows = this.#rows;
    const target = rows.symbolStart < 0 ? this.#single : this.#rowTarget();
    if (target === undefined || this.#blank !== 0 || !rows.feed(target)) return false;
    this.#counts[rows.type]! += 1;
    this.events += 1;
    return true;
  }

  /** The exchange of the row's symbol if it has been seen. */
  #rowTarget(): OrderTarget | undefined {
    const names = this.#names;
    if (names === undefined) return undefined;
    const { symbolStart, symbolLength } = this.#rows;
    const slot = names.slotOf(this.#bytes, symbolStart, symbolLength);
    const id = names.find(slot, this.#bytes, symbolStart, symbolLength);
    return id < 0 ? undefined : this.#named[id];
  }

  /** The exchange of an event that was read in full. */
  #target(symbol: string | undefined): OrderTarget {
    if (symbol === undefined ? this.#targets.size > 0 : this.#single !== undefined) {
      const constraint =
        symbol === undefined ? 'given, as in the lines above' : 'left out, as in the lines above';
      throw new ValidationError('symbol', symbol, constraint, 'write it in every line of a log or in none');
    }
    if (symbol === undefined) return (this.#single ??= this.#route(null));
    const known = this.#targets.get(symbol);
    if (known !== undefined) return known;
    const target = this.#route(checkSymbol(symbol));
    this.#targets.set(symbol, target);
    const bytes = new TextEncoder().encode(symbol);
    const names = (this.#names ??= new NameCache());
    const id = names.remember(names.slotOf(bytes, 0, bytes.length), symbol, bytes, 0, bytes.length);
    if (id >= 0) this.#named[id] = target;
    return target;
  }

  /** Takes the line from `from` to `to` in full. */
  #takeLine(from: number, to: number): void {
    const bytes = this.#bytes.subarray(from, to);
    if (bytes.length > LINE_BYTES_MAX) throw tooLong(bytes);
    const text = textOf(bytes);
    if (text === undefined) {
      const fix = 'save the log as UTF-8; unpack it if it is packed';
      throw new ValidationError('line', notText(bytes), 'UTF-8 text', fix);
    }
    if (BLANK.test(text)) {
      if (this.#blank === 0) this.#blank = this.#lines + 1;
      return;
    }
    if (this.#blank !== 0) {
      const error = new ValidationError(
        'line',
        '',
        'an event',
        'take it out: only the end may have blank lines',
      );
      throw atLine(error, this.#place(this.#blank));
    }
    const fields = parseLine(text);
    if (this.#lines === 0 && isHeader(fields)) return;
    const event = eventOf(fields, this.events + 1);
    applyRouted(this.#target('symbol' in event ? event.symbol : undefined), event);
    this.#counts[EVENT_TYPES.indexOf(event.type) + 1]! += 1;
    this.events += 1;
  }
}

/** The text of some bytes; undefined where they are not UTF-8. `cut`: but for the start of a character at the end. */
function textOf(bytes: Uint8Array, cut = false): string | undefined {
  try {
    if (!cut) return STRICT.decode(bytes);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** The first characters of a line, whatever its bytes are. */
function lossy(bytes: Uint8Array, characters: number): string {
  const start = bytes.subarray(0, 4 * characters);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(start).slice(0, characters);
}

/** The start of a line that is not UTF-8: as text where it looks like text, else its bytes in hex. */
function notText(bytes: Uint8Array): string {
  const text = clipped(lossy(bytes, LINE_SHOWN));
  if (!/(?![\t\r])\p{Cc}/u.test(text)) return text;
  return `bytes ${Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
}

function tooLong(line: Uint8Array): ValidationError {
  const constraint = `at most ${LINE_BYTES_MAX} bytes long`;
  const start = clipped(lossy(line, LINE_SHOWN));
  return new ValidationError('line', start, constraint, 'write one event a line');
}
