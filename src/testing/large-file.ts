/** A price file of any number of rows, and reading it in a process of its own whose memory is measured. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatDate } from '../time.js';
import { cleanEnv, withoutHooks } from './child.js';

const SYMBOLS = 2_000;
/** 2000-01-03 as an epoch day. */
const FIRST_DAY = 10_959;

/** What came of reading a large file, beside what was written. */
export interface LargeFileRun {
  readonly fileBytes: number;
  readonly seconds: number;
  /** Most memory of the reading process. */
  readonly rssBytes: number;
  readonly read: { readonly dates: number; readonly symbols: number; readonly sumOfCloses: string };
  readonly written: { readonly dates: number; readonly symbols: number; readonly sumOfCloses: string };
}

/** Writes `rows` rows `date,symbol,open,high,low,close,volume` and reads them with `readPriceFiles`. */
export function runLargeFile(rows: number, seed: number): LargeFileRun {
  const folder = mkdtempSync(join(tmpdir(), 'nb-large-'));
  const path = join(folder, 'large.csv');
  try {
    const written = writeRows(path, Math.ceil(rows / SYMBOLS), seed);
    const script = fileURLToPath(new URL('./large-file-read.js', import.meta.url));
    const out = withoutHooks(() =>
      execFileSync(process.execPath, [script, path], { encoding: 'utf8', env: cleanEnv() }),
    );
    const { seconds, rssBytes, ...read } = JSON.parse(out) as LargeFileRun['read'] & {
      seconds: number;
      rssBytes: number;
    };
    return { fileBytes: statSync(path).size, seconds, rssBytes, read, written };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Random walks in cents; the sum of the closes is taken as integers while they are written. */
function writeRows(path: string, days: number, seed: number): LargeFileRun['written'] {
  let state = seed >>> 0 || 1;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const cents = Array.from({ length: SYMBOLS }, () => 1_000 + next(50_000));
  const file = openSync(path, 'w');
  let text = 'date,symbol,open,high,low,close,volume\n';
  let sum = 0n;
  for (let t = 0; t < days; t++) {
    const day = formatDate(FIRST_DAY + t);
    let daySum = 0;
    for (let j = 0; j < SYMBOLS; j++) {
      const open = cents[j]!;
      const close = Math.max(100, open + next(201) - 100);
      cents[j] = close;
      daySum += close;
      const [high, low] = [Math.max(open, close) + next(50), Math.min(open, close) - next(50)];
      text += `${day},S${j},${price(open)},${price(high)},${price(low)},${price(close)},${1_000 + next(9_000_000)}\n`;
    }
    sum += BigInt(daySum);
    if (text.length > 1_000_000) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
  return { dates: days, symbols: SYMBOLS, sumOfCloses: String(sum) };
}

function price(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
