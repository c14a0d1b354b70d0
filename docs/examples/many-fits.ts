import { fileURLToPath } from 'node:url';
import { createPool, fitManyAsync, readPriceFiles } from 'nb-backtest/node';

const demo = import.meta
  .resolve('nb-backtest/package.json')
  .replace('package.json', 'fixtures/market/demo/stocks-2013-2022.csv.gz');
const { panel } = await readPriceFiles([fileURLToPath(demo)]);
const { data, rows, cols } = panel.close;

// One series of returns a symbol.
const returns = panel.symbols.map((_, j) =>
  Float64Array.from({ length: rows - 1 }, (_day, t) => data[(t + 1) * cols + j]! / data[t * cols + j]! - 1),
);

const pool = createPool({ workers: 2 });
for (const sentence of pool.sentences) console.error(sentence);
const fits = await fitManyAsync(returns, { dist: 't' }, { pool, signal: AbortSignal.timeout(60_000) });
await pool.close();

const calm = fits.reduce((a, b) => (a.forecastVolatility < b.forecastVolatility ? a : b));
console.log(panel.symbols[fits.indexOf(calm)], calm.forecastVolatility, calm.forecast(5));
