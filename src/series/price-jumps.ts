/** Jumps between closes that look like a split the prices were not adjusted for. */
import { formatDate } from '../time.js';
import type { PricePanel } from './price-panel.js';

/** Largest split looked for, and how near a jump must come to it. */
const SPLIT_MAX = 50;
const NEAR = 0.04;
/** Jumps named; the others are counted. */
const SHOWN = 3;

/**
 * A sentence of warning where a close is near a whole number of times the one before it, or a whole part of it (2 to
 * 50, within 4 %), and moves by at least 40 %; empty where there is none. O(cells).
 */
export function jumpWarning(panel: PricePanel): string {
  const { rows, cols, data } = panel.close;
  const latest = new Float64Array(cols).fill(Number.NaN);
  const shown: string[] = [];
  let count = 0;
  for (let t = 0; t < rows; t++) {
    for (let j = 0; j < cols; j++) {
      const now = data[t * cols + j]!;
      if (Number.isNaN(now)) continue;
      const before = latest[j]!;
      latest[j] = now;
      if (now < 1.6 * before && before < 1.6 * now) continue;
      const ratio = now > before ? now / before : before / now;
      const whole = Math.round(ratio);
      if (whole >= 2 && whole <= SPLIT_MAX && Math.abs(ratio - whole) <= NEAR * whole) {
        count += 1;
        const split = now > before ? `1-for-${whole}` : `${whole}-for-1`;
        if (shown.length < SHOWN)
          shown.push(`${panel.symbols[j]!} ${formatDate(panel.dates[t]!)} (${split})`);
      }
    }
  }
  if (count === 0) return '';
  const more = count > shown.length ? ` and ${count - shown.length} more` : '';
  return `Warning: ${count} price jump${count === 1 ? '' : 's'} like an unadjusted split: ${shown.join(', ')}${more}.`;
}
