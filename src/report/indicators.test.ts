import t from 'tap';
import { NAMES } from '../testing/hostile.js';
import { sampleIndicators } from '../testing/sample-indicators.js';
import { indicatorsCsv } from './indicators/csv.js';
import { decimalsFor } from './indicators/digits.js';
import { indicatorsHtml } from './indicators/html.js';
import { indicatorsJson } from './indicators/json.js';
import { indicatorsText } from './indicators/text.js';
import type { IndicatorsInput } from './indicators/types.js';

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

t.test('six significant digits are shown of the largest value, none behind 100,000', (t) => {
  const cases: [number, number, number][] = [
    [1.08345, 10, 5],
    [9.99, 10, 5],
    [10, 10, 4],
    [123.4, 10, 3],
    [99_999, 10, 1],
    [100_000, 10, 0],
    [9.5e11, 10, 0],
    [0.5, 10, 6],
    [0.00012, 10, 9],
    [1e-12, 10, 10],
    [0.00012, 6, 6],
    [Infinity, 10, 0],
  ];
  t.strictSame(
    cases.filter(([value, most, decimals]) => decimalsFor(value, most) !== decimals),
    [],
  );
  t.end();
});

t.test('a table of one symbol fits a terminal from 40 columns on, and is whole where none is known', (t) => {
  const input = sampleIndicators();
  for (const width of [40, 60, 80]) t.ok(widest(indicatorsText(input, { color: false, width })) <= width);
  const at80 = indicatorsText(input, { color: false, width: 80 });
  t.match(at80, /Indicator +Last +Before +Lowest +Highest +First/);
  t.match(at80, 'macd(12,26,9)', 'titles are shortened before columns go');
  t.match(indicatorsText(input, { color: false, width: 40 }), /Indicator +Last/);
  const whole = indicatorsText(input, { color: false });
  t.match(whole, 'Moving average convergence divergence (12, 26, 9)');
  t.equal(indicatorsText(input, { color: false, width: 200 }), whole);
  const two = indicatorsText(sampleIndicators({ symbols: ['A', 'B'] }), { color: false, width: 40 });
  t.match(two, /upper +middle +lower/, 'no output of several symbols is left out');
  t.end();
});

t.test('a direction is a whole number', (t) => {
  const input = sampleIndicators({ names: ['sma'] });
  const [asked] = input.asked;
  const row = { ...asked!.row, outputs: ['line', 'direction'] };
  const outputs = [[new Float64Array(60).fill(99.5), new Float64Array(60).fill(-1)]];
  const both: IndicatorsInput = {
    ...input,
    asked: [{ ...asked!, row }],
    symbols: [{ ...input.symbols[0]!, outputs }],
  };
  t.match(indicatorsText(both, { color: false }), /direction +-1 +-1 +-1 +-1 /);
  t.end();
});

t.test('whatever a symbol is called, each writer keeps it as data', (t) => {
  const symbols = ['__proto__', '=1+1', 'a,b', 'q"q', '\u001b[31mred', ...NAMES];
  const input = sampleIndicators({ symbols, names: ['rsi'] });
  const read = JSON.parse(indicatorsJson(input)) as { symbols: { symbol: string }[] };
  t.strictSame(
    read.symbols.map(({ symbol }) => symbol),
    symbols,
  );
  // eslint-disable-next-line no-control-regex -- what a terminal obeys
  t.notMatch(indicatorsText(input, { color: false }), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  const csv = indicatorsCsv(input).split('\n');
  t.strictSame(
    csv.slice(1, 5).map((line) => line.slice('2024-01-01,'.length, line.lastIndexOf(',100,'))),
    ['__proto__', "'=1+1", '"a,b"', '"q""q"'],
  );
  const page = indicatorsHtml(
    sampleIndicators({ symbols: ['<script>x</script>', ...symbols], names: ['rsi'] }),
  );
  t.notMatch(page, '<script>x');
  t.match(page, `The first 8 of ${symbols.length + 1} symbols are drawn`);
  t.end();
});

t.test('the pointer reads small prices with the digits they have', (t) => {
  t.match(indicatorsHtml(sampleIndicators({ base: 1.08, names: ['sma'] })), '"decimals":5');
  t.match(indicatorsHtml(sampleIndicators({ base: 0.0001, names: ['sma'] })), '"decimals":9');
  t.match(indicatorsHtml(sampleIndicators({ base: 3e9, names: ['sma'] })), '"decimals":0');
  t.end();
});

t.test('JSON says of a symbol whose prices end early why its values do', (t) => {
  const input = sampleIndicators({ names: ['rsi'] });
  const [symbol] = input.symbols;
  const cut = (values: Float64Array): Float64Array => values.map((value, i) => (i < 50 ? value : NaN));
  const ended = {
    ...symbol!,
    close: cut(symbol!.close),
    outputs: symbol!.outputs.map((outputs) => outputs.map(cut)),
  };
  const read = JSON.parse(indicatorsJson({ ...input, symbols: [ended] }));
  t.strictSame(read.symbols[0].indicators[0].missing, {
    count: 24,
    reason: 'needs 15 prices of the symbol, whose prices end before the last date',
  });
  t.equal(read.symbols[0].close[50], null);
  t.end();
});
