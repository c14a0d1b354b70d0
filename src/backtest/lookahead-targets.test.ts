import t from 'tap';
import type { PricePanel } from '../series/price-panel.js';
import { rebalanceBars } from '../series/rebalance-dates.js';
import { momentumWeights } from '../targets/momentum.js';
import { market } from '../testing/market.js';
import { checkTargetLookahead, type TargetRule } from './lookahead-targets.js';

const { prices } = market(11, 120, 4);
const close = 'close' in prices ? (prices.close as PricePanel['close']) : (prices as PricePanel['close']);
const panel: PricePanel = {
  dates: Int32Array.from({ length: 120 }, (_, k) => 18_000 + k),
  symbols: ['A', 'B', 'C', 'D'],
  priceScale: 100,
  close,
};

/** All in the symbol whose price `score` likes best, every tenth bar. */
const every =
  (score: (p: PricePanel, t: number, i: number) => number): TargetRule =>
  (p) => {
    const { rows, cols } = p.close;
    const data = new Float64Array(rows * cols).fill(Number.NaN);
    for (let bar = 0; bar < rows; bar += 10) {
      let best = 0;
      for (let i = 1; i < cols; i++) if (score(p, bar, i) > score(p, bar, best)) best = i;
      for (let i = 0; i < cols; i++) data[bar * cols + i] = i === best ? 1 : 0;
    }
    return { weights: { data, rows, cols } };
  };
const at = ({ close: { data, rows, cols } }: PricePanel, bar: number, i: number): number =>
  data[Math.min(bar, rows - 1) * cols + i]!;

t.test('a rule that reads the past is clean', async (t) => {
  const rules: TargetRule[] = [
    every(at),
    every((p, bar, i) => at(p, bar, i) / at(p, Math.max(0, bar - 5), i)),
    (p) => momentumWeights(p, rebalanceBars(p.dates, { every: 7 }), { lookback: 10, skip: 1 }),
  ];
  const reports = rules.map((rule) => checkTargetLookahead(rule, panel));
  t.ok(reports.every(({ clean, decisions, cuts }) => clean && decisions > 0 && cuts > 5));
});

t.test('a rule that reads a later bar is caught at the bar where it did', async (t) => {
  const tomorrow = checkTargetLookahead(
    every((p, bar, i) => at(p, bar + 1, i) / at(p, bar, i)),
    panel,
  );
  t.equal(tomorrow.clean, false);
  t.ok(tomorrow.peeks.every(({ bar, lastBar, full, shortened }) => bar === lastBar && full !== shortened));
  const mean = checkTargetLookahead(
    every((p, bar, i) => {
      let sum = 0;
      for (let k = 0; k < p.close.rows; k++) sum += at(p, k, i);
      return (at(p, bar, i) * p.close.rows) / sum;
    }),
    panel,
  );
  t.equal(mean.clean, false);
});

t.test('targets that are only ever at the last bar there is are caught', async (t) => {
  const last: TargetRule = ({ close: { rows, cols } }) => {
    const data = new Float64Array(rows * cols).fill(Number.NaN);
    data.fill(0.25, (rows - 1) * cols);
    return { weights: { data, rows, cols } };
  };
  const { peeks, decisions } = checkTargetLookahead(last, panel, { cuts: 2 });
  t.equal(decisions, 1);
  t.match(peeks[0], { bar: 0, lastBar: 0, symbol: 'A', full: null, shortened: 0.25, date: 18_000 });
});

t.test('rules that are none, change their mind or fail are told apart', async (t) => {
  let calls = 0;
  const fickle = checkTargetLookahead(
    every((_, __, i) => ((calls += 1) * (i + 1)) % 7),
    panel,
  );
  t.equal(fickle.deterministic, false);
  const needs: TargetRule = (p) => {
    if (p.close.rows < 100) throw new RangeError('needs 100 bars');
    return every(at)(p);
  };
  const failed = checkTargetLookahead(needs, panel, { cuts: 3 });
  t.equal(failed.peeks[0]!.error, 'needs 100 bars');
  t.throws(() => checkTargetLookahead(3 as never, panel), { message: /'rule'/ });
  t.throws(
    () => checkTargetLookahead(() => ({ weights: { data: new Float64Array(2), rows: 1, cols: 2 } }), panel),
    { message: /'rule'/ },
  );
  t.throws(() => checkTargetLookahead(every(at), panel, { cuts: 0 }), { message: /'check\.cuts'/ });
});
