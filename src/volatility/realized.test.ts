import t from 'tap';
import { uniforms } from '../testing/doubles.js';
import { errorOf } from '../testing/error-of.js';
import {
  type RealizedVolatilityOptions,
  realizedVolatility,
  rollingRealizedVolatility,
  type VolatilityMethod,
} from './index.js';

const LN2 = Math.LN2;
const METHODS: VolatilityMethod[] = [
  'closeToClose',
  'parkinson',
  'garmanKlass',
  'rogersSatchell',
  'yangZhang',
];

type Columns = [number[], number[], number[], number[]];

function near(actual: number, expected: number, relative = 1e-14): boolean {
  return Object.is(actual, expected) || Math.abs(actual - expected) <= relative * Math.abs(expected);
}

/** A random walk of bars. */
function walk(n: number, seed: number): Columns {
  const random = uniforms(seed);
  const columns: Columns = [[], [], [], []];
  let price = 100;
  for (let i = 0; i < n; i++) {
    const open = price * (1 + 0.02 * (random() - 0.5));
    const close = open * (1 + 0.04 * (random() - 0.5));
    columns[0].push(open);
    columns[1].push(Math.max(open, close) * (1 + 0.01 * random()));
    columns[2].push(Math.min(open, close) * (1 - 0.01 * random()));
    columns[3].push(close);
    price = close;
  }
  return columns;
}

/** Bars from `from` on, `count` of them. */
function cut(columns: Columns, from: number, count: number): Columns {
  return columns.map((column) => column.slice(from, from + count)) as Columns;
}

t.test('bars made of powers of two have the volatility of a pencil', async (t) => {
  const bars: Columns = [
    [1, 2, 2],
    [2, 8, 4],
    [0.5, 2, 1],
    [1, 4, 4],
  ];
  const of = (method: VolatilityMethod): number => realizedVolatility(...bars, { method }) / LN2;
  // Closes 1, 4, 4: changes 2 and 0 times ln 2.
  t.ok(near(of('closeToClose'), Math.sqrt(2)));
  // Ranges 2, 2, 2: 4 ln² 2 / (4 ln 2) each.
  t.ok(near(of('parkinson'), 1 / Math.sqrt(LN2)));
  // ½·4 less (2 ln 2 − 1) times 0, 1 and 1.
  t.ok(near(of('garmanKlass'), Math.sqrt(2 - ((2 * LN2 - 1) * 2) / 3)));
  // (1·1 + 1·1), (1·2 + 1·0), (0·1 + 2·1).
  t.ok(near(of('rogersSatchell'), Math.sqrt(2)));
  // Of the last two bars: over night 1 and −1 (variance 2), by day 1 and 1 (0), Rogers–Satchell 2; k = 0.34 / 4.34.
  t.ok(near(of('yangZhang'), Math.sqrt(2 + (1 - 0.34 / 4.34) * 2)));
});

t.test('a rolling value is the whole-sample value of its window, for every method and window', async (t) => {
  const columns = walk(60, 1);
  const wrong: string[] = [];
  for (const method of METHODS) {
    const extra = method === 'closeToClose' || method === 'yangZhang' ? 1 : 0;
    for (const window of [1, 2, 5, 21, 59, 60]) {
      if (window === 1 && extra === 1) continue;
      const rolling = rollingRealizedVolatility(...columns, window, { method });
      for (let i = 0; i < 60; i++) {
        const from = i + 1 - window - extra;
        const whole = from < 0 ? NaN : realizedVolatility(...cut(columns, from, window + extra), { method });
        if (!near(rolling[i]!, whole, 1e-13)) wrong.push(`${method}, window ${window}, bar ${i}`);
      }
    }
  }
  t.same(wrong, []);
});

t.test('a missing bar makes exactly the windows NaN that use it', async (t) => {
  const columns = walk(40, 2);
  for (const method of METHODS) {
    const clean = rollingRealizedVolatility(...columns, 5, { method });
    const holed = walk(40, 2).map((column) => column.with(20, NaN)) as Columns;
    const rolling = rollingRealizedVolatility(...holed, 5, { method });
    const last = method === 'closeToClose' || method === 'yangZhang' ? 25 : 24;
    const right = clean.map((value, i) => (i >= 20 && i <= last ? NaN : value));
    t.same(Array.from(rolling), Array.from(right), method);
    t.same(realizedVolatility(...holed, { method }), NaN);
  }
});

