/** Reading the real prices of fixtures/market, against pandas. */
import { join } from 'node:path';
import { readTextFile } from '../src/node/files.js';
import { readPrices } from '../src/series/read-prices.js';
import { type Bench, job, type Kernel, type PeerUse } from './harness.js';
import { ROOT } from './peer.js';

/** File to panel: unzip, split, dates to days, decimals to exact ticks. */
const readFile: Kernel = (_, params) => {
  const path = String(params.file);
  return job(
    () => readPrices(readTextFile(path), { file: path }).panel,
    ({ close, priceScale }) => ({
      rows: close.rows,
      columns: close.cols,
      lastClose: close.data[(close.rows - 1) * close.cols] / priceScale,
    }),
  );
};

/** Not quite the same work: pandas gives floats and checks no prices. */
const PANDAS: PeerUse = {
  script: 'pandas',
  kernel: 'readCsv',
  what: 'read_csv(index_col=0, parse_dates=True), prices as floats',
  agree: { fields: ['rows', 'columns', 'lastClose'], relative: 1e-12 },
};

export const bench: Bench = {
  name: 'series',
  kernels: { readFile },
  cases: [
    {
      name: 'read-20-stocks-1990-2022',
      title: 'gzipped CSV of 20 stocks × 8,313 days to whole ticks, every cell checked',
      kernel: 'readFile',
      params: { file: join(ROOT, 'fixtures/market/sp500-20-stocks-1990-2022.csv.gz') },
      peers: [PANDAS],
      cells: 8313 * 20,
    },
  ],
};
