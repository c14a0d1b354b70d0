/** Order limits and lot sizes, checked; shared by `Portfolio` and the backtest. */
import { MICRO } from '../../kernels/portfolio/notional.js';
import { checkBoolean, checkInteger, checkKeys, checkNumber, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import { checkPriceScale } from '../money.js';
import type { LedgerRules } from './ledger-rules.js';
import type { OrderLimits, PortfolioOptions } from './types.js';

const LIMIT_KEYS = [
  'minOrderValue',
  'maxOrderValue',
  'noTradeBandBps',
  'maxTradesPerRebalance',
  'maxRebalanceNotional',
] as const;

/** Checks the order limits and fills in 0 (off) for those not given. */
export function resolveLimits(limits: OrderLimits): Required<OrderLimits> {
  checkKeys('limits', limits, LIMIT_KEYS);
  const cents = (name: keyof OrderLimits): number =>
    checkInteger(`limits.${name}`, limits[name] ?? 0, 0, Number.MAX_SAFE_INTEGER);
  return {
    minOrderValue: cents('minOrderValue'),
    maxOrderValue: cents('maxOrderValue'),
    noTradeBandBps: checkNumber('limits.noTradeBandBps', limits.noTradeBandBps ?? 0, 0, 10_000),
    maxTradesPerRebalance: cents('maxTradesPerRebalance'),
    maxRebalanceNotional: cents('maxRebalanceNotional'),
  };
}

/**
 * The smallest tradable quantity in micro-shares: a step of 1e-6 is 1, whole shares are 1e6, lots of 100 are 1e8.
 * Throws `ValidationError` for a step that is neither a power of ten from 1e-6 to 0.1 nor a whole number of shares.
 */
export function lotMicroOf(quantityStep: number): number {
  for (let lot = 1, shown = MICRO; lot < MICRO; lot *= 10, shown /= 10) {
    if (quantityStep === 1 / shown) return lot;
  }
  if (Number.isInteger(quantityStep) && quantityStep >= 1 && quantityStep <= 1e9) return quantityStep * MICRO;
  throw new ValidationError(
    'quantityStep',
    quantityStep,
    'a power of ten from 0.000001 to 0.1, or a whole number of shares',
    'use 0.000001 for fractional shares or 1 for whole shares',
  );
}

/** Checks the options of a `Portfolio` and fills in the defaults. */
export function resolvePortfolioOptions(options: PortfolioOptions): Required<PortfolioOptions> {
  checkKeys('options', options, [
    'quantityStep',
    'priceScale',
    'maxGross',
    'allowShort',
    'costTarget',
    ...LIMIT_KEYS,
  ]);
  const { quantityStep, priceScale, maxGross, allowShort, costTarget, ...limits } = options;
  const resolved = {
    quantityStep: quantityStep ?? 1e-6,
    priceScale: checkPriceScale(priceScale ?? 100),
    maxGross: checkNumber('maxGross', maxGross ?? 1, 1e-9, 1000),
    allowShort: checkBoolean('allowShort', allowShort ?? false),
    costTarget: checkOneOf('costTarget', costTarget ?? 'gross', ['gross', 'net']),
    ...resolveLimits(limits),
  };
  lotMicroOf(resolved.quantityStep);
  return resolved;
}

/** The rules of the ledger behind these options. */
export function portfolioRules(options: Required<PortfolioOptions>): LedgerRules {
  return {
    lotMicro: lotMicroOf(options.quantityStep),
    ticksPerCent: options.priceScale > 100 ? options.priceScale / 100 : 1,
    maxGross: options.maxGross,
    allowShort: options.allowShort,
    costTarget: options.costTarget,
    minOrderValue: options.minOrderValue,
    maxOrderValue: options.maxOrderValue,
    noTradeBandBps: options.noTradeBandBps,
    maxTradesPerRebalance: options.maxTradesPerRebalance,
    maxRebalanceNotional: options.maxRebalanceNotional,
  };
}

/** Cents that a price may be at most with fractional shares, so that a micro-share times a price stays exact. */
export const FRACTIONAL_PRICE_MAX_CENTS = 9_007_199_254;

/** Largest price in ticks: 2^53 - 1, or less with fractional shares. */
export function priceLimit(options: { readonly quantityStep: number; readonly priceScale: number }): number {
  if (options.quantityStep >= 1) return Number.MAX_SAFE_INTEGER;
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    Math.floor((FRACTIONAL_PRICE_MAX_CENTS * options.priceScale) / 100),
  );
}
