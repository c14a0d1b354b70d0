/** The backtest of a run: targets or a strategy over the prices that fills and stops read. */
import { backtestWeights } from '../backtest/run.js';
import type { BacktestInput, BacktestOptions, BacktestResult } from '../backtest/types.js';
import { ConfigError, InvalidWeightsError } from '../errors.js';
import { backtestWeightsAsync } from '../node/backtest-async.js';
import type { PricePanel } from '../series/price-panel.js';
import type { RunOptions } from './run-options.js';
import type { Targets } from './run-weights.js';
import type { Settings } from './settings.js';
import { readsBars } from './stops.js';

/** Cells of a backtest of about half a second; a longer one goes to a thread, so that Ctrl-C is heard meanwhile. */
const CELLS_AT_ONCE = 5_000_000;

/** The backtest of targets. */
export async function backtestTargets(
  panel: PricePanel,
  targets: Targets,
  options: RunOptions,
  settings: Settings,
): Promise<BacktestResult> {
  const input = { ...backtestInput(panel, options, settings), weights: targets.weights };
  const config = backtestOptions(panel, options);
  try {
    return panel.dates.length * panel.symbols.length > CELLS_AT_ONCE
      ? await backtestWeightsAsync(input, config)
      : backtestWeights(input, config);
  } catch (error) {
    throw atItsLine(error, targets);
  }
}

/** The options of the library, with the price scale that the reader has found. */
export function backtestOptions(panel: PricePanel, options: RunOptions): BacktestOptions {
  return { ...options.backtest, priceScale: panel.priceScale };
}

/** Prices, symbols and dates as the library takes them: bars where something reads them, else closes. */
export function backtestInput(
  panel: PricePanel,
  options: RunOptions,
  settings: Settings,
): Omit<BacktestInput, 'weights'> {
  const { open, high, low, close, symbols, dates } = panel;
  const { fillPolicy, stops } = options.backtest;
  const bars = open && high && low ? { open, high, low, close } : undefined;
  if (fillPolicy !== 'close' && bars === undefined) {
    throw new ConfigError(
      settings.label('fill'),
      settings.choice('fill'),
      'close, as the prices have no open, high and low on the basis of the close',
      'give Open,High,Low,Close columns without a differing adjusted close, or use --fill close',
    );
  }
  const prices = bars !== undefined && (fillPolicy !== 'close' || readsBars(stops)) ? bars : close;
  return { prices, symbols, dates };
}

/** Weights that are refused stand in a file: its line says more than the number of the bar. */
function atItsLine(error: unknown, targets: Targets): unknown {
  if (!(error instanceof InvalidWeightsError)) return error;
  const { field, value, constraint, fix } = error.detail;
  const [text, bar] = /^weights at bar (\d+)/.exec(field) ?? [];
  const place = bar === undefined ? undefined : targets.placeOf(Number(bar));
  if (text === undefined || place === undefined) return error;
  const where = field.replace(text, `${place.file}, line ${place.row}`);
  return new InvalidWeightsError(where, value, constraint, fix, { place, cause: error });
}
