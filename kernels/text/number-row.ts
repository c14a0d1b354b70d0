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
