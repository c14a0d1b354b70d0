/** `backtestWeights` by the slow twin: the same input, options, errors and result, without any kernel of the portfolio. */
import { resolveBacktestOptions, ledgerRules } from '../backtest/config.js';
import { type PreparedInput, prepareInput, pricePanels } from '../backtest/input.js';
import { placeOf, refuseBadPrices } from '../backtest/price-check.js';
import { toResult } from '../backtest/run.js';
import type { Simulation } from '../backtest/stepper.js';
import type { StopEvent } from '../backtest/stop-types.js';
import type {
  BacktestInput,
  BacktestOptions,
  BacktestResult,
  ResolvedBacktestOptions,
} from '../backtest/types.js';
import { isRebalance } from '../backtest/weight-rows.js';
import { OverflowError, UnsupportedFeatureError } from '../errors.js';
import { floorDiv, MICRO } from '../reference/exact.js';
import { referenceStops, type ReferenceStopsInput, type ReferenceStopsResult } from '../reference/stops.js';
import { version } from '../version.js';
import { BacktestDiary, sharesOf } from './reference-diary.js';

const NO_STOPS: ReferenceStopsInput['stops'] = {
  fixedStopPct: null,
  trailingStopPct: null,
  atrMultiple: null,
  atrPeriod: 1,
  takeProfitPct: null,
  maxBars: null,
  intrabar: 'close',
  reentry: 'next-rebalance',
};

/**
 * As `backtestWeights`, in BigInt and one symbol after the other: some hundred times slower, `pathUsed: 'reference'`.
 * Equity, cash, costs, trades and stop events are the same. Throws `UnsupportedFeatureError` for order limits and for
 * `costTarget: 'net'`, which the twin does not know; else as `backtestWeights`.
 */
export function referenceBacktestWeights(input: BacktestInput, options: BacktestOptions): BacktestResult {
  const { config } = resolveBacktestOptions(options);
  refuseUnknown(config);
  const prepared = prepareInput(input, config);
  checkPrices(prepared, config);
  const shift = config.lag + (config.fillPolicy === 'close' ? 0 : 1);
  const asked = twinInput(input, prepared, config, shift);
  const diary = new BacktestDiary(prepared, config, { rules: asked, shift });
  const run = referenceStops({ ...asked, diary });
  return toResult(prepared, config, simulation(run, diary, asked, prepared, config), 'reference');
}

function refuseUnknown(config: ResolvedBacktestOptions): void {
  const limit = Object.entries(config.limits).find(([, value]) => value !== 0);
  const unknown: [string, unknown] | null =
    limit !== undefined
      ? [`limits.${limit[0]}`, limit[1]]
      : config.costTarget === 'net'
        ? ['costTarget', 'net']
        : null;
  if (unknown === null) return;
  throw new UnsupportedFeatureError(
    ...unknown,
    `left out where the reference path runs (nb-backtest ${version})`,
    'use the kernels for it: put the features of the backtest into the mode of the bridge',
  );
}

function checkPrices({ close, symbols, dates }: PreparedInput, config: ResolvedBacktestOptions): void {
  refuseBadPrices(close, 0, close.length, (cell) => placeOf(cell, symbols, dates), config);
}

type Rows = number[][];

function rowsOf(data: Float64Array, cols: number): Rows {
  return Array.from({ length: data.length / cols }, (_, t) =>
    Array.from(data.subarray(t * cols, (t + 1) * cols)),
  );
}

function twinInput(
  input: BacktestInput,
  prepared: PreparedInput,
  config: ResolvedBacktestOptions,
  shift: number,
): ReferenceStopsInput {
  const { bars, symbols, dates, weights, rowOfBar } = prepared;
  const n = symbols.length;
  const panels = config.stops === undefined ? null : pricePanels(input.prices, config);
  const targets = Array.from({ length: bars }, (_, t) => {
    const row = rowOfBar[t]!;
    if (row < 0 || !isRebalance(weights, row, t, symbols, dates, config)) return null;
    return Array.from(weights.subarray(row * n, (row + 1) * n));
  });
  return {
    initialCash: config.initialCash,
    priceScale: config.priceScale,
    lotMicro: ledgerRules(config).lotMicro,
    ...config.costModel,
    maxGross: config.maxGross,
    bars:
      panels?.open === undefined
        ? null
        : {
            open: rowsOf(panels.open.data, n),
            high: rowsOf(panels.high!.data, n),
            low: rowsOf(panels.low!.data, n),
          },
    close: rowsOf(prepared.close, n),
    fill: rowsOf(prepared.fill, n),
    fillsAtOpen: config.fillPolicy === 'nextOpen',
    targets,
    shift,
    stops: config.stops ?? NO_STOPS,
  };
}

