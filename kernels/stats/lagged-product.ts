/**
 * Sum of `values[i] * values[i - lag]` for i from `from` to `to` − 1: with values less their mean, n times the
 * autocovariance; with lag 0, a sum of squares.
 *
 * values    any numbers; a NaN in the range makes the result NaN
 * from, to  lag <= from <= to <= values.length; an empty range gives 0
 * lag       0 or more
 *
 * O(to − from), from left to right.
 */
export function laggedProduct(values: Float64Array, from: number, to: number, lag: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += values[i] * values[i - lag];
  return total;
}
