/** Reading CSV files of 100 MB, against pandas and papaparse. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PriceReader } from '../src/series/price-reader.js';
import { formatDate } from '../src/time.js';
import { type Bench, job, type Kernel, type PeerUse } from './harness.js';
import { bellStream } from './inputs.js';

const FOLDER = join(tmpdir(), 'nb-bench-csv');
const PIECE = 1 << 20;
/** 2000-01-03 as an epoch day. */
const FIRST_DAY = 10_959;

/** Writes lines to a file under a temporary name first, so that a file that is there is whole. */
function writeLines(path: string, write: (put: (line: string) => void) => void): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  const file = openSync(temporary, 'w');
  let text = '';
  write((line) => {
    text += line;
    if (text.length < PIECE) return;
    writeSync(file, text);
    text = '';
  });
  writeSync(file, text);
  closeSync(file);
  renameSync(temporary, path);
}

/** Closes of `symbols` random walks, in whole cents, as text with two decimals. */
function walks(symbols: number, seed: number): (j: number) => string {
  const bell = bellStream(seed);
  const level = new Float64Array(symbols).fill(10_000);
  return (j) => {
    level[j] = Math.max(100, level[j] * (1 + 0.01 * bell()));
    return (Math.round(level[j]) / 100).toFixed(2);
  };
}

/** `Date,S0,S1,…`: 7,000 days of 2,000 symbols, about 100 MB. */
function writeWide(path: string, rows: number, symbols: number): void {
  const next = walks(symbols, 11);
  const names = Array.from({ length: symbols }, (_, j) => `S${j}`);
  writeLines(path, (put) => {
    put(`Date,${names.join(',')}\n`);
    for (let t = 0; t < rows; t++)
      put(`${formatDate(FIRST_DAY + t)},${names.map((_, j) => next(j)).join(',')}\n`);
  });
}

/** `date,symbol,open,high,low,close,volume`: a row for each day and symbol, by date. */
function writeLong(path: string, rows: number, symbols: number): void {
  const next = walks(symbols, 12);
  const bell = bellStream(13);
  writeLines(path, (put) => {
    put('date,symbol,open,high,low,close,volume\n');
    for (let t = 0; t < rows; t++) {
      const day = formatDate(FIRST_DAY + t);
      for (let j = 0; j < symbols; j++) {
        const close = Number(next(j));
        const [high, low] = [close * 1.01, close * 0.99];
        const volume = Math.round(5e6 + 1e6 * bell());
        put(
          `${day},S${j},${((high + low) / 2).toFixed(2)},${high.toFixed(2)},${low.toFixed(2)},${close.toFixed(2)},${volume}\n`,
        );
      }
    }
  });
}

/** A file in pieces to a panel of whole ticks: every cell checked, dates as days. */
const readFile: Kernel = (_, params) => {
  const path = String(params.file);
  if (!existsSync(path)) {
    (params.layout === 'wide' ? writeWide : writeLong)(path, Number(params.rows), Number(params.symbols));
  }
  return job(
    () => {
      const reader = new PriceReader({ file: path });
      reader.size = statSync(path).size;
      const file = openSync(path, 'r');
      const piece = new Uint8Array(PIECE);
      for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
        reader.push(piece.subarray(0, read));
      }
      closeSync(file);
      return reader.finish().panel;
    },
    ({ close, priceScale }) => ({
      cells: close.rows * close.cols,
      lastClose: close.data[close.data.length - 1] / priceScale,
    }),
  );
};

const PEERS = (layout: 'wide' | 'long'): readonly PeerUse[] => [
  {
    script: 'pandas',
    kernel: layout === 'wide' ? 'readWide' : 'readLong',
    what:
      layout === 'wide'
        ? 'read_csv with the dates parsed: prices as floats, unchecked'
        : 'read_csv with the dates parsed, then pivot to dates × symbols of the four prices; floats, unchecked',
    agree: { fields: ['cells', 'lastClose'], relative: 1e-12 },
  },
  {
    script: 'papaparse',
    kernel: 'parse',
    what: 'parse of the whole text to arrays of texts; no numbers, no dates',
    params: { file: join(FOLDER, `${layout}.csv`), layout },
    agree: { fields: ['cells', 'lastClose'], relative: 1e-12 },
  },
];

export const bench: Bench = {
  name: 'csv',
  kernels: { readFile },
  cases: [
    {
      name: 'wide-100mb',
      title: 'CSV of 100 MB, 7,000 days × 2,000 symbols, to whole ticks',
      kernel: 'readFile',
      params: { file: join(FOLDER, 'wide.csv'), layout: 'wide', rows: 7_000, symbols: 2_000 },
      peers: PEERS('wide'),
      cells: 14_000_000,
    },
    {
      name: 'long-100mb',
      title: 'CSV of 100 MB, 1,800,000 rows date,symbol,open,high,low,close,volume, to whole ticks',
      kernel: 'readFile',
      params: { file: join(FOLDER, 'long.csv'), layout: 'long', rows: 3_600, symbols: 500 },
      peers: PEERS('long'),
      cells: 7_200_000,
    },
  ],
};
