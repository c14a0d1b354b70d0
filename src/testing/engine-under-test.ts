/**
 * The engine that tests of behaviour run on: `NB_KERNELS=on` (default) all features, `off` none, `partial` some. The
 * variable is for tests alone; a host says what it wants by `createBridge`.
 */
import { type Bridge, type BridgeMode, createBridge } from '../bridge/index.js';
import { type Feature } from '../capabilities.js';

/** Without stops, GARCH and half of the optimizers. */
export const PARTIAL: readonly Feature[] = [
  'backtest_weights',
  'backtest_holdings',
  'optimize_min_variance',
  'optimize_risk_parity',
  'optimize_cvar',
];

const MODES: Readonly<Record<string, BridgeMode>> = { on: 'full', off: 'off', partial: PARTIAL };

function modeOf(word: string): BridgeMode {
  const mode = MODES[word];
  if (mode === undefined) throw new Error(`NB_KERNELS is ${word}: write on, off or partial`);
  return mode;
}

/** The bridge of this test run. */
export const engine: Bridge = createBridge({ mode: modeOf(process.env.NB_KERNELS ?? 'on') });

/** `backtestWeights` by the engine under test. */
export const backtestWeights: Bridge['backtest'] = (input, options) => engine.backtest(input, options);

/** `garchForecast` by the engine under test. */
export const garchForecast: Bridge['garchForecast'] = (...given) => engine.garchForecast(...given);

/** `sizeWeights` of the engine under test. */
export const sizeWeights: Bridge['sizeWeights'] = (...given) => engine.sizeWeights(...given);
