import fc from 'fast-check';
import t from 'tap';
import { DataError, type NbError, ValidationError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { parseDate } from '../time.js';
import type { ReadPricesOptions } from './read-options.js';
import { readPrices } from './read-prices.js';
import { readWeights } from './read-weights.js';

const day = (text: string): number => parseDate(text) ?? Number.NaN;

function pricesError(text: string, options: ReadPricesOptions = {}): NbError {
  return errorOf(() => readPrices(text, { file: 'p.csv', ...options }));
}

t.test('every bad row is counted and the first five are named by line, column and reason', async (t) => {
  const text = [
    'Date,A,B',
    '2020-01-02,1,2',
    '2020-01-03,abc,-1',
    '2020-01-06,1',
    '2020-13-06,1,2',
    '2020-01-07,1,2,3',
    '2020-01-08,0x1F,(3)',
    '2020-01-09,0,1e999',
    '',
  ].join('\n');
  const error = pricesError(text);
  t.equal(error.name, 'DataError');
  t.equal(error.exitCode, 2);
  t.match(error, { place: { file: 'p.csv', row: 3, column: 'A' }, detail: { field: 'A', value: 'abc' } });
  t.equal(
    error.message,
    'p.csv, line 3, column "A": must be a decimal number such as 123.45, or empty, was "abc"; ' +
      'line 3, column "B": must be a price above 0, was "-1"; ' +
      'line 4: must have 3 cells as the header has, was "2 cells"; ' +
      'line 5, column "Date": must be a day of the calendar, was "2020-13-06"; ' +
      'line 6: must have 3 cells as the header has, was "4 cells"; and 4 more. ' +
      'Fix: correct the price, or leave the cell empty where there is none',
  );
  t.match(pricesError(text, { maxErrors: 1 }).message, /was "abc"; and 8 more\. Fix:/);
  t.match(
    pricesError(text, { maxErrors: 100 }).message,
    /column "B": must be a price below 2\^53 ticks, was "1e999"\. Fix:/,
  );
});

t.test('each kind of bad file has its own error, with place and fix', async (t) => {
  const rows = '2020-01-02,1,2\n2020-01-03,3,4\n';
  // text, class, message
  const cases: readonly (readonly [string, string, string | RegExp])[] = [
    ['', 'DataError', 'p.csv: the file is empty. Fix: give a CSV file with a header line'],
    ['\ufeff \r\n', 'DataError', /the file is empty/],
    ['Date,A\n', 'InsufficientDataError', 'p.csv: has a header but no rows. Fix: add the data rows'],
    [
      'Date,A\n2020-01-02,1\n',
      'InsufficientDataError',
      'p.csv: must have at least 2 dates, was 1. Fix: add rows',
    ],
    ['hello', 'SchemaError', /must have at least 2 columns/],
    [`when,A,B\n${rows}`, 'SchemaError', /must have a date column .* was "when", "A", "B"/],
    [
      `2020-01-01,A,B\n${rows}`,
      'SchemaError',
      /must have a header such as Date,AAPL,MSFT, was the date "2020-01-01"/,
    ],
    [
      `Date,A,A\n${rows}`,
      'SchemaError',
      /line 1, column "A": must be a symbol of its own, but columns 2 and 3/,
    ],
    [`Date,A,\n${rows}`, 'SchemaError', /column 3 has none/],
    ['date,symbol,px\n2020-01-02,A,1\n', 'SchemaError', /must have a close or adj close column/],
    ['date,symbol,close,Close\n2020-01-02,A,1,1\n', 'SchemaError', /must have one close column/],
    [
      'date,symbol,close\n2020-01-02,A,1\n2020-01-02,A,2\n',
      'SchemaError',
      /line 3, column "date": must not repeat the date of "A" of line 2, was "2020-01-02"/,
    ],
    [
      'date,symbol,close\n2020-01-02,,1\n2020-01-03,A,1\n',
      'DataError',
      /line 2, column "symbol": must be a symbol, was ""/,
    ],
    [
      'Date,A\n2020-01-02,1\n2020-01-02,2\n2020-01-03,3\n',
      'TimestampAnomalyError',
      /line 3, column "Date": must not repeat the date of line 2, was "2020-01-02"/,
    ],
    [
      'Date,A\n2020-01-03,1\n2020-01-02,2\n2020-01-06,2\n',
      'TimestampAnomalyError',
      /line 3, column "Date": must be later than 2020-01-03 on line 2, was "2020-01-02". Fix: sort/,
    ],
    [
      'Date,A\n01/02/2020,1\n01/03/2020,2\n',
      'TimestampAnomalyError',
      /column "Date": "01\/02\/2020" may be month first or day first, .* Fix: say which is first: dateOrder 'mdy' or 'dmy'/,
    ],
    [
      'Date,A\n2020-01-02,0\n2020-01-03,-1\n',
      'PriceError',
      /line 2, column "A": must be a price above 0, was "0"; line 3, .*"-1"/,
    ],
    [
      'Date,A\n2020-01-02,"1\n2020-01-03,2\n',
      'DataError',
      'p.csv, line 2: has a quote that is never closed. Fix: close it, or double a quote that belongs to the text',
    ],
    ['Date,A\n2020-01-02,1\n2020-01-03,"2"x\n', 'DataError', /line 3: has text after a closing quote/],
    [
      `Date,A\n2020-01-02,${'1'.repeat(1_000_001)}\n`,
      'DataError',
      /line 2: must be at most 1000000 characters long/,
    ],
  ];
  for (const [text, name, message] of cases) {
    const error = pricesError(text);
    t.equal(error.name, name, JSON.stringify(text.slice(0, 60)));
    t.equal(error.exitCode, 2);
    if (typeof message === 'string') t.equal(error.message, message);
    else t.match(error.message, message);
    t.match(error.message, / Fix: \S/, 'says what to do');
  }
});

t.test('line numbers count line ends inside quotes', async (t) => {
  const text = 'Date,"A\nB",C\r\n2020-01-02,1,"2"\r\n\r\n2020-01-03,x,"3\n4"\r\n2020-01-06,y,5\r\n';
  t.match(
    pricesError(text).message,
    /^p.csv, line 5, column "A\\nB": .*; line 5, column "C": .*; line 7, column "A\\nB"/,
  );
});

t.test('wrong options are refused before the text is read', async (t) => {
  const text = 'Date,A,BRK.B\n2020-01-02,1,2\n2020-01-03,3,4\n';
  const cases: readonly (readonly [object, string, RegExp])[] = [
    [{ priceScale: 50 }, 'ValidationError', /'options.priceScale'.*power of ten/],
    [{ from: 3, to: 2 }, 'ValidationError', /'options.from'.*1970-01-04.*1970-01-03/],
    [{ from: 1.5 }, 'ValidationError', /'options.from'/],
    [{ symbols: [] }, 'ValidationError', /'options.symbols'/],
    [{ symbols: ['A', 'A'] }, 'ValidationError', /without repeats/],
    [{ symbols: ['BRKB'] }, 'UnknownSymbolError', /"BRKB".*did you mean BRK.B/],
    [{ maxErrors: 0 }, 'ValidationError', /'options.maxErrors'/],
    [{ adjusted: 1 }, 'ValidationError', /'options.adjusted'/],
    [{ pricescale: 100 }, 'ValidationError', /'options.pricescale'.*did you mean priceScale/],
  ];
  for (const [options, name, message] of cases) {
    const error = errorOf(() => readPrices(text, options as ReadPricesOptions));
    t.equal(error.name, name, JSON.stringify(options));
    t.match(error.message, message);
    t.equal(error.exitCode, 1);
  }
  t.match(pricesError(text, { from: day('2020-01-03') }), {
    name: 'InsufficientDataError',
    message: 'p.csv: must have at least 2 dates from 2020-01-03, was 1. Fix: widen from and to',
  });
  t.throws(() => readPrices(3 as unknown as string), ValidationError);
});

t.test('names such as __proto__ are data, and no prototype changes', async (t) => {
  const before = Object.getOwnPropertyNames(Object.prototype).join();
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '=cmd()', '<b>'];
  const { panel } = readPrices(`Date,${names.join(',')}\n2020-01-02,1,2,3,4,5,6\n2020-01-03,1,2,3,4,5,6\n`);
  t.same(panel.symbols, names);
  const long = readPrices('date,symbol,close\n2020-01-02,__proto__,1\n2020-01-03,__proto__,2\n').panel;
  t.same([long.symbols, [...long.close.data]], [['__proto__'], [100, 200]]);
  const weights = readWeights('date,symbol,weight\n2020-01-02,__proto__,0.5\n2020-01-02,constructor,0.5\n');
  t.same(
    [...(weights.entries[0]?.targets ?? [])],
    [
      ['__proto__', 0.5],
      ['constructor', 0.5],
    ],
  );
  t.equal(Object.getOwnPropertyNames(Object.prototype).join(), before);
  t.equal(({} as Record<string, unknown>).polluted, undefined);
});

