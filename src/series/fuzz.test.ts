import t from 'tap';
import { fuzzPrices } from '../testing/price-fuzz.js';
import { randomStream } from '../testing/random.js';
import { readPrices } from './read-prices.js';
import type { RejectedRow } from './row-problems.js';

t.test('10,000 damaged files give prices or an error of ours, and both ways of reading agree', async (t) => {
  const { inputs, panels, errors, problems, problemCount, slowest } = fuzzPrices(4, 0, 10_000);
  t.strictSame(problems, []);
  t.equal(problemCount, 0);
  t.equal(inputs, 10_000);
  t.ok(slowest < 1_000, `100 kB took at most ${slowest} ms`);
  t.ok(panels > 1_000, `${panels} were prices`);
  for (const name of [
    'DataError',
    'SchemaError',
    'TimestampAnomalyError',
    'PriceError',
    'InsufficientDataError',
  ]) {
    t.ok((errors.get(name) ?? 0) > 10, `${errors.get(name) ?? 0} were ${name}`);
  }
});

/** What the digits of a cell mean: a price in millionths, 'missing' or 'rejected'. */
function meaningOf(cell: string): bigint | 'missing' | 'rejected' {
  const word = cell.replace(/^[ \t]+|[ \t]+$/g, '');
  if (['', 'NaN', 'nan', 'NA', 'N/A', '#N/A', 'null', 'NULL', '-'].includes(word)) return 'missing';
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(word);
  if (parts === null) return 'rejected';
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (whole + fraction === '' || digits === '' || sign === '-') return 'rejected';
  const power = BigInt(exponent) - BigInt(fraction.length) + 6n;
  if (power > 40n || power < -400n) return 'rejected';
  if (power >= 0n) return BigInt(digits) * 10n ** power;
  const unit = 10n ** -power;
  const [millionths, rest] = [BigInt(digits) / unit, (BigInt(digits) % unit) * 2n];
  if (rest === 0n) return millionths;
  const mantissa = /^[+-]?([\d.]+)e/i.exec(word)?.[1];
  const short = fraction.replace(/0+$/, '');
  const significant = (whole + short).replace(/^0+/, '');
  // A printed binary float: twelve digits, or a multiple of 2^-decimals; with an exponent, twelve digits and a point.
  const float =
    mantissa === undefined
      ? significant.length >= 12 || BigInt(significant) % 5n ** BigInt(short.length) === 0n
      : mantissa.length >= 13;
  const rounded = rest > unit || (rest === unit && millionths % 2n === 1n) ? millionths + 1n : millionths;
  return float && rounded >= 5_000n ? rounded : 'rejected';
}

t.test('20,000 random cells mean what an exact reading of their digits says', async (t) => {
  const random = randomStream(5, 0);
  const pieces = [
    ...'0123456789012345678900..eE+-',
    '  ',
    '\t',
    'NaN',
    'NA',
    'null',
    '0x',
    '_',
    '%',
    '1e',
    '.5',
    '(',
    '/',
  ];
  const seen = { price: 0, missing: 0, rejected: 0 };
  for (let file = 0; file < 100; file++) {
    const cells = Array.from({ length: 200 }, () => {
      const cell = Array.from({ length: random.below(random.oneIn(4) ? 20 : 8) }, () =>
        random.of(pieces),
      ).join('');
      const meaning = meaningOf(cell);
      // Nine billion fits at every price scale that the other cells of the file may ask for.
      return typeof meaning === 'bigint' && meaning > 9_000_000_000_000_000n ? '1' : cell;
    });
    const rows = cells.map(
      (cell, i) => `${2020 + Math.floor(i / 28)}-01-${String(1 + (i % 28)).padStart(2, '0')},${cell}\n`,
    );
    const rejected: RejectedRow[] = [];
    const { panel } = readPrices(`Date,A\n2019-01-01,1\n2019-01-02,1\n${rows.join('')}`, {
      decimal: '.',
      onReject: (row) => rejected.push(row),
    });
    const expected = cells.map(meaningOf);
    const lines = rejected.map(({ line }) => line);
    t.strictSame(
      lines,
      expected.flatMap((meaning, i) => (meaning === 'rejected' ? [i + 4] : [])),
      `file ${file}`,
    );
    const kept = expected.filter((meaning) => meaning !== 'rejected');
    const ticks = kept.map((meaning) =>
      meaning === 'missing' ? Number.NaN : Number((meaning * BigInt(panel.priceScale)) / 1_000_000n),
    );
    t.strictSame([...panel.close.data.subarray(2)], ticks, `file ${file}`);
    seen.rejected += rejected.length;
    seen.missing += kept.filter((meaning) => meaning === 'missing').length;
    seen.price += kept.filter((meaning) => meaning !== 'missing').length;
  }
  t.ok(Math.min(...Object.values(seen)) > 1_000, JSON.stringify(seen));
});
