/** Options of a backtest: checked once, every default filled in. */
import { checkBoolean, checkInteger, checkKeys, checkNumber, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import type { MetricsProfile } from '../metrics/types.js';
import { checkPriceScale } from '../money.js';
import { type CostModel, costModel, toCostModel } from '../portfolio/cost-model.js';
import type { LedgerRules } from '../portfolio/ledger-rules.js';
import { lotMicroOf, portfolioRules, resolveLimits } from '../portfolio/rules.js';
import { resolveStops } from './stop-config.js';
import type { BacktestOptions, ResolvedBacktestOptions } from './types.js';

const PROFILES: readonly MetricsProfile[] = ['default', 'nanobook', 'quantstats-0.0.77', 'quantstats-0.0.86'];

const KNOWN = [
  'initialCash',
  'costBps',
  'costModel',
  'lag',
  'fillPolicy',
  'quantityStep',
  'priceScale',
  'periodsPerYear',
  'riskFree',
  'limits',
  'stops',
  'missingPrice',
  'maxGross',
  'allowShort',
  'costTarget',
  'panels',
  'metricsFrom',
  'profile',
] as const;

/** The defaults of `backtestWeights`, in one place. */
export const BACKTEST_DEFAULTS = {
  lag: 0,
  fillPolicy: 'close',
  quantityStep: 1e-6,
  priceScale: 100,
  periodsPerYear: 252,
  riskFree: 0,
  missingPrice: 'error',
  maxGross: 1,
  allowShort: false,
  costTarget: 'gross',
  panels: 'all',
  metricsFrom: 0,
  profile: 'default',
} as const;

/** Checks the options and fills in the defaults; throws `ValidationError` naming the first bad one. */
export function resolveBacktestOptions(options: BacktestOptions): {
  config: ResolvedBacktestOptions;
  costs: CostModel;
} {
  checkKeys('options', options, KNOWN);
  const costs = resolveCosts(options);
  const d = BACKTEST_DEFAULTS;
  const config: ResolvedBacktestOptions = {
    initialCash: checkInteger('initialCash', options.initialCash, 1, Number.MAX_SAFE_INTEGER),
    costModel: {
      commissionBps: costs.commissionBps,
      slippageBps: costs.slippageBps,
      minTradeFee: costs.minTradeFee,
    },
    lag: checkInteger('lag', options.lag ?? d.lag, 0, 1_000_000),
    fillPolicy: checkOneOf('fillPolicy', options.fillPolicy ?? d.fillPolicy, [
      'close',
      'nextOpen',
      'nextTypical',
    ]),
    quantityStep: options.quantityStep ?? d.quantityStep,
    priceScale: checkPriceScale(options.priceScale ?? d.priceScale),
    periodsPerYear: checkNumber('periodsPerYear', options.periodsPerYear ?? d.periodsPerYear, 1e-9, 1e9),
    riskFree: checkNumber('riskFree', options.riskFree ?? d.riskFree, -1, 1e6),
    limits: resolveLimits(options.limits ?? {}),
    ...(options.stops === undefined ? {} : { stops: resolveStops(options.stops) }),
    missingPrice: checkOneOf('missingPrice', options.missingPrice ?? d.missingPrice, ['error', 'mark-last']),
    maxGross: checkNumber('maxGross', options.maxGross ?? d.maxGross, 1e-9, 1000),
    allowShort: checkBoolean('allowShort', options.allowShort ?? d.allowShort),
    costTarget: checkOneOf('costTarget', options.costTarget ?? d.costTarget, ['gross', 'net']),
    panels: checkOneOf('panels', options.panels ?? d.panels, ['all', 'weights', 'none']),
    metricsFrom: checkInteger(
      'metricsFrom',
      options.metricsFrom ?? d.metricsFrom,
      0,
      Number.MAX_SAFE_INTEGER,
    ),
    profile: checkOneOf('profile', options.profile ?? d.profile, PROFILES),
  };
  lotMicroOf(config.quantityStep);
  // The digest of the options is taken when first asked for: they must not change until then.
  Object.freeze(config.costModel);
  Object.freeze(config.limits);
  return { config: Object.freeze(config), costs };
}

function resolveCosts(options: BacktestOptions): CostModel {
  if (options.costBps !== undefined && options.costModel !== undefined) {
    throw new ValidationError(
      'costBps',
      options.costBps,
      'either costBps or costModel, not both',
      'put the commission into costModel.commissionBps',
    );
  }
  if (options.costBps !== undefined)
    return costModel({ commissionBps: checkNumber('costBps', options.costBps, 0, 10_000) });
  return toCostModel(options.costModel ?? {});
}

/** The part of the options that the ledger reads. */
export function ledgerRules(config: ResolvedBacktestOptions): LedgerRules {
  return portfolioRules({ ...config, ...config.limits });
}
