/**
 * Ends a block of a windowed sum that goes along with other work, one value at a time.
 *
 * scratch  cells at … at + window − 1: the values of the block; each becomes the sum of those after it
 *
 * A window is the end of one block and the start of the next: its sum is the cell of the block before, left by this
 * function, plus the sum of the values of the block so far. So nothing is ever taken out of a sum again. The caller
 * reads the cell at place j, writes the value of the new block into it, and calls this once the block is full: O(1)
 * a value on average.
 */
export function endBlock(scratch: Float64Array, at: number, window: number): void {
  let sum = 0;
  for (let j = at + window - 1; j >= at; j--) {
    const value = scratch[j];
    scratch[j] = sum;
    sum += value;
  }
}
