import t from 'tap';
import { DataError } from '../errors.js';
import { mergePanels } from './merge-panels.js';
import { pickSymbols } from './pick-symbols.js';
import { readPrices } from './read-prices.js';

const volumes = (text: string, options: Parameters<typeof readPrices>[1] = {}): number[] | undefined => {
  const { volume } = readPrices(text, { ...options, volume: true }).panel;
  return volume && [...volume.data];
};

const BARS = `Date,Open,High,Low,Close,Volume
2024-01-02,10,11,9,10.5,1200
2024-01-03,10.5,12,10,11,0.00012345678
2024-01-04,11,12,10,11.5,
`;

t.test('volumes of one symbol are doubles of the digits, however small, and NaN where empty', async (t) => {
  t.strictSame(volumes(BARS), [1200, 0.00012345678, NaN]);
  t.equal(readPrices(BARS).panel.volume, undefined, 'they are read only when asked for');
});

t.test('volumes of a long file stand at their date and symbol', async (t) => {
  const text = 'date,symbol,close,volume\n2024-01-02,A,1,10\n2024-01-02,B,2,20\n2024-01-03,B,2,40\n';
  t.strictSame(volumes(text), [10, 20, NaN, 40]);
  t.strictSame(volumes(text, { symbols: ['B'] }), [20, 40]);
});

t.test('volumes under two header lines belong to their symbols, newest first too', async (t) => {
  const head = 'Price,Close,Close,Volume,Volume\nTicker,A,B,A,B\nDate,,,,\n';
  t.strictSame(volumes(`${head}2024-01-02,1,2,10,20\n2024-01-03,1,2,30,40\n`), [10, 20, 30, 40]);
  t.strictSame(volumes(`${head}2024-01-03,1,2,30,40\n2024-01-02,1,2,10,20\n`), [10, 20, 30, 40]);
});

t.test('bars of one day are made into one that has the sum of their volumes', async (t) => {
  const text = 'Date,Open,High,Low,Close,Volume\n2024-01-02 10:00,1,2,1,2,5\n2024-01-02 11:00,2,3,2,3,7\n';
  const rest = '2024-01-03 10:00,3,3,3,3,1\n2024-01-03 11:00,3,3,3,3,\n';
  t.strictSame(volumes(text + rest, { intraday: 'daily' }), [12, 1]);
});

t.test('groups of thousands and decimal commas are those of the prices', async (t) => {
  const text = 'Date;Close;Volume\n2024-01-02;1,50;1.234.567\n2024-01-03;1,60;2,5\n';
  t.strictSame(volumes(text, { separator: ';', decimal: ',' }), [1_234_567, 2.5]);
});

t.test('volumes that a site shortens are read in full, and two dashes are none', async (t) => {
  const shortened = BARS.replace(',1200', ',1.94B').replace(',0.00012345678', ',--').replace(/,$/m, ',12.5k');
  t.strictSame(volumes(shortened), [1_940_000_000, NaN, 12_500]);
  const german = 'Date;Close;Volume\n2024-01-02;1,50;1,5M\n2024-01-03;1,60;2 T\n';
  t.strictSame(volumes(german, { separator: ';', decimal: ',' }), [1_500_000, 2e12]);
  for (const bad of ['B', '1.9X', '1e3K', '-2M', '1,5M']) {
    t.throws(() => volumes(BARS.replace(',1200', `,"${bad}"`)), DataError, bad);
  }
});

t.test('a volume that is no number or below 0 is refused with its line and column', async (t) => {
  for (const bad of ['many', '-3']) {
    const text = BARS.replace('1200', bad);
    const error = t.throws(() => volumes(text), DataError) as DataError;
    t.match(String(error), /line 2, column Volume|line 2.*Volume/);
    t.match(String(error), /volume of at least 0/);
  }
  t.equal(readPrices(BARS.replace('1200', 'many')).panel.close.rows, 3, 'nobody asked: nobody reads it');
});

t.test(
  'panels side by side keep volumes as they are, if all have them, whatever their price scales',
  async (t) => {
    const fine = BARS.replace('10.5,1200', '10.5001,1200');
    const a = readPrices(fine, { file: 'A.csv', volume: true }).panel;
    const b = readPrices(BARS, { file: 'B.csv', volume: true }).panel;
    t.equal(a.priceScale, 10_000);
    const merged = mergePanels([
      { panel: a, file: 'A.csv' },
      { panel: b, file: 'B.csv' },
    ]);
    t.strictSame([...merged.volume!.data.subarray(0, 4)], [1200, 1200, 0.00012345678, 0.00012345678]);
    t.strictSame([...pickSymbols(merged, ['B']).volume!.data.subarray(0, 2)], [1200, 0.00012345678]);
    const without = { panel: readPrices(BARS, { file: 'B.csv' }).panel, file: 'B.csv' };
    t.equal(mergePanels([{ panel: a, file: 'A.csv' }, without]).volume, undefined);
  },
);

t.test('a day that takes the last price has traded nothing', async (t) => {
  const text = 'date,symbol,close,volume\n2024-01-02,A,1,10\n2024-01-02,B,2,20\n2024-01-03,B,2,40\n';
  t.strictSame(volumes(text, { missing: 'carry' }), [10, 20, 0, 40]);
});
