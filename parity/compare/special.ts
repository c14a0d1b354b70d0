/**
 * Our exp, log, pow, special functions and distributions against mpmath: fixtures of parity/special.py.
 *
 * Here the answer is compared with the double nearest to the true value. The kernels' own tests measure the error in
 * units of the last place, with what the fixtures give beside it.
 */
import { erf, erfc } from '../../kernels/special/erf.js';
import { exp } from '../../kernels/special/exp.js';
import { gamma } from '../../kernels/special/gamma.js';
import { incompleteBeta } from '../../kernels/special/incomplete-beta.js';
import { incompleteBetaInverse } from '../../kernels/special/incomplete-beta-inverse.js';
import { incompleteGamma, incompleteGammaUpper } from '../../kernels/special/incomplete-gamma.js';
import { lgamma } from '../../kernels/special/lgamma.js';
import { log } from '../../kernels/special/log.js';
import { normalCdf } from '../../kernels/special/normal-cdf.js';
import { normalDensity } from '../../kernels/special/normal-density.js';
import { normalQuantile } from '../../kernels/special/normal-quantile.js';
import { pow } from '../../kernels/special/pow.js';
import { studentTDensity, studentTTwoSided } from '../../kernels/special/student-t.js';
import { studentTQuantile } from '../../kernels/special/student-t-quantile.js';
import type { Comparison } from '../comparison.js';
import { numbersOf } from '../comparison.js';
import { TOLERANCES } from '../tolerance.js';

/** A function of one to three numbers against its fixture. */
function ofNumbers(
  names: readonly string[],
  fixture: string,
  f: (x: number, y: number, z: number) => number,
  tolerance: Comparison['tolerance'],
): Comparison {
  return {
    fixture: `special/${fixture}.json`,
    functions: names,
    run: ({ inputs }) => {
      const x = numbersOf(inputs, 'x');
      const y = 'y' in inputs ? numbersOf(inputs, 'y') : x;
      const z = 'z' in inputs ? numbersOf(inputs, 'z') : y;
      return x.map((value, i) => f(value, y[i] as number, z[i] as number));
    },
    tolerance,
  };
}

export const comparisons: readonly Comparison[] = [
  ofNumbers(['exp'], 'exp', exp, TOLERANCES.exp),
  ofNumbers(['log'], 'log', log, TOLERANCES.log),
  ofNumbers(['pow'], 'pow', pow, TOLERANCES.pow),
  ofNumbers(['erf'], 'erf', erf, TOLERANCES.erf),
  ofNumbers(['erfc'], 'erfc', erfc, TOLERANCES.erf),
  ofNumbers(['gammaFunction'], 'gamma', gamma, TOLERANCES.gamma),
  ofNumbers(['lgamma'], 'lgamma', lgamma, TOLERANCES.lgamma),
  ofNumbers(['normalPdf'], 'normal-density', normalDensity, TOLERANCES.normalDensity),
  ofNumbers(['normalCdf', 'normalSurvival'], 'normal-cdf', normalCdf, TOLERANCES.erf),
  ofNumbers(['normalQuantile'], 'normal-quantile', normalQuantile, TOLERANCES.normalQuantile),
  ofNumbers(['studentTPdf'], 'student-t-density', studentTDensity, TOLERANCES.studentT),
  ofNumbers(
    ['studentTCdf', 'studentTSurvival', 'studentTTwoSided'],
    'student-t-two-sided',
    studentTTwoSided,
    TOLERANCES.studentT,
  ),
  ofNumbers(['studentTQuantile'], 'student-t-quantile', studentTQuantile, TOLERANCES.studentT),
  ofNumbers(['incompleteBeta'], 'incomplete-beta', incompleteBeta, TOLERANCES.incomplete),
  ofNumbers(
    ['incompleteBetaInverse'],
    'incomplete-beta-inverse',
    incompleteBetaInverse,
    TOLERANCES.incomplete,
  ),
  ofNumbers(['incompleteGamma'], 'incomplete-gamma', incompleteGamma, TOLERANCES.incomplete),
  ofNumbers(['incompleteGammaUpper'], 'incomplete-gamma-upper', incompleteGammaUpper, TOLERANCES.incomplete),
];
