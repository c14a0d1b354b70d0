/** Lines of flat JSON objects with known keys, straight to numbers: the inner loop of reading order-event logs. */

/** What a field holds that is none of the words of a list; its entry in `roots`. */
export const OTHER = 0;
/** The field holds a whole number. */
export const WHOLE = -1;
/** The field holds an owner: an integer or null. */
export const OWNER = -2;
/** The field holds true or false. */
export const FLAG = -3;
/** The field holds any text. */
export const TEXT = -4;
/** The field holds a decimal number. */
export const DIGITS = -5;

const QUOTE = 34;
const COMMA = 44;
const ZERO = 48;
const COLON = 58;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const SPACE = 32;
const LF = 10;
const CR = 13;

/**
 * Reads one line `{"key":value,…}` of keys and words that are known; keys in any order, spaces where JSON has them.
 *
 * bytes  the text; a byte 0 must stand after the last line
 * from   where the line starts
 * words  automaton of the known words: `words[state * 256 + byte]` is the next state, 0 for none, and at the closing
 *        quote minus the number of the word, from 1
 * roots  by the number of a field: the first state of the words it may hold, or what else it holds. `WHOLE`: digits of
 *        an integer from 1 to 2^53 - 1. `OWNER`: the same from 0, or null. `FLAG`: true or false. `TEXT`: printable
 *        ASCII without escapes. `DIGITS`: any digits without leading zero. `OTHER`: nothing that is read here. At 0
 *        the first state of the keys
 * out    gets at the number of each field its value: number of the word, integer (NaN for null), 0 or 1, or where the
 *        text starts; at 0 the bits of the fields that were there, and at `roots.length` where the text ends
 *
 * Returns the index of the line feed, or 0 for a line that is anything else, a key that stands twice included; `out`
 * is then undefined. At most 30 fields, one of them a text. About 3 ns a byte.
 */
export function scanEventRow(
  bytes: Uint8Array,
  from: number,
  words: Int16Array,
  roots: Int16Array,
  out: Float64Array,
): number {
  let i = from;
  while (bytes[i] === SPACE) i++;
  if (bytes[i] !== OPEN) return 0;
  i++;
  const keys = roots[0];
  let seen = 0;
  for (;;) {
    while (bytes[i] === SPACE) i++;
    if (bytes[i] !== QUOTE) return 0;
    i++;
    let state = keys;
    while (state > 0) {
      state = words[(state << 8) | bytes[i]];
      i++;
    }
    const field = -state;
    const bit = 1 << field;
    if (field === 0 || (seen & bit) !== 0) return 0;
    seen |= bit;
    while (bytes[i] === SPACE) i++;
    if (bytes[i] !== COLON) return 0;
    i++;
    while (bytes[i] === SPACE) i++;
    const kind = roots[field];
    if (kind > 0) {
      if (bytes[i] !== QUOTE) return 0;
      i++;
      state = kind;
      while (state > 0) {
        state = words[(state << 8) | bytes[i]];
        i++;
      }
      if (state === 0) return 0;
      out[field] = -state;
    } else if (kind === WHOLE || kind === OWNER || kind === DIGITS) {
      const start = i;
      let value = 0;
      let digit = bytes[i] - ZERO;
      while (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        i++;
        digit = bytes[i] - ZERO;
      }
      if (i === start) {
        if (kind !== OWNER) return 0;
        // null
        if (bytes[i] !== 110 || bytes[i + 1] !== 117 || bytes[i + 2] !== 108 || bytes[i + 3] !== 108)
          return 0;
        i += 4;
        value = NaN;
      } else if (bytes[start] === ZERO) {
        if (kind === WHOLE || i - start > 1) return 0;
      } else if (value > 9007199254740991 && kind !== DIGITS) {
        // Rounding of the sum is monotonic: an integer above 2^53 - 1 never comes out below it.
        return 0;
      }
      out[field] = value;
    } else if (kind === FLAG) {
      const byte = bytes[i];
      // true, false
      if (byte === 116 && bytes[i + 1] === 114 && bytes[i + 2] === 117 && bytes[i + 3] === 101) {
        out[field] = 1;
        i += 4;
      } else {
        if (byte !== 102 || bytes[i + 1] !== 97 || bytes[i + 2] !== 108) return 0;
        if (bytes[i + 3] !== 115 || bytes[i + 4] !== 101) return 0;
        out[field] = 0;
        i += 5;
      }
    } else if (kind === TEXT) {
      if (bytes[i] !== QUOTE) return 0;
      i++;
      out[field] = i;
      while (bytes[i] >= SPACE && bytes[i] < 127 && bytes[i] !== QUOTE && bytes[i] !== BACKSLASH) i++;
      if (bytes[i] !== QUOTE) return 0;
      out[roots.length] = i;
      i++;
    } else {
      return 0;
    }
    while (bytes[i] === SPACE) i++;
    if (bytes[i] === COMMA) {
      i++;
      continue;
    }
    if (bytes[i] !== CLOSE) return 0;
    i++;
    break;
  }
  out[0] = seen;
  while (bytes[i] === SPACE) i++;
  if (bytes[i] === LF) return i;
  return bytes[i] === CR && bytes[i + 1] === LF ? i + 1 : 0;
}
