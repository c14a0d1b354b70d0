import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { indicators } from '../indicators/index.js';
import { type InsideResult, runInside } from '../testing/cli-inside.js';
import { ROOT } from '../testing/repository.js';
import { completions, FILES } from './completion/complete.js';
import { INDICATOR_OPTIONS, indicatorOption } from './options/indicators.js';

const folder = mkdtempSync(join(tmpdir(), 'nb-indicators-'));
const back = process.cwd();
t.teardown(() => {
  process.chdir(back);
  rmSync(folder, { recursive: true, force: true });
});
process.chdir(folder);
process.env.XDG_CONFIG_HOME = join(folder, 'none');
const NASDAQ = join(ROOT, 'fixtures/market/nasdaq-ohlcv-1999-2018.csv.gz');

const run = (words: string): Promise<InsideResult> => runInside(`indicators ${words} -q`);

/** The series whose indicators TA-Lib was asked for by hand: c = 100 + ((7919 i) mod 101) / 10 and a high and low. */
const DAYS = Array.from({ length: 60 }, (_, i) =>
  new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10),
);
const BARS = DAYS.map((day, i) => {
  const close = 1000 + ((7919 * i) % 101);
  const high = close / 10 + 1 + (i % 3) / 4;
  const low = close / 10 - 1 - (i % 5) / 8;
  return [day, close / 10, high.toFixed(3), low.toFixed(3), close / 10, 100 + i].join(',');
});
writeFileSync('golden.csv', `Date,Open,High,Low,Close,Volume\n${BARS.join('\n')}\n`);
const two = DAYS.map((day, i) => `${day},${100 + ((7919 * i) % 101) / 10},${i < 50 ? '' : 50 + i}`);
writeFileSync('two.csv', `Date,OLD,NEW\n${two.join('\n')}\n`);

const rowsOf = (csv: string): string[][] =>
  csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
const near = (text: string | undefined, value: number): boolean => Math.abs(Number(text) - value) < 1e-10;

t.test('the values are those of TA-Lib for the series it was asked about', async (t) => {
  const { status, stdout, stderr } = await run('golden.csv --rsi --macd --bbands 20,2 --atr --csv');
  t.equal(status, 0, stderr);
  const [head, ...rows] = rowsOf(stdout);
  t.same(head!.slice(0, 3), ['date', 'symbol', 'close']);
  const at = (row: number, key: string): string | undefined => rows[row]![head!.indexOf(key)];
  t.equal(rows.length, 60);
  t.equal(at(13, 'rsi_14'), '', 'nothing before the first value');
  const expected: [number, string, number][] = [
    [14, 'rsi_14', 55.156950672645756],
    [59, 'rsi_14', 53.587800429411345],
    [33, 'macd_12_26_9_macd', 0.46431586683344506],
    [59, 'macd_12_26_9_signal', 0.09331118913961732],
    [59, 'macd_12_26_9_histogram', 0.26559445933348014],
    [19, 'bbands_20_2_2_sma_upper', 110.4488012468314],
    [59, 'bbands_20_2_2_sma_lower', 99.15119875316846],
    [14, 'atr_14', 6.019642857142857],
    [59, 'atr_14', 6.041148018374357],
  ];
  t.same(
    expected.filter(([row, key, value]) => !near(at(row, key), value)),
    [],
  );
});

t.test('the library and the options name the same indicators, parameters and defaults', async (t) => {
  const lines = INDICATOR_OPTIONS.map(({ name, help }) => `${name}: ${help}`).sort();
  const rows = indicators().map(({ name, title, parameters }) => {
    const said = parameters.map((each) => `${each.name} ${each.default}`).join(', ');
    return `${indicatorOption(name)}: ${said === '' ? title : `${title} (${said})`}`;
  });
  t.same(lines, rows.sort());
});

t.test('every indicator can be asked for, and has a value on the last of 5,031 real bars', async (t) => {
  const flags = INDICATOR_OPTIONS.map(({ name }) => `--${name}`).join(' ');
  const { status, stdout, stderr } = await run(`${NASDAQ} ${flags} --against nasdaq-ohlcv-1999-2018 --csv`);
  t.equal(status, 0, stderr);
  const rows = rowsOf(stdout);
  t.equal(rows.length, 5_032);
  const [head, last] = [rows[0]!, rows.at(-1)!];
  t.same(
    head.filter((_, k) => last[k] === ''),
    [],
  );
  t.ok(near(last[head.indexOf('correl_30')], 1), 'with itself');
});

