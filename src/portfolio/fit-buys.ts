/** How far the buys of a rebalance must shrink when cash is short. */

/**
 * Finds the largest common factor, to a few cents, at which `need(factor)` does not exceed `available`, and leaves the
 * last call at that factor. One number for all buys, so that the listing order of the symbols cannot matter.
 *
 * available  cents
 * full       cents that the buys take at factor 1, more than available
 * need       cents that the buys take at a factor from 0 to 1; rounding makes it a staircase, fees let it jump
 */
export function fitBuys(available: number, full: number, need: (factor: number) => number): void {
  let needed = full;
  let aim = available;
  for (let round = 0; round < 8 && needed > available; round++) {
    if (round > 0) aim -= needed - available + 1;
    needed = need(aim > 0 ? aim / full : 0);
  }
  if (needed <= available) return;
  // Minimum fees do not shrink with the orders: bisect, keeping the largest factor known to fit.
  let low = 0;
  let high = 1;
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (need(middle) <= available) low = middle;
    else high = middle;
  }
  need(low);
}
