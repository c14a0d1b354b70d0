import { polynomial } from './ratio.js';

// (sin(pi r) / r - pi) / r^2 as a polynomial in r^2 for r up to 1/2 (parity/special_constants.py).
const PI_HIGH = 3.141592653589793;
const PI_LOW = 1.2246467991473532e-16;
const SINE = [
  -5.16771278004997, 2.5501640398773455, -0.599264529320791, 0.08214588661108463, -0.007370430944816936,
  0.0004663027953897944, -2.1915282920601852e-5, 7.949258149042043e-7, -2.2349456072698055e-8,
];

/**
 * Sine of pi times x.
 *
 * x  any number; whole numbers give exactly 0, NaN and infinities NaN
 *
 * O(1): x is brought to -1/2..1/2 exactly.
 */
export function sinePi(x: number): number {
  const whole = Math.floor(x + 0.5);
  const r = x - whole;
  const s = r * r;
  const value = r * PI_HIGH + r * (PI_LOW + s * polynomial(SINE, s));
  return Math.floor(whole * 0.5) * 2 === whole ? value : -value;
}