t.test('random text is read or refused with one of our errors, quickly', async (t) => {
  let prices = 0;
  let weights = 0;
  const attempt = (read: () => void): number => {
    try {
      read();
      return 1;
    } catch (error) {
      if (error instanceof DataError) return 0;
      throw error;
    }
  };
  const tryBoth = (text: string): void => {
    prices += attempt(() => {
      const { close } = readPrices(text).panel;
      const good = close.data.every((x) => Number.isNaN(x) || (Number.isSafeInteger(x) && x > 0));
      if (!good || close.data.length !== close.rows * close.cols) throw new Error(`bad prices from ${text}`);
    });
    weights += attempt(() => {
      for (const { targets } of readWeights(text).entries) {
        for (const weight of targets.values())
          if (!Number.isFinite(weight)) throw new Error(`bad weight in ${text}`);
      }
    });
  };
  const header = fc.constantFrom(
    'Date,A,B',
    'date,symbol,close',
    'ticker,weight,day',
    '"Date",Close,Open',
    ',"A",a',
    'A,B,C',
  );
  const odd = ['NaN', '2020-01-02', '', '-1', '"1"', '1e999', '"', '\r', ' ', '\0', '\ufeff', '🙂', '1,1'];
  const cell = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('1', '2.5', '0.25', 'A') },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );
  const row = fc
    .tuple(fc.integer({ min: 1, max: 9 }), cell, cell)
    .map(([d, x, y]) => `2020-01-0${d},${x},${y}`);
  const body = fc.oneof(
    { weight: 5, arbitrary: fc.array(row, { maxLength: 4 }).map((rows) => [...rows].sort()) },
    { weight: 1, arbitrary: fc.array(fc.array(cell, { maxLength: 5 }).map(String), { maxLength: 5 }) },
  );
  const text = fc.tuple(header, body).map(([head, rows]) => [head, ...rows].join('\n'));
  fc.assert(fc.property(text, tryBoth), { numRuns: 15_000, seed: 24 });
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), tryBoth), { numRuns: 5_000, seed: 25 });
  t.ok(prices > 500, `${prices} were prices`);
  t.ok(weights > 500, `${weights} were weights`);
  const start = performance.now();
  for (const piece of ['"', '"x', '" ', ',', '\n', '"\n', '",', ' ', '1,', '\r', '"" x"']) {
    tryBoth(`Date,A\n${piece.repeat(100_000 / piece.length)}`);
    tryBoth(`Date,"${piece.repeat(100_000 / piece.length)}`);
  }
  t.ok(performance.now() - start < 22_000, 'no text of 100 kB takes a second');
});
