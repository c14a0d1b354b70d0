/** The lowest and the highest of the values of series; NaN are passed over. (Infinity, -Infinity) where there is none. */
export function rangeOf(series: readonly Float64Array[]): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const values of series) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}
