import { createHash } from 'node:crypto';
import t from 'tap';
import { type DecimalCell, scanDecimal } from '../decimal.js';
import { runNode } from '../testing/child.js';
import { errorOf } from '../testing/error-of.js';
import {
  contentOf,
  contentRead,
  type LayoutFile,
  layoutBytes,
  layoutFiles,
  outcomeOf,
  readInPieces,
} from '../testing/layouts.js';
import { readText } from '../testing/repository.js';
import { PRICE_FORMATS, type PriceFormatName } from './price-formats.js';
import type { ReadPricesOptions, ReadPricesResult } from './read-options.js';
import { readPrices } from './read-prices.js';
import { RowProblems } from './row-problems.js';
import { ByteRows } from './table/byte-rows.js';
import { findSeparator } from './table/separator.js';
import { lineEndOf, splitRows } from './table/split-rows.js';

const files = layoutFiles();

function fileNamed(name: string): LayoutFile {
  const found = files.find(({ file }) => file === name);
  if (found === undefined) throw new Error(`fixtures/layouts has no ${name}`);
  return found;
}

function read(name: string, options: ReadPricesOptions = {}): ReadPricesResult {
  const { file, options: own } = fileNamed(name);
  return readPrices(layoutBytes(file), { file, ...own, ...options });
}

t.test('every layout gives the days, symbols and ticks of its source, as text and as bytes', async (t) => {
  t.ok(files.length >= 50, `${files.length} files`);
  for (const golden of files) {
    const bytes = layoutBytes(golden.file);
    const options = { file: golden.file, ...golden.options };
    const byText = readInPieces(bytes, bytes.length, { ...options, scanner: 'text' });
    t.strictSame(contentRead(byText), contentOf(golden), golden.file);
    const outcome = outcomeOf(() => byText);
    const ways: Record<string, () => ReadPricesResult> = {
      'bytes at once': () => readPrices(bytes, options),
      'decoded text': () => readPrices(new TextDecoder().decode(bytes), options),
    };
    for (const size of [1, 7, 4096]) {
      ways[`bytes in pieces of ${size}`] = () => readInPieces(bytes, size, { ...options, scanner: 'bytes' });
    }
    for (const [way, call] of Object.entries(ways))
      t.equal(outcomeOf(call), outcome, `${golden.file}, ${way}`);
  }
});

const cellOut: DecimalCell = { units: 0, decimals: 0, rounded: false };

t.test('rows scanned from pieces of any size are those of the whole text', async (t) => {
  for (const { file } of files.filter(({ file }) => !/json/.test(file))) {
    // The whole files go through above; some rows of each show the cells.
    const text = new TextDecoder().decode(layoutBytes(file)).split('\n').slice(0, 20).join('\n');
    const body = new TextEncoder().encode(text);
    const problems = new RowProblems(file, 5);
    const separator = findSeparator(text, problems);
    const { rows, lines } = splitRows(text, separator, problems);
    const numbers = rows.map((row) =>
      row.map((cell) => [scanDecimal(cell, 6, 'exact', cellOut), { ...cellOut }]),
    );
    const columns = Array.from({ length: rows[0]!.length }, (_, i) => i);
    for (const size of [1, 7, 4096]) {
      for (const numeric of [[], columns]) {
        const found: string[][] = [];
        const values: unknown[] = [];
        const at: number[] = [];
        const scanner = new ByteRows(separator, lineEndOf(text), numeric, problems, (row) => {
          const cells = Array.from({ length: row.count }, (_, i) => i);
          found.push(cells.map((i) => row.text(i)));
          values.push(cells.map((i) => [row.decimal(i, 6, 'exact', cellOut), { ...cellOut }]));
          at.push(row.line);
        });
        for (let i = 0; i < body.length; i += size) scanner.push(body.subarray(i, i + size));
        scanner.end();
        const title = `${file} in pieces of ${size}, ${numeric.length} columns of numbers`;
        t.strictSame(found, rows, title);
        t.strictSame(at, [...lines], `${title}: lines`);
        t.strictSame(onlyGood(values), onlyGood(numbers), `${title}: numbers`);
      }
    }
  }
});

