import t, { type Test } from 'tap';
import { errorOf } from '../testing/error-of.js';
import { formatDate } from '../time.js';
import { PriceReader } from './price-reader.js';
import type { ReadPricesOptions, ReadPricesResult } from './read-options.js';
import type { RejectedRow } from './row-problems.js';

/** Reads as text and as bytes, which must agree. */
function read(t: Test, text: string, options: ReadPricesOptions = {}): ReadPricesResult {
  const [one, other] = (['text', 'bytes'] as const).map((scanner) => {
    const reader = new PriceReader({ file: 'p.csv', ...options, scanner });
    for (const byte of new TextEncoder().encode(text)) reader.push(Uint8Array.of(byte));
    return reader.finish();
  });
  t.strictSame(other, one, 'text and bytes agree');
  return one!;
}

const days = ({ panel }: ReadPricesResult): string[] => [...panel.dates].map((day) => formatDate(day));

t.test('a row that is left out leaves no trace in the bars of its day', async (t) => {
  const rejected: RejectedRow[] = [];
  const options = { intraday: 'daily', onReject: (row: RejectedRow) => void rejected.push(row) } as const;
  const head = 'date,open,high,low,close\n2020-01-02 09:30,10,11,9,10.5\n';
  const tail = '2020-01-03 09:30,10,11,9,10.5\n';
  for (const bad of ['2020-01-02 10:30,10,99,x,10.7\n', '2020-01-02 10:30,10,50,60,10.7\n']) {
    const { panel } = read(t, head + bad + tail, options);
    t.strictSame([...panel.high!.data], [1100, 1100]);
    t.strictSame([...panel.close.data], [1050, 1050]);
  }
  t.equal(rejected.length, 4, 'each bad row, each way');
  const wide = read(
    t,
    'Date,A,B\n2020-01-02 09:30,1,2\n2020-01-02 10:30,9,x\n2020-01-03 09:30,3,4\n',
    options,
  );
  t.strictSame([...wide.panel.close.data], [100, 200, 300, 400]);
});

t.test('the size and the decimals of a row that is left out do not count', async (t) => {
  const onReject = (): void => undefined;
  const large = read(t, 'Date,A\n2020-01-02,10.123456\n2020-13-02,99999999999\n2020-01-03,10\n', {
    onReject,
  });
  t.strictSame([...large.panel.close.data], [10_123_456, 10_000_000]);
  const fine = read(t, 'Date,A\n2020-01-02,90071992547\n2020-13-02,1.123456\n2020-01-03,10\n', { onReject });
  t.strictSame([...fine.panel.close.data], [9_007_199_254_700, 1_000]);
  t.equal(fine.panel.priceScale, 100);
  const float = read(t, 'Date,A\n2020-01-02,1\n2020-13-02,74.05999755859375\n2020-01-03,2\n', { onReject });
  t.equal(float.notes.roundedCells, 0);
  t.equal(float.notes.rejectedRows, 1);
});

t.test('the marks of a number must be those of its file', async (t) => {
  const grouped = read(t, 'Date,A\n2020-01-02,"1,234.567"\n2020-01-03,"1,235.1"\n');
  t.strictSame([...grouped.panel.close.data], [1_234_567, 1_235_100]);
  const german = read(t, 'Date;A\n2020-01-02;1.234,567\n2020-01-03;1.235,1\n');
  t.strictSame([...german.panel.close.data], [1_234_567, 1_235_100]);
  for (const text of [
    'Date,A\n2020-01-02,"1,234.56"\n2020-01-03,"1.234,567"\n',
    'Date;A\n2020-01-02;1.234,56\n2020-01-03;1,234.567\n',
  ]) {
    t.match(
      errorOf(() => read(t, text)),
      { name: 'DataError', message: /must be a decimal number/ },
    );
  }
});

t.test('days come from the digits of a time and from its zone', async (t) => {
  const nanoseconds = 'date,close\n1577836799999999999,1\n1577923200000000000,2\n';
  t.strictSame(days(read(t, nanoseconds)), ['2019-12-31', '2020-01-02']);
  const old = 'date,close\n946684800000,1\n946771200000,2\n';
  t.strictSame(days(read(t, old)), ['2000-01-01', '2000-01-02'], 'milliseconds of twelve digits');
  const stated = read(t, 'Date,A\n01.02.2020,1\n02.02.2020,2\n', { dateOrder: 'mdy' });
  t.strictSame(days(stated), ['2020-01-02', '2020-02-02'], 'a stated order holds for points, too');
  const clocksBack =
    'date,close\n2020-11-01 01:00:00-04:00,1\n2020-11-01 01:00:00-05:00,2\n2020-11-02 00:00:00-05:00,3\n';
  t.strictSame([...read(t, clocksBack, { intraday: 'daily' }).panel.close.data], [200, 300]);
  const zones =
    'date,close\n2020-01-02 00:00:00Z,1\n2020-01-03 00:00:00+01:00,2\n2020-01-06 00:00:00-01:00,3\n';
  t.match(
    errorOf(() => read(t, zones)),
    { name: 'TimestampAnomalyError', message: /line 4.*time zone of line 2/ },
  );
  const chart = (time: number): string =>
    `{"chart":{"result":[{"meta":{"symbol":"X","gmtoffset":0},"timestamp":[${time},1698624000],"indicators":{"quote":[{"close":[1,2]}]}}]}}`;
  // 2023-10-26T23:00Z is midnight of the 27th in London, whose clock was an hour ahead.
  t.strictSame(days(read(t, chart(1_698_361_200))), ['2023-10-27', '2023-10-30']);
});

t.test('gaps of open, high and low are filled, prices that are there stay', async (t) => {
  const text = 'Date,Open,High,Low,Close\n2020-01-02,10,11,9,10.5\n2020-01-03,20,21,19,\n2020-01-06,,,,\n';
  const { panel } = read(t, text, { missing: 'carry' });
  t.strictSame([...panel.close.data], [1050, 1050, 1050]);
  t.strictSame([...panel.open!.data], [1000, 2000, 1050]);
});
