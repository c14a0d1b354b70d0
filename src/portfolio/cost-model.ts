/** What a trade costs: commission and slippage in basis points, and a minimum fee. */
import { tradeCost } from '../../kernels/portfolio/cost.js';
import { checkInteger, checkKeys, checkNumber } from '../check.js';

/** Rates and minimum of a cost model. */
export interface CostModelOptions {
  /** Basis points of the traded value, from 0 to 10,000. Default 0. */
  readonly commissionBps?: number;
  /** Basis points of the traded value, from 0 to 10,000. Default 0. */
  readonly slippageBps?: number;
  /** Cents that a trade costs at least. Default 0. */
  readonly minTradeFee?: number;
}

/** The cost of trades, with its rates held as exact fractions. */
export interface CostModel extends Required<CostModelOptions> {
  /** Cost in cents of a trade of `notionalCents` cents (0 or more): each part rounded down, then the minimum fee. */
  compute(notionalCents: number): number;
  /** Commission and slippage as `[commission numerator, denominator, slippage numerator, denominator]`. */
  readonly rates: readonly [number, number, number, number];
}

/**
 * A cost model: commission and slippage in basis points of the traded value, each rounded down to a cent, and a
 * minimum fee per trade. A trade of 0 cents costs 0.
 *
 * Rates with up to three decimals (a thousandth of a basis point) are applied exactly; others as the double they are.
 * Throws `ValidationError` for a rate that is negative, NaN or above 10,000, a fee that is no whole number of cents,
 * and for an unknown option.
 */
export function costModel(options: CostModelOptions = {}): CostModel {
  checkKeys('costModel', options, ['commissionBps', 'slippageBps', 'minTradeFee']);
  const commissionBps = checkNumber('costModel.commissionBps', options.commissionBps ?? 0, 0, 10_000);
  const slippageBps = checkNumber('costModel.slippageBps', options.slippageBps ?? 0, 0, 10_000);
  const minTradeFee = checkInteger(
    'costModel.minTradeFee',
    options.minTradeFee ?? 0,
    0,
    Number.MAX_SAFE_INTEGER,
  );
  const rates = [...fraction(commissionBps), ...fraction(slippageBps)] as const;
  return Object.freeze({
    commissionBps,
    slippageBps,
    minTradeFee,
    rates,
    compute(notionalCents: number): number {
      checkInteger('notionalCents', notionalCents, 0, Number.MAX_SAFE_INTEGER);
      return tradeCost(notionalCents, ...rates, minTradeFee);
    },
  });
}

/** A checked cost model from one, or from its options; only the rates and the fee are read. */
export function toCostModel(given: CostModel | CostModelOptions): CostModel {
  if (typeof given !== 'object' || given === null || !('compute' in given)) return costModel(given);
  const { commissionBps, slippageBps, minTradeFee } = given;
  return costModel({ commissionBps, slippageBps, minTradeFee });
}

/** Basis points as numerator over a power of ten: 12.5 becomes 125 / 100,000. */
function fraction(bps: number): readonly [number, number] {
  for (const decimals of [1, 10, 100, 1000]) {
    const numerator = Math.round(bps * decimals);
    if (numerator / decimals === bps) return [numerator, 10_000 * decimals];
  }
  return [bps, 10_000];
}
