/** The bridge between a host application and the engine. */
import { backtestWeights } from '../backtest/run.js';
import type { BacktestInput, BacktestOptions, BacktestResult } from '../backtest/types.js';
import { capabilities, type Feature, hasFeature } from '../capabilities.js';
import { checkBoolean, checkKeys, type Mat, nearestHint, type Vec } from '../check.js';
import { UnsupportedFeatureError, ValidationError } from '../errors.js';
import { readSymbols } from '../optimize/sample.js';
import type { ReturnRows } from '../optimize/types.js';
import { version } from '../version.js';
import { garchForecast } from '../volatility/garch.js';
import type { GarchMean } from '../volatility/garch-types.js';
import { CallLog, type CallNote } from './call-log.js';
import { referenceBacktestWeights } from './reference-backtest.js';
import { referenceGarchForecast } from './reference-garch.js';
import { checkSizing, SIZING_FEATURES, sizeByHost, sizeByKernels, sizeByReference } from './size-weights.js';
import type {
  Bridge,
  BridgeCall,
  BridgeFallbacks,
  BridgeMode,
  BridgeOptions,
  GarchForecastOptions,
  PathUsed,
  SizingMethod,
  SizingOptions,
} from './types.js';
import { satisfies } from './version-range.js';

const DISPATCHED: readonly (keyof BridgeFallbacks)[] = [
  'backtest_weights',
  'backtest_stops',
  'backtest_holdings',
  'garch_forecast',
  ...Object.values(SIZING_FEATURES),
] as readonly (keyof BridgeFallbacks)[];

/**
 * A bridge: the calls of a host, each sent to the kernels, to the host's own fallback or to a slow twin of this package.
 *
 * options  `mode`: the features it may use, `full` (default), `off` (none), or a list. `fallbacks`: by feature, what to
 *          call where the mode withdraws it. `reference` (true): without a fallback the twin answers; false:
 *          `UnsupportedFeatureError`. `requires`: a range for the version, such as `>=0.1 <0.2`. `onCall`: told of
 *          each call
 *
 * Throws `UnsupportedFeatureError` where the version is out of range, or the mode lists a feature that this build does
 * not have; `ValidationError` for other options.
 */
export function createBridge(options: BridgeOptions = {}): Bridge {
  return new FeatureBridge(options);
}

/** Which path a call takes, and why. */
type Way<F> = CallNote & { readonly fallback: F | undefined };

class FeatureBridge implements Bridge {
  readonly mode: BridgeMode;
  readonly engineVersion: string = version;
  readonly #features: ReadonlySet<string>;
  readonly #fallbacks: BridgeFallbacks;
  readonly #reference: boolean;
  readonly #log: CallLog;

  constructor(options: BridgeOptions) {
    checkKeys('options', options, ['mode', 'fallbacks', 'requires', 'reference', 'onCall']);
    const { mode = 'full', fallbacks = {}, requires, reference = true, onCall } = options;
    if (requires !== undefined && !satisfies(requires)) {
      throw new UnsupportedFeatureError(
        'requires',
        requires,
        `a range that nb-backtest ${version} is in`,
        `install a version in ${requires}, or widen the range if the host works with ${version}`,
      );
    }
    this.#features = featuresOf(mode);
    this.mode = typeof mode === 'string' ? mode : Object.freeze([...mode]);
    this.#fallbacks = checkFallbacks(fallbacks);
    this.#reference = checkBoolean('reference', reference);
    if (onCall !== undefined && typeof onCall !== 'function') {
      throw new ValidationError('onCall', onCall, 'a function', 'pass (call) => { … }, or leave it out');
    }
    this.#log = new CallLog(onCall);
  }

  hasFeature(name: string): boolean {
    return hasFeature(name) && this.#features.has(name);
  }

  requireFeature(name: Feature): void {
    if (!this.hasFeature(name)) throw this.#unsupported(name);
  }

