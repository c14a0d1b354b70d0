/** Everything that can be wrong with target weights. */
import { InvalidWeightsError } from '../errors.js';

/** Throws `InvalidWeightsError` for a weight that is no number or not allowed, and for too much leverage. */
export function checkWeights(
  wanted: readonly (readonly [string, number])[],
  options: { readonly allowShort: boolean; readonly maxGross: number },
): void {
  let gross = 0;
  for (const [symbol, weight] of wanted) {
    const field = `targets.${symbol}`;
    if (typeof weight !== 'number' || !Number.isFinite(weight)) {
      throw new InvalidWeightsError(field, weight, 'a finite number', 'leave the symbol out to sell it');
    }
    if (weight < 0 && !options.allowShort) {
      const constraint = 'at least 0 while allowShort is false';
      throw new InvalidWeightsError(field, weight, constraint, 'set allowShort: true');
    }
    gross += Math.abs(weight);
  }
  if (gross > options.maxGross + 1e-9) {
    throw new InvalidWeightsError(
      'targets',
      gross,
      `a sum of absolute weights of at most maxGross = ${options.maxGross}`,
      'scale the targets down, or raise maxGross to allow leverage',
    );
  }
}
