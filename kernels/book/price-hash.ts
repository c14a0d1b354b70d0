/** Where a number below 2^53 would like to stand in a hash table of `mask + 1` places, a power of two. */
export function placeOf(value: number, mask: number): number {
  const high = (value / 4294967296) | 0;
  const mixed = Math.imul(value | 0, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & mask;
}
