import t from 'tap';
import {
  clearStopLevels,
  setStopLevels,
  STOP_ATR,
  STOP_FIXED,
  STOP_TARGET,
  STOP_TRAILING,
  takeEntries,
} from './stop-levels.js';
import { stepRanges } from './stop-range.js';
import { findTouched, firstDoubtfulBar } from './stop-touch.js';

const N = Number.NaN;
const of = (...values: number[]): Float64Array => Float64Array.of(...values);

/** Levels, kinds and wake prices of one position. */
function levels(
  quantity: number,
  entry: number,
  water: number,
  distance: number,
  rule: readonly [number, number, number, number],
): { lower: number; upper: number; kinds: number[]; wake: number[] } {
  const [lower, upper, low, high] = [of(7), of(7), of(7), of(7)];
  const kinds = [new Uint8Array(1), new Uint8Array(1)] as const;
  setStopLevels(
    0,
    of(quantity),
    of(entry),
    of(water),
    of(distance),
    Float64Array.from(rule),
    lower,
    upper,
    ...kinds,
    low,
    high,
  );
  return {
    lower: lower[0]!,
    upper: upper[0]!,
    kinds: [kinds[0][0]!, kinds[1][0]!],
    wake: [low[0]!, high[0]!],
  };
}

t.test('the highest level below a long position is its stop, and names its kind', async (t) => {
  t.same(levels(5, 10_000, 11_000, 300, [0.1, 2, 0.1, 0.2]), {
    lower: 9900, // 9000, 9400 and 9900
    upper: 12_000,
    kinds: [STOP_TRAILING, STOP_TARGET],
    wake: [9900, 11_001], // a new high moves the watermark
  });
  t.same(levels(5, 10_000, 10_000, 300, [0.1, 2, 0, 0]), {
    lower: 9400,
    upper: Infinity,
    kinds: [STOP_ATR, STOP_TARGET],
    wake: [9400, Infinity],
  });
  t.equal(levels(5, 10_000, 10_000, 500, [0.1, 2, 0.1, 0]).kinds[0], STOP_FIXED, 'all three at 9000');
});

t.test('a short position is mirrored', async (t) => {
  t.same(levels(-5, 10_000, 9000, 300, [0.1, 2, 0.1, 0.2]), {
    lower: 8000,
    upper: 9900, // 11000, 10600 and 9900
    kinds: [STOP_TARGET, STOP_TRAILING],
    wake: [8999, 9900],
  });
});

t.test('levels are whole ticks away from the market, and rounding errors do not count', async (t) => {
  const at = (side: number, entry: number, rule: readonly [number, number, number, number]): number[] => {
    const { lower, upper } = levels(side, entry, entry, N, rule);
    return [lower, upper];
  };
  t.same(at(1, 10_001, [0.1, 0, 0, 0.1]), [9000, 11_002], '9000.9 and 11001.1');
  t.same(at(-1, 10_001, [0.1, 0, 0, 0.1]), [9000, 11_002]);
  t.same(at(1, 10_000, [0.31, 0, 0, 0]), [6900, Infinity], '6899.999999999999');
  t.same(at(-1, 100, [0.1, 0, 0, 0]), [-Infinity, 110], '110.00000000000001');
});

t.test('a level below one tick, or without its distance, does not exist', async (t) => {
  t.equal(levels(1, 1, 1, N, [0.5, 0, 0, 0]).lower, -Infinity, 'half a tick');
  t.equal(levels(1, 100, 100, 60, [0, 2, 0, 0]).lower, -Infinity, '100 − 120');
  t.equal(levels(-1, 100, 100, N, [0, 0, 0, 1.5]).lower, -Infinity, '100 − 150');
  t.same(
    [levels(1, 100, 100, N, [0, 2, 0, 0]).lower, levels(-1, 100, 100, N, [0, 2, 0, 0]).upper],
    [-Infinity, Infinity],
  );
  const four = [of(1), of(1), of(1), of(1)] as const;
  clearStopLevels(0, ...four);
  t.same(
    four.map(([cell]) => cell),
    [-Infinity, Infinity, -Infinity, Infinity],
  );
});

