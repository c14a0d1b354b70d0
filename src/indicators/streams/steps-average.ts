/** Moving averages as parts of streams, each with the operations of its kernel in the same order. */
import { kamaShare } from '../../../kernels/indicators/kama.js';
import { followerOf, mamaLookback, mamaScratch, mamaStep } from '../../../kernels/indicators/mama.js';
import { MAMA_FAST, MAMA_SLOW, T3_VOLUME } from '../../../kernels/indicators/moving-average.js';
import { t3Fifth, t3Fourth, t3Sixth, t3Third } from '../../../kernels/indicators/t3.js';
import { trimaFirst } from '../../../kernels/indicators/trima.js';
import { wmaRise } from '../../../kernels/indicators/wma.js';
import { EmaStep, PlainEmaStep, SmaStep, type Step } from './steps.js';
import { LineStep, WindowSum } from './steps-window.js';

/** The moving average of a type: its place in MA_TYPES. */
export function movingAverageStep(type: number, period: number): Step {
  if (period === 1) return new CopyStep();
  switch (type) {
    case 0:
      return new SmaStep(period);
    case 1:
      return new EmaStep(period);
    case 2:
      return new WmaStep(period);
    case 3:
      return new DemaStep(period);
    case 4:
      return new TemaStep(period);
    case 5:
      return new TrimaStep(period);
    case 6:
      return new KamaStep(period);
    case 7:
      return new MamaStep(MAMA_FAST, MAMA_SLOW);
    default:
      return new T3Step(period, T3_VOLUME);
  }
}

/** The value itself. */
class CopyStep implements Step {
  next(value: number): number {
    return value;
  }
}

/** Weighted average of the last `period` values. */
export class WmaStep extends LineStep {
  constructor(period: number) {
    super(period, 1, 0, wmaRise(period));
  }
}

/** A chain of exponential averages, each over the numbers of the one before. */
export class EmaChain {
  /** What the averages are now, NaN where one has not begun. */
  readonly averages: Float64Array;
  readonly #steps: readonly PlainEmaStep[];

  constructor(count: number, period: number) {
    this.#steps = Array.from({ length: count }, () => new PlainEmaStep(period));
    this.averages = new Float64Array(count).fill(NaN);
  }

  /** The last average of the chain. */
  next(value: number): number {
    let x = value;
    for (let k = 0; k < this.#steps.length; k++) {
      x = this.#steps[k]!.next(x);
      if (Number.isNaN(x)) return NaN;
      this.averages[k] = x;
    }
    return x;
  }
}

/** Double exponential average. */
export class DemaStep implements Step {
  readonly #chain: EmaChain;

  constructor(period: number) {
    this.#chain = new EmaChain(2, period);
  }

  next(value: number): number {
    const second = this.#chain.next(value);
    return 2 * this.#chain.averages[0]! - second;
  }
}

/** Triple exponential average. */
export class TemaStep implements Step {
  readonly #chain: EmaChain;

  constructor(period: number) {
    this.#chain = new EmaChain(3, period);
  }

  next(value: number): number {
    const third = this.#chain.next(value);
    const { averages } = this.#chain;
    return 3 * (averages[0]! - averages[1]!) + third;
  }
}

/** Tillson's T3. */
export class T3Step implements Step {
  readonly #chain: EmaChain;
  readonly #c3: number;
  readonly #c4: number;
  readonly #c5: number;
  readonly #c6: number;

  constructor(period: number, volume: number) {
    this.#chain = new EmaChain(6, period);
    this.#c3 = t3Third(volume);
    this.#c4 = t3Fourth(volume);
    this.#c5 = t3Fifth(volume);
    this.#c6 = t3Sixth(volume);
  }

  next(value: number): number {
    const sixth = this.#chain.next(value);
    const { averages } = this.#chain;
    return this.#c6 * sixth + this.#c5 * averages[4]! + this.#c4 * averages[3]! + this.#c3 * averages[2]!;
  }
}

/** Triangular average: a simple average of a simple average. */
export class TrimaStep implements Step {
  readonly #first: SmaStep;
  readonly #second: SmaStep;

  constructor(period: number) {
    const first = trimaFirst(period);
    this.#first = new SmaStep(first);
    this.#second = new SmaStep(period + 1 - first);
  }

  next(value: number): number {
    const mean = this.#first.next(value);
    return Number.isNaN(mean) ? NaN : this.#second.next(mean);
  }
}

/** Kaufman's adaptive average. */
export class KamaStep implements Step {
  readonly #period: number;
  readonly #way: WindowSum;
  /** The last `period` values. */
  readonly #values: Float64Array;
  #bar = 0;
  #previous = 0;
  #average = 0;

  constructor(period: number) {
    this.#period = period;
    this.#way = new WindowSum(period);
    this.#values = new Float64Array(period);
  }

  next(value: number): number {
    const bar = this.#bar++;
    if (this.#period === 1) return value;
    const place = bar % this.#period;
    const old = this.#values[place]!;
    this.#values[place] = value;
    const previous = this.#previous;
    this.#previous = value;
    if (bar === 0) return NaN;
    const way = this.#way.next(Math.abs(value - previous));
    if (bar < this.#period) return NaN;
    if (bar === this.#period) this.#average = previous;
    return (this.#average += kamaShare(value - old, way) * (value - this.#average));
  }
}

/** MESA adaptive average, and the one that follows it. */
export class MamaStep implements Step {
  readonly #state: Float64Array = new Float64Array(mamaScratch());
  readonly #fast: number;
  readonly #slow: number;
  #bar = 0;

  constructor(fast: number, slow: number) {
    this.#fast = fast;
    this.#slow = slow;
  }

  /** The second average after a step; only meaningful once the first is a number. */
  get follower(): number {
    return followerOf(this.#state);
  }

  next(value: number): number {
    const average = mamaStep(value, this.#fast, this.#slow, this.#state);
    return this.#bar++ < mamaLookback() ? NaN : average;
  }
}