/** What was read where it was a number; of other cells only why not. */
function onlyGood(rows: readonly unknown[]): unknown[] {
  return rows.map((row) =>
    (row as [string, unknown][]).map(([status, value]) => (status === 'ok' ? value : status)),
  );
}

t.test('every layout reads the same in four time zones', async (t) => {
  const script = `
    const { layoutBytes, layoutFiles, outcomeOf, readInPieces } = await import(process.argv[1]);
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256');
    for (const [i, { file, options }] of layoutFiles().entries()) {
      const scanner = i % 2 === 0 ? 'text' : 'bytes';
      hash.update(outcomeOf(() => readInPieces(layoutBytes(file), 1 << 16, { file, ...options, scanner })));
    }
    const away = [0, 6].map((month) => new Date(2016, month, 15).getTimezoneOffset());
    console.log(JSON.stringify([hash.digest('hex'), ...away]));`;
  const hash = createHash('sha256');
  for (const { file, options } of files) {
    hash.update(outcomeOf(() => readPrices(layoutBytes(file), { file, ...options })));
  }
  const digest = hash.digest('hex');
  const zones = {
    UTC: [0, 0],
    'America/New_York': [300, 240],
    'Pacific/Apia': [-840, -780],
    'Asia/Kolkata': [-330, -330],
  };
  const helper = new URL('../testing/layouts.js', import.meta.url).href;
  const children = Object.keys(zones).map((TZ) =>
    runNode(['--input-type=module', '-e', script, helper], { env: { TZ } }),
  );
  const outputs = (await Promise.all(children)).map(({ stdout, stderr }) => {
    t.equal(stderr, '');
    return JSON.parse(stdout) as unknown;
  });
  t.strictSame(
    outputs,
    Object.values(zones).map((away) => [digest, ...away]),
  );
});

t.test('the plain close is read where it is asked for', async (t) => {
  const { panel, notes } = read('yahoo-adjusted.csv', { adjusted: false });
  const plain = { ...contentOf(fileNamed('yahoo.csv')), symbols: ['yahoo-adjusted'] };
  t.strictSame(contentRead({ panel, notes }), plain);
  const whole = contentOf(fileNamed('stooq.csv'));
  const tiingo = contentRead(read('tiingo.csv', { adjusted: false }));
  t.strictSame(tiingo, { ...whole, symbols: ['tiingo'] });
});

t.test('a date that could be day first or month first is refused until the order is said', async (t) => {
  const name = 'wide-day-first.csv';
  const bytes = layoutBytes(name);
  const error = errorOf(() => readPrices(bytes, { file: name }));
  t.equal(error.name, 'TimestampAnomalyError');
  t.match(error.message, /"04\/01\/2010" may be month first or day first.*--date-order/);
  const wrong = errorOf(() => readPrices(bytes, { file: name, dateOrder: 'mdy' }));
  t.match(wrong.message, /line 3, .*must be later than 2010-04-01 on line 2, was "2010-01-02"/);
});

t.test('two bars a day are an error, or one bar where that is asked for', async (t) => {
  const name = 'binance-12h.csv';
  const error = errorOf(() => readPrices(layoutBytes(name), { file: name }));
  t.equal(error.name, 'TimestampAnomalyError');
  t.match(error.message, /line 2, .*one bar a day.*--intraday daily/);
});

t.test('missing prices follow the named policy', async (t) => {
  for (const name of ['wide-missing.csv', 'yahoo-null.csv', 'yahoo-chart.json']) {
    const golden = fileNamed(name);
    const close = golden.ticks.close!;
    const cols = golden.symbols.length;
    t.equal(read(name).notes.missingCells, close.filter((tick) => tick === null).length, name);
    t.equal(errorOf(() => read(name, { missing: 'error' })).name, 'PriceError', name);
    const whole = golden.days.map((_, t) => !close.slice(t * cols, (t + 1) * cols).includes(null));
    const dropped = contentRead(read(name, { missing: 'drop' }));
    t.strictSame(
      dropped.days,
      golden.days.filter((_, t) => whole[t]),
      name,
    );
    t.strictSame(
      dropped.ticks.close,
      close.filter((_, i) => whole[Math.floor(i / cols)]),
      name,
    );
    const some = golden.days.map((_, t) =>
      close.slice(t * cols, (t + 1) * cols).some((tick) => tick !== null),
    );
    const skipped = contentRead(read(name, { missing: 'skip-empty' }));
    t.strictSame(
      skipped.days,
      golden.days.filter((_, t) => some[t]),
      name,
    );
    t.strictSame(
      skipped.ticks.close,
      close.filter((_, i) => some[Math.floor(i / cols)]),
      name,
    );
    const carried: (number | null)[] = [];
    for (const tick of close) carried.push(tick ?? carried[carried.length - cols] ?? null);
    t.strictSame(contentRead(read(name, { missing: 'carry' })).ticks.close, carried, name);
  }
});

