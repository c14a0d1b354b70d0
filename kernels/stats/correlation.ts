import { floorExponent, powerOfTwo } from '../special/power-of-two.js';

/** Cells that `rankProducts` writes: three sums, each as a number and the rest of it. */
export const PRODUCT_SUMS = 6;
/** Cells that `rankCorrelation` and `pearsonCorrelation` write. */
export const CORRELATION_CELLS = 2;

const TWO_53 = 9007199254740992;
const HALVES = 134217729; // 2^27 + 1 cuts a double into two of at most 26 bits (Dekker 1971)
/** Products added plainly before the sum goes to the total. */
const BLOCK = 128;

/**
 * Sums of the squares and products of two rows of centred ranks.
 *
 * a, b  centred ranks, as `centredRanks` makes them
 * n     how many of them count
 * sums  PRODUCT_SUMS cells: of a², b² and a b, each a number followed by what it lacks to the true sum
 *
 * O(n). As many products as stay below 2^53 together are added as they are, exactly; those totals are added with what
 * each addition loses. So the sums are right to the last bit of two doubles for n up to 9 million, and to 1e-16 of
 * the squares beyond, where a single product may round.
 */
export function rankProducts(a: Int32Array, b: Int32Array, n: number, sums: Float64Array): void {
  const chunk = Math.max(1, Math.floor(TWO_53 / (n * n + 1)));
  for (let cell = 0; cell < PRODUCT_SUMS; cell++) sums[cell] = 0;
  for (let start = 0; start < n; start += chunk) {
    const end = Math.min(start + chunk, n);
    let squaresA = 0;
    let squaresB = 0;
    let products = 0;
    for (let i = start; i < end; i++) {
      const x = a[i];
      const y = b[i];
      squaresA += x * x;
      squaresB += y * y;
      products += x * y;
    }
    addTo(sums, 0, squaresA);
    addTo(sums, 2, squaresB);
    addTo(sums, 4, products);
  }
  for (let cell = 0; cell < PRODUCT_SUMS; cell += 2) {
    const total = sums[cell] + sums[cell + 1];
    sums[cell + 1] += sums[cell] - total;
    sums[cell] = total;
  }
}

/** Adds x to the total in `sums[cell]`, what that loses to the cell after it (Knuth, TAOCP 2, 4.2.2, theorem B). */
function addTo(sums: Float64Array, cell: number, x: number): void {
  const total = sums[cell];
  const next = total + x;
  const part = next - total;
  sums[cell + 1] += total - (next - part) + (x - part);
  sums[cell] = next;
}

/**
 * Correlation from sums of squares and products.
 *
 * sums  as `rankProducts` writes them, the squares positive
 * out   CORRELATION_CELLS cells: r, from -1 to 1, and 1 − r²
 *
 * Both to a few units of the last place, 1 − r² too where r rounds to 1: it comes from A B − C², which is worked out
 * with twice the digits, so that what p-values are made of does not suffer from the rounding of r.
 */
export function rankCorrelation(sums: Float64Array, out: Float64Array): void {
  const a = sums[0];
  const b = sums[2];
  const c = sums[4];
  const square = a * b;
  const squareRest = productRest(a, b, square) + a * sums[3] + b * sums[1];
  const cross = c * c;
  const crossRest = productRest(c, c, cross) + 2 * c * sums[5];
  const difference = square - cross;
  const part = difference - square;
  const lost = square - (difference - part) - (cross + part);
  const rest = Math.max(0, difference + (lost + squareRest - crossRest));
  out[0] = Math.max(-1, Math.min(1, c / Math.sqrt(square)));
  out[1] = rest / square;
}

/** What the rounded product lacks to x y (Dekker 1971). */
function productRest(x: number, y: number, product: number): number {
  const cutX = HALVES * x;
  const topX = cutX - (cutX - x);
  const endX = x - topX;
  const cutY = HALVES * y;
  const topY = cutY - (cutY - y);
  const endY = y - topY;
  return topX * topY - product + topX * endY + endX * topY + endX * endY;
}

/**
 * Pearson's correlation of two series.
 *
 * x, y  n finite numbers each
 * sums  PRODUCT_SUMS cells, overwritten
 * out   CORRELATION_CELLS cells: r, from -1 to 1, and 1 − r²; both NaN when a series is constant or n < 2
 *
 * O(n), no overflow or underflow at any scale. Error of r about 1e-15 as a rule: products of distances from the mean
 * in blocks of 128, whose sums are added without loss, and corrected for what the means were off by. Where r² is
 * above 1/2, 1 − r² is the sum of the squares that a straight line leaves over, which keeps its digits as r nears 1;
 * where r rounds to ±1 it is 0. Reference: scipy pearsonr.
 */
export function pearsonCorrelation(
  x: Float64Array,
  y: Float64Array,
  sums: Float64Array,
  out: Float64Array,
): void {
  const n = x.length;
  const scaleX = scaleOf(x);
  const scaleY = scaleOf(y);
  out[0] = NaN;
  out[1] = NaN;
  if (n < 2 || scaleX === 0 || scaleY === 0) return;
  const meanX = scaledMean(x, scaleX);
  const meanY = scaledMean(y, scaleY);
  for (let cell = 0; cell < PRODUCT_SUMS; cell++) sums[cell] = 0;
  let offX = 0;
  let offY = 0;
  for (let start = 0; start < n; start += BLOCK) {
    const end = Math.min(start + BLOCK, n);
    let squaresX = 0;
    let squaresY = 0;
    let products = 0;
    for (let i = start; i < end; i++) {
      const dx = x[i] * scaleX - meanX;
      const dy = y[i] * scaleY - meanY;
      squaresX += dx * dx;
      squaresY += dy * dy;
      products += dx * dy;
      offX += dx;
      offY += dy;
    }
    addTo(sums, 0, squaresX);
    addTo(sums, 2, squaresY);
    addTo(sums, 4, products);
  }
  const a = sums[0] + (sums[1] - (offX * offX) / n);
  const b = sums[2] + (sums[3] - (offY * offY) / n);
  const c = sums[4] + (sums[5] - (offX * offY) / n);
  const cosine = c / Math.sqrt(a * b);
  if (2 * cosine * cosine <= 1) {
    out[0] = cosine;
    out[1] = (1 - cosine) * (1 + cosine);
    return;
  }
  const slope = c / a;
  const levelX = meanX + offX / n;
  const levelY = meanY + offY / n;
  let left = 0;
  for (let i = 0; i < n; i++) {
    const e = y[i] * scaleY - levelY - slope * (x[i] * scaleX - levelX);
    left += e * e;
  }
  const rest = Math.min(1, left / b);
  const r = Math.sqrt(1 - rest);
  out[0] = c < 0 ? -r : r;
  out[1] = r === 1 ? 0 : rest;
}

/** The power of two that brings the largest size to between 1 and 2; 0 when the values are all the same. */
function scaleOf(values: Float64Array): number {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (x < lowest) lowest = x;
    if (x > highest) highest = x;
  }
  if (!(lowest < highest)) return 0;
  return powerOfTwo(Math.min(1023, -floorExponent(Math.max(-lowest, highest))));
}

/** Mean of the scaled values, added as in sum.ts. */
function scaledMean(values: Float64Array, scale: number): number {
  const n = values.length;
  let total = 0;
  let lost = 0;
  for (let i = 0; i < n; i++) {
    const x = values[i] * scale;
    const next = total + x;
    const part = next - total;
    lost += total - (next - part) + (x - part);
    total = next;
  }
  return (total + lost) / n;
}
