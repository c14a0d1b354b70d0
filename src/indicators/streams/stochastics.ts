/** Stochastic oscillators, one bar at a time. */
import { placeInWindow } from '../../../kernels/indicators/stochastic.js';
import { checkAll } from '../define.js';
import type { MaType } from '../ma-types.js';
import { stoch, stochF, stochRsi } from '../stochastics.js';
import { Stream } from '../stream.js';
import type { Step } from './steps.js';
import { movingAverageStep } from './steps-average.js';
import { ExtremeStep } from './steps-extremes.js';
import { RsiStep } from './steps-wilder.js';

/** Place of the close in the range of a window: kernels/indicators/stochastic.ts. */
class FastKStep {
  readonly #highest: ExtremeStep;
  readonly #lowest: ExtremeStep;

  constructor(window: number) {
    this.#highest = new ExtremeStep(window, 'largest');
    this.#lowest = new ExtremeStep(window, 'smallest');
  }

  next(high: number, low: number, close: number): number {
    const highest = this.#highest.next(high);
    const lowest = this.#lowest.next(low);
    return placeInWindow(highest, lowest, close, lowest);
  }
}

/** `stoch`, one bar at a time. Throws as `stoch`. O(1) on average a bar, memory O(periods). */
export class Stoch extends Stream {
  readonly #place: FastKStep;
  readonly #first: Step;
  readonly #second: Step;

  constructor(fastK?: number, slowK?: number, slowD?: number, slowKMaType?: MaType, slowDMaType?: MaType) {
    super();
    const [f, k, d, kType, dType] = checkAll(stoch.row, [fastK, slowK, slowD, slowKMaType, slowDMaType]);
    this.#place = new FastKStep(f!);
    this.#first = movingAverageStep(kType!, k!);
    this.#second = movingAverageStep(dType!, d!);
  }

  /** Both lines with this bar; NaN until both are there. */
  update(high: number, low: number, close: number): { readonly slowK: number; readonly slowD: number } {
    let slowK = NaN;
    let slowD = NaN;
    if (this.admitsBar(high, low, close)) {
      const raw = this.#place.next(high, low, close);
      if (!Number.isNaN(raw)) slowK = this.#first.next(raw);
      if (!Number.isNaN(slowK)) slowD = this.#second.next(slowK);
    }
    return { slowK: Number.isNaN(slowD) ? NaN : slowK, slowD };
  }
}

/** `stochF`, one bar at a time. Throws as `stochF`. O(1) on average a bar, memory O(periods). */
export class StochF extends Stream {
  readonly #place: FastKStep;
  readonly #average: Step;

  constructor(fastK?: number, fastD?: number, maType?: MaType) {
    super();
    const [k, d, type] = checkAll(stochF.row, [fastK, fastD, maType]);
    this.#place = new FastKStep(k!);
    this.#average = movingAverageStep(type!, d!);
  }

  /** Both lines with this bar; NaN until both are there. */
  update(high: number, low: number, close: number): { readonly fastK: number; readonly fastD: number } {
    let fastK = NaN;
    let fastD = NaN;
    if (this.admitsBar(high, low, close)) {
      fastK = this.#place.next(high, low, close);
      if (!Number.isNaN(fastK)) fastD = this.#average.next(fastK);
    }
    return { fastK: Number.isNaN(fastD) ? NaN : fastK, fastD };
  }
}

/** `stochRsi`, one bar at a time. Throws as `stochRsi`. O(1) on average a bar, memory O(periods). */
export class StochRsi extends Stream {
  readonly #index: RsiStep;
  readonly #place: FastKStep;
  readonly #average: Step;

  constructor(period?: number, fastK?: number, fastD?: number, maType?: MaType) {
    super();
    const [p, k, d, type] = checkAll(stochRsi.row, [period, fastK, fastD, maType]);
    this.#index = new RsiStep(p!);
    this.#place = new FastKStep(k!);
    this.#average = movingAverageStep(type!, d!);
  }

  /** Both lines with this bar; NaN until both are there. */
  update(close: number): { readonly fastK: number; readonly fastD: number } {
    let fastK = NaN;
    let fastD = NaN;
    if (this.admitsValue('close', close)) {
      const index = this.#index.next(close);
      if (!Number.isNaN(index)) fastK = this.#place.next(index, index, index);
      if (!Number.isNaN(fastK)) fastD = this.#average.next(fastK);
    }
    return { fastK: Number.isNaN(fastD) ? NaN : fastK, fastD };
  }
}