t.test('a forced price scale rounds half to even', async (t) => {
  for (const [name, by] of [
    ['yahoo.csv', 10_000n],
    ['wide.csv', 10n],
  ] as const) {
    const golden = fileNamed(name);
    const rounded = golden.ticks.close!.map((tick) => {
      const [whole, rest] = [BigInt(tick!) / by, (BigInt(tick!) % by) * 2n];
      return Number(rest > by || (rest === by && whole % 2n === 1n) ? whole + 1n : whole);
    });
    const { panel, notes } = read(name, { priceScale: 100 });
    t.equal(panel.priceScale, 100);
    t.strictSame([...panel.close.data], rounded, name);
    t.ok(notes.roundedCells > 50, `${notes.roundedCells} cells of ${name}`);
  }
});

t.test('from, to and symbols choose rows and columns of the source', async (t) => {
  for (const name of ['wide.csv', 'long.csv', 'json-columns.json', 'pandas-columns.json']) {
    const { symbols, days, ticks } = fileNamed(name);
    const chosen = ['XOM', 'AAPL'];
    const { panel } = read(name, { symbols: chosen, from: days[10]!, to: days[29]! });
    t.strictSame([panel.symbols, [...panel.dates]], [chosen, days.slice(10, 30)], name);
    const cells = days.flatMap((_, t) =>
      chosen.map((s) => ticks.close![t * symbols.length + symbols.indexOf(s)]),
    );
    t.strictSame([...panel.close.data], cells.slice(20, 60), name);
  }
});

t.test('a named format gives what is found without it, and another one is refused', async (t) => {
  const formats: Readonly<Record<string, PriceFormatName>> = {
    'yahoo.csv': 'yahoo',
    'yahoo-adjusted.csv': 'yahoo',
    'stooq.csv': 'stooq',
    'stooq-bulk.txt': 'stooq-bulk',
    'binance-ms.csv': 'binance',
    'binance-header.csv': 'binance',
    'alphavantage.csv': 'alphavantage',
    'tiingo.csv': 'tiingo',
    'nasdaq.csv': 'nasdaq',
    'metatrader4.csv': 'metatrader',
    'metatrader5.csv': 'metatrader',
    'json-records.json': 'json',
    'wide.csv': 'csv',
  };
  for (const [name, format] of Object.entries(formats)) {
    const { panel, notes } = read(name, { format });
    t.strictSame(panel, read(name).panel, name);
    t.equal(notes.format, format, name);
    const other = format === 'nasdaq' ? 'tiingo' : 'nasdaq';
    if (format !== 'json') t.equal(errorOf(() => read(name, { format: other })).name, 'SchemaError', name);
  }
  t.equal(errorOf(() => read('wide.csv', { format: 'json' })).name, 'DataError');
});

t.test('docs/formats.md shows the first lines of the files and names every format', async (t) => {
  const page = readText('docs/formats.md');
  const samples = [...page.matchAll(/<!-- layout: (\S+) -->\n```text\n([^]*?)\n```/g)];
  t.ok(samples.length >= 15, `${samples.length} samples`);
  for (const [, file, lines] of samples) {
    const text = new TextDecoder().decode(layoutBytes(file!)).replaceAll('\r', '');
    t.equal(lines, text.split('\n').slice(0, 3).join('\n'), file!);
  }
  for (const format of PRICE_FORMATS) t.ok(page.includes(`| \`${format}\` |`), format);
});