t.test('an indicator may stand in front of the file, several times, and with an equals sign', async (t) => {
  const { stdout } = await run('--rsi golden.csv --sma 20 --sma=50 --rsi 5 --csv');
  t.same(rowsOf(stdout)[0]!.slice(3), ['sma_20', 'sma_50', 'rsi_14', 'rsi_5']);
  const bands = await run('golden.csv --bbands 10,1.5 --csv');
  t.match(rowsOf(bands.stdout)[0]!.at(-1), 'bbands_10_1.5_1.5_sma_lower', 'one width is meant for both');
  const plain = await run('golden.csv --csv');
  t.same(
    [
      ...new Set(
        rowsOf(plain.stdout)[0]!
          .slice(3)
          .map((key) => key.split('_')[0]),
      ),
    ].sort(),
    ['bbands', 'macd', 'rsi'],
    'without any: three that most look for',
  );
});

t.test('--from shows less and computes the same', async (t) => {
  const whole = rowsOf((await run('golden.csv --ema 10 --csv')).stdout);
  const tail = rowsOf((await run(`golden.csv --ema 10 --csv --from ${DAYS[40]}`)).stdout);
  t.same(tail.slice(1), whole.slice(41));
});

t.test('what ends early has values up to its end, and what is asked twice is one column', async (t) => {
  writeFileSync('ends.csv', 'Date,A,B\n2024-01-02,1,1\n2024-01-03,2,2\n2024-01-04,,5\n2024-01-05,,6\n');
  const { status, stdout, stderr } = await runInside('indicators ends.csv --mom 1 --mom=1 --csv');
  t.equal(status, 0, stderr);
  const rows = rowsOf(stdout);
  t.same(rows[0], ['date', 'symbol', 'close', 'mom_1']);
  t.same(
    rows.filter(([, symbol]) => symbol === 'A').map((row) => row.at(-1)),
    ['', '1', '', ''],
  );
  t.match(stderr, /Prices end before 2024-01-05: "A"\./);
});

t.test('tables show one symbol in full and several by their last values', async (t) => {
  const one = await run('golden.csv --rsi --obv');
  t.match(one.stdout, /Indicator +Last +Before +Lowest +Highest +First/);
  t.match(one.stdout, new RegExp(`Relative strength index \\(14\\) +53\\.5878 .*${DAYS[14]}`));
  const both = await runInside('indicators two.csv --sma 5 --rsi');
  t.match(both.stdout, /Simple moving average \(5\) +Last +Before/);
  // The last five of NEW are 105 … 109, those before 104 … 108.
  t.match(both.stdout, /NEW +107\.000 +106\.000/);
  t.match(both.stdout, /Relative strength index[\s\S]*NEW +- +-/);
  t.match(both.stderr, /Too few prices for rsi\(14\): "?NEW"?/);
});

t.test('JSON has null for what is missing, with the count and the reason', async (t) => {
  const { stdout } = await run('golden.csv --rsi --json');
  const { dates, symbols } = JSON.parse(stdout);
  t.same(dates, DAYS);
  const [rsi] = symbols[0].indicators;
  t.match(rsi, { call: 'rsi(14)', parameters: { period: 14 }, lookback: 14, missing: { count: 14 } });
  t.match(rsi.missing.reason, /needs 15 prices/);
  t.same(rsi.outputs.rsi.slice(0, 14), Array(14).fill(null));
  t.ok(near(String(rsi.outputs.rsi[59]), 53.587800429411345));
});

t.test('the page draws prices, bands over them and a panel for each other indicator', async (t) => {
  const { status, stderr } = await run('golden.csv --bbands --rsi --macd --html page.html --name <b>x</b>');
  t.equal(status, 0, stderr);
  const page = readFileSync('page.html', 'utf8');
  for (const id of ['s0-price', 's0-own-0', 's0-own-1', 'provenance']) t.match(page, `id="${id}"`);
  t.match(page, 'upper bbands(20,2,2,sma)');
  t.notMatch(page, '<b>x</b>', 'names are text');
});

