/**
 * Positions and ticks of axes, and paths of lines. The one door to d3-scale and d3-shape.
 * Positions run from 0 to 1, so that a chart can be drawn at any width.
 */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { log } from '../../kernels/special/log.js';
import { tenth } from './coordinates.js';

/** An axis of values: where a value stands (0 bottom, 1 top) and which values are marked. */
export interface ValueScale {
  readonly kind: 'linear' | 'log';
  /** Values at the bottom and at the top. */
  readonly low: number;
  readonly high: number;
  readonly position: (value: number) => number;
  readonly ticks: readonly number[];
  /** Decimals that tell neighbouring ticks apart; 0 where whole numbers do. */
  readonly decimals: (unit: number) => number;
}

/** An even axis from `low` to `high`, widened to round values, with about `count` ticks. */
export function linearScale(low: number, high: number, count: number): ValueScale {
  const pad = high > low ? 0 : Math.max(Math.abs(low) * 0.05, 1e-9);
  const scale = scaleLinear()
    .domain([low - pad, high + pad])
    .nice(count);
  return linear(scale, count);
}

/** As `linearScale`, without widening: the axis ends at the values themselves. */
export function tightScale(low: number, high: number, count: number): ValueScale {
  const pad = high > low ? 0 : Math.max(Math.abs(low) * 0.05, 1e-9);
  const scale = scaleLinear().domain([low - pad, high + pad]);
  return linear(scale, count);
}

/** An axis on which equal ratios are equally far apart, from `low` to `high`, both above 0. */
export function logScale(low: number, high: number): ValueScale {
  const scale = scaleLinear().domain([log(low), log(high)]);
  return {
    kind: 'log',
    low,
    high,
    position: (value) => scale(log(value)),
    ticks: logTicks(low, high),
    decimals: () => 0,
  };
}

function linear(scale: ScaleLinear<number, number>, count: number): ValueScale {
  const ticks = scale.ticks(count);
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : ticks[0]!;
  const [low, high] = scale.domain();
  return {
    kind: 'linear',
    low: low!,
    high: high!,
    position: (value) => scale(value),
    ticks,
    decimals: (unit) => decimalsOf(step / unit),
  };
}

/** Decimals of a round step: 0 for 20, 1 for 0.5, 2 for 0.25. */
export function decimalsOf(step: number): number {
  let scaled = Math.abs(step);
  for (let decimals = 0; decimals < 8; decimals++) {
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return decimals;
    scaled *= 10;
  }
  return 8;
}

/** Round values from `low` to `high`: powers of ten with as many steps between as fit into seven ticks. */
export function logTicks(low: number, high: number): number[] {
  let ticks: number[] = [];
  for (const steps of [[1], [1, 3], [1, 2, 5], [1, 2, 3, 5, 7]]) {
    const finer: number[] = [];
    for (let exponent = -9; exponent <= 18; exponent++) {
      const power = Number(`1e${exponent}`);
      for (const step of steps) {
        const value = step * power;
        if (value >= low && value <= high) finer.push(value);
      }
    }
    if (finer.length > 7 && ticks.length >= 3) break;
    ticks = finer;
  }
  return ticks;
}

/** Path data of a line through (x, y), broken at NaN; coordinates to a tenth of a pixel. */
export function linePath(x: ArrayLike<number>, y: ArrayLike<number>): string {
  return (
    line<number>()
      .x((i) => x[i]!)
      .y((i) => y[i]!)
      .defined((i) => !Number.isNaN(y[i]))
      .digits(1)(indices(y.length)) ?? ''
  );
}

/** Path data of the area between (x, y) and the level `base`, one closed piece for each run without NaN. */
export function areaPath(x: ArrayLike<number>, y: ArrayLike<number>, base: number): string {
  const pieces: string[] = [];
  const level = tenth(base);
  for (let start = 0; start < y.length; start++) {
    if (Number.isNaN(y[start])) continue;
    let end = start + 1;
    while (end < y.length && !Number.isNaN(y[end])) end++;
    const run = Array.from({ length: end - start }, (_, i) => start + i);
    const edge = linePath(
      run.map((i) => x[i]!),
      run.map((i) => y[i]!),
    );
    pieces.push(`${edge.replace(/Z$/, '')}L${tenth(x[end - 1]!)},${level}L${tenth(x[start]!)},${level}Z`);
    start = end;
  }
  return pieces.join('');
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
