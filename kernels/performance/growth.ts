/**
 * Product of 1 + return over `returns[from]` … `returns[to - 1]`: the wealth that 1 becomes.
 *
 * returns   simple returns; a NaN makes the result NaN
 * from, to  0 <= from <= to <= returns.length; an empty range gives 1
 *
 * O(n), one product after the other, relative error about n 2^-53. Reference: quantstats comp.
 */
export function growthFactor(returns: Float64Array, from: number, to: number): number {
  let growth = 1;
  for (let i = from; i < to; i++) growth *= 1 + returns[i];
  return growth;
}
