import { atan } from '../special/atan.js';

/** Index of the first value of `mama`. */
export function mamaLookback(): number {
  return 32;
}

/** Cells of scratch that `mama` needs. */
export function mamaScratch(): number {
  return MAMA_CELLS;
}

/** Places of the state: ring buffers of the last 16 bars each, then single numbers. */
const PRICE = 0;
const SMOOTH = 16;
const DETRENDED = 32;
const QUADRATURE = 48;
const PERIOD = 64;
const I2 = 65;
const Q2 = 66;
const REAL = 67;
const IMAGINARY = 68;
const PHASE = 69;
const AVERAGE = 70;
const FOLLOWER = 71;
const BARS = 72;
const MAMA_CELLS = 73;

/** Bars that only fill the average of four bars. */
const IDLE = 12;
const DEGREES = 57.29577951308232;

/**
 * MESA adaptive moving average and the average that follows it.
 *
 * values     n numbers without NaN
 * fastLimit  0.01 to 0.99: largest share of a new value
 * slowLimit  0.01 to 0.99: smallest share of a new value
 * scratch    mamaScratch() cells
 * mama       n averages; the first 32 of them NaN
 * fama       n averages, smoothed with half the share; masked like `mama`
 *
 * A Hilbert transform of the smoothed prices gives the phase of the market's cycle; the faster the phase turns back, the
 * smaller the share. O(n). Source: J. F. Ehlers, MESA and Trading Market Cycles, 2001; start as TA-Lib MAMA.
 */
export function mama(
  values: Float64Array,
  fastLimit: number,
  slowLimit: number,
  scratch: Float64Array,
  mamaOut: Float64Array,
  famaOut: Float64Array,
): void {
  scratch.fill(0, 0, MAMA_CELLS);
  for (let i = 0; i < values.length; i++) {
    const average = mamaStep(values[i], fastLimit, slowLimit, scratch);
    mamaOut[i] = i < 32 ? NaN : average;
    famaOut[i] = i < 32 ? NaN : scratch[FOLLOWER];
  }
}

/** As `mama`, without the average that follows. */
export function mamaLine(
  values: Float64Array,
  fastLimit: number,
  slowLimit: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  scratch.fill(0, 0, MAMA_CELLS);
  for (let i = 0; i < values.length; i++) {
    const average = mamaStep(values[i], fastLimit, slowLimit, scratch);
    out[i] = i < 32 ? NaN : average;
  }
}

/** The second average of a state. */
export function followerOf(state: Float64Array): number {
  return state[FOLLOWER];
}

/** One bar: moves the state of mamaScratch() cells, all 0 at the start, and gives the average. */
export function mamaStep(value: number, fastLimit: number, slowLimit: number, state: Float64Array): number {
  const bar = state[BARS];
  state[BARS] = bar + 1;
  const at = bar & 15;
  state[PRICE + at] = value;
  if (bar < IDLE) return 0;
  const smooth =
    (4 * value +
      3 * state[PRICE + ((bar - 1) & 15)] +
      2 * state[PRICE + ((bar - 2) & 15)] +
      state[PRICE + ((bar - 3) & 15)]) *
    0.1;
  const adjust = 0.075 * state[PERIOD] + 0.54;
  state[SMOOTH + at] = smooth;
  const detrended = hilbert(state, SMOOTH, bar) * adjust;
  state[DETRENDED + at] = detrended;
  const q1 = hilbert(state, DETRENDED, bar) * adjust;
  state[QUADRATURE + at] = q1;
  const i1 = state[DETRENDED + ((bar - 3) & 15)];
  // The transform of i1 is that of the detrended prices three bars ago, but with today's adjustment.
  const jI = hilbert(state, DETRENDED, bar - 3) * adjust;
  const jQ = hilbert(state, QUADRATURE, bar) * adjust;
  const q2 = 0.2 * (q1 + jI) + 0.8 * state[Q2];
  const i2 = 0.2 * (i1 - jQ) + 0.8 * state[I2];
  const phase = i1 !== 0 ? atan(q1 / i1) * DEGREES : 0;
  const turn = Math.max(1, state[PHASE] - phase);
  state[PHASE] = phase;
  const share = turn > 1 ? Math.max(slowLimit, fastLimit / turn) : fastLimit;
  const average = share * value + (1 - share) * state[AVERAGE];
  state[AVERAGE] = average;
  state[FOLLOWER] = 0.5 * share * average + (1 - 0.5 * share) * state[FOLLOWER];
  const real = 0.2 * (i2 * state[I2] + q2 * state[Q2]) + 0.8 * state[REAL];
  const imaginary = 0.2 * (i2 * state[Q2] - q2 * state[I2]) + 0.8 * state[IMAGINARY];
  state[REAL] = real;
  state[IMAGINARY] = imaginary;
  state[I2] = i2;
  state[Q2] = q2;
  state[PERIOD] = nextPeriod(state[PERIOD], real, imaginary);
  return average;
}

/** A series and its values two, four and six bars ago, weighted. */
function hilbert(state: Float64Array, base: number, bar: number): number {
  const even = state[base + (bar & 15)] - state[base + ((bar - 6) & 15)];
  const odd = state[base + ((bar - 2) & 15)] - state[base + ((bar - 4) & 15)];
  return 0.0962 * even + 0.5769 * odd;
}

/** The length of the cycle, smoothed: 6 to 50 bars, and not far from the last one. */
function nextPeriod(before: number, real: number, imaginary: number): number {
  let period = before;
  if (imaginary !== 0 && real !== 0) period = 360 / (atan(imaginary / real) * DEGREES);
  period = Math.min(period, 1.5 * before);
  period = Math.max(period, 0.67 * before);
  period = Math.min(50, Math.max(6, period));
  return 0.2 * period + 0.8 * before;
}
