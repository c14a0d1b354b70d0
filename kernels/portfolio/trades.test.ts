import t from 'tap';
import { uniform } from '../../src/testing/market.js';
import { recordTrades, updateCostBasis } from './book-trades.js';
import { scaleBuys } from './fund.js';
import { dropSmallTrades, shrinkTrade } from './limit.js';
import { notionalCents } from './notional.js';
import { checkWeightRow, symbolReturns, takePriceRow, typicalPrices } from './panel.js';

const filled = (n: number): Float64Array => new Float64Array(n).fill(-12345);

t.test('scaleBuys leaves sells, shrinks buys by one factor and adds up what they need', async (t) => {
  const zero = new Float64Array(3);
  const cents = Float64Array.of(100, 100, 300);
  const next = [filled(3), filled(3), filled(3)] as const;
  const cost = Float64Array.of(7, 0, 0);
  const needed = scaleBuys(
    3,
    0.5,
    Float64Array.of(-4, 3, 2),
    zero,
    Float64Array.of(-400, 300, 600),
    cents,
    zero,
    1,
    1,
    zero,
    zero,
    100,
    10_000,
    0,
    10_000,
    0,
    ...next,
    cost,
  );
  t.same([next[0][0], next[1][0], next[2][0]], [-4, 0, -400], 'the sale stands');
  t.same([next[0][1], next[1][1], next[2][1]], [1, 500_000, 150], 'half of three shares');
  t.same([next[0][2], next[1][2], next[2][2]], [1, 0, 300], 'half of two shares');
  t.same(Array.from(cost), [7, 1, 3]);
  t.equal(needed, 150 + 1 + 300 + 3);
});

t.test('limits drop and shrink trades', async (t) => {
  const held = Float64Array.of(1, 1, 1, 1);
  const zero = new Float64Array(4);
  const cents = Float64Array.of(100, 100, 100, 100);
  const trades = (): [Float64Array, Float64Array, Float64Array] => [
    Float64Array.of(2, 0, 3, 2),
    new Float64Array(4),
    Float64Array.of(100, -100, 200, 100),
  ];
  const drop = (weights: number[], band: number, min: number): number[][] => {
    const [whole, micro, notional] = trades();
    const w = Float64Array.from(weights);
    dropSmallTrades(4, w, 0, 1000, band, min, cents, zero, 1, held, zero, whole, micro, notional);
    return [Array.from(whole), Array.from(notional)];
  };
  t.same(
    drop([0.2, 0, 0.3, 0.2], 100, 0),
    [
      [1, 0, 3, 1],
      [0, -100, 200, 0],
    ],
    'inside the band; the exit stays',
  );
  t.same(
    drop([0.2, 0.01, 0.3, 0.2], -1, 101),
    [
      [1, 1, 3, 1],
      [0, 0, 200, 0],
    ],
    'below the minimum',
  );
  t.same(
    drop([0.101, 0.099, 0.3, 0.2], 5, 0),
    [
      [1, 1, 3, 2],
      [0, 0, 200, 100],
    ],
    'the band looks at weights, not at lots',
  );
  const [whole, micro, notional] = trades();
  shrinkTrade(1, 0.25, whole, micro, cents, zero, 1, 1, held, zero, whole, micro, notional);
  t.same([whole[1], micro[1], notional[1]], [0, 750_000, -25], 'a quarter of a sale of one share');
  shrinkTrade(2, 0.75, whole, micro, cents, zero, 1, 1_000_000, held, zero, whole, micro, notional);
  t.same([whole[2], micro[2], notional[2]], [2, 0, 100], '0.75 of two whole shares is one');
});

t.test('recordTrades lists sells before buys and skips what did not move', async (t) => {
  const zero = new Float64Array(3);
  const columns = [
    new Int32Array(4).fill(-1),
    new Int32Array(4).fill(-1),
    filled(4),
    filled(4),
    filled(4),
    filled(4),
  ] as const;
  const end = recordTrades(
    3,
    9,
    Float64Array.of(0, 5, 5),
    zero,
    Float64Array.of(2, 5, 4),
    Float64Array.of(500_000, 0, 0),
    Float64Array.of(250, 0, -100),
    Float64Array.of(3, 0, 1),
    Float64Array.of(100, 50, 100),
    1,
    ...columns,
  );
  t.equal(end, 3);
  t.same(
    columns.map((column) => Array.from(column.subarray(1, 3))),
    [
      [9, 9],
      [2, 0],
      [-1, 2.5],
      [100, 100],
      [100, 250],
      [1, 3],
    ],
  );
});

