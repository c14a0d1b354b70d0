import t, { type Test } from 'tap';
import { errorOf } from '../testing/error-of.js';
import { contentRead, layoutBytes, layoutFiles, outcomeOf, readInPieces } from '../testing/layouts.js';
import type { ReadPricesOptions } from './read-options.js';
import { readPrices } from './read-prices.js';

const golden = layoutFiles().find(({ file }) => file === 'wide.csv')!;
const base = new TextDecoder().decode(layoutBytes('wide.csv'));
const lines = base.trimEnd().split('\n');
const bars = layoutFiles().find(({ file }) => file === 'stooq.csv')!;
const barsBase = new TextDecoder().decode(layoutBytes('stooq.csv')).replaceAll('\r', '');

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), !bigEndian);
  return bytes;
}

/** Every character below U+0100 as its byte. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

const eachLine = (change: (line: string, i: number) => string, end: string = '\n'): string =>
  lines.map(change).join(end) + end;
const eachCell = (change: (cell: string) => string): string =>
  eachLine((line) => line.split(',').map(change).join(','));

/** Forms of one file that are the same prices. */
const SAME: Readonly<Record<string, Uint8Array>> = {
  'UTF-8': utf8(base),
  'UTF-8 with byte order mark': utf8(`\ufeff${base}`),
  'UTF-16, little end first, with byte order mark': utf16(`\ufeff${base}`, false),
  'UTF-16, big end first, with byte order mark': utf16(`\ufeff${base}`, true),
  'UTF-16 and CRLF': utf16(`\ufeff${base.replaceAll('\n', '\r\n')}`, false),
  CRLF: utf8(base.replaceAll('\n', '\r\n')),
  CR: utf8(base.replaceAll('\n', '\r')),
  'LF and CRLF mixed': utf8(lines.map((line, i) => line + (i % 3 === 0 ? '\r\n' : '\n')).join('')),
  'no line end after the last line': utf8(base.trimEnd()),
  'blank lines at the end': utf8(`${base}\n\n  \n\r\n`),
  'blank lines at the start': utf8(`\n\r\n \n${base}`),
  'blank lines between': utf8(base.replaceAll('\n', '\n\n')),
  'a separator at the end of every line': utf8(eachLine((line) => `${line},`)),
  'separators at the end of the rows alone': utf8(eachLine((line, i) => (i === 0 ? line : `${line},`))),
  'everything quoted': utf8(eachCell((cell) => `"${cell}"`)),
  'everything quoted, CRLF': utf8(eachCell((cell) => `"${cell}"`).replaceAll('\n', '\r\n')),
  'blanks around the cells': utf8(eachCell((cell) => `  ${cell} `)),
  'tabs between the columns': utf8(base.replaceAll(',', '\t')),
  'remarks before the header': utf8(`# daily closes\n# adjusted\n${base}`),
  'the line by which Excel names the separator': utf8(`sep=;\r\n${base.replaceAll(',', ';')}`),
  'that line, quoted': utf8(`"sep=;"\r\n${base.replaceAll(',', ';')}`),
};

/** Forms that are refused: name and message of the error. */
const REFUSED: Readonly<Record<string, readonly [Uint8Array, string, RegExp]>> = {
  'a NUL character': [
    utf8(base.replace('14.073', '14.\u000073')),
    'DataError',
    /line 2: holds a NUL character/,
  ],
  'UTF-16 without byte order mark': [utf16(base, false), 'DataError', /NUL character/],
  'half a UTF-16 character at the end': [
    utf16(`\ufeff${base}`, false).subarray(0, -1),
    'DataError',
    /UTF-16 text.* Fix: save the file as UTF-8/,
  ],
  'an é in Latin-1': [
    latin1(base.replace('KO', 'Société')),
    'DataError',
    /UTF-8.* Fix: save the file as UTF-8/,
  ],
  'a form feed between the rows': [
    utf8(lines.join('\n\f')),
    'TimestampAnomalyError',
    /line 2, column "Date"/,
  ],
  'a single CR inside of a row': [utf8(base.replace(',14.073', '\r,14.073')), 'DataError', /^/],
  'a quote that is never closed': [
    utf8(base.replace('24.041', '"24.041')),
    'DataError',
    /line 2.*never closed/,
  ],
  'text after a closing quote': [
    utf8(base.replace('24.041', '"24.041"x')),
    'DataError',
    /line 2.*after a closing quote/,
  ],
  'a quote inside of a number': [
    utf8(base.replace('24.041', '24"041')),
    'DataError',
    /line 2, column "AAPL"/,
  ],
  'nothing but a byte order mark': [utf8('\ufeff'), 'DataError', /the file is empty/],
  'a gzip file that is not unpacked': [
    Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff),
    'DataError',
    /is a gzip file/,
  ],
  'a Parquet file': [utf8(`PAR1${base}`), 'DataError', /is a Parquet file/],
  'a zip file': [utf8(`PK\u0003\u0004${base}`), 'DataError', /is a zip or Excel file/],
};

/** Reads both ways, in pieces of 7 bytes; the two must agree. */
function readBoth(t: Test, bytes: Uint8Array, options: ReadPricesOptions, title: string): void {
  const ways = (['text', 'bytes'] as const).map((scanner) =>
    outcomeOf(() => readInPieces(bytes, 7, { ...options, scanner })),
  );
  t.equal(ways[1], ways[0], `${title}: text and bytes agree`);
}

