/** Index of the first value of `t3`. */
export function t3Lookback(period: number): number {
  return 6 * (period - 1);
}

/** Cells of scratch that `t3` needs. */
export function t3Scratch(): number {
  return T3_CELLS;
}

/** Six averages, and the sum of the first numbers of the one that is to start next. */
const T3_CELLS = 7;

/**
 * Tillson's T3: three times a double exponential average whose second part counts `volume` instead of 1.
 *
 * values   n numbers; after a NaN or an infinity everything is NaN
 * period   1 or more
 * volume   0 (a plain triple average) to 1 (three times DEMA); 0.7 is usual
 * scratch  t3Scratch() cells
 * out      n numbers; the first 6 (`period` − 1) of them NaN; may be `values` itself
 *
 * Multiplied out it is a sum of the third to the sixth exponential average of averages. Each average starts with the
 * mean of its first `period` numbers. O(n), one pass.
 * Source: T. Tillson, Better Moving Averages, 1998; first values as TA-Lib T3.
 */
export function t3(
  values: Float64Array,
  period: number,
  volume: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const n = values.length;
  const last = period - 1;
  const share = 2 / (period + 1);
  const warm = 6 * last;
  if (n <= warm) {
    out.fill(NaN);
    return;
  }
  scratch.fill(0, 0, T3_CELLS);
  // Average number k is started by the bar k × (period − 1) + period − 1.
  let started = 0;
  for (let i = 0; i <= warm; i++) {
    let x = values[i];
    for (let k = 0; k < started; k++) {
      scratch[k] += share * (x - scratch[k]);
      x = scratch[k];
    }
    // With period 1 a bar starts all of them.
    while (started < 6) {
      scratch[6] += x;
      if (i < (started + 1) * last) break;
      x = scratch[6] / period;
      scratch[started++] = x;
      scratch[6] = 0;
    }
    out[i] = NaN;
  }
  let e1 = scratch[0];
  let e2 = scratch[1];
  let e3 = scratch[2];
  let e4 = scratch[3];
  let e5 = scratch[4];
  let e6 = scratch[5];
  const c6 = t3Sixth(volume);
  const c5 = t3Fifth(volume);
  const c4 = t3Fourth(volume);
  const c3 = t3Third(volume);
  out[warm] = c6 * e6 + c5 * e5 + c4 * e4 + c3 * e3;
  for (let i = warm + 1; i < n; i++) {
    e1 += share * (values[i] - e1);
    e2 += share * (e1 - e2);
    e3 += share * (e2 - e3);
    e4 += share * (e3 - e4);
    e5 += share * (e4 - e5);
    e6 += share * (e5 - e6);
    out[i] = c6 * e6 + c5 * e5 + c4 * e4 + c3 * e3;
  }
}

/** Share of the sixth average: −v^3. */
export function t3Sixth(volume: number): number {
  return -volume * volume * volume;
}

/** Share of the fifth average: 3 v^2 (1 + v). */
export function t3Fifth(volume: number): number {
  return 3 * volume * volume * (1 + volume);
}

/** Share of the fourth average: −3 v (1 + v)^2. */
export function t3Fourth(volume: number): number {
  return -3 * volume * (1 + volume) * (1 + volume);
}

/** Share of the third average: (1 + v)^3. */
export function t3Third(volume: number): number {
  return (1 + volume) * (1 + volume) * (1 + volume);
}
