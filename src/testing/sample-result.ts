/** Finished backtests made of seeded numbers, for tests of the reports. No engine runs: the numbers only have to fit. */
import type { BacktestResult, ResolvedBacktestOptions, TradeTable } from '../backtest/types.js';
import { computeMetrics } from '../metrics/index.js';
import type { ReportInput } from '../report/types.js';
import { daysFromCivil, weekday } from '../time.js';

export interface SampleOptions {
  readonly bars?: number;
  readonly seed?: number;
  readonly symbols?: readonly string[];
  /** Epoch days; weekdays from 2013-01-02 by default; null for a result without dates. */
  readonly dates?: Int32Array | null;
  /** One a bar; seeded noise by default. */
  readonly returns?: Float64Array;
  readonly initialCash?: number;
}

/** A generator of numbers from 0 to 1 (the 32-bit "mulberry" mixer). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` weekdays from a day on. */
export function weekdays(count: number, from: number = daysFromCivil(2013, 1, 2)): Int32Array {
  const out = new Int32Array(count);
  let day = from;
  for (let i = 0; i < count; i++) {
    while (weekday(day) > 5) day++;
    out[i] = day++;
  }
  return out;
}

/** Returns that look like a stock index: calm and wild stretches, a small drift. */
export function sampleReturns(count: number, seed: number, drift = 0.0006): Float64Array {
  const random = seeded(seed);
  let level = 0.008;
  return Float64Array.from({ length: count }, () => {
    const noise = random() + random() + random() + random() - 2;
    level = Math.min(0.022, Math.max(0.004, level * (0.97 + 0.05 * random() + (random() < 0.01 ? 0.9 : 0))));
    return drift + noise * level * 1.3;
  });
}

/** A result whose equity follows `returns`, rebalanced every 21 bars at a small cost. */
export function sampleResult(options: SampleOptions = {}): BacktestResult {
  const bars = options.bars ?? options.returns?.length ?? 2500;
  const symbols = options.symbols ?? ['AAPL', 'MSFT', 'JNJ', 'XOM', 'PG'];
  const dates = options.dates === undefined ? weekdays(bars) : options.dates;
  const returns = options.returns ?? sampleReturns(bars, options.seed ?? 7);
  const initialCash = options.initialCash ?? 100_000_000;
  const equityCurve = new Float64Array(bars + 1);
  const cash = new Float64Array(bars + 1);
  const costs = new Float64Array(bars);
  const turnover = new Float64Array(bars);
  equityCurve[0] = cash[0] = initialCash;
  for (let i = 0; i < bars; i++) {
    equityCurve[i + 1] = Math.round(equityCurve[i]! * (1 + returns[i]!));
    cash[i + 1] = Math.round(equityCurve[i + 1]! * 0.01);
    if (i % 21 === 0) {
      turnover[i] = i === 0 ? 0.99 : 0.09;
      costs[i] = Math.floor(equityCurve[i]! * turnover[i]! * 0.0005);
    }
  }
  const realized = Float64Array.from(returns, (_, i) =>
    equityCurve[i]! > 0 ? equityCurve[i + 1]! / equityCurve[i]! - 1 : 0,
  );
  return {
    dates,
    symbols,
    returns: realized,
    equityCurve,
    cash,
    holdings: null,
    quantities: null,
    symbolReturns: null,
    trades: sampleTrades(bars, symbols.length),
    costs,
    turnover,
    skippedRebalances: [],
    stopEvents: [],
    atrKind: null,
    status: 'ok',
    bankruptBar: -1,
    metrics: computeMetrics(realized),
    config: sampleConfig(initialCash),
    inputDigest: 'a1'.repeat(32),
    configDigest: 'b2'.repeat(32),
    resultDigest: 'c3'.repeat(32),
    pathUsed: 'kernels',
  };
}

/** The whole input of a report, with a benchmark of the same length. */
export function sampleInput(
  options: SampleOptions & { readonly withoutBenchmark?: boolean } = {},
): ReportInput {
  const result = sampleResult(options);
  const input: ReportInput = {
    result,
    name: 'Equal weight, monthly',
    provenance: {
      command: 'nb-backtest run prices.csv --rebalance monthly --cost-bps 5',
      files: [{ name: 'prices.csv', sha256: 'd4'.repeat(32) }],
      version: '0.1.0',
      node: 'v20.20.0',
      notes: ['Read 2,500 rows of 5 symbols in the wide layout.'],
    },
  };
  if (options.withoutBenchmark) return input;
  const own = sampleReturns(result.returns.length, (options.seed ?? 7) + 100, 0.0003);
  const returns = own.map((value, i) => (i === 0 ? 0 : 0.6 * result.returns[i]! + 0.4 * value));
  return { ...input, benchmark: { name: 'S&P 500', returns } };
}

function sampleTrades(bars: number, symbols: number): TradeTable {
  const rebalances = Math.ceil(bars / 21);
  const count = rebalances * symbols;
  const column = (value: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => value(i));
  return {
    count,
    bar: Int32Array.from({ length: count }, (_, i) => Math.floor(i / symbols) * 21),
    symbol: Int32Array.from({ length: count }, (_, i) => i % symbols),
    quantity: column((i) => (i % 3) - 1 || 1),
    price: column((i) => 10_000 + i),
    notional: column((i) => 10_000 + i),
    cost: column(() => 5),
  };
}

function sampleConfig(initialCash: number): ResolvedBacktestOptions {
  return {
    initialCash,
    costModel: { commissionBps: 5, slippageBps: 0, minTradeFee: 0 },
    lag: 0,
    fillPolicy: 'close',
    quantityStep: 0.000001,
    priceScale: 100,
    periodsPerYear: 252,
    riskFree: 0,
    limits: {
      minOrderValue: 0,
      maxOrderValue: 0,
      noTradeBandBps: 0,
      maxTradesPerRebalance: 0,
      maxRebalanceNotional: 0,
    },
    missingPrice: 'error',
    maxGross: 1,
    allowShort: false,
    costTarget: 'gross',
    panels: 'all',
    metricsFrom: 0,
    profile: 'default',
  };
}
