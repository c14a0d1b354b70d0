/** The parts of streaming indicators: one finite number in, one number out, NaN while there is too little history. */
import { WindowSum } from './steps-window.js';

/** A part of a stream. The numbers it gets are finite. */
export interface Step {
  next(value: number): number;
}

/** Exponential average bar by bar: started with the mean of the first `period` values, then average += share × (x − average). */
export class PlainEmaStep implements Step {
  #count = 0;
  #average = 0;
  readonly #period: number;
  readonly #share: number;

  constructor(period: number, share: number = 2 / (period + 1)) {
    this.#period = period;
    this.#share = share;
  }

  next(value: number): number {
    if (this.#count === this.#period) return (this.#average += this.#share * (value - this.#average));
    this.#average += value;
    if (++this.#count < this.#period) return NaN;
    return (this.#average /= this.#period);
  }
}

/**
 * The exponential average as kernels/indicators/ema.ts works it out: every average of four bars from the one before
 * the four. It is `PlainEmaStep` with share 2 / (period + 1) but for the rounding.
 */
export class EmaStep implements Step {
  #count = 0;
  #average = 0;
  #d1 = 0;
  #d2 = 0;
  #d3 = 0;
  readonly #period: number;
  readonly #share: number;
  readonly #share1: number;
  readonly #share2: number;
  readonly #share3: number;

  constructor(period: number) {
    const share = 2 / (period + 1);
    this.#period = period;
    this.#share = share;
    this.#share1 = share * (1 - share);
    this.#share2 = this.#share1 * (1 - share);
    this.#share3 = this.#share2 * (1 - share);
  }

  next(value: number): number {
    const place = this.#count++ - this.#period;
    if (place < 0) return this.#start(value, place === -1);
    const d = value - this.#average;
    const share = this.#share;
    const share1 = this.#share1;
    const share2 = this.#share2;
    switch (place) {
      case 0:
        this.#d1 = d;
        return this.#average + share * d;
      case 1:
        this.#d2 = d;
        return this.#average + (share * d + share1 * this.#d1);
      case 2:
        this.#d3 = d;
        return this.#average + (share * d + (share1 * this.#d2 + share2 * this.#d1));
      default:
        this.#count = this.#period;
        this.#average += share * d + share1 * this.#d3 + (share2 * this.#d2 + this.#share3 * this.#d1);
        return this.#average;
    }
  }

  #start(value: number, last: boolean): number {
    this.#average += value;
    if (!last) return NaN;
    return (this.#average /= this.#period);
  }
}

/** Mean of the last `period` values. */
export class SmaStep implements Step {
  readonly #sum: WindowSum;
  readonly #share: number;

  constructor(period: number) {
    this.#sum = new WindowSum(period);
    this.#share = 1 / period;
  }

  next(value: number): number {
    return this.#sum.next(value) * this.#share;
  }
}
