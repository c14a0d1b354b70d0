import t from 'tap';
import { errorOf } from '../testing/error-of.js';
import { outcomeOf, readInPieces } from '../testing/layouts.js';
import { readText } from '../testing/repository.js';
import { readPrices } from './read-prices.js';

/** What a cell means: a price in millionths, no price, or the error and what its message says. */
type Meaning = number | 'missing' | readonly [name: string, message: RegExp];

const NOT_A_NUMBER: Meaning = ['DataError', /must be a decimal number such as 123\.45, or empty/];
const NOT_POSITIVE: Meaning = ['PriceError', /must be a price above 0/];
const TOO_FINE: Meaning = ['DataError', /must have at most 6 decimals/];
const TOO_LARGE: Meaning = ['OverflowError', /2\^53 ticks/];

/** Forms of one cell in a file whose other prices are plain: `2.5`. The table of docs/formats.md says the same. */
const FORMS: readonly (readonly [cell: string, meaning: Meaning])[] = [
  ['12.5', 12_500_000],
  ['+5', 5_000_000],
  ['.5', 500_000],
  ['5.', 5_000_000],
  ['00012.50', 12_500_000],
  ['1e2', 100_000_000],
  ['1E-2', 10_000],
  ['1.50e+1', 15_000_000],
  ['  7 ', 7_000_000],
  ['\t7', 7_000_000],
  ['0.000001', 1],
  ['1.0000000000000', 1_000_000],
  ['74.05999755859375', 74_059_998],
  ['4793.6015625', 4_793_601_562],
  ['4793.6015635', TOO_FINE],
  ['74.0599985000', TOO_FINE],
  ['0.1234567', TOO_FINE],
  ['7.405999755859375e+1', 74_059_998],
  ['0.004999999999999999', 5_000],
  ['0.004999499999999999', TOO_FINE],
  ['1e-7', TOO_FINE],
  ['0.000000012345678901234', TOO_FINE],
  ['', 'missing'],
  ['   ', 'missing'],
  ['NaN', 'missing'],
  ['nan', 'missing'],
  ['NA', 'missing'],
  ['N/A', 'missing'],
  ['#N/A', 'missing'],
  ['null', 'missing'],
  ['NULL', 'missing'],
  ['-', 'missing'],
  ['0', NOT_POSITIVE],
  ['0.00', NOT_POSITIVE],
  ['-0', NOT_POSITIVE],
  ['0e999', NOT_POSITIVE],
  ['-5', NOT_POSITIVE],
  ['-$5', NOT_POSITIVE],
  ['1e400', TOO_LARGE],
  ['9007199254740993', TOO_LARGE],
  ['90071992547409.92', TOO_LARGE],
  ['inf', NOT_A_NUMBER],
  ['-inf', NOT_A_NUMBER],
  ['Infinity', NOT_A_NUMBER],
  ['None', NOT_A_NUMBER],
  ['n/a', NOT_A_NUMBER],
  ['NAN', NOT_A_NUMBER],
  ['TRUE', NOT_A_NUMBER],
  ['--', NOT_A_NUMBER],
  ['.', NOT_A_NUMBER],
  ['e5', NOT_A_NUMBER],
  ['1e', NOT_A_NUMBER],
  ['0x1F', NOT_A_NUMBER],
  ['1_000', NOT_A_NUMBER],
  ['(12.3)', NOT_A_NUMBER],
  ['12.30 USD', NOT_A_NUMBER],
  ['USD 12.30', NOT_A_NUMBER],
  ['12%', NOT_A_NUMBER],
  ['12..3', NOT_A_NUMBER],
  ['1.2.3', NOT_A_NUMBER],
  ['1,5', NOT_A_NUMBER],
  ['12,34,567', NOT_A_NUMBER],
  ['1,234,56', NOT_A_NUMBER],
  ['=1+1', NOT_A_NUMBER],
  ['2020-01-02', NOT_A_NUMBER],
  ['\u22125', NOT_A_NUMBER],
  ['\uff11\uff12.\uff13', NOT_A_NUMBER],
  ['\u0661\u0662\u066b\u0663', NOT_A_NUMBER],
  ['5\u200b', NOT_A_NUMBER],
  ['1,234.56', 1_234_560_000],
  ['1,234,567.8', 1_234_567_800_000],
  ['1,234', 1_234_000_000],
  ['$12.30', 12_300_000],
  ['$1,234.56', 1_234_560_000],
  ['\u20ac12', 12_000_000],
  ['12 345.6', 12_345_600_000],
  ['12\u00a0345.6', 12_345_600_000],
  ["12'345.60", 12_345_600_000],
];