const REFUSED: readonly (readonly [string, number, RegExp])[] = [
  ['golden.csv --rsi 1', 1, /--rsi.*"1".*period an integer from 2 to 100000.*--rsi 14/],
  ['golden.csv --rsi 14,3', 1, /at most 1 parameter.*leave out 3/],
  ['golden.csv --ma 10,smaa', 1, /--ma.*10,smaa.*did you mean sma/],
  ['golden.csv --bop=3', 1, /--bop.*no parameter/],
  ['golden.csv --rsi=abc', 1, /--rsi.*abc.*numbers/],
  ['golden.csv --stoch=5,3,3,ssma', 1, /--stoch.*one of|words.*sma/],
  ['golden.csv --correl', 1, /--correl.*second symbol.*--against/],
  ['two.csv --beta --against OLDE', 1, /OLDE.*did you mean OLD/],
  ['two.csv --beta --symbols OLD --against NEWW', 1, /--against.*NEWW.*did you mean NEW/],
  ['two.csv --atr', 1, /--atr.*high.*low.*Open,High,Low,Close/],
  ['two.csv --obv', 1, /--obv.*volume/],
  ['two.csv --minus-di', 1, /'--minus-di'.*minusDi\(14\).*high, low/],
  ['golden.csv --sma 20,50', 1, /at most 1 parameter \(period\).*write --sma 20 --sma 50/],
  ['golden.csv --rsi=x', 1, /write for example --rsi 14/],
  ['two.csv --rsi --against OLD', 1, /--against.*--correl or --beta/],
  ['golden.csv --rsi --from 2024-02-01 --to 2024-01-10', 1, /--from.*at or before to.*swap/],
  ['--rsi', 1, /PRICES.*nb-backtest indicators prices\.csv/],
  ['idle.csv --vwap', 2, /volume above 0 on some date.*--columns volume=NAME/],
  ['hole.csv --obv', 2, /volume on every date.*2024-01-03.*fill in the volume, 0 if nothing was traded/],
  ['golden.csv --rsi 60', 2, /rsi\(60\) needs at least 61 bars, the prices have 60/],
  ['gap.csv --rsi', 2, /GAP.*close on every date.*2024-01-03.*--missing-cells carry/],
  ['golden.csv --rsi --from 2030-01-01', 2, /no price on or after 2030-01-01/],
  ['none.csv --rsi', 2, /none\.csv/],
];

t.test('what cannot be done is refused with what was wrong and how to mend it', async (t) => {
  writeFileSync('gap.csv', 'Date,GAP,B\n2024-01-02,1,1\n2024-01-03,,2\n2024-01-04,2,3\n');
  const volumes = (...each: string[]): string =>
    `Date,Open,High,Low,Close,Volume\n${each.map((volume, i) => `2024-01-0${2 + i},2,3,1,2,${volume}`).join('\n')}\n`;
  writeFileSync('idle.csv', volumes('0', '0', '0'));
  writeFileSync('hole.csv', volumes('5', '', '7'));
  for (const [words, code, said] of REFUSED) {
    const { status, stdout, stderr } = await runInside(`indicators ${words}`);
    t.equal(status, code, `${words}: ${stderr}`);
    t.match(stderr, said, words);
    t.equal(stdout, '', `${words} prints no result`);
  }
  const carried = await run('gap.csv --mom 1 --missing-cells carry --csv');
  t.equal(
    rowsOf(carried.stdout)
      .find((row) => row[1] === 'GAP' && row[0] === '2024-01-03')!
      .at(-1),
    '0',
  );
  const unwritten = await run('golden.csv --rsi --html nowhere/page.html');
  t.equal(unwritten.stdout, '', 'no result where the page cannot be written');
  t.notOk(existsSync('nowhere'));
});

t.test('completion knows the flags, and that a file may follow one', async (t) => {
  t.ok(completions('nb-backtest indicators --st').includes('--stoch-rsi'));
  t.ok(completions('nb-backtest indicators --rsi ').includes(FILES));
  t.same(completions('nb-backtest indicators --rsi go --ma').includes('--macd'), true);
});
