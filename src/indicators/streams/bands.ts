/** Bands that take one bar after the other. */
import { bbands } from '../bands.js';
import { checkAll } from '../define.js';
import type { MaType } from '../ma-types.js';
import { Stream } from '../stream.js';
import type { Step } from './steps.js';
import { movingAverageStep } from './steps-average.js';
import { MomentsStep } from './steps-window.js';

/** `bbands`, one bar at a time. Throws as `bbands`. O(1) on average a bar, memory O(period). */
export class Bbands extends Stream {
  readonly #moments: MomentsStep;
  /** The middle where it is not the mean. */
  readonly #average: Step | undefined;
  readonly #up: number;
  readonly #down: number;

  constructor(period?: number, up?: number, down?: number, maType?: MaType) {
    super();
    const [p, above, below, type] = checkAll(bbands.row, [period, up, down, maType]);
    this.#moments = new MomentsStep(p!);
    this.#average = type === 0 ? undefined : movingAverageStep(type!, p!);
    const unit = type === 0 ? Math.sqrt(1 / p!) : 1;
    this.#up = above! * unit;
    this.#down = below! * unit;
  }

  /** The bands with this bar; NaN while there is too little history. */
  update(close: number): Readonly<Record<'upper' | 'middle' | 'lower', number>> {
    if (!this.admitsValue('close', close)) return { upper: NaN, middle: NaN, lower: NaN };
    const moments = this.#moments;
    moments.next(close);
    const average = this.#average;
    const middle = average === undefined ? moments.mean : average.next(close);
    const deviation = Math.sqrt(average === undefined ? moments.spread : moments.variance);
    return {
      upper: middle + this.#up * deviation,
      middle: Number.isNaN(deviation) ? NaN : middle,
      lower: middle - this.#down * deviation,
    };
  }
}
