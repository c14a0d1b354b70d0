/** From the fields of a line to the event they mean: everything is checked, nothing is rounded or guessed. */
import { nearestHint } from '../check.js';
import { type DataPlace, NbError, OverflowError, SchemaError, ValidationError } from '../errors.js';
import type { Event, SymbolEvent } from './event.js';
import {
  EVENT_FORMS,
  EVENT_TYPES,
  type EventForm,
  type EventType,
  type Field,
  SCHEMA_VERSION,
  SIDES,
  STP_POLICIES,
  SYMBOL_MAX,
  TIMES_IN_FORCE,
  TRAIL_FORMS,
} from './event-fields.js';
import { type JsonFields, type JsonValue, NumberText, parseLine, refusal, shortName } from './json-line.js';
import { TRAIL_PERIOD_MAX } from './trail.js';

const MAX = Number.MAX_SAFE_INTEGER;
const WHOLE = `an integer from 1 to ${MAX}`;

/** What stands at the start of a file and is no event: `{"schema_version":"1.0"}`. */
export function isHeader(fields: JsonFields): boolean {
  if (fields.size !== 1 || !fields.has('schema_version')) return false;
  checkVersion(fields.get('schema_version')!);
  return true;
}

/**
 * The event of a line.
 *
 * fields  what `parseLine` gave
 * seq     its number
 *
 * Throws `ValidationError`: which field, what came, what is needed, and the nearest known word.
 */
export function eventOf(fields: JsonFields, seq: number): Event | SymbolEvent {
  const form = formOf(fields);
  for (const [wire, value] of fields) {
    if (!form.wires.includes(wire)) {
      const known = `a field of ${form.type} (${form.wires.join(', ')})`;
      throw refusal(shortName(wire), value, known, nearestHint(wire, form.wires));
    }
  }
  const event: Record<string, unknown> = { type: form.type, seq };
  const version = fields.get('schema_version');
  if (version !== undefined) checkVersion(version);
  const clock = fields.get('timestamp');
  if (clock !== undefined) checkClock(clock);
  const symbol = fields.get('symbol');
  if (symbol !== undefined) event['symbol'] = checkSymbol(symbol);
  for (const field of form.required) {
    const value = fields.get(field.wire);
    if (value === undefined) throw missing(field, form.type);
    event[field.key] = valueOf(field, value);
  }
  for (const field of form.optional) {
    const value = fields.get(field.wire);
    event[field.key] = value === undefined ? defaultOf(field) : valueOf(field, value);
  }
  // Every field of the form was read by its kind.
  const read = event as unknown as Event;
  checkTogether(read);
  return read;
}

/** The event of a line of text. */
export function eventOfLine(line: string, seq: number): Event | SymbolEvent {
  return eventOf(parseLine(line), seq);
}

/** What an event may not be though each of its fields may; shared by reading and writing. */
export function checkTogether(event: Event): void {
  if (event.type === 'SubmitLimit' && event.postOnly && event.timeInForce !== 'gtc') {
    const word = event.timeInForce.toUpperCase();
    throw new ValidationError(
      'post_only',
      true,
      `false in an order that is ${word}`,
      'write GTC, or drop it',
    );
  }
  if (event.type === 'Bar' && event.low > event.high) {
    throw new ValidationError('low', event.low, `at most the high, ${event.high}`, 'correct the bar');
  }
  if (event.type === 'Bar' && !(event.low <= event.close && event.close <= event.high)) {
    const constraint = `from low (${event.low}) to high (${event.high})`;
    throw new ValidationError('close', event.close, constraint, 'check the three prices');
  }
}

/** `error` with the place in the file: a mistake in a line is bad data, whoever found it. */
export function atLine(error: unknown, place: DataPlace): unknown {
  if (!(error instanceof NbError) || error.place?.row !== undefined) return error;
  if (error instanceof ValidationError) return new SchemaError(error.message, place, error.detail);
  return error instanceof OverflowError ? new OverflowError(error.message, place, error.detail) : error;
}

/** Throws unless `value` is a text of 1 to 64 characters. */
export function checkSymbol(value: unknown): string {
  if (typeof value !== 'string' || value === '' || value.length > SYMBOL_MAX) {
    const constraint = `a text of 1 to ${SYMBOL_MAX} characters`;
    throw refusal('symbol', value, constraint, 'write a name such as "AAPL"');
  }
  return value;
}

function formOf(fields: JsonFields): EventForm {
  const type = fields.get('type');
  if (type === undefined) {
    throw new ValidationError(
      'type',
      undefined,
      'given in every line',
      `add one of ${EVENT_TYPES.join(', ')}`,
    );
  }
  const form = EVENT_FORMS.get(type as EventType);
  if (form !== undefined) return form;
  const fix = nearestHint(typeof type === 'string' ? type : '', EVENT_TYPES);
  throw refusal('type', type, `one of ${EVENT_TYPES.join(', ')}`, fix);
}

function missing({ wire, kind }: Field, type: EventType): ValidationError {
  const example: Partial<Record<Field['kind'], string>> = {
    side: '"BUY" or "SELL"',
    timeInForce: '"GTC", "IOC" or "FOK"',
    trail: '{"kind":"fixed","offset":50}',
  };
  const fix = `add "${wire}": ${example[kind] ?? WHOLE}`;
  return new ValidationError(wire, undefined, `given in ${type}`, fix);
}

function defaultOf({ kind }: Field): unknown {
  return kind === 'owner' ? null : kind === 'flag' ? false : 'off';
}

