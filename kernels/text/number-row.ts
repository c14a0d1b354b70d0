/** Rows of plain numbers in text, straight to integers: the inner loop of reading large price files. */

const ZERO = 48;
const POINT = 46;
const LF = 10;
const CR = 13;

/**
 * Reads `count` numbers that stand between separators up to the end of the line.
 *
 * bytes      text as ASCII; a byte that is no digit, point, separator or line end must stand after the last row
 * from       where the first number starts
 * separator  byte between the numbers
 * count      numbers that the line must have, at least 1
 * decimals   digits after the point that an output unit has
 * scales     10^0, 10^1, … 10^decimals at least
 * out        gets each number times 10^decimals, an integer, from index `at` on
 *
 * Returns the index of the line feed, or 0 where a cell is anything but 1 to 15 characters of digits with at most one
 * point, has more decimals, is zero, or where the line has another number of cells; `out` is then undefined from `at`
 * on. Each byte is looked at once: about 3 ns a byte.
 */
export function scanNumberRow(
  bytes: Uint8Array,
  from: number,
  separator: number,
  count: number,
  decimals: number,
  scales: Float64Array,
  out: Float64Array,
  at: number,
): number {
  const last = count - 1;
  let i = from;
  for (let k = 0; k < count; k++) {
    const start = i;
    let value = 0;
    let digit = bytes[i] - ZERO;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      i++;
      digit = bytes[i] - ZERO;
    }
    let spare = decimals;
    if (digit === POINT - ZERO) {
      i++;
      const point = i;
      digit = bytes[i] - ZERO;
      while (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        i++;
        digit = bytes[i] - ZERO;
      }
      spare -= i - point;
    }
    if (spare < 0 || value === 0 || i - start > 15) return 0;
    if (spare > 0) value *= scales[spare];
    if (value > 9007199254740991) return 0;
    out[at + k] = value;
    if (k < last) {
      if (bytes[i] !== separator) return 0;
      i++;
    }
  }
  if (bytes[i] === LF) return i;
  return bytes[i] === CR && bytes[i + 1] === LF ? i + 1 : 0;
}

const QUOTE = 34;

/**
 * Reads a line of `kinds.length` cells, some of them numbers, some texts that are only bounded.
 *
 * bytes      as for `scanNumberRow`; after the last row a byte 0 must stand
 * from       where the line starts
 * separator  byte between the cells
 * kinds      for each cell 1 for a number, 0 for a text
 * decimals   digits after the point that an output unit has
 * scales     10^0, 10^1, … 10^decimals at least
 * out        gets each number times 10^decimals, an integer, at the place of its cell
 * starts     gets where each cell starts
 * ends       gets where each cell ends
 *
 * Returns the index of the line feed, or 0 where a number is not of the kind that `scanNumberRow` reads, where a text
 * starts with a quote or ends with a carriage return, or where the line has another number of cells.
 */
export function scanMixedRow(
  bytes: Uint8Array,
  from: number,
  separator: number,
  kinds: Uint8Array,
  decimals: number,
  scales: Float64Array,
  out: Float64Array,
  starts: Int32Array,
  ends: Int32Array,
): number {
  const last = kinds.length - 1;
  let i = from;
  for (let k = 0; k <= last; k++) {
    const start = i;
    starts[k] = start;
    if (kinds[k] === 1) {
      let value = 0;
      let digit = bytes[i] - ZERO;
      while (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        i++;
        digit = bytes[i] - ZERO;
      }
      let spare = decimals;
      if (digit === POINT - ZERO) {
        i++;
        const point = i;
        digit = bytes[i] - ZERO;
        while (digit >= 0 && digit <= 9) {
          value = value * 10 + digit;
          i++;
          digit = bytes[i] - ZERO;
        }
        spare -= i - point;
      }
      if (spare < 0 || value === 0 || i - start > 15) return 0;
      if (spare > 0) value *= scales[spare];
      if (value > 9007199254740991) return 0;
      out[k] = value;
    } else {
      if (bytes[i] === QUOTE) return 0;
      while (bytes[i] !== separator && bytes[i] !== LF && bytes[i] !== 0) i++;
      if (bytes[i - 1] === CR) return 0;
    }
    ends[k] = i;
    if (k < last) {
      if (bytes[i] !== separator) return 0;
      i++;
    }
  }
  if (bytes[i] === LF) return i;
  return bytes[i] === CR && bytes[i + 1] === LF ? i + 1 : 0;
}