/** Whole columns of one form: the file as a whole says what the marks mean. */
const COLUMNS: readonly (readonly [
  cells: readonly string[],
  decimal: '.' | ',' | undefined,
  meaning: readonly number[] | RegExp,
])[] = [
  [['1,5', '2,25', '3'], undefined, [1.5, 2.25, 3]],
  [['1.234,56', '999,5', '1.000'], undefined, [1_234.56, 999.5, 1_000]],
  [['1.234.567', '999', '1.000'], undefined, [1_234_567, 999, 1_000]],
  [['1,234.56', '999.5', '1,000'], undefined, [1_234.56, 999.5, 1_000]],
  [['1,234,567', '999', '1,000'], undefined, [1_234_567, 999, 1_000]],
  [["1'234.5", '999', "1'000"], undefined, [1_234.5, 999, 1_000]],
  [['1 234,5', '999', '1 000'], undefined, [1_234.5, 999, 1_000]],
  [
    ['1,234', '1,300', '2'],
    undefined,
    /the comma of "1,234" may stand for thousands or for decimals.*--decimal/,
  ],
  [['1,234', '1,300', '2'], ',', [1.234, 1.3, 2]],
  [['1,234', '1,300', '2'], '.', [1_234, 1_300, 2]],
  [['1.234', '1.300', '2'], undefined, [1.234, 1.3, 2]],
  [['1.234', '1.300', '2'], ',', [1_234, 1_300, 2]],
  [['1,5', '2.5', '3'], undefined, /line 2, column "A": must be a decimal number.*"1,5"/],
  [['1.234,5', '2.5', '3'], undefined, /line 3, column "A": must be a decimal number.*"2\.5"/],
  [['1,234.5', '2,5', '3'], undefined, /line 3, column "A": must be a decimal number.*"2,5"/],
  [['1.5', '2.5', '3'], ',', /must be a decimal number.*"1\.5"/],
  [['1,5', '2,5', '3'], '.', /must be a decimal number.*"1,5"/],
];

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const table = (cells: readonly string[]): string =>
  `Date,A,B\n${cells.map((cell, i) => `2020-01-${String(i + 10)},${quoted(cell)},2.5\n`).join('')}`;

t.test('every form of a number has one meaning, and never a silent zero', async (t) => {
  t.ok(FORMS.length >= 40);
  for (const [cell, meaning] of FORMS) {
    const text = table([cell, '2.5', '2.5']);
    const title = JSON.stringify(cell);
    if (typeof meaning === 'object') {
      const error = errorOf(() => readPrices(text));
      t.equal(error.name, meaning[0], title);
      t.match(error.message, meaning[1], title);
      t.match(error.message, /line 2/, title);
    } else {
      const { close, priceScale } = readPrices(text).panel;
      const ticks = meaning === 'missing' ? Number.NaN : (meaning * priceScale) / 1_000_000;
      t.strictSame([...close.data], [ticks, ...[1, 1, 1, 1, 1].map(() => 2.5 * priceScale)], title);
    }
    const bytes = new TextEncoder().encode(text);
    const [byText, byBytes] = (['text', 'bytes'] as const).map((scanner) =>
      outcomeOf(() => readInPieces(bytes, 7, { scanner })),
    );
    t.equal(byBytes, byText, `${title}: text and bytes agree`);
  }
});

/** What docs/formats.md says of each cell in its table. */
function meaningsOfPage(): Map<string, string> {
  const table = /\| Cell \| Meaning \|\n.*\n((?:\|.*\n)+)/.exec(readText('docs/formats.md'))![1]!;
  const found = new Map<string, string>();
  for (const [, cells, meaning] of table.matchAll(/^\| (.*) \| (.*) \|$/gm)) {
    for (const [, cell] of cells!.matchAll(/`([^`]+)`/g)) found.set(cell!, meaning!);
  }
  return found;
}

t.test('docs/formats.md says what every form means', async (t) => {
  const meanings = meaningsOfPage();
  const shown = FORMS.filter(([cell]) => /^[!-~]+(?: [!-~]+)?$/.test(cell));
  t.strictSame([...meanings.keys()].sort(), shown.map(([cell]) => cell).sort());
  for (const [cell, meaning] of shown) {
    const said = meanings.get(cell)!;
    if (meaning === 'missing') t.equal(said, 'no price', cell);
    else if (typeof meaning === 'number') t.match(said, /^the number/, cell);
    else if (meaning === NOT_A_NUMBER) t.equal(said, 'refused: no number', cell);
    else t.match(said, meaning === TOO_FINE ? /six decimals/ : new RegExp(meaning[0]), cell);
  }
});

t.test('the largest price is the largest whole number of ticks', async (t) => {
  const { close, priceScale } = readPrices(table(['90071992547409.91', '1', '1'])).panel;
  t.strictSame([priceScale, close.data[0]], [100, Number.MAX_SAFE_INTEGER]);
});

t.test('decimal commas and thousands marks mean what the whole column says', async (t) => {
  for (const [cells, decimal, meaning] of COLUMNS) {
    const text = table(cells).replaceAll(',2.5\n', '\n').replace('A,B', 'A');
    const options = decimal === undefined ? {} : { decimal };
    const title = `${cells.join(' ')}, decimal ${decimal ?? 'not said'}`;
    if (meaning instanceof RegExp) t.match(errorOf(() => readPrices(text, options)).message, meaning, title);
    else {
      const { close, priceScale } = readPrices(text, options).panel;
      t.strictSame(
        [...close.data],
        meaning.map((price) => Math.round(price * priceScale)),
        title,
      );
    }
    const bytes = new TextEncoder().encode(text);
    const [byText, byBytes] = (['text', 'bytes'] as const).map((scanner) =>
      outcomeOf(() => readInPieces(bytes, 7, { ...options, scanner })),
    );
    t.equal(byBytes, byText, `${title}: text and bytes agree`);
  }
});

t.test('a mark that first comes after the sample is refused, not guessed', async (t) => {
  const day = (i: number): string =>
    `${2000 + Math.floor(i / 336)}-${String(1 + (Math.floor(i / 28) % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
  const column = (last: string, other: string): string =>
    `Date;A\n${Array.from({ length: 3_000 }, (_, i) => `${day(i)};${i === 2_999 ? last : other}\n`).join('')}`;
  for (const [other, last] of [
    ['9,5', '1.234'],
    ['9,5', '1.234,5'],
    ['9.5', '1,234'],
    ['9.5', '1,5'],
  ] as const) {
    const text = column(last, other);
    const error = errorOf(() => readPrices(text));
    t.equal(error.name, 'DataError', `${last} after ${other}`);
    t.match(error.message, /line 3001, column "A": must be a decimal number/);
  }
});
