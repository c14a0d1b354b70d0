import t from 'tap';
import { FORMULAS, TERMINAL } from '../testing/hostile.js';
import { seeded, weekdays } from '../testing/sample-result.js';
import { daysFromCivil } from '../time.js';
import { downsample } from './downsample.js';
import { clip, csvText, escapeHtml, stripTerminal } from './escape.js';
import { compactText, moneyText, numberText, percentText, signedPercentText } from './format.js';
import { linearScale, logScale } from './scale.js';
import { timeAxis } from './time-axis.js';

/** Control characters, direction marks, line separators, half surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u;

t.test('numbers read well: grouped, rounded, no negative zero, a dash for what is absent', async (t) => {
  t.equal(numberText(1234567.891), '1,234,567.89');
  t.equal(numberText(-1234.5, 1), '-1,234.5');
  t.equal(numberText(999), '999.00');
  t.equal(numberText(-0.004), '0.00');
  t.equal(numberText(-0), '0.00');
  t.equal(numberText(Number.NaN), '–');
  t.equal(numberText(undefined), '–');
  t.equal(numberText(Infinity), '∞');
  t.equal(numberText(-Infinity), '-∞');
  t.equal(numberText(1e21, 1), '1.0e+21');
  t.equal(percentText(0.12345), '12.35%');
  t.equal(percentText(-0.00001), '0.00%');
  t.equal(percentText(null), '–');
  t.equal(signedPercentText(0.05), '+5.00%');
  t.equal(signedPercentText(0.00001), '0.00%');
  t.equal(moneyText(123456789), '1,234,567.89');
  t.equal(moneyText(-5), '-0.05');
  t.equal(moneyText(Number.NaN), '–');
  t.equal(moneyText(2147483648), '21,474,836.48');
  t.equal(compactText(1_500_000), '1.5M');
  t.equal(compactText(953_180), '953k');
  t.equal(compactText(999_999), '1M');
  t.equal(compactText(-12.3), '-12.3');
  t.equal(compactText(0), '0');
});

t.test('text from outside is made inert for its place', async (t) => {
  t.equal(escapeHtml(`<a href="x" title='y'>&`), '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
  t.equal(escapeHtml('a\u2028b\u202ec\u0000'), 'a\\u2028b\\u202ec\\u0000');
  t.equal(escapeHtml('\ud800x'), '\\ud800x', 'half of a surrogate pair cannot be written as UTF-8');
  t.equal(escapeHtml('Zürich 東京 😀'), 'Zürich 東京 😀');
  t.equal(stripTerminal('\u001b[31mred\u001b[0m'), 'red');
  t.equal(stripTerminal('\u001b]8;;file:///etc\u001b\\link\u001b]8;;\u001b\\'), 'link');
  t.equal(stripTerminal('line\r\nbreak'), 'linebreak');
  for (const name of TERMINAL) t.notMatch(stripTerminal(name), UNPRINTABLE);
  for (const cell of FORMULAS) t.match(csvText(cell), /^"?'/, `${JSON.stringify(cell)} is no formula`);
  t.equal(csvText('=1,"x"\n2'), `"'=1,""x""\n2"`);
  t.equal(csvText('AAPL'), 'AAPL');
  t.equal(csvText('a,b'), '"a,b"');
  t.equal(clip('😀😀😀', 2), '😀…');
});

t.test('downsample keeps the lowest and highest value of every column, in order', async (t) => {
  const random = seeded(11);
  const x = Float64Array.from({ length: 20_000 }, (_, i) => i / 19_999);
  const y = x.map((_, i) => (i === 12_345 ? 50 : i === 777 ? Number.NaN : random()));
  const line = downsample(x, y, 300);
  t.ok(line.x.length <= 300 * 4 + 1, `${line.x.length} points`);
  t.ok(line.y.includes(50), 'a spike of one bar stays');
  t.ok(line.y.some(Number.isNaN), 'a gap stays');
  t.equal(line.x[0], 0);
  t.equal(line.x[line.x.length - 1], 1);
  t.ok(line.x.every((value, i) => i === 0 || value >= line.x[i - 1]!));
  const extremes = (values: Float64Array, at: Float64Array, column: number): string => {
    const inside = [...values].filter((_, i) => Math.min(299, Math.floor(at[i]! * 300)) === column);
    const numbers = inside.filter((value) => !Number.isNaN(value));
    return `${Math.min(...numbers)} ${Math.max(...numbers)}`;
  };
  for (let column = 0; column < 300; column += 7) {
    t.equal(extremes(line.y, line.x, column), extremes(y, x, column));
  }
  const short = downsample(x.subarray(0, 500), y.subarray(0, 500), 300);
  t.equal(short.x.length, 500, 'up to two points a column stay as they are');
});

t.test('axes have few, round, distinct ticks inside the chart', async (t) => {
  for (const [low, high] of [
    [0, 1],
    [-0.3, 0],
    [5, 5],
    [0, 0],
    [1e6, 1.0001e6],
    [-1e-9, 1e-9],
  ] as const) {
    const scale = linearScale(low, high, 5);
    t.ok(scale.position(low) >= 0 && scale.position(high) <= 1, `${low} to ${high}`);
    t.ok(scale.ticks.length >= 2 && scale.ticks.length <= 11, `${scale.ticks.length} ticks`);
  }
  t.strictSame(logScale(0.9, 1100).ticks, [1, 3, 10, 30, 100, 300, 1000]);
  t.strictSame(logScale(0.9, 2e4).ticks, [1, 10, 100, 1000, 10_000], 'with 3, 30, … there would be nine');
  t.strictSame(logScale(9e5, 5.5e6).ticks, [1e6, 2e6, 3e6, 5e6]);
  t.equal(logScale(1, 100).position(10), 0.5);
  const spans: [Int32Array | null, number][] = [
    [weekdays(1), 1],
    [weekdays(10), 10],
    [weekdays(80), 80],
    [weekdays(600), 600],
    [weekdays(8300), 8300],
    [weekdays(30_000, daysFromCivil(1885, 2, 16)), 30_000],
    [Int32Array.of(0, 40_000), 2],
    [null, 1],
    [null, 77_777],
  ];
  for (const [dates, bars] of spans) {
    const { position, ticks } = timeAxis(dates, bars);
    t.equal(position.length, bars + 1);
    t.equal(position[0], 0);
    t.equal(position[bars], 1);
    t.ok(ticks.length >= 1 && ticks.length <= 13, `${ticks.length} ticks for ${bars} bars`);
    t.ok(
      ticks.every((tick, i) => tick.position >= 0 && tick.position <= 1 && tick.text !== ticks[i - 1]?.text),
    );
  }
});
