/**
 * Sum of `values[from]` … `values[to - 1]`, as if added in twice the precision and rounded once.
 *
 * values    any numbers; a NaN or an infinity makes the result NaN or infinite
 * from, to  0 <= from <= to <= values.length; an empty range gives 0
 *
 * O(n). Error at most one rounding plus n^2 2^-106 of the sum of magnitudes, so the order of the values does not
 * show for any n of practice. The two-sum of Knuth (TAOCP 2, 4.2.2, theorem B) has no branch, and only one of its
 * six additions waits for the one before. Reference: math.fsum, case "sum" in the tests.
 */
export function sum(values: Float64Array, from: number, to: number): number {
  let total = 0;
  let lost = 0;
  for (let i = from; i < to; i++) {
    const x = values[i];
    const next = total + x;
    const part = next - total;
    lost += total - (next - part) + (x - part);
    total = next;
  }
  // Where the total ran over, `lost` is NaN; the plain total says which infinity it was.
  return lost - lost === 0 ? total + lost : total;
}