t.test('takeEntries averages what grows, keeps what shrinks, and starts what opens or turns', async (t) => {
  // Opened, grown, shrunk, turned, closed, untouched.
  const whole = of(10, 40, 10, -5, 0, 7);
  const micro = of(500_000, 0, 0, 0, 0, 0);
  const quantity = of(0, 30, 20, 5, 8, 7);
  const entry = of(0, 100, 100, 100, 100, 100);
  const entryBar = Int32Array.of(0, 3, 3, 3, 3, 3);
  const water = of(0, 130, 130, 130, 130, 130);
  const changed = new Int32Array(6);
  const fill = of(60, 60, 60, 60, 60, 60);
  const count = takeEntries(6, 9, whole, micro, fill, 1, quantity, entry, entryBar, water, changed);
  t.same(Array.from(changed.subarray(0, count)), [0, 1, 3, 4]);
  t.same(Array.from(quantity), [10.5, 40, 10, -5, 0, 7]);
  t.same(Array.from(entry), [60, 90, 100, 60, 60, 100], '100 − 40 · 10 / 40 = 90');
  t.same(Array.from(entryBar), [9, 3, 3, 9, 9, 3]);
  t.same(Array.from(water), [60, 130, 130, 60, 60, 130]);
  const again = takeEntries(
    1,
    9,
    of(50),
    of(0),
    of(60),
    0,
    of(40),
    of(90),
    Int32Array.of(3),
    of(130),
    changed,
  );
  t.equal(again, 0, 'growing moves no level that hangs on the watermark');
});

t.test('stepRanges averages as Wilder does, and passes over a bar with a missing price', async (t) => {
  // Ranges from the second bar on: 300, 100, (missing), 500 from the close of 10000.
  const open = of(10_000, 10_000, 10_100, 10_000, 10_000);
  const high = of(10_000, 10_200, 10_100, N, 10_300);
  const low = of(10_000, 9900, 10_000, 9000, 9800);
  const close = of(10_000, 10_100, 10_000, 9000, 10_200);
  const state = [new Int32Array(1), of(0), of(0), of(N)] as const;
  const averages = Array.from(open, (_, at) => {
    stepRanges(1, at, open, high, low, close, 2, ...state);
    return state[3][0]!;
  });
  t.same(averages, [N, N, 200, 200, 350], '(200 · 1 + 500) / 2');
  const closes = [new Int32Array(1), of(0), of(0), of(N)] as const;
  for (let at = 0; at < 3; at++) stepRanges(1, at, close, close, close, close, 2, ...closes);
  t.equal(closes[3][0], 100, '|10100 − 10000| and |10000 − 10100|');
});

t.test('findTouched finds the columns at or beyond a level, none without a price', async (t) => {
  const low = of(0, 9, 10, 11, N, 5);
  const high = of(0, 15, 15, 20, 25, N);
  const out = new Int32Array(5);
  const count = findTouched(
    5,
    1,
    low,
    high,
    of(10, 10, 10, 10, -Infinity),
    of(20, 20, 20, Infinity, Infinity),
    out,
  );
  t.same(Array.from(out.subarray(0, count)), [0, 1, 2]);
});

t.test('firstDoubtfulBar stops at what is not a bar in order', async (t) => {
  const good = [100, 110, 90, 105];
  const at = (bar: readonly number[], from = 0): number => {
    const rows = [good, bar, good];
    const [open, high, low, close] = [0, 1, 2, 3].map((k) => Float64Array.from(rows, (row) => row[k]!));
    return firstDoubtfulBar(from, open!, high!, low!, close!, 1000);
  };
  t.equal(at(good), 3);
  const doubtful = [
    [100, 110, 90, 80],
    [120, 110, 90, 100],
    [100, 110, 90, 120],
    [80, 110, 90, 100],
    [100, 110, 0, 100],
    [100, 1001, 90, 100],
    [100.5, 110, 90, 100],
    [100, 110.5, 90, 100],
    [100, 110, 90.5, 100],
    [100, 110, 90, 100.5],
    [N, 110, 90, 100],
    [100, N, 90, 100],
    [100, 110, N, 100],
    [100, 110, 90, N],
  ];
  t.same(
    doubtful.filter((bar) => at(bar) !== 1),
    [],
  );
  t.same(
    doubtful.filter((bar) => at(bar, 2) !== 3),
    [],
    'the search begins where it is told',
  );
});
