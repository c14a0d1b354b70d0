/** Reads one price file and prints what was in it, how long it took, and the most memory it needed. */
import { readPriceFiles } from '../node/price-files.js';

const start = performance.now();
const { panel } = await readPriceFiles([process.argv[2]!]);
const seconds = (performance.now() - start) / 1_000;
let sum = 0n;
for (let t = 0; t < panel.close.rows; t++) {
  let daySum = 0;
  for (let j = 0; j < panel.close.cols; j++) daySum += panel.close.data[t * panel.close.cols + j]!;
  sum += BigInt(daySum);
}
const rssBytes = process.resourceUsage().maxRSS * 1_024;
process.stdout.write(
  JSON.stringify({
    dates: panel.dates.length,
    symbols: panel.symbols.length,
    sumOfCloses: String(sum),
    seconds,
    rssBytes,
  }),
);
