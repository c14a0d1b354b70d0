/** The ways to choose some of several things. */

/** How many ways there are to choose `chosen` of `count`: exact up to 2^53. */
export function combinationCount(count: number, chosen: number): number {
  let ways = 1;
  for (let k = 1; k <= chosen; k++) ways = Math.round((ways * (count - chosen + k)) / k);
  return ways;
}

/** Moves `chosen`, rising numbers below `count`, on to the next choice in dictionary order; false at the last. */
export function nextCombination(chosen: Int32Array, count: number): boolean {
  const size = chosen.length;
  let at = size - 1;
  while (at >= 0 && chosen[at] === count - size + at) at--;
  if (at < 0) return false;
  let value = chosen[at]! + 1;
  for (let i = at; i < size; i++) chosen[i] = value++;
  return true;
}
