/**
 * Where stops stand: average entry prices, watermarks and the price levels that end a position.
 *
 * One cell a symbol. A level below (above) the market is what the low (high) of a bar has to reach: for a long position
 * its stop (target), for a short one its target (stop). A level that does not exist is −Infinity (Infinity).
 * The rules are those of docs/stops.md; the slow twin is src/reference/stops.ts.
 */

/** A position ends at a loss from its entry price. Of levels that meet, the first of these kinds is named. */
export const STOP_FIXED = 1;
/** At a distance in average true ranges from its entry price. */
export const STOP_ATR = 2;
/** At a loss from the best price since entry. */
export const STOP_TRAILING = 3;
/** At a gain from its entry price. */
export const STOP_TARGET = 4;
/** After a number of bars. */
export const STOP_TIME = 5;

/** A level that rounding put just beside a tick counts as that tick. */
const BARELY_MORE = 1 + 4.440892098500626e-16;
const BARELY_LESS = 1 - 4.440892098500626e-16;

/**
 * Writes the two levels of symbol `i`, what each of them is, and between which prices nothing happens.
 *
 * quantity              shares, signed, not 0
 * entry, water          average entry price and best price since entry, in ticks
 * distance              ATR distance in ticks, NaN while unknown
 * rule                  [fixed fraction, ATR multiple, trailing fraction, target fraction], 0 for one that is not used
 * lower, upper          levels in ticks, written
 * lowerKind, upperKind  STOP_… of each, written
 * wakeLow, wakeHigh     written: the prices at or beyond which the position needs a look: a level, or a watermark to move
 */
export function setStopLevels(
  i: number,
  quantity: Float64Array,
  entry: Float64Array,
  water: Float64Array,
  distance: Float64Array,
  rule: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  lowerKind: Uint8Array,
  upperKind: Uint8Array,
  wakeLow: Float64Array,
  wakeHigh: Float64Array,
): void {
  const price = entry[i];
  const side = quantity[i] > 0 ? 1 : -1;
  // Mirrored at 0 a short position is a long one: a stop is then the highest level below the market.
  let stop = -Infinity;
  let kind = STOP_FIXED;
  if (rule[0] > 0) stop = towardsLoss(price * (1 - side * rule[0]), side);
  if (rule[1] > 0) {
    const tick = towardsLoss(price - side * rule[1] * distance[i], side);
    if (tick > stop) {
      stop = tick;
      kind = STOP_ATR;
    }
  }
  if (rule[2] > 0) {
    const tick = towardsLoss(water[i] * (1 - side * rule[2]), side);
    if (tick > stop) {
      stop = tick;
      kind = STOP_TRAILING;
    }
  }
  let target = Infinity;
  if (rule[3] > 0) target = -towardsLoss(-price * (1 + side * rule[3]), side);
  if (side > 0) {
    lower[i] = stop >= 1 ? stop : -Infinity;
    upper[i] = target;
    lowerKind[i] = kind;
    upperKind[i] = STOP_TARGET;
  } else {
    lower[i] = -target >= 1 ? -target : -Infinity;
    upper[i] = -stop;
    lowerKind[i] = STOP_TARGET;
    upperKind[i] = kind;
  }
  wakeLow[i] = side < 0 && rule[2] > 0 ? Math.max(lower[i], water[i] - 1) : lower[i];
  wakeHigh[i] = side > 0 && rule[2] > 0 ? Math.min(upper[i], water[i] + 1) : upper[i];
}

/**
 * A level as a mirrored tick: down to a whole tick, away from the market for a stop.
 *
 * level  in ticks: positive for a stop of either side; the caller gives a target with its sign turned
 * side   1 long, −1 short
 */
function towardsLoss(level: number, side: number): number {
  const mirrored = level * side;
  return Math.floor(mirrored * (mirrored > 0 ? BARELY_MORE : BARELY_LESS));
}

/** Forgets the levels of symbol `i`: nothing is held. */
export function clearStopLevels(
  i: number,
  lower: Float64Array,
  upper: Float64Array,
  wakeLow: Float64Array,
  wakeHigh: Float64Array,
): void {
  lower[i] = -Infinity;
  upper[i] = Infinity;
  wakeLow[i] = -Infinity;
  wakeHigh[i] = Infinity;
}

