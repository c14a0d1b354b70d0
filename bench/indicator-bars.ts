/** The bars that indicators are timed on, and the numbers that are compared between the sides. */
import type { Check } from './harness.js';
import { bellStream, type Input } from './inputs.js';

/** Bars of a random walk without drift, in whole cents: 0.1 % a bar, wicks as long, volumes around 1,000. */
export function randomBars(count: number, seed: number): Input {
  const bell = bellStream(seed);
  const columns = {
    open: new Float64Array(count),
    high: new Float64Array(count),
    low: new Float64Array(count),
    close: new Float64Array(count),
    volume: new Float64Array(count),
  };
  const { open, high, low, close, volume } = columns;
  const cents = (price: number): number => Math.round(price * 100) / 100;
  let level = 100;
  for (let i = 0; i < count; i++) {
    open[i] = cents(level);
    level = Math.max(1, level * (1 + 0.001 * bell()));
    close[i] = cents(level);
    high[i] = cents(Math.max(open[i]!, close[i]!) + level * 0.001 * Math.abs(bell()));
    low[i] = cents(Math.min(open[i]!, close[i]!) - level * 0.001 * Math.abs(bell()));
    volume[i] = Math.round(1000 + 200 * bell());
  }
  return Object.fromEntries(
    Object.entries(columns).map(([name, data]) => [name, { data, rows: count, cols: 1 }]),
  );
}

/** The value in the middle and the last one of each output. The arrays of a peer may lack the first values. */
export function ends(outputs: readonly ArrayLike<number>[], length: number): Check {
  const check: Record<string, number> = {};
  outputs.forEach((out, k) => {
    check[`middle${k}`] = out[(length >> 1) - (length - out.length)] ?? NaN;
    check[`last${k}`] = out[out.length - 1] ?? NaN;
  });
  return check;
}