/** The run in the arrays of the kernels. After the bar that ends it, cash stays as it is. */
function simulation(
  run: ReferenceStopsResult,
  diary: BacktestDiary,
  { targets, shift }: ReferenceStopsInput,
  prepared: PreparedInput,
  config: ResolvedBacktestOptions,
): Simulation {
  const { bars, symbols } = prepared;
  const n = symbols.length;
  const done = run.equity.length;
  const bankruptBar = run.equity[done - 1]! <= 0n ? done - 1 : -1;
  const at = <T>(values: readonly T[], t: number): T => values[Math.min(t, done - 1)]!;
  const equityCurve = Float64Array.from({ length: bars + 1 }, (_, t) =>
    t === 0 ? config.initialCash : exact(at(run.equity, t - 1)),
  );
  const cash = Float64Array.from({ length: bars + 1 }, (_, t) =>
    t === 0 ? config.initialCash : exact(at(run.cash, t - 1)),
  );
  const costs = Float64Array.from({ length: bars }, (_, t) => Number(run.costs[t] ?? 0n));
  const turnover = Float64Array.from({ length: bars }, (_, t) => {
    const { traded, of } = run.rebalanced[t] ?? { traded: 0n, of: 1n };
    const rebalanced = traded === 0n ? 0 : Number(traded) / Number(of);
    const exited = run.exited[t] ?? 0n;
    return exited === 0n ? rebalanced : rebalanced + Number(exited) / equityCurve[t]!;
  });
  const { skipped } = diary;
  for (let t = done; t < bars; t++)
    if (targets[t - shift]) skipped.push({ bar: t - shift, reason: 'bankrupt' });
  for (let t = Math.max(0, bars - shift); t < bars; t++) {
    if (targets[t]) skipped.push({ bar: t, reason: 'no-next-bar' });
  }
  const panel = (cell: (t: number, i: number) => number): Float64Array =>
    Float64Array.from({ length: bars * n }, (_, k) => {
      const t = Math.floor(k / n);
      return t < done ? cell(t, k % n) : 0;
    });
  const quantity = (t: number, i: number): number => sharesOf(run.quantities[t]![i]!);
  const weight = (t: number, i: number): number =>
    weightOf(run.quantities[t]![i]!, diary.marks[t]![i]!, equityCurve[t + 1]!, config.priceScale);
  const keepAll = config.panels === 'all';
  return {
    equityCurve,
    cash,
    costs,
    turnover,
    holdings: config.panels === 'none' ? null : panel(weight),
    quantities: keepAll ? panel(quantity) : null,
    trades: keepAll ? diary.table() : null,
    skipped,
    stopEvents: run.events.map((event) => stopEvent(event, prepared)),
    atrKind: (config.stops?.atrMultiple ?? null) === null ? null : atrKind(prepared),
    bankruptBar,
  };
}

/** Fraction of the equity, in the steps of the kernel: quotients of the same numbers have the same last bits. */
function weightOf(micro: bigint, ticks: number, equity: number, priceScale: number): number {
  const whole = floorDiv(micro, MICRO);
  const shares = Number(whole) + Number(micro - whole * MICRO) * 1e-6;
  const perCent = priceScale > 100 ? priceScale / 100 : 1;
  const cents = priceScale > 100 ? Math.floor(ticks / perCent) : ticks * (100 / priceScale);
  const price = perCent === 1 ? cents : cents + (ticks - cents * perCent) * (1 / perCent);
  return equity > 0 ? shares * price * (1 / equity) : 0;
}

function atrKind({ stopBars }: PreparedInput): 'wilder' | 'close-to-close' {
  return stopBars!.wilder ? 'wilder' : 'close-to-close';
}

function exact(cents: bigint): number {
  const amount = Number(cents);
  if (!Number.isSafeInteger(amount)) {
    throw new OverflowError(`${cents} cents are beyond 2^53; use fewer units of money, or a coarser one`);
  }
  return amount;
}

function stopEvent(
  { column, micro, notionalCents, costCents, ...event }: ReferenceStopsResult['events'][number],
  { symbols, dates }: PreparedInput,
): StopEvent {
  return {
    bar: event.bar,
    date: dates === null ? null : dates[event.bar]!,
    symbol: symbols[column]!,
    side: event.side,
    quantity: Number(micro) / 1_000_000,
    triggerPrice: event.triggerPrice,
    exitPrice: event.exitPrice,
    reason: event.reason,
    gap: event.gap,
    entryBar: event.entryBar,
    entryPrice: event.entryPrice,
    notionalCents: Number(notionalCents),
    costCents: Number(costCents),
  };
}
