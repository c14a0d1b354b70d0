/** The loop over the bars: mark, rebalance, pay, write. Reads prepared input, returns plain arrays. */
import { positionWeights } from '../../kernels/portfolio/mark.js';
import { MICRO } from '../../kernels/portfolio/notional.js';
import { PriceError } from '../errors.js';
import type { CostModel } from '../portfolio/cost-model.js';
import { Ledger } from '../portfolio/ledger.js';
import { nameRanks } from '../portfolio/names.js';
import { PriceRow } from '../portfolio/price-row.js';
import { priceLimit } from '../portfolio/rules.js';
import { formatDate } from '../time.js';
import { ledgerRules } from './config.js';
import type { PreparedInput } from './input.js';
import { placeOf, refuseBadPrices } from './price-check.js';
import { TradeRecorder } from './trade-recorder.js';
import type { ResolvedBacktestOptions, SkippedRebalance, TradeTable } from './types.js';
import { isRebalance } from './weight-rows.js';

/** What the loop leaves behind. */
export interface Simulation {
  readonly equityCurve: Float64Array;
  readonly cash: Float64Array;
  readonly costs: Float64Array;
  readonly turnover: Float64Array;
  readonly holdings: Float64Array | null;
  readonly quantities: Float64Array | null;
  readonly trades: TradeTable | null;
  readonly skipped: SkippedRebalance[];
  readonly bankruptBar: number;
}

/** Runs the bars in order. Cost: bars × symbols; memory: the panels kept, and a few rows. */
export function simulate(
  input: PreparedInput,
  config: ResolvedBacktestOptions,
  costs: CostModel,
): Simulation {
  const { bars, symbols, dates, close, fill, weights } = input;
  const n = symbols.length;
  const rules = ledgerRules(config);
  const { ticksPerCent } = rules;
  const shift = config.lag + (config.fillPolicy === 'close' ? 0 : 1);
  // Only a limit on the number of trades asks for the order of the names.
  const ranks = rules.maxTradesPerRebalance > 0 ? nameRanks(symbols) : new Int32Array(n);
  const ledger = new Ledger(config.initialCash, ranks, costs, rules, false);
  const marks = new PriceRow(n, config.priceScale);
  const fills = config.fillPolicy === 'close' ? marks : new PriceRow(n, config.priceScale);
  const keepWeights = config.panels !== 'none';
  const keepAll = config.panels === 'all';
  const recorder = keepAll ? new TradeRecorder(n) : null;
  const skipped: SkippedRebalance[] = [];
  const limit = priceLimit(config);
  const rowOfBar = input.rowOfBar.slice();
  /** Takes a row of prices; false if some are missing, an error if some are no prices. */
  const take = (row: PriceRow, data: Float64Array, at: number): boolean =>
    row.load(data, at, limit) ||
    refuseBadPrices(data, at, at + n, (cell) => placeOf(cell, symbols, dates), config) === 0;

  const equityCurve = new Float64Array(bars + 1);
  const cash = new Float64Array(bars + 1);
  const paid = new Float64Array(bars);
  const turnover = new Float64Array(bars);
  const holdings = keepWeights ? new Float64Array(bars * n) : null;
  const quantities = keepAll ? new Float64Array(bars * n) : null;
  equityCurve[0] = config.initialCash;
  cash[0] = config.initialCash;
  let bankruptBar = -1;

  for (let t = 0; t < bars; t++) {
    const at = t * n;
    const given = rowOfBar[t]!;
    if (given >= 0 && !isRebalance(weights, given, t, symbols, dates, config)) rowOfBar[t] = -1;
    let complete = fills === marks ? take(marks, close, at) : true;
    const known = t - shift;
    const row = known >= 0 ? rowOfBar[known]! : -1;
    if (row >= 0) {
      if (bankruptBar >= 0) {
        skipped.push({ bar: known, reason: 'bankrupt' });
      } else {
        if (fills !== marks) {
          // A symbol without a fill price is valued at its last mark.
          fills.copy(marks);
          complete = take(fills, fill, at);
          // The fill is the last known price of a symbol that has no close today.
          marks.copy(fills);
        }
        const frozen = complete ? NOTHING : frozenSymbols(input, config, ledger, t, known, row, skipped);
        const before = ledger.equity(fills);
        if (before > 0) {
          const totals = ledger.rebalance(before, weights, row * n, fills, frozen);
          paid[t] = totals.cost;
          turnover[t] = totals.traded / before;
          recorder?.record(t, ledger, fills);
        } else {
          skipped.push({ bar: known, reason: 'bankrupt' });
        }
      }
    }
    if (fills !== marks) complete = take(marks, close, at);
    if (!complete && config.missingPrice === 'error') refuseUnpriced(input, ledger, t);
    const equity = ledger.equity(marks);
    equityCurve[t + 1] = equity;
    if (equity <= 0 && bankruptBar < 0) {
      bankruptBar = t;
      ledger.close(equity);
    }
    cash[t + 1] = ledger.cash;
    if (holdings !== null) {
      positionWeights(
        n,
        ledger.whole,
        ledger.micro,
        marks.cents,
        marks.rem,
        ticksPerCent,
        equity,
        holdings,
        at,
      );
    }
    if (quantities !== null) {
      for (let i = 0; i < n; i++) quantities[at + i] = ledger.whole[i]! + ledger.micro[i]! / MICRO;
    }
  }
  for (let t = Math.max(0, bars - shift); t < bars; t++) {
    if (rowOfBar[t]! >= 0) skipped.push({ bar: t, reason: 'no-next-bar' });
  }
  return {
    equityCurve,
    cash,
    costs: paid,
    turnover,
    holdings,
    quantities,
    trades: recorder?.table() ?? null,
    skipped,
    bankruptBar,
  };
}

const NOTHING: readonly number[] = [];

/** Symbols that cannot trade at bar `t` for want of a price; an error under that policy if they were to. */
function frozenSymbols(
  input: PreparedInput,
  config: ResolvedBacktestOptions,
  ledger: Ledger,
  t: number,
  known: number,
  row: number,
  skipped: SkippedRebalance[],
): number[] {
  const n = input.symbols.length;
  const frozen: number[] = [];
  for (let i = 0; i < n; i++) {
    if (!Number.isNaN(input.fill[t * n + i]!)) continue;
    frozen.push(i);
    const wanted = input.weights[row * n + i] !== 0;
    if (!wanted && !ledger.holds(i)) continue;
    if (config.missingPrice === 'error') throw missingPrice(input, t, i, wanted ? 'is a target' : 'is held');
    skipped.push({ bar: known, reason: 'missing-price', symbol: input.symbols[i]! });
  }
  return frozen;
}

function refuseUnpriced(input: PreparedInput, ledger: Ledger, t: number): void {
  const n = input.symbols.length;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(input.close[t * n + i]!) && ledger.holds(i)) throw missingPrice(input, t, i, 'is held');
  }
}

function missingPrice(input: PreparedInput, t: number, i: number, why: string): PriceError {
  const symbol = input.symbols[i]!;
  const when = input.dates === null ? `bar ${t}` : `bar ${t} (${formatDate(input.dates[t]!)})`;
  const fix = "set missingPrice: 'mark-last' to value it at its last price, or give it no weight there";
  return new PriceError(
    `${symbol} has no price at ${when} but ${why}; ${fix}`,
    {},
    {
      field: `prices at ${when}, symbol ${symbol}`,
      value: NaN,
      constraint: "a price for every symbol held or wanted (missingPrice: 'error')",
      fix,
    },
  );
}