/** The value of a field of a form as an `Event` has it. */
function valueOf({ wire, kind }: Field, value: JsonValue): unknown {
  switch (kind) {
    case 'side':
      return wordOf(wire, value, SIDES);
    case 'timeInForce':
      return wordOf(wire, value, TIMES_IN_FORCE);
    case 'stpPolicy':
      return wordOf(wire, value, STP_POLICIES);
    case 'owner':
      if (value === null || (typeof value === 'number' && Number.isSafeInteger(value))) return value;
      throw refusal(wire, value, `null or an integer from -${MAX} to ${MAX}`, 'write digits alone');
    case 'flag':
      if (typeof value === 'boolean') return value;
      throw refusal(wire, value, 'true or false', 'write it without quotes');
    case 'trail':
      return trailOf(value);
    default:
      return wholeOf(wire, value);
  }
}

/** The integer that a value is; a number of a line is one only if its digits are those of the integer. */
export function wholeOf(field: string, value: JsonValue | undefined, max: number = MAX): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= max) return value;
  const needed = max === MAX ? WHOLE : `an integer from 1 to ${max}`;
  throw refusal(field, value, needed, wholeFix(value, max));
}

/** What to write instead of a value that is no integer from 1 to `max`. */
function wholeFix(value: JsonValue | undefined, max: number): string {
  const number = value instanceof NumberText ? Number(value.text) : value;
  if (typeof number !== 'number') {
    return typeof value === 'string' ? 'write digits alone: no quotes, point or exponent' : 'write a number';
  }
  if (number > max) return `use at most ${max}`;
  if (number < 1) return 'use at least 1';
  return 'write digits alone: no quotes, point or exponent';
}

/** The word of the exchange for the word of a line. */
export function wordOf<T extends string>(
  field: string,
  value: JsonValue | undefined,
  words: readonly (readonly [string, T])[],
): T {
  for (const [written, word] of words) if (value === written) return word;
  const known = words.map(([written]) => written);
  const fix = nearestHint(typeof value === 'string' ? value : '', known);
  throw refusal(field, value, `one of ${known.join(', ')}`, fix);
}

function trailOf(value: JsonValue): Record<string, unknown> {
  if (!(value instanceof Map)) {
    const fix = 'write, for example, {"kind":"fixed","offset":50}';
    throw refusal('trail', value, 'an object with a kind', fix);
  }
  const kinds = [...TRAIL_FORMS.keys()];
  const given = value.get('kind');
  const kind = wordOf(
    'trail.kind',
    given,
    kinds.map((word) => [word, word] as const),
  );
  const names = ['kind', ...TRAIL_FORMS.get(kind)!];
  for (const [name, part] of value) {
    if (names.includes(name)) continue;
    const known = `a field of a ${kind} trail (${names.join(', ')})`;
    throw refusal(`trail.${shortName(name)}`, part, known, nearestHint(name, names));
  }
  const trail: Record<string, unknown> = { kind };
  for (const name of names.slice(1)) {
    const field = `trail.${name}`;
    const part = value.get(name);
    if (part === undefined) {
      throw new ValidationError(field, undefined, `given in a ${kind} trail`, `add "${name}"`);
    }
    if (name === 'fraction' || name === 'multiplier') trail[name] = decimalOf(field, part, name);
    else trail[name] = wholeOf(field, part, name === 'period' ? TRAIL_PERIOD_MAX : MAX);
  }
  return trail;
}

/** The double of a decimal number, which must be the same number when written again. */
function decimalOf(field: string, value: JsonValue, name: 'fraction' | 'multiplier'): number {
  const number = value instanceof NumberText ? Number(value.text) : value;
  const needed = name === 'fraction' ? 'a number above 0 and below 1' : 'a finite number above 0';
  const most = name === 'fraction' ? 1 : Infinity;
  if (typeof number !== 'number' || !(number > 0 && number < most)) {
    const fix = name === 'fraction' ? 'write 0.05 for five percent' : 'write 2 for twice the range';
    throw refusal(field, value, needed, fix);
  }
  if (value instanceof NumberText && plainDigits(value.text) !== plainDigits(String(number))) {
    const constraint = `${needed} that 17 digits can write`;
    throw refusal(field, value, constraint, `write ${String(number)}`);
  }
  return number;
}

/** The digits of a positive decimal number without zeros at the ends, and the power of ten they are times. */
function plainDigits(text: string): string {
  const [mantissa, exponent = '0'] = text.toLowerCase().split('e');
  const [whole, decimals = ''] = mantissa!.split('.');
  const digits = `${whole}${decimals}`;
  let start = 0;
  let end = digits.length;
  while (digits[start] === '0') start++;
  while (digits[end - 1] === '0') end--;
  return `${digits.slice(start, end)}e${Number(exponent) - decimals.length + digits.length - end}`;
}

function checkVersion(value: JsonValue): void {
  if (value === SCHEMA_VERSION) return;
  const fix = `write "${SCHEMA_VERSION}", or read the log with a later nb-backtest`;
  throw refusal('schema_version', value, `"${SCHEMA_VERSION}"`, fix);
}

/** A clock of outside is looked at, not used: the exchange counts its own ticks. */
function checkClock(value: JsonValue): void {
  const digits = typeof value === 'number' ? String(value) : value instanceof NumberText ? value.text : '';
  if (/^[0-9]+$/.test(digits)) return;
  throw refusal('timestamp', value, 'a whole number of at least 0', 'write digits, or drop it');
}
