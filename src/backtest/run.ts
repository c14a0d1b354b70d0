/** `backtestWeights`: a portfolio that follows target weights over historical prices. */
import { symbolReturns } from '../../kernels/portfolio/panel.js';
import type { Mat } from '../check.js';
import { canonicalJson, digestBytes, digestParts } from '../digest.js';
import { ValidationError } from '../errors.js';
import { computeMetrics } from '../metrics/index.js';
import { resolveBacktestOptions } from './config.js';
import { type PreparedInput, prepareInput } from './input.js';
import { type Simulation, simulate } from './simulate.js';
import type { BacktestInput, BacktestOptions, BacktestResult, ResolvedBacktestOptions } from './types.js';

/**
 * Runs a portfolio that follows target weights, exact to the cent.
 *
 * At a bar with targets, sells go first, then buys; when cash is short all buys are scaled by one factor, so the
 * listing order of the symbols never matters. Every trade's value is the exact product of quantity and price, rounded
 * once to the cent (half to even); equity is cash plus the exact sum of all positions, rounded down once per bar.
 *
 * input.prices    bars × symbols, whole ticks of at least 1 (`options.priceScale` ticks to the currency unit; NaN is
 *                 a missing price), or `{open, high, low, close}` of such
 * input.weights   bars × symbols fractions of equity (a row wholly NaN: no rebalance there; a row of zeros: sell all),
 *                 or a schedule `[{bar | date, targets}]`, in which a symbol not named is sold
 * options         see `BacktestOptions`; `initialCash` (cents) is required
 *
 * Throws an error that names the field, value, constraint and fix for bad options, shapes, weights and prices, and
 * `OverflowError` when an amount leaves the exact integers (2^53 cents). A rebalance that cannot take place is not an
 * error: see `skippedRebalances`. The inputs are read, never changed.
 *
 * Cost: O(bars × symbols); memory: the panels asked for (8 bytes a cell each) and a few rows.
 * Authority: the closed form V·Π(1+w·r), vectorbt 1.2.0 (parity/backtest.py), and the BigInt twin in src/reference.
 */
export function backtestWeights(input: BacktestInput, options: BacktestOptions): BacktestResult {
  const { config, costs } = resolveBacktestOptions(options);
  const prepared = prepareInput(input, config);
  return toResult(prepared, config, simulate(prepared, config, costs), 'kernels');
}

/** Names what the loop produced; returns, metrics and (when first read) digests. */
export function toResult(
  input: PreparedInput,
  config: ResolvedBacktestOptions,
  run: Simulation,
  pathUsed: BacktestResult['pathUsed'],
): BacktestResult {
  const { bars, symbols, dates } = input;
  if (config.metricsFrom >= bars) {
    throw new ValidationError(
      'metricsFrom',
      config.metricsFrom,
      `below the number of bars (${bars})`,
      'use 0 or 1',
    );
  }
  const returns = new Float64Array(bars);
  for (let t = 0; t < bars; t++) {
    const before = run.equityCurve[t]!;
    returns[t] = before > 0 ? run.equityCurve[t + 1]! / before - 1 : 0;
  }
  const mat = (data: Float64Array | null): Mat | null =>
    data === null ? null : { data, rows: bars, cols: symbols.length };
  let inputDigest: string | undefined;
  let configDigest: string | undefined;
  let resultDigest: string | undefined;
  return {
    dates,
    symbols,
    returns,
    equityCurve: run.equityCurve,
    cash: run.cash,
    holdings: mat(run.holdings),
    quantities: mat(run.quantities),
    symbolReturns: config.panels === 'all' ? mat(returnsOf(input)) : null,
    trades: run.trades,
    costs: run.costs,
    turnover: run.turnover,
    skippedRebalances: run.skipped,
    stopEvents: run.stopEvents,
    atrKind: run.atrKind,
    status: run.bankruptBar >= 0 ? 'bankrupt' : 'ok',
    bankruptBar: run.bankruptBar,
    metrics: computeMetrics(config.metricsFrom > 0 ? returns.subarray(config.metricsFrom) : returns, {
      periodsPerYear: config.periodsPerYear,
      riskFree: config.riskFree,
      profile: config.profile,
    }),
    config,
    pathUsed,
    get configDigest(): string {
      configDigest ??= digestBytes(canonicalJson(config));
      return configDigest;
    },
    get inputDigest(): string {
      inputDigest ??= digestInput(input);
      return inputDigest;
    },
    get resultDigest(): string {
      resultDigest ??= digestRun(run);
      return resultDigest;
    },
  };
}

function returnsOf(input: PreparedInput): Float64Array {
  const out = new Float64Array(input.close.length);
  symbolReturns(input.bars, input.symbols.length, input.close, out);
  return out;
}

function digestInput(input: PreparedInput): string {
  return digestParts([
    ['symbols', input.symbols],
    ['dates', input.dates ?? null],
    ['close', input.close],
    ...stopParts(input),
    ['fill', input.fill === input.close ? null : input.fill],
    ['weights', input.weights],
    ['rowOfBar', input.rowOfBar],
  ]);
}

/** The bars that stops have looked at; nothing without them, so that digests of other runs stay as they were. */
function stopParts(input: PreparedInput): [string, Float64Array][] {
  const { stopBars } = input;
  if (stopBars === null || !stopBars.wilder) return [];
  return [
    ['open', stopBars.range.open],
    ['high', stopBars.range.high],
    ['low', stopBars.range.low],
  ];
}

function digestRun(run: Simulation): string {
  const none = new Float64Array(0);
  return digestParts([
    ['equity', run.equityCurve],
    ['cash', run.cash],
    ['costs', run.costs],
    ['turnover', run.turnover],
    ['holdings', run.holdings ?? none],
    ['quantities', run.quantities ?? none],
  ]);
}
