/**
 * Sums over a window as parts of streams, in the blocks and the order of the kernels.
 *
 * A step is O(1), but for the first of a block, which adds up the block before it: O(1) on average.
 */
import { windowSlope } from '../../../kernels/indicators/beta.js';
import { windowCorrelation } from '../../../kernels/indicators/correl.js';
import { windowSpread } from '../../../kernels/indicators/variance.js';
import type { Step } from './steps.js';

/** Sum of the last `window` values: kernels/indicators/sma.ts. */
export class WindowSum implements Step {
  /** The values of the block so far, followed by what is left of the sums of the one before. */
  readonly #cells: Float64Array;
  readonly #window: number;
  #place = 0;
  #sum = 0;
  #full = false;

  constructor(window: number) {
    this.#window = window;
    this.#cells = new Float64Array(2 * window);
  }

  next(value: number): number {
    const cells = this.#cells;
    const window = this.#window;
    if (this.#place === window) this.#turn();
    const place = this.#place++;
    cells[place] = value;
    this.#sum += value;
    return this.#full || place === window - 1 ? this.#sum + cells[window + place]! : NaN;
  }

  /** Begins a block. */
  #turn(): void {
    const cells = this.#cells;
    const window = this.#window;
    let sum = 0;
    for (let j = window - 2; j >= 0; j--) {
      sum += cells[j + 1]!;
      cells[window + j] = sum;
    }
    this.#place = 0;
    this.#sum = 0;
    this.#full = true;
  }
}

/** at × first + level × sum(d) + rise × sum(m × d): kernels/indicators/window-line.ts. */
export class LineStep implements Step {
  /** Values of the block, then plain and weighted sums left of the one before. */
  readonly #cells: Float64Array;
  readonly #period: number;
  readonly #at: number;
  readonly #level: number;
  readonly #rise: number;
  #place = 0;
  #shift = 0;
  #sum = 0;
  #weighted = 0;
  #full = false;

  constructor(period: number, at: number, level: number, rise: number) {
    this.#period = period;
    this.#at = at;
    this.#level = level;
    this.#rise = rise;
    this.#cells = new Float64Array(3 * period);
  }

  /** The sum with the next value; NaN while the window fills. */
  next(value: number): number {
    const cells = this.#cells;
    const period = this.#period;
    if (this.#place === period) this.#turn(value);
    else if (this.#place === 0) this.#shift = value;
    const j = this.#place++;
    cells[j] = value;
    const d = value - this.#shift;
    this.#sum += d;
    this.#weighted += (j + 1) * d;
    if (!this.#full && j < period - 1) return NaN;
    const total = this.#sum + cells[period + j]!;
    const weighted = this.#weighted + (period - 1 - j) * this.#sum + cells[2 * period + j]!;
    return this.#at * this.#shift + (this.#level * total + this.#rise * weighted);
  }

  #turn(shift: number): void {
    const cells = this.#cells;
    const period = this.#period;
    let sum = 0;
    let weighted = 0;
    for (let j = period - 2; j >= 0; j--) {
      sum += cells[j + 1]! - shift;
      weighted += sum;
      cells[period + j] = sum;
      cells[2 * period + j] = weighted;
    }
    this.#place = 0;
    this.#shift = shift;
    this.#sum = 0;
    this.#weighted = 0;
    this.#full = true;
  }
}

/** Mean and population variance of the last `period` values: kernels/indicators/variance.ts and bbands.ts. */
export class MomentsStep {
  /** These are NaN while the window fills. */
  mean: number = NaN;
  variance: number = NaN;
  /** Sum of the squared differences from the mean. */
  spread: number = NaN;
  /** Values of the block, then sums and squares left of the one before. */
  readonly #cells: Float64Array;
  readonly #period: number;
  readonly #share: number;
  #place = 0;
  #shift = 0;
  #sum = 0;
  #squares = 0;
  #full = false;

  constructor(period: number) {
    this.#period = period;
    this.#share = 1 / period;
    this.#cells = new Float64Array(3 * period);
  }

  next(value: number): void {
    const cells = this.#cells;
    const period = this.#period;
    if (this.#place === period) this.#turn(value);
    else if (this.#place === 0) this.#shift = value;
    const j = this.#place++;
    cells[j] = value;
    const d = value - this.#shift;
    this.#sum += d;
    this.#squares += d * d;
    if (!this.#full && j < period - 1) return;
    const total = this.#sum + cells[period + j]!;
    this.mean = this.#shift + total * this.#share;
    this.spread = windowSpread(total, this.#squares + cells[2 * period + j]!, this.#share);
    this.variance = this.spread * this.#share;
  }

  #turn(shift: number): void {
    const cells = this.#cells;
    const period = this.#period;
    let sum = 0;
    let squares = 0;
    for (let j = period - 2; j >= 0; j--) {
      const d = cells[j + 1]! - shift;
      sum += d;
      squares += d * d;
      cells[period + j] = sum;
      cells[2 * period + j] = squares;
    }
    this.#place = 0;
    this.#shift = shift;
    this.#sum = 0;
    this.#squares = 0;
    this.#full = true;
  }
}

/** Sums of x, y, x^2, y^2 and x y over the last `period` pairs: kernels/indicators/correl.ts and beta.ts. */
export class PairStep {
  /** Sums so far of the block: x, y, x^2, y^2, x y. */
  readonly #sums: Float64Array = new Float64Array(5);
  /** Pairs of the block, then the five sums left of the one before. */
  readonly #cells: Float64Array;
  readonly #period: number;
  #place = 0;
  #shiftX = 0;
  #shiftY = 0;
  #full = false;

  constructor(period: number) {
    this.#period = period;
    this.#cells = new Float64Array(7 * period);
  }

  /** Takes a pair; whether the window is full. */
  next(x: number, y: number): boolean {
    const cells = this.#cells;
    const period = this.#period;
    if (this.#place === period) this.#turn(x, y);
    else if (this.#place === 0) {
      this.#shiftX = x;
      this.#shiftY = y;
    }
    const j = this.#place++;
    cells[j] = x;
    cells[period + j] = y;
    this.#add(x, y);
    return this.#full || j === period - 1;
  }

  /** Correlation of the window. */
  correlation(): number {
    return windowCorrelation(
      this.#total(0),
      this.#total(1),
      this.#total(2),
      this.#total(3),
      this.#total(4),
      1 / this.#period,
    );
  }

  /** Slope of y on x over the window. */
  slope(): number {
    return windowSlope(this.#total(0), this.#total(1), this.#total(2), this.#total(4), 1 / this.#period);
  }

  #total(k: number): number {
    return this.#sums[k]! + this.#cells[(2 + k) * this.#period + this.#place - 1]!;
  }

  #add(x: number, y: number): void {
    const sums = this.#sums;
    const dx = x - this.#shiftX;
    const dy = y - this.#shiftY;
    sums[0]! += dx;
    sums[1]! += dy;
    sums[2]! += dx * dx;
    sums[3]! += dy * dy;
    sums[4]! += dx * dy;
  }

  #turn(shiftX: number, shiftY: number): void {
    const cells = this.#cells;
    const period = this.#period;
    this.#shiftX = shiftX;
    this.#shiftY = shiftY;
    this.#sums.fill(0);
    for (let j = period - 2; j >= 0; j--) {
      this.#add(cells[j + 1]!, cells[period + j + 1]!);
      for (let k = 0; k < 5; k++) cells[(2 + k) * period + j] = this.#sums[k]!;
    }
    this.#sums.fill(0);
    this.#place = 0;
    this.#full = true;
  }
}
