/** What the account held over time: weights of the largest symbols, the rest, cash, and gross exposure. */
import type { BacktestResult } from '../backtest/types.js';

/** Symbols shown by name. */
const NAMED = 8;

/** Points in time of the drawing. */
const POINTS = 250;

/** One layer of the drawing: a symbol, all others together, or cash. */
export interface ExposureLayer {
  readonly kind: 'symbol' | 'others' | 'cash';
  /** Name of the symbol; of the others how many. */
  readonly label: string;
  /** Mean of |weight| over all bars; of the others their sum, of cash the mean of |cash| / equity. */
  readonly size: number;
  /** Sum of the positive and of the negative weights of the layer at each point. */
  readonly long: Float64Array;
  readonly short: Float64Array;
}

export interface ExposureModel {
  /** Bars of the drawing, rising; the first and the last are among them. */
  readonly bars: Int32Array;
  /** Largest symbols first, then the others, then cash. */
  readonly layers: readonly ExposureLayer[];
  /** Sum of |weight| at each point. */
  readonly gross: Float64Array;
  /** Over all bars. */
  readonly meanGross: number;
  readonly maxGross: number;
  /** Mean sum of the weights over all bars. */
  readonly meanNet: number;
}

/**
 * The weights after each bar's trades, drawn at no more than 250 bars; the means and the maximum are of all bars.
 * Null where the result keeps no weights. Cash is what the weights leave of 1: negative when money is borrowed, above
 * 1 when the proceeds of short sales lie in it. O(bars × symbols).
 */
export function exposureModel(result: BacktestResult): ExposureModel | null {
  const { holdings, symbols } = result;
  if (holdings === null || holdings.rows === 0 || symbols.length === 0) return null;
  const { data, rows, cols } = holdings;
  const size = new Float64Array(cols);
  let meanGross = 0;
  let maxGross = 0;
  let meanNet = 0;
  let meanCash = 0;
  for (let bar = 0; bar < rows; bar++) {
    let gross = 0;
    let net = 0;
    for (let j = 0; j < cols; j++) {
      const weight = finite(data[bar * cols + j]!);
      const amount = Math.abs(weight);
      size[j]! += amount / rows;
      gross += amount;
      net += weight;
    }
    meanGross += gross / rows;
    meanNet += net / rows;
    meanCash += Math.abs(1 - net) / rows;
    maxGross = Math.max(maxGross, gross);
  }
  const order = Array.from(size.keys()).sort((a, b) => size[b]! - size[a]! || a - b);
  const held = order.filter((j) => size[j]! > 0);
  const bars = pointsOf(rows);
  const count = held.length > NAMED + 1 ? NAMED : held.length;
  const layers: ExposureLayer[] = held
    .slice(0, count)
    .map((j) => ({ kind: 'symbol', label: symbols[j]!, size: size[j]!, ...sides(bars, data, cols, [j]) }));
  const rest = held.slice(count);
  if (rest.length > 0) {
    layers.push({
      kind: 'others',
      label: `${rest.length} others`,
      size: rest.reduce((total, j) => total + size[j]!, 0),
      ...sides(bars, data, cols, rest),
    });
  }
  const cash = Float64Array.from(bars, (bar) => settled(1 - netOf(data, cols, bar)));
  layers.push({
    kind: 'cash',
    label: 'cash',
    size: meanCash,
    long: cash.map((value) => Math.max(value, 0)),
    short: cash.map((value) => Math.min(value, 0)),
  });
  const gross = Float64Array.from(bars, (bar) => {
    let total = 0;
    for (let j = 0; j < cols; j++) total += Math.abs(finite(data[bar * cols + j]!));
    return total;
  });
  return { bars, layers, gross, meanGross, maxGross, meanNet };
}

function sides(
  bars: Int32Array,
  data: Float64Array,
  cols: number,
  columns: readonly number[],
): { long: Float64Array; short: Float64Array } {
  const long = new Float64Array(bars.length);
  const short = new Float64Array(bars.length);
  bars.forEach((bar, i) => {
    for (const j of columns) {
      const weight = finite(data[bar * cols + j]!);
      if (weight > 0) long[i]! += weight;
      else short[i]! += weight;
    }
  });
  return { long, short };
}

function netOf(data: Float64Array, cols: number, bar: number): number {
  let net = 0;
  for (let j = 0; j < cols; j++) net += finite(data[bar * cols + j]!);
  return net;
}

/** Evenly spaced bars, each once. */
function pointsOf(rows: number): Int32Array {
  const count = Math.min(rows, POINTS);
  return Int32Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (rows - 1)) / (count - 1)),
  );
}

/** Prices and quantities are rounded, so that the weights may miss 1 by a trifle: that is no cash and no debt. */
function settled(cash: number): number {
  return Math.abs(cash) < 1e-6 ? 0 : cash;
}

/** A bankrupt account has no weights. */
function finite(weight: number): number {
  return Number.isFinite(weight) ? weight : 0;
}
