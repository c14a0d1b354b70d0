/** The order-event log as JSONL: events and trades to lines and back. The format: docs/guide/9-order-log.md. */
import { checkBoolean, checkInteger, checkKeys, checkOneOf } from '../check.js';
import { type DataPlace, ValidationError } from '../errors.js';
import type { Event, SymbolEvent } from './event.js';
import {
  EVENT_FORMS,
  EVENT_KEYS,
  EVENT_TYPES,
  type Field,
  SIDES,
  STP_POLICIES,
  TIMES_IN_FORCE,
  TRAIL_FORMS,
} from './event-fields.js';
import { atLine, checkSymbol, checkTogether, eventOfLine } from './event-line.js';
import { EventReader, type TornLine } from './event-reader.js';
import { EventRecorder } from './event-recorder.js';
import { checkOwner } from './owners.js';
import { checkTrail } from './trail.js';

const MAX = Number.MAX_SAFE_INTEGER;
/** Where a line stands, and the number of its event. */
export interface EventPlace extends DataPlace {
  /** Number of the event, from 1. Default 1. */
  readonly seq?: number;
}

/** What `eventsFromJsonl` gives. */
export interface EventLog {
  /** Numbered from 1 over the whole log, those of several symbols too. */
  readonly events: readonly (Event | SymbolEvent)[];
  /** The last line, if it was cut off while it was written; it is not among the events. */
  readonly tornLastLine: TornLine | null;
}

/**
 * One line of JSON for an event, without line end: its type, its symbol if it has one, its fields in the order of the
 * format, and of owner, policy and post-only what is not the default. The number (`seq`) is not written: lines count.
 *
 * Throws `ValidationError` for an event that an exchange would not have logged.
 */
export function serializeEvent(event: Event | SymbolEvent): string {
  if (typeof event !== 'object' || event === null) {
    throw new ValidationError('event', event, 'an object with a type', 'pass an event of exchange.events()');
  }
  const type = checkOneOf('event.type', event.type, EVENT_TYPES);
  const form = EVENT_FORMS.get(type)!;
  checkKeys('event', event, EVENT_KEYS.get(type)!);
  const values = event as unknown as Readonly<Record<string, unknown>>;
  let line = `{"type":"${type}"`;
  if ('symbol' in event) line += `,"symbol":${JSON.stringify(checkSymbol(event.symbol))}`;
  for (const field of form.required) {
    line += `,"${field.wire}":${written(field, values[field.key])}`;
  }
  for (const field of form.optional) {
    const value = values[field.key];
    const text = written(field, value);
    if (value !== null && value !== 'off' && value !== false) line += `,"${field.wire}":${text}`;
  }
  checkTogether(event);
  return `${line}}`;
}

/**
 * The event of one line: what `serializeEvent` writes, keys in any order.
 *
 * line   a JSON object; `schema_version` "1.0" and a whole `timestamp` may be in it and are left out of the event
 * place  `file` and `row` for messages, `seq` for the event
 *
 * Throws `SchemaError` that names line, field, value, constraint and fix; no number is ever rounded.
 */
export function parseEvent(line: string, place: EventPlace = {}): Event | SymbolEvent {
  const { seq = 1, ...where } = place;
  checkInteger('place.seq', seq, 1, MAX);
  if (typeof line !== 'string') throw new ValidationError('line', line, 'a text', 'pass one line of a log');
  try {
    return eventOfLine(line, seq);
  } catch (error) {
    throw atLine(error, { row: 1, ...where });
  }
}

/**
 * The log of some events, a line each, the last one with a line end too; empty for none.
 *
 * Throws as `serializeEvent` does, and `ValidationError` where some events have a symbol and others none.
 */
export function eventsToJsonl(events: Iterable<Event | SymbolEvent>): string {
  let log = '';
  for (const line of eventLines(events)) log += `${line}\n`;
  return log;
}

/** The same line by line, without the ends. */
export function* eventLines(events: Iterable<Event | SymbolEvent>): Generator<string> {
  let first: boolean | undefined;
  for (const event of events) {
    const line = serializeEvent(event);
    const named = 'symbol' in event;
    first ??= named;
    if (named !== first) {
      const constraint = 'in every event of a log or in none';
      throw new ValidationError(
        'event.symbol',
        named ? event.symbol : undefined,
        constraint,
        'write two logs',
      );
    }
    yield line;
  }
}

/**
 * The events of a log.
 *
 * log      text, or the bytes of UTF-8 text; a byte order mark, CR LF, blank lines at the end and a first line
 *          `{"schema_version":"1.0"}` are allowed
 * options  `file`: what messages call it
 *
 * A last line that has no line end and is the start of an object was cut off: it is left out and told. Throws
 * `SchemaError` for any other line that is no event. About 1 µs an event.
 */
export function eventsFromJsonl(
  log: string | Uint8Array,
  options: { readonly file?: string } = {},
): EventLog {
  checkKeys('options', options, ['file']);
  const recorder = new EventRecorder();
  const reader = new EventReader((symbol) => recorder.target(symbol), options);
  reader.push(bytesOf(log));
  const tornLastLine = reader.end();
  return { events: recorder.events, tornLastLine };
}

/** The bytes of a log. Half a character of UTF-16 has none, and would become another character. */
export function bytesOf(log: string | Uint8Array): Uint8Array {
  if (log instanceof Uint8Array) return log;
  if (typeof log !== 'string') {
    throw new ValidationError('log', log, 'a text or a Uint8Array', 'pass the content of a log');
  }
  if (/\p{Surrogate}/u.test(log)) {
    throw new ValidationError(
      'log',
      'half a surrogate pair',
      'well-formed text',
      'write it as \\u and four digits',
    );
  }
  return new TextEncoder().encode(log);
}

/** The JSON of a value of an event, checked. */
function written({ key, kind }: Field, value: unknown): string {
  const field = `event.${key}`;
  switch (kind) {
    case 'side':
      return wordText(field, value, SIDES);
    case 'timeInForce':
      return wordText(field, value, TIMES_IN_FORCE);
    case 'stpPolicy':
      return wordText(field, value, STP_POLICIES);
    case 'owner':
      return String(checkOwner(field, value));
    case 'flag':
      return String(checkBoolean(field, value));
    case 'trail': {
      const trail = checkTrail(field, value);
      const values = trail as unknown as Readonly<Record<string, number>>;
      const parts = TRAIL_FORMS.get(trail.kind)!.map((name) => `,"${name}":${values[name]}`);
      return `{"kind":"${trail.kind}"${parts.join('')}}`;
    }
    default:
      return String(checkInteger(field, value, 1, MAX));
  }
}

function wordText(field: string, value: unknown, words: readonly (readonly [string, string])[]): string {
  for (const [text, word] of words) if (value === word) return `"${text}"`;
  const known = words.map(([, word]) => word);
  return checkOneOf(field, value, known);
}
