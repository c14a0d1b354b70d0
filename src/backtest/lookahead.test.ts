import t from 'tap';
import { market } from '../testing/market.js';
import { HONEST, PEEKING } from '../testing/strategies.js';
import { checkLookahead } from './lookahead.js';

const SYMBOLS = ['A', 'B', 'C', 'D'];
const { prices } = market(7, 120, 4);
const input = { prices, symbols: SYMBOLS };
const options = { initialCash: 100_000_000 };

t.test('none of ten honest strategies is accused', async (t) => {
  const accused: string[] = [];
  for (const [name, make] of Object.entries(HONEST)) {
    const report = await checkLookahead(make, input, options);
    if (!report.clean || !report.deterministic) accused.push(name);
  }
  t.same(accused, []);
  t.equal(Object.keys(HONEST).length, 10);
});

t.test('each of ten strategies that look ahead is caught, with a bar it cannot have known', async (t) => {
  const missed: string[] = [];
  for (const [name, make] of Object.entries(PEEKING)) {
    const report = await checkLookahead(make, input, options);
    const peek = report.peeks[0];
    if (report.clean || peek === undefined || peek.bar > peek.lastBar || peek.lastBar > 118)
      missed.push(name);
  }
  t.same(missed, []);
  t.equal(Object.keys(PEEKING).length, 10);
});

t.test('a peek names bar, symbol and both weights', async (t) => {
  // Holds A up to the day before the jump of B, and B from then on.
  const jump = { data: Float64Array.of(100, 100, 100, 100, 100, 100, 100, 200), rows: 4, cols: 2 };
  const report = await checkLookahead(
    ({ prices: given }) =>
      (bar) => {
        const { data } = given as typeof jump;
        return (data[(bar + 1) * 2 + 1] ?? 0) > 100 ? { B: 1 } : { A: 1 };
      },
    { prices: jump, symbols: ['A', 'B'], dates: [10, 11, 12, 13] },
    options,
  );
  t.same(report.peeks, [{ bar: 2, date: 12, lastBar: 2, symbol: 'A', full: 0, shortened: 1, error: null }]);
  t.same([report.decisions, report.cuts, report.clean], [4, 3, false]);
});

t.test('a strategy that decides by chance is told apart from one that looks ahead', async (t) => {
  let calls = 0;
  const report = await checkLookahead(() => () => ({ A: (calls++ % 7) / 7 }), input, options);
  t.same([report.clean, report.deterministic, report.peeks], [false, false, []]);
});