/**
 * Takes over what a rebalance has left: entry prices of positions that opened, grew or turned.
 *
 * n, bar            symbols, and the bar of the fills
 * whole, micro      positions held now
 * fill              fill prices in ticks
 * byEntry           1 if levels hang on the entry price, 0 if on the watermark alone
 * quantity, entry, entryBar, water   state, updated where a position has changed
 * changed           n cells; the columns whose levels are to be written anew, rising, are written to the first of them
 *
 * A position that opens starts its watermark at the fill. One that grows has the mean of its entry price and the fill,
 * weighted by shares; one that shrinks keeps it, which needs no branch: its share of the fill is 0. Returns how many
 * columns were written. O(n).
 */
export function takeEntries(
  n: number,
  bar: number,
  whole: Float64Array,
  micro: Float64Array,
  fill: Float64Array,
  byEntry: number,
  quantity: Float64Array,
  entry: Float64Array,
  entryBar: Int32Array,
  water: Float64Array,
  changed: Int32Array,
): number {
  let count = 0;
  const even = n - (n % 4);
  let i = 0;
  // Four at a time: V8 looks at every array once a turn. What is rare is left to the loop below, four cells at most.
  for (; i < even; i += 4) {
    const now0 = whole[i] + micro[i] * 0.000001;
    const now1 = whole[i + 1] + micro[i + 1] * 0.000001;
    const now2 = whole[i + 2] + micro[i + 2] * 0.000001;
    const now3 = whole[i + 3] + micro[i + 3] * 0.000001;
    const before0 = quantity[i];
    const before1 = quantity[i + 1];
    const before2 = quantity[i + 2];
    const before3 = quantity[i + 3];
    if (
      byEntry === 0 &&
      now0 * before0 > 0 &&
      now1 * before1 > 0 &&
      now2 * before2 > 0 &&
      now3 * before3 > 0
    ) {
      quantity[i] = now0;
      quantity[i + 1] = now1;
      quantity[i + 2] = now2;
      quantity[i + 3] = now3;
      const old0 = entry[i];
      const old1 = entry[i + 1];
      const old2 = entry[i + 2];
      const old3 = entry[i + 3];
      const size0 = Math.abs(now0);
      const size1 = Math.abs(now1);
      const size2 = Math.abs(now2);
      const size3 = Math.abs(now3);
      const more0 = size0 - Math.abs(before0);
      const more1 = size1 - Math.abs(before1);
      const more2 = size2 - Math.abs(before2);
      const more3 = size3 - Math.abs(before3);
      // (x + |x|) / 2 is x, or 0 below it.
      entry[i] = old0 + (fill[i] - old0) * (((more0 + Math.abs(more0)) * 0.5) / size0);
      entry[i + 1] = old1 + (fill[i + 1] - old1) * (((more1 + Math.abs(more1)) * 0.5) / size1);
      entry[i + 2] = old2 + (fill[i + 2] - old2) * (((more2 + Math.abs(more2)) * 0.5) / size2);
      entry[i + 3] = old3 + (fill[i + 3] - old3) * (((more3 + Math.abs(more3)) * 0.5) / size3);
    } else {
      count = takeSome(
        i,
        i + 4,
        bar,
        whole,
        micro,
        fill,
        byEntry,
        quantity,
        entry,
        entryBar,
        water,
        count,
        changed,
      );
    }
  }
  return takeSome(i, n, bar, whole, micro, fill, byEntry, quantity, entry, entryBar, water, count, changed);
}

/** `takeEntries` for the symbols from `from` to before `to`, in every case; `count` cells of `changed` are taken. */
function takeSome(
  from: number,
  to: number,
  bar: number,
  whole: Float64Array,
  micro: Float64Array,
  fill: Float64Array,
  byEntry: number,
  quantity: Float64Array,
  entry: Float64Array,
  entryBar: Int32Array,
  water: Float64Array,
  count: number,
  changed: Int32Array,
): number {
  for (let i = from; i < to; i++) {
    const now = whole[i] + micro[i] * 0.000001;
    const before = quantity[i];
    quantity[i] = now;
    if (now * before > 0) {
      const size = Math.abs(now);
      const more = size - Math.abs(before);
      const old = entry[i];
      entry[i] = old + (fill[i] - old) * (((more + Math.abs(more)) * 0.5) / size);
      if (byEntry !== 0 && more > 0) {
        changed[count] = i;
        count += 1;
      }
    } else if (now !== before) {
      entry[i] = fill[i];
      water[i] = fill[i];
      entryBar[i] = bar;
      changed[count] = i;
      count += 1;
    }
  }
  return count;
}
