/**
 * Cost of trades: commission and slippage in basis points, each rounded down to a cent, and a minimum fee.
 */

/**
 * floor(amount * numerator / denominator), exact while the result is below 2^53.
 *
 * amount       whole cents, at least 0
 * numerator    at least 0; with a whole number below 2^53 / denominator the split below is exact
 * denominator  a power of ten
 */
export function floorRate(amount: number, numerator: number, denominator: number): number {
  const product = amount * numerator;
  if (product <= 9007199254740991) return Math.floor(product / denominator);
  const quotient = Math.floor(amount / denominator);
  const rest = amount - quotient * denominator;
  return quotient * numerator + Math.floor((rest * numerator) / denominator);
}

/**
 * Cost of one trade in cents; 0 for a trade of 0 cents.
 *
 * notional                            cents, at least 0
 * commissionNumerator, -Denominator   commission as a fraction of the notional
 * slippageNumerator, -Denominator     slippage as a fraction of the notional
 * minFee                              cents, at least 0
 */
export function tradeCost(
  notional: number,
  commissionNumerator: number,
  commissionDenominator: number,
  slippageNumerator: number,
  slippageDenominator: number,
  minFee: number,
): number {
  if (notional === 0) return 0;
  const cost =
    floorRate(notional, commissionNumerator, commissionDenominator) +
    floorRate(notional, slippageNumerator, slippageDenominator);
  return Math.max(cost, minFee);
}

/**
 * Cost of every order of a rebalance.
 *
 * notional  n signed cents: positive buys, negative sells
 * (rates)   as in tradeCost
 * cost      n cents, written
 *
 * Returns nothing; an order of 0 cents costs 0.
 */
export function orderCosts(
  n: number,
  notional: Float64Array,
  commissionNumerator: number,
  commissionDenominator: number,
  slippageNumerator: number,
  slippageDenominator: number,
  minFee: number,
  cost: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    cost[i] = tradeCost(
      Math.abs(notional[i]),
      commissionNumerator,
      commissionDenominator,
      slippageNumerator,
      slippageDenominator,
      minFee,
    );
  }
}
