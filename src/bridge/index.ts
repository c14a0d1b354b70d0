/**
 * The bridge of a host application: what this version can do, and calls that fall back where a feature is withdrawn.
 * Pure, as the main entry: it runs in a browser.
 */
export { capabilities, type Feature, hasFeature } from '../capabilities.js';
export { createBridge } from './create-bridge.js';
export { Engine, type EngineOptions } from './engine.js';
export { engineVersion, FEATURE_SYMBOLS } from './features.js';
export type { RunPlan, RunTargets } from './run-plan.js';
export type {
  BacktestFallback,
  Bridge,
  BridgeCall,
  BridgeFallbacks,
  BridgeMode,
  BridgeOptions,
  GarchFallback,
  GarchForecastOptions,
  PathUsed,
  SizingFallback,
  SizingMethod,
  SizingOptions,
} from './types.js';
export { satisfies } from './version-range.js';
export type { NamedTargetOptions, TargetName } from '../targets/target-names.js';