  backtest(input: BacktestInput, options: BacktestOptions): BacktestResult {
    const asked: ('backtest_weights' | 'backtest_stops' | 'backtest_holdings')[] = ['backtest_weights'];
    if (options?.stops !== undefined) asked.push('backtest_stops');
    if (options?.panels !== 'none') asked.push('backtest_holdings');
    const { fallback, ...note } = this.#wayOf('backtest', asked);
    return this.#log.run(note, () => {
      if (fallback !== undefined) return fallback(input, options);
      const run = this.#twinOr(note.path, note.feature, backtestWeights, referenceBacktestWeights);
      return run(input, options);
    });
  }

  holdings(result: BacktestResult): Mat {
    const path: PathUsed = result?.pathUsed === 'reference' ? 'reference' : 'kernels';
    const reason = `the result was worked out by the ${path}`;
    return this.#log.run({ call: 'holdings', feature: 'backtest_holdings', path, reason }, () => {
      if (result?.holdings) return result.holdings;
      throw new ValidationError(
        'result.holdings',
        result?.holdings ?? null,
        "a result with panels 'all' or 'weights'",
        "run the backtest without panels: 'none'",
      );
    });
  }

  garchForecast(
    returns: Vec,
    p = 1,
    q = 1,
    mean: GarchMean = 'zero',
    options: GarchForecastOptions = {},
  ): number {
    const { fallback, ...note } = this.#wayOf('garchForecast', ['garch_forecast']);
    return this.#log.run(note, () => {
      if (fallback !== undefined) return fallback(returns, p, q, mean, options);
      const run = this.#twinOr(note.path, note.feature, garchForecast, referenceGarchForecast);
      return run(returns, p, q, mean, options);
    });
  }

  sizeWeights(
    method: SizingMethod,
    returns: ReturnRows,
    symbols: readonly string[],
    options: SizingOptions = {},
  ): Record<string, number> {
    const known = checkSizing(method, options);
    readSymbols(symbols);
    const { fallback, ...way } = this.#wayOf('sizeWeights', [SIZING_FEATURES[known]]);
    return this.#log.run({ ...way, method: known }, (also) => {
      const { weights, equalWeight } =
        fallback !== undefined
          ? sizeByHost(symbols, fallback(returns, symbols, options))
          : this.#twinOr(way.path, way.feature, sizeByKernels, sizeByReference)(
              known,
              returns,
              symbols,
              options,
            );
      also({ equalWeight });
      return weights;
    });
  }

  diagnostics(): readonly BridgeCall[] {
    return this.#log.calls();
  }

  #wayOf<K extends keyof BridgeFallbacks>(
    call: BridgeCall['call'],
    asked: readonly (Feature & K)[],
  ): Way<BridgeFallbacks[K]> {
    const missing = asked.filter((feature) => !this.#features.has(feature));
    const feature = missing[0];
    if (feature === undefined) {
      const reason = `${asked.join(', ')}: in the mode`;
      return { call, feature: asked.at(-1)!, path: 'kernels', reason, fallback: undefined };
    }
    const withdrawn = `${missing.join(', ')}: not in the mode`;
    const given = missing.find((name) => this.#fallbacks[name] !== undefined);
    if (given !== undefined) {
      const reason = `${withdrawn}; the host has a fallback`;
      return { call, feature: given, path: 'fallback', reason, fallback: this.#fallbacks[given] };
    }
    const reason = `${withdrawn}, and there is no fallback`;
    return { call, feature, path: 'reference', reason, fallback: undefined };
  }

  #twinOr<F>(path: PathUsed, feature: Feature, kernels: F, reference: F): F {
    if (path === 'kernels') return kernels;
    if (this.#reference) return reference;
    throw this.#unsupported(feature);
  }

  #unsupported(feature: string): UnsupportedFeatureError {
    const built = hasFeature(feature);
    return new UnsupportedFeatureError(
      'feature',
      feature,
      built
        ? `a feature in the mode of the bridge (nb-backtest ${version} has it)`
        : `a feature of nb-backtest ${version}`,
      built
        ? `add ${feature} to the mode, give fallbacks.${feature}, or leave reference true`
        : nearestHint(feature, capabilities()),
    );
  }
}

function featuresOf(mode: unknown): ReadonlySet<string> {
  if (mode === 'full') return new Set(capabilities());
  if (mode === 'off') return new Set();
  if (!Array.isArray(mode)) {
    throw new ValidationError(
      'mode',
      mode,
      "'full', 'off' or a list of features",
      'list some of capabilities()',
    );
  }
  for (const feature of mode as readonly unknown[]) {
    if (typeof feature === 'string' && hasFeature(feature)) continue;
    throw new UnsupportedFeatureError(
      'mode',
      feature,
      `features of nb-backtest ${version}`,
      nearestHint(String(feature), capabilities()),
    );
  }
  return new Set(mode as readonly string[]);
}

function checkFallbacks(fallbacks: BridgeFallbacks): BridgeFallbacks {
  checkKeys('fallbacks', fallbacks, DISPATCHED);
  for (const [feature, call] of Object.entries(fallbacks)) {
    if (call === undefined || typeof call === 'function') continue;
    throw new ValidationError(`fallbacks.${feature}`, call, 'a function', 'pass what the host calls instead');
  }
  return { ...fallbacks };
}
