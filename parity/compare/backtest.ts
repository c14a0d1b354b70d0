/** Backtests against vectorbt, exact arithmetic and nanobook: fixtures of parity/backtest.py. */
import {
  type BacktestOptions,
  type BacktestResult,
  backtestWeights,
  computeMetrics,
} from '../../src/index.js';
import type { Comparison, FixtureCase } from '../comparison.js';
import { rowsOf } from '../comparison.js';
import { TOLERANCES } from '../tolerance.js';

/** Rows in reversed column order. */
function mirrored(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row) => [...row].reverse());
}

/** Runs a case as it stands, or with its symbols listed the other way round. */
function run(c: FixtureCase, order: (rows: number[][]) => number[][] = (rows) => rows): BacktestResult {
  const close = order(rowsOf(c.inputs, 'prices'));
  const opens = c.inputs.opens === undefined ? undefined : order(rowsOf(c.inputs, 'opens'));
  const weights = order(rowsOf(c.inputs, 'weights'));
  const prices = opens === undefined ? close : bars(opens, close);
  return backtestWeights({ prices, weights }, c.params as unknown as BacktestOptions);
}

/** Bars whose high and low are the larger and smaller of open and close. */
function bars(opens: number[][], closes: number[][]) {
  const open = matrix(opens);
  const close = matrix(closes);
  const high = { ...close, data: close.data.map((value, i) => Math.max(value, open.data[i] as number)) };
  const low = { ...close, data: close.data.map((value, i) => Math.min(value, open.data[i] as number)) };
  return { open, high, low, close };
}

function matrix(rows: number[][]) {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols: rows[0]?.length ?? 0 };
}

/** Equity after every bar, without the initial cash. */
function equityOf(result: BacktestResult): Float64Array {
  return result.equityCurve.subarray(1);
}

/** The last row of a panel. */
function lastRow(panel: BacktestResult['quantities']): Float64Array {
  if (panel === null) throw new TypeError('the panel was not kept');
  return panel.data.subarray((panel.rows - 1) * panel.cols);
}

/** A panel as rows. */
function rowsOfPanel(panel: BacktestResult['holdings']): number[][] {
  if (panel === null) throw new TypeError('the panel was not kept');
  const { data, rows, cols } = panel;
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));
}

/** Only the fields that the case has. */
function select(c: FixtureCase, answer: Record<string, () => unknown>): Record<string, unknown> {
  const wanted = Object.keys(c.expected as object).filter((key) => key in answer);
  return Object.fromEntries(wanted.map((key) => [key, answer[key]?.()]));
}

function answer(c: FixtureCase): Record<string, unknown> {
  const result = run(c);
  return select(c, {
    equity: () => equityOf(result),
    finalEquity: () => result.equityCurve.at(-1),
    quantities: () => lastRow(result.quantities),
    holdings: () => rowsOfPanel(result.holdings),
  });
}

/** As `answer`, with the symbols listed in reverse order: what comes out may not depend on it. */
function answerMirrored(c: FixtureCase): Record<string, unknown> {
  const result = run(c, mirrored);
  return select(c, {
    equity: () => equityOf(result),
    quantities: () => lastRow(result.quantities).toReversed(),
  });
}

function metrics(c: FixtureCase): Record<string, unknown> {
  const { totalReturn, cagr, volatility, sharpe, sortino, maxDrawdown, calmar } = computeMetrics(
    run(c).returns,
  );
  return { metrics: { totalReturn, cagr, volatility, sharpe, sortino, maxDrawdown, calmar } };
}

const PATH = ['equity', 'quantities'];
const ZERO_COST = 'backtest/vectorbt-zero-cost.json';
const WITH_COST = 'backtest/vectorbt-with-cost.json';

export const comparisons: readonly Comparison[] = [
  {
    fixture: ZERO_COST,
    functions: ['backtestWeights'],
    parts: PATH,
    run: answer,
    tolerance: TOLERANCES.backtestZeroCost,
  },
  {
    fixture: ZERO_COST,
    functions: ['backtestWeights (symbols listed in reverse)'],
    parts: PATH,
    run: answerMirrored,
    tolerance: TOLERANCES.backtestZeroCost,
  },
  {
    fixture: ZERO_COST,
    functions: ['backtestWeights', 'computeMetrics'],
    parts: ['metrics'],
    run: metrics,
    tolerance: TOLERANCES.backtestMetrics,
  },
  {
    fixture: WITH_COST,
    functions: ['backtestWeights'],
    parts: [...PATH, 'finalEquity'],
    run: answer,
    tolerance: TOLERANCES.backtestWithCost,
  },
  {
    fixture: WITH_COST,
    functions: ['backtestWeights', 'computeMetrics'],
    parts: ['metrics'],
    run: metrics,
    tolerance: TOLERANCES.backtestMetrics,
  },
  {
    fixture: 'backtest/exact.json',
    functions: ['backtestWeights'],
    run: answer,
    tolerance: TOLERANCES.backtestExact,
  },
  {
    fixture: 'backtest/nanobook.json',
    functions: ['backtestWeights'],
    run: answer,
    tolerance: TOLERANCES.backtestNanobook,
  },
];
