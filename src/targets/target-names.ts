/** The names of the built-in targets, and what each can be told: light, for the help reads them too. */
import type { Mat } from '../check.js';
import { OPTIMIZER_OPTIONS, type OptimizerName, type OptimizerSettings } from './optimizer-names.js';

/** A target that has a name. */
export type TargetName = 'equal' | 'inverse-volatility' | 'momentum' | 'trend' | 'zscore' | OptimizerName;

/** Options of all of them; each takes those that `TARGET_OPTIONS` lists for it. */
export interface NamedTargetOptions extends OptimizerSettings {
  readonly window?: number | undefined;
  readonly lookback?: number | undefined;
  readonly skip?: number | undefined;
  readonly top?: number | undefined;
  readonly positiveOnly?: boolean | undefined;
  readonly allowShort?: boolean | undefined;
  readonly scores?: Mat | undefined;
  readonly symbols?: readonly string[] | undefined;
}

/** What each target can be told. */
export const TARGET_OPTIONS: Readonly<Record<TargetName, readonly (keyof NamedTargetOptions)[]>> =
  Object.freeze({
    equal: ['symbols'],
    'inverse-volatility': ['window', 'symbols'],
    momentum: ['lookback', 'skip', 'top', 'positiveOnly', 'symbols'],
    trend: ['window', 'symbols'],
    zscore: ['scores', 'lookback', 'skip', 'allowShort', 'symbols'],
    ...OPTIMIZER_OPTIONS,
  });

/** The names, in the order of help and messages. */
export const TARGET_NAMES: readonly TargetName[] = Object.freeze(Object.keys(TARGET_OPTIONS) as TargetName[]);
