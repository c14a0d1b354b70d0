import t from 'tap';
import type { NbError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { parseDate } from '../time.js';
import type { ReadPricesOptions } from './read-options.js';
import { readPrices } from './read-prices.js';

const day = (text: string): number => parseDate(text) ?? Number.NaN;
const days = (...texts: string[]): Int32Array => Int32Array.from(texts.map(day));

function pricesError(text: string, options: ReadPricesOptions = {}): NbError {
  return errorOf(() => readPrices(text, { file: 'p.csv', ...options }));
}

t.test('a wide file becomes ticks, dates and symbols, exactly', async (t) => {
  const { panel, notes } = readPrices(
    'Date,AAPL,MSFT\n2020-01-02,0.264,10\n2020-01-03,0.31,\n2020/01/06,1.5e1,10.25\n',
  );
  t.same(panel.dates, days('2020-01-02', '2020-01-03', '2020-01-06'));
  t.same(panel.symbols, ['AAPL', 'MSFT']);
  t.equal(panel.priceScale, 1000, 'three decimals were seen');
  t.same(panel.close, { data: Float64Array.of(264, 10000, 310, Number.NaN, 15000, 10250), rows: 3, cols: 2 });
  t.notOk('open' in panel || 'high' in panel || 'low' in panel);
  t.match(notes, {
    layout: 'wide',
    rows: 3,
    symbols: 2,
    priceScale: 1000,
    scaleForced: false,
    decimals: 3,
    missingCells: 1,
    roundedCells: 0,
    firstDate: day('2020-01-02'),
    lastDate: day('2020-01-06'),
    sentences: [
      'Read 3 dates of 2 symbols, 2020-01-02 to 2020-01-06, layout wide.',
      'Price scale 1000: prices have up to 3 decimals.',
      '1 cell without a price.',
    ],
  });
});

t.test('line ends, byte order marks, quotes and blank lines do not change what is read', async (t) => {
  const plain = readPrices('Date,A,B\n2020-01-02,1,2\n2020-01-03,3,4\n').panel;
  const same = [
    'Date,A,B\r\n2020-01-02,1,2\r\n2020-01-03,3,4\r\n',
    'Date,A,B\r2020-01-02,1,2\r2020-01-03,3,4',
    'Date,A,B\n2020-01-02,1,2\r\n2020-01-03,3,4\r\n',
    '\ufeffDate,A,B\n2020-01-02,1,2\n2020-01-03,3,4',
    '\n\nDate,A,B\n\n2020-01-02,1,2\n  \n2020-01-03,3,4\n\n',
    '"Date","A","B"\n"2020-01-02","1","2"\r\n"2020-01-03","3","4"\r\n',
    ' date , A ,B\n 2020-01-02 , 1 ,2\n20200103,3.0,4e0\n',
    ',A,B\n2020-01-02 00:00:00,1,2\n2020-01-03 00:00:00,3,4\n',
  ];
  for (const text of same) t.same(readPrices(text).panel, plain, JSON.stringify(text));
});

t.test('long files give the same panel in either order, and absent pairs are missing', async (t) => {
  const byDate =
    'date,symbol,close\n2020-01-02,A,1\n2020-01-02,B,2.5\n2020-01-03,A,3\n2020-01-06,A,4\n2020-01-06,B,5\n';
  const bySymbol =
    'Ticker,Volume,Adj_Close,DATE\nA,7,1,20200102\nA,7,3,20200103\nA,7,4,20200106\nB,7,2.5,20200102\nB,7,5,20200106\n';
  const { panel, notes } = readPrices(byDate);
  t.same(panel.close, { data: Float64Array.of(100, 250, 300, Number.NaN, 400, 500), rows: 3, cols: 2 });
  t.equal(notes.layout, 'long');
  t.same(readPrices(bySymbol).panel, panel);
});

t.test('bars give open, high and low beside the close, under the name of the file', async (t) => {
  const text = 'Date,Open,High,Low,Close,Volume\n2020-01-02,1,3,0.5,2,9\n2020-01-03,2,4,1.5,3,9\n';
  const { panel, notes } = readPrices(text, { file: '/data/SPY.csv.gz' });
  t.same(panel.symbols, ['SPY']);
  t.same(
    [panel.open?.data, panel.high?.data, panel.low?.data, panel.close.data],
    [
      Float64Array.of(100, 200),
      Float64Array.of(300, 400),
      Float64Array.of(50, 150),
      Float64Array.of(200, 300),
    ],
  );
  t.equal(notes.layout, 'bars');
  t.same(readPrices(text).panel.symbols, ['PRICE'], 'no file, no name');
  const long = 'date,symbol,open,close\n2020-01-02,A,1,2\n2020-01-03,A,2,\n';
  t.same(readPrices(long).panel.open, { data: Float64Array.of(100, 200), rows: 2, cols: 1 });
  t.same(readPrices(long).panel.close.data, Float64Array.of(200, Number.NaN));
  t.same(
    readPrices('Date,LOW,OPEN,AAPL\n2020-01-02,1,2,3\n2020-01-03,1,2,3\n').panel.symbols,
    ['LOW', 'OPEN', 'AAPL'],
    'tickers',
  );
  t.same(
    readPrices(',AAPL,DAY\n2020-01-02,1,2\n2020-01-03,1,2\n').panel.symbols,
    ['AAPL', 'DAY'],
    'a ticker',
  );
});

t.test('an adjusted close goes first and takes unadjusted bars out, unless asked otherwise', async (t) => {
  const head = 'Date,Open,High,Low,Close,Adj Close,Volume\n';
  const apart = `${head}2020-01-02,1,3,0.5,2,1.99,9\n2020-01-03,2,4,1.5,3,3,9\n`;
  const adjusted = readPrices(apart);
  t.same(adjusted.panel.close.data, Float64Array.of(199, 300));
  t.notOk('open' in adjusted.panel);
  t.match(adjusted.notes.sentences[1], 'open, high and low are left out, for they are not adjusted');
  const raw = readPrices(apart, { adjusted: false });
  t.same(
    [raw.panel.close.data, raw.panel.open?.data],
    [Float64Array.of(200, 300), Float64Array.of(100, 200)],
  );
  const equal = readPrices(`${head}2020-01-02,1,3,0.5,2,2,9\n2020-01-03,2,4,1.5,3,3,9\n`);
  t.same(equal.panel.low?.data, Float64Array.of(50, 150), 'an index: both closes are the same');
  t.match(pricesError('Date,Adj Close\n2020-01-02,1\n2020-01-03,2\n', { adjusted: false }), {
    name: 'SchemaError',
    message: /must have a close column \(adjusted: false was asked\)/,
  });
});

t.test('the price scale holds the most decimals of the prices kept, from 100 to 1,000,000', async (t) => {
  const scaleOf = (price: string, options: ReadPricesOptions = {}): number =>
    readPrices(`Date,A,B\n2020-01-02,1,2.5000000\n2020-01-03,${price},3\n`, options).panel.priceScale;
  t.same(
    ['7', '7.5', '7.25', '7.125', '7.0625', '7.03125', '7.015625'].map((price) => scaleOf(price)),
    [100, 100, 100, 1000, 10_000, 100_000, 1_000_000],
  );
  t.equal(scaleOf('1.2300000000'), 100, 'trailing zeros are no decimals');
  t.equal(scaleOf('1.23456', { symbols: ['B'] }), 100, 'a symbol left out does not count');
  t.match(pricesError('Date,A\n2020-01-02,1.0078123\n2020-01-03,1\n'), {
    name: 'DataError',
    exitCode: 2,
    message:
      'p.csv, line 2, column "A": must have at most 6 decimals, was "1.0078123". Fix: round the prices in the file, or force a price scale (priceScale, --price-scale 1000000), which rounds half to even',
  });
});

t.test('a forced price scale rounds half to even and counts the cells it changed', async (t) => {
  const text =
    'Date,A,B\n2020-01-02,0.264,0.125\n2020-01-03,0.135,1234567890.98765432109876\n2020-01-06,1.50,0.375\n';
  const { panel, notes } = readPrices(text, { priceScale: 100 });
  t.same(panel.close.data, Float64Array.of(26, 12, 14, 123456789099, 150, 38));
  t.match(notes, { scaleForced: true, roundedCells: 5, decimals: 2 });
  t.equal(notes.sentences[1], 'Price scale 100 as asked: 5 cells rounded, half to even.');
  t.equal(readPrices(text, { priceScale: 1_000_000 }).notes.roundedCells, 1);
  t.match(pricesError('Date,A\n2020-01-02,0.005\n2020-01-03,1\n', { priceScale: 100 }), {
    name: 'PriceError',
    message:
      /line 2, column "A": must be at least 1 tick at price scale 100, was "0.005". Fix: use a larger price scale/,
  });
});

t.test('prices up to 2^53 - 1 ticks are exact, and the next one is an error with its place', async (t) => {
  const { panel } = readPrices('Date,A\n2020-01-02,21474836.48\n2020-01-03,90071992547409.91\n');
  t.same(panel.close.data, Float64Array.of(2147483648, Number.MAX_SAFE_INTEGER));
  t.match(pricesError('Date,A\n2020-01-02,1\n2020-01-03,90071992547409.92\n'), {
    name: 'OverflowError',
    place: { file: 'p.csv', row: 3, column: 'A' },
    detail: { field: 'A', constraint: 'be a price below 2^53 ticks' },
  });
  t.match(pricesError('Date,A,B\n2020-01-02,0.123456,9007199254.740991\n2020-01-03,1,9007199254.75\n'), {
    name: 'OverflowError',
    message: /p.csv, line 3, column "B": must be below 2\^53 ticks at price scale 1000000, was 9007199254.75/,
  });
  const long = 'date,symbol,close\n2020-01-02,A,0.123456\n2020-01-03,A,9007199254.75\n';
  t.match(
    pricesError(long).message,
    /line 3, column "close": must be below 2\^53 ticks at price scale 1000000/,
  );
});

t.test('from, to and symbols keep what they name, in the order they name it', async (t) => {
  const text =
    'Date,A,B,C\n2020-01-02,1,x,3\n2020-01-03,4,x,6\n2020-01-06,7,x,9\n2020-01-07,0,x,1.23456789\n';
  const options = { from: day('2020-01-03'), to: day('2020-01-06'), symbols: ['C', 'A'] };
  const { panel } = readPrices(text, options);
  t.same(panel.dates, days('2020-01-03', '2020-01-06'));
  t.same(panel.symbols, ['C', 'A']);
  t.same(panel.close.data, Float64Array.of(600, 400, 900, 700));
  const long = text
    .replace(/\n(\S+?),(\S+?),x,(\S+)/g, '\n$1,A,$2\n$1,B,x\n$1,C,$3')
    .replace('Date,A,B,C', 'date,symbol,close');
  t.same(readPrices(long, options).panel, panel);
});
