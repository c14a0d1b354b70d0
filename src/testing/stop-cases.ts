/** The cases of fixtures/stops, worked by hand, as trials. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StopConfig, StopEvent } from '../backtest/stop-types.js';
import type { BacktestOptions, BacktestResult } from '../backtest/types.js';
import type { Mat } from '../check.js';
import { ROOT, readJson } from './repository.js';
import type { StopTrial } from './stop-trials.js';

/** A close, or open, high, low and close; null where a price is missing. */
type Bar = number | null | readonly (number | null)[];

/** One case: prices and targets, and what must come of them. */
export interface StopCase {
  readonly case: string;
  /** The calculation in words. */
  readonly why: string;
  readonly options: Partial<BacktestOptions> & { readonly stops: StopConfig };
  readonly prices: Readonly<Record<string, readonly Bar[]>>;
  /** By bar; a symbol that is not named has the target 0. */
  readonly targets: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Epoch days. */
  readonly dates?: readonly number[];
  readonly cash: readonly number[];
  readonly equity: readonly number[];
  readonly events: readonly StopEvent[];
  readonly atrKind?: string;
  readonly quantities?: readonly (readonly number[])[];
  readonly costs?: readonly number[];
  /** Numerators and denominators. */
  readonly turnover?: readonly (readonly [number, number])[];
  /** Rows of bar, column, shares, price, value and cost. */
  readonly trades?: readonly (readonly number[])[];
  readonly bankruptBar?: number;
}

/** The cases of one section of docs/stops.md. */
export interface StopCases {
  readonly rule: string;
  readonly cases: readonly StopCase[];
}

/** All files, in the order of the sections. */
export function readStopCases(): StopCases[] {
  const names = readdirSync(join(ROOT, 'fixtures/stops')).sort();
  return names.map((name) => readJson<StopCases>(`fixtures/stops/${name}`));
}

/** A case as a backtest takes it: 1,000,000 cents and whole shares, unless it says otherwise. */
export function trialOf({ options, prices, targets, dates }: StopCase): StopTrial {
  const symbols = Object.keys(prices);
  const rows = prices[symbols[0]!]!.length;
  const cols = symbols.length;
  const panel = (price: (bar: Bar) => number | null): Mat => {
    const data = new Float64Array(rows * cols);
    for (const [i, symbol] of symbols.entries()) {
      for (const [t, bar] of prices[symbol]!.entries()) data[t * cols + i] = price(bar) ?? Number.NaN;
    }
    return { data, rows, cols };
  };
  const part = (k: number): Mat => panel((bar) => (bar as readonly (number | null)[])[k]!);
  const weights = new Float64Array(rows * cols).fill(Number.NaN);
  for (const [t, row] of Object.entries(targets)) {
    for (const [i, symbol] of symbols.entries()) weights[Number(t) * cols + i] = row[symbol] ?? 0;
  }
  return {
    input: {
      prices: Array.isArray(prices[symbols[0]!]![0])
        ? { open: part(0), high: part(1), low: part(2), close: part(3) }
        : panel((bar) => bar as number | null),
      weights: { data: weights, rows, cols },
      symbols,
      dates: dates ?? null,
    },
    options: { initialCash: 1_000_000, quantityStep: 1, ...options },
  };
}

/** What a result has of what a case says. */
export function observed(expected: StopCase, result: BacktestResult): Partial<StopCase> {
  const { trades, quantities } = result;
  const n = result.symbols.length;
  return {
    cash: Array.from(result.cash.subarray(1)),
    equity: Array.from(result.equityCurve.subarray(1)),
    events: result.stopEvents,
    ...(expected.atrKind === undefined ? {} : { atrKind: String(result.atrKind) }),
    ...(expected.costs === undefined ? {} : { costs: Array.from(result.costs) }),
    ...(expected.bankruptBar === undefined ? {} : { bankruptBar: result.bankruptBar }),
    ...(expected.quantities === undefined
      ? {}
      : {
          quantities: expected.quantities.map((_, t) =>
            Array.from(quantities!.data.subarray(t * n, (t + 1) * n)),
          ),
        }),
    ...(expected.trades === undefined
      ? {}
      : {
          trades: expected.trades.map((_, k) =>
            [
              trades!.bar,
              trades!.symbol,
              trades!.quantity,
              trades!.price,
              trades!.notional,
              trades!.cost,
            ].map((column) => column[k]!),
          ),
        }),
  };
}

/** The part of a case that `observed` tells of. */
export function promised(expected: StopCase): Partial<StopCase> {
  const { cash, equity, events, atrKind, costs, bankruptBar, quantities, trades } = expected;
  const all = { cash, equity, events, atrKind, costs, bankruptBar, quantities, trades };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