t.test('encodings, line ends and quotes do not change the prices', async (t) => {
  const { file: _file, options: _options, ...content } = golden;
  for (const [title, bytes] of Object.entries(SAME)) {
    t.strictSame(contentRead(readPrices(bytes, { file: 'wide.csv' })), content, title);
    readBoth(t, bytes, { file: 'wide.csv' }, title);
  }
  const tabs = utf8(eachCell((cell) => `\t${cell}\t`));
  t.strictSame(contentRead(readPrices(tabs, { separator: ',' })), content, 'tabs around the cells');
});

t.test('what is no text, or a damaged one, is refused by name', async (t) => {
  for (const [title, [bytes, name, message]] of Object.entries(REFUSED)) {
    const error = errorOf(() => readPrices(bytes, { file: 'wide.csv' }));
    t.equal(error.name, name, title);
    t.match(error.message, message, title);
    // Read row by row, a fault of the whole file is met elsewhere; it is the same fault.
    const byRow = errorOf(() => readInPieces(bytes, 7, { file: 'wide.csv', scanner: 'bytes' }));
    t.equal(byRow.name, name, `${title}, row by row`);
    t.match(byRow.message, message, `${title}, row by row`);
  }
});

t.test('names may hold commas, quotes, line ends and letters of any script', async (t) => {
  const names = [
    'Coca-Cola, Co.',
    'the "Big" one',
    'two\nlines',
    'Société',
    '日本 電信',
    '🙂',
    'a;b',
    "it's",
  ];
  const quoted = names.map((name) => `"${name.replaceAll('"', '""')}"`);
  const text = `Date,${quoted.join(',')}\n2020-01-02,1,2,3,4,5,6,7,8\n2020-01-03,8,7,6,5,4,3,2,1\n`;
  for (const bytes of [
    utf8(text),
    utf8(text.replaceAll('\n2020', '\r\n2020')),
    utf16(`\ufeff${text}`, true),
  ]) {
    const { panel } = readPrices(bytes);
    t.strictSame(panel.symbols, names);
    t.strictSame(
      [...panel.close.data].map((tick) => tick / 100),
      [1, 2, 3, 4, 5, 6, 7, 8, 8, 7, 6, 5, 4, 3, 2, 1],
    );
    readBoth(t, bytes, {}, 'names');
  }
  const long = names.flatMap((_, j) => ['02', '03'].map((day) => `2020-01-${day},${quoted[j]!},${j + 1}`));
  const bytes = utf8(`date,symbol,close\n${long.join('\n')}\n`);
  t.strictSame(readPrices(bytes).panel.symbols, names);
  readBoth(t, bytes, {}, 'names in rows');
});

t.test('columns that are not read may hold anything', async (t) => {
  const { file: _file, options: _options, ...content } = bars;
  const odd = ['x', '"a, b"', '""""', '#', 'NaN', '-1e400', '=cmd()', '日'];
  const rows = barsBase.trimEnd().split('\n');
  const bytes = utf8(rows.map((row, i) => `${row},${i === 0 ? 'Remark' : odd[i % odd.length]!}`).join('\n'));
  t.strictSame(contentRead(readPrices(bytes, { file: 'stooq.csv' })), content);
  readBoth(t, bytes, { file: 'stooq.csv' }, 'remarks');
});

t.test('a day is the same however it is written', async (t) => {
  const forms = {
    '2016-01-04': '2016-01-05',
    '2016/01/04': '2016/01/05',
    '2016/1/4': '2016/1/5',
    '2016.01.04': '2016.01.05',
    '20160104': '20160105',
    '04.01.2016': '05.01.2016',
    '4.1.2016': '5.1.2016',
    '04-Jan-2016': '05-Jan-2016',
    '4 January 2016': '5 January 2016',
    'Jan 4, 2016': 'Jan 5, 2016',
    '2016-01-04T00:00:00Z': '2016-01-05T00:00:00Z',
    '2016-01-04T00:00:00.000Z': '2016-01-05T00:00:00.000Z',
    '2016-01-04 00:00:00-05:00': '2016-01-05 00:00:00-05:00',
    '2016-01-04 00:00+09:00': '2016-01-05 00:00+09:00',
    '2016-01-04 09:30': '2016-01-05 09:30',
    '1451865600': '1451952000',
    '1451865600000': '1451952000000',
    '1451865600000000': '1451952000000000',
    '1451865600000000000': '1451952000000000000',
    '1451951999999': '1451952000000',
  };
  for (const [first, second] of Object.entries(forms)) {
    const bytes = utf8(`Date;A\n${first};1\n${second};2\n`);
    t.strictSame([...readPrices(bytes).panel.dates], [16_804, 16_805], first);
    readBoth(t, bytes, {}, first);
  }
  const slashes = utf8('Date;A\n01/04/2016;1\n02/04/2016;2\n');
  t.match(errorOf(() => readPrices(slashes)).message, /may be month first or day first/);
  t.strictSame([...readPrices(slashes, { dateOrder: 'dmy' }).panel.dates], [16_892, 16_893]);
  t.strictSame([...readPrices(slashes, { dateOrder: 'mdy' }).panel.dates], [16_804, 16_835]);
  for (const bad of [
    '2016-02-30',
    '16-01-04',
    '2016-13-04',
    '4/1/16',
    '2016-01-04X',
    '2016-01-04T24:00',
    '\f2016-01-04',
  ]) {
    const text = `Date;A\n2016-01-03;1\n${bad};2\n2016-01-09;3\n`;
    t.equal(errorOf(() => readPrices(text)).name, 'TimestampAnomalyError', bad);
  }
  const zones = 'Date;A\n2016-01-04 00:00-05:00;1\n2016-01-05 00:00+09:00;2\n';
  t.equal(errorOf(() => readPrices(zones)).name, 'TimestampAnomalyError');
});
