/**
 * Our exp, log, pow and normal functions against mpmath: fixtures of parity/special.py.
 *
 * Here the answer is compared with the double nearest to the true value. The kernels' own tests measure the error in
 * units of the last place, with what the fixtures give beside it.
 */
import { exp } from '../../kernels/special/exp.js';
import { log } from '../../kernels/special/log.js';
import { normalDensity } from '../../kernels/special/normal-density.js';
import { normalQuantile } from '../../kernels/special/normal-quantile.js';
import { pow } from '../../kernels/special/pow.js';
import type { Comparison } from '../comparison.js';
import { numbersOf } from '../comparison.js';
import { TOLERANCES } from '../tolerance.js';

function ofOne(
  name: string,
  fixture: string,
  f: (x: number) => number,
  tolerance: Comparison['tolerance'],
): Comparison {
  return {
    fixture: `special/${fixture}.json`,
    functions: [name],
    run: (c) => numbersOf(c.inputs, 'x').map(f),
    tolerance,
  };
}

export const comparisons: readonly Comparison[] = [
  ofOne('exp', 'exp', exp, TOLERANCES.exp),
  ofOne('log', 'log', log, TOLERANCES.log),
  {
    fixture: 'special/pow.json',
    functions: ['pow'],
    run: (c) => {
      const exponents = numbersOf(c.inputs, 'y');
      return numbersOf(c.inputs, 'x').map((x, i) => pow(x, exponents[i] as number));
    },
    tolerance: TOLERANCES.pow,
  },
  ofOne('normalDensity', 'normal-density', normalDensity, TOLERANCES.normalDensity),
  ofOne('normalQuantile', 'normal-quantile', normalQuantile, TOLERANCES.normalQuantile),
];
