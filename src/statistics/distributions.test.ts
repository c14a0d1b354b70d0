import t from 'tap';
import { ValidationError } from '../errors.js';
import * as distributions from './distributions.js';

const D = distributions;

t.test('the checked functions give the textbook values', async (t) => {
  // Tables of M. Abramowitz and I. Stegun (1964), to the digits printed there, or closed forms.
  const wrong: string[] = [];
  for (const [name, actual, expected, digits] of [
    ['erf(1)', D.erf(1), 0.8427007929, 1e-10],
    ['erfc(1)', D.erfc(1), 0.1572992071, 1e-10],
    ['gamma(1/2)', D.gammaFunction(0.5), Math.sqrt(Math.PI), 1e-15],
    ['lgamma(5)', D.lgamma(5), 3.1780538303, 1e-10], // log 24
    ['normal density', D.normalPdf(1), 0.241970724519143, 1e-15],
    ['normal', D.normalCdf(1), 0.841344746068543, 1e-15],
    ['normal above', D.normalSurvival(1), 0.158655253931457, 1e-15],
    ['normal quantile', D.normalQuantile(0.975), 1.959963985, 1e-9],
    ['t density, df 1', D.studentTPdf(1, 1), 1 / (2 * Math.PI), 1e-15],
    ['t, df 1', D.studentTCdf(1, 1), 0.75, 1e-15],
    ['t above, df 1', D.studentTSurvival(1, 1), 0.25, 1e-15],
    ['t two-sided, df 1', D.studentTTwoSided(-1, 1), 0.5, 1e-15],
    ['t quantile, df 10', D.studentTQuantile(0.975, 10), 2.228, 5e-4],
    ['beta', D.incompleteBeta(2, 1, 0.3), 0.09, 1e-15],
    ['beta inverse', D.incompleteBetaInverse(2, 1, 0.09), 0.3, 1e-15],
    ['chi-square 5.991, df 2', D.incompleteGammaUpper(1, 5.991464547107979 / 2), 0.05, 1e-15],
    ['chi-square below', D.incompleteGamma(1, 5.991464547107979 / 2), 0.95, 1e-15],
  ] as const) {
    if (!(Math.abs(actual - expected) <= digits)) wrong.push(`${name}: ${actual}, not ${expected}`);
  }
  t.same(wrong, []);
});

t.test('NaN gives NaN, whatever the argument', async (t) => {
  const given = Object.values(distributions).flatMap((f: (...numbers: number[]) => number) =>
    Array.from({ length: f.length }, (_, i) => {
      const numbers = [0.5, 0.5, 0.5].slice(0, f.length);
      numbers[i] = NaN;
      return f(...numbers);
    }),
  );
  t.equal(given.length, 28);
  t.ok(given.every(Number.isNaN));
});

t.test('a bad argument throws and is named', async (t) => {
  const refused = (field: string, call: () => unknown, constraint: RegExp): void => {
    t.throws(call, { name: 'ValidationError', detail: { field, constraint } });
    t.throws(call, ValidationError);
  };
  const text = '1' as unknown as number;
  refused('x', () => D.erf(text), /a number/);
  refused('t', () => D.studentTCdf(text, 3), /a number/);
  refused('df', () => D.studentTCdf(1, 0), /above 0/);
  refused('df', () => D.studentTPdf(1, -2), /above 0/);
  refused('p', () => D.normalQuantile(1.5), /from 0 to 1/);
  refused('p', () => D.studentTQuantile(-0.1, 3), /from 0 to 1/);
  refused('a', () => D.incompleteBeta(0, 1, 0.5), /above 0/);
  refused('b', () => D.incompleteBeta(1, Infinity, 0.5), /finite/);
  refused('x', () => D.incompleteBeta(1, 1, 1.1), /from 0 to 1/);
  refused('p', () => D.incompleteBetaInverse(1, 1, 2), /from 0 to 1/);
  refused('a', () => D.incompleteGamma(-1, 1), /above 0/);
  refused('x', () => D.incompleteGammaUpper(1, -1), /at least 0/);
});