t.test('annualising multiplies by the root, and prices twice as high change nothing', async (t) => {
  const columns = walk(30, 3);
  const doubled = columns.map((column) => column.map((price) => 2 * price)) as Columns;
  for (const method of METHODS) {
    const plain = realizedVolatility(...columns, { method });
    t.ok(near(realizedVolatility(...columns, { method, periodsPerYear: 252 }), plain * Math.sqrt(252)));
    t.equal(realizedVolatility(...doubled, { method }), plain);
  }
});

t.test('prices that stand still have no volatility, after any storm', async (t) => {
  const flat = (value: number, n: number): number[] => new Array<number>(n).fill(value);
  const storm = walk(30, 4);
  const columns = storm.map((column) => [...flat(0.001, 1), ...column, ...flat(1e6, 30)]) as Columns;
  for (const method of METHODS) {
    const rolling = rollingRealizedVolatility(...columns, 10, { method });
    t.equal(rolling[60], 0, method);
    t.equal(realizedVolatility(flat(7, 9), flat(7, 9), flat(7, 9), flat(7, 9), { method }), 0, method);
  }
});

t.test('too few bars leave a rolling series of NaN and no whole-sample value', async (t) => {
  t.same(Array.from(rollingRealizedVolatility([1, 1], [1, 1], [1, 1], [1, 1], 2)), [NaN, NaN]);
  t.same(rollingRealizedVolatility([], [], [], [], 2, { method: 'yangZhang' }), new Float64Array(0));
  t.match(
    errorOf(() => realizedVolatility([1, 1], [1, 1], [1, 1], [1, 1])).message,
    /2 bars: closeToClose needs at least 3/,
  );
  t.match(
    errorOf(() => realizedVolatility([], [], [], [], { method: 'parkinson' })).message,
    /0 bars: parkinson needs at least 1/,
  );
});

t.test('a bar that cannot be true is named', async (t) => {
  const bad = (column: number, price: number): string => {
    const columns = walk(8, 5);
    columns[column]![5] = price;
    return errorOf(() => realizedVolatility(...columns)).message;
  };
  t.match(bad(1, 10), /'high\[5\]' has invalid value 10\. Constraint: at least low\[5\], .*repair bar 5/);
  t.match(bad(0, 1000), /'high\[5\]'.*at least open\[5\], 1000/);
  t.match(bad(3, 1000), /'high\[5\]'.*at least close\[5\], 1000/);
  t.match(bad(0, 1), /'low\[5\]'.*at most open\[5\], 1/);
  t.match(bad(3, 1), /'low\[5\]'.*at most close\[5\], 1/);
  t.match(bad(2, 0), /'low\[5\]' has invalid value 0.*a price above 0/);
  t.match(bad(3, -1), /'close\[5\]' has invalid value -1/);
  t.match(bad(1, Infinity), /'high\[5\]' has invalid value Infinity.*a finite price/);
});

t.test('each wrong argument is named', async (t) => {
  const columns = walk(8, 6);
  const [open, high, low, close] = columns;
  const rows: [() => unknown, RegExp][] = [
    [
      () => realizedVolatility(open, high, low, close.slice(1)),
      /'close' has invalid value 7.*length 8, as open/,
    ],
    [() => realizedVolatility(...columns, { method: 'parkinsen' as never }), /did you mean parkinson/],
    [() => realizedVolatility(...columns, { periodsPerYear: 0 }), /'periodsPerYear' has invalid value 0/],
    [() => realizedVolatility(...columns, { window: 3 } as RealizedVolatilityOptions), /'options\.window'/],
    [() => rollingRealizedVolatility(...columns, 1), /'window' has invalid value 1.*from 2/],
    [() => rollingRealizedVolatility(...columns, 0, { method: 'parkinson' }), /'window' has invalid value 0/],
    [() => realizedVolatility('x' as never, high, low, close), /'open' has invalid value "x"/],
  ];
  for (const [call, message] of rows) t.match(errorOf(call).message, message);
});
