/**
 * One line of JSON read strictly: an object of fields, digits kept where a double would lose them, no key twice.
 * `JSON.parse` rounds numbers and keeps the last of two equal keys; both would change an order without a word.
 */
import { ValidationError } from '../errors.js';

/** A number that its shortest digits as a double do not write the same way, as it stands in the line. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The fields of an object, in the order in which they stand. */
export type JsonFields = Map<string, JsonValue>;

/** A value of a field. An object holds plain values alone; lists are refused. */
export type JsonValue = string | number | NumberText | boolean | null | JsonFields;

/** Characters of a line that a message shows. */
const SHOWN = 60;

// eslint-disable-next-line no-control-regex -- JSON does not allow them in a text
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const BLANKS = /[ \t\r\n]*/y;

/**
 * The fields of the object that `line` is.
 *
 * line  one JSON object, blanks around it allowed; its values are texts, numbers, true, false, null and objects of such
 *
 * Throws `ValidationError` for anything else, naming the first character that is wrong, and for a key that stands
 * twice. O(length).
 */
export function parseLine(line: string): JsonFields {
  const at = { index: skip(line, 0) };
  if (line[at.index] !== '{') throw notJson(line, at.index, 'an object in braces');
  const fields = objectAt(line, at, '');
  at.index = skip(line, at.index);
  if (at.index < line.length) throw notJson(line, at.index, 'nothing after the object');
  return fields;
}

/** Whether a text is the start of an object that is not closed: at the end of a file, a line that was cut off. */
export function isCutOff(text: string): boolean {
  const start = skip(text, 0);
  if (text[start] !== '{') return false;
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const char = text[i];
    if (quoted && char === '\\') i += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === '{') depth += 1;
    else if (!quoted && char === '}') {
      depth -= 1;
      if (depth === 0) return false;
    }
  }
  return true;
}

/** The error of a value of a line; digits are shown as they stand there, without quotes. */
export function refusal(field: string, value: unknown, constraint: string, fix: string): ValidationError {
  const options = value instanceof NumberText ? { shown: clipped(value.text) } : {};
  return new ValidationError(field, shown(value), constraint, fix, options);
}

/** The name of a field as an error shows it: one that is long is none of ours. */
export function shortName(name: string): string {
  return clipped(name);
}

/** The first characters of a text. */
export function clipped(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}

/** A value as an error shows it: digits as they were written, an object as JSON. */
export function shown(value: unknown): unknown {
  if (value instanceof NumberText) return value.text;
  if (!(value instanceof Map)) return value;
  const fields = [...(value as JsonFields)].map(([key, part]) => [key, shown(part)] as const);
  return JSON.stringify(Object.fromEntries(fields));
}

interface Place {
  index: number;
}

/** The object that starts at `at`, which is moved behind it. `path`: the field it is in, with a dot; empty outside. */
function objectAt(line: string, at: Place, path: string): JsonFields {
  const fields: JsonFields = new Map();
  at.index = skip(line, at.index + 1);
  if (line[at.index] === '}') {
    at.index += 1;
    return fields;
  }
  for (;;) {
    const key = stringAt(line, at, 'a field name in quotes');
    const field = path + shortName(key);
    at.index = skip(line, at.index);
    if (line[at.index] !== ':') throw notJson(line, at.index, 'a colon after the field name');
    at.index = skip(line, at.index + 1);
    const value = valueAt(line, at, field, path !== '');
    if (fields.has(key)) {
      throw refusal(field, value, 'given once in a line', 'keep one of them');
    }
    fields.set(key, value);
    at.index = skip(line, at.index);
    const next = line[at.index];
    at.index += 1;
    if (next === '}') return fields;
    if (next !== ',') throw notJson(line, at.index - 1, 'a comma or the closing brace');
    at.index = skip(line, at.index);
  }
}

function valueAt(line: string, at: Place, field: string, inner: boolean): JsonValue {
  const first = line[at.index];
  if (first === '"') return stringAt(line, at, 'a text');
  if (first === '{' && !inner) return objectAt(line, at, `${field}.`);
  if (first === '[' || first === '{') {
    const rest = line.slice(at.index, at.index + SHOWN);
    throw new ValidationError(
      field,
      rest,
      'a number, a text, true, false or null',
      'write one value, without brackets',
    );
  }
  const word = match(WORD, line, at);
  if (word !== '') return word === 'null' ? null : word === 'true';
  const digits = match(NUMBER, line, at);
  if (digits === '') throw notJson(line, at.index, 'a number, a text, true, false or null');
  const value = Number(digits);
  return String(value) === digits ? value : new NumberText(digits);
}

function stringAt(line: string, at: Place, needed: string): string {
  const start = at.index;
  const quoted = match(STRING, line, at);
  if (quoted === '') throw notJson(line, start, needed);
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}

/** What `pattern` finds at `at`, which is moved behind it; empty where it does not match. */
function match(pattern: RegExp, line: string, at: Place): string {
  pattern.lastIndex = at.index;
  const found = pattern.exec(line);
  if (found === null) return '';
  at.index = pattern.lastIndex;
  return found[0];
}

/** Behind the blanks that start at `from`. */
function skip(line: string, from: number): number {
  BLANKS.lastIndex = from;
  BLANKS.test(line);
  return BLANKS.lastIndex;
}

function notJson(line: string, index: number, needed: string): ValidationError {
  const found = index < line.length ? line.slice(index, index + SHOWN) : 'the end of the line';
  const constraint = `JSON, which needs ${needed} at character ${index + 1}`;
  return new ValidationError('line', found, constraint, 'write one JSON object a line');
}