t.test('updateCostBasis keeps every cent: basis plus cash paid plus profit taken never drifts', async (t) => {
  const random = uniform(5);
  const basis = new Float64Array(1);
  const realized = new Float64Array(1);
  let whole = 0;
  let micro = 0;
  let paid = 0;
  for (let k = 0; k < 5000; k++) {
    const nextWhole = random() < 0.1 ? 0 : Math.floor((random() - 0.4) * 200);
    const nextMicro = nextWhole === 0 ? 0 : Math.floor(random() * 1e6);
    const price = 50 + Math.floor(random() * 1000);
    const notional = notionalCents(nextWhole - whole, nextMicro - micro, price, 0, 1);
    updateCostBasis(
      1,
      Float64Array.of(whole),
      Float64Array.of(micro),
      Float64Array.of(nextWhole),
      Float64Array.of(nextMicro),
      Float64Array.of(notional),
      basis,
      realized,
    );
    paid += notional;
    whole = nextWhole;
    micro = nextMicro;
    if (basis[0]! - realized[0]! !== paid) t.fail(`step ${k}`);
    if (whole === 0 && micro === 0 && basis[0] !== 0) t.fail(`closed with basis ${basis[0]}`);
  }
  t.pass('5,000 trades, long, short and flipping');
});

t.test('updateCostBasis follows average cost on a case done by hand', async (t) => {
  const basis = new Float64Array(1);
  const realized = new Float64Array(1);
  const zero = new Float64Array(1);
  const step = (from: number, to: number, notional: number): number[] => {
    updateCostBasis(
      1,
      Float64Array.of(from),
      zero,
      Float64Array.of(to),
      zero,
      Float64Array.of(notional),
      basis,
      realized,
    );
    return [basis[0]!, realized[0]!];
  };
  t.same(step(0, 10, 1000), [1000, 0], 'buy 10 at 100');
  t.same(step(10, 20, 2000), [3000, 0], 'buy 10 at 200: average 150');
  t.same(step(20, 15, -1500), [2250, 750], 'sell 5 at 300');
  t.same(step(15, -5, -4000), [-1000, 750 + 3000 - 2250], 'sell 20 at 200: close 15, short 5');
  t.same(step(-5, 0, 500), [0, 1500 + 500], 'cover 5 at 100');
});

t.test('takePriceRow writes prices and leaves what is none; weight rows are told apart', async (t) => {
  const out = filled(2);
  t.equal(takePriceRow(2, Float64Array.of(7, 5, 4503599627370495), 1, 4503599627370495, out), 0);
  t.same(Array.from(out), [5, 4503599627370495]);
  for (const bad of [Number.NaN, 0, -1, 1.5, 101, Number.POSITIVE_INFINITY, 9_007_199_254_740_992]) {
    out.fill(-1);
    t.equal(takePriceRow(2, Float64Array.of(100, bad), 0, 100, out), 1, String(bad));
    t.same(Array.from(out), [100, -1]);
  }
  const verdict = (row: number[], gross = 1, short = 0): number =>
    checkWeightRow(row.length, Float64Array.from(row), 0, gross, short);
  const nan = Number.NaN;
  t.same(
    [
      verdict([0.5, 0.5]),
      verdict([nan, nan]),
      verdict([nan, 1]),
      verdict([0, Number.POSITIVE_INFINITY]),
      verdict([-0.1]),
      verdict([0.6, 0.5]),
    ],
    [0, 1, 2, 3, 4, 5],
  );
  t.equal(verdict([-0.5, 0.5], 1, 1), 0);
});

t.test('panels derived from prices', async (t) => {
  const out = filled(4);
  symbolReturns(2, 2, Float64Array.of(100, Number.NaN, 110, 50), out);
  t.same(Array.from(out), [Number.NaN, Number.NaN, 110 / 100 - 1, Number.NaN]);
  const typical = filled(3);
  typicalPrices(
    Float64Array.of(12, 11, Number.NaN),
    Float64Array.of(9, 10, 1),
    Float64Array.of(10, 10, 1),
    typical,
  );
  t.same(Array.from(typical), [10, 10, Number.NaN], '31/3 and 31/3 round to 10');
});
