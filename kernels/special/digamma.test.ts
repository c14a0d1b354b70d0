import t from 'tap';
import { digamma } from './digamma.js';
import { lgamma } from './lgamma.js';
import { lgammaHalfStep } from './lgamma-half-step.js';

const EULER = 0.5772156649015329;

t.test('digamma has its closed values', (t) => {
  const known: readonly (readonly [number, number])[] = [
    [1, -EULER],
    [0.5, -EULER - 2 * Math.LN2],
    [0.25, -EULER - Math.PI / 2 - 3 * Math.LN2],
    [2, 1 - EULER],
    [10, 7129 / 2520 - EULER],
  ];
  // Measured: 4.4e-16 of the larger of 1 and the value.
  const wrong = known.filter(([x, y]) => !(Math.abs(digamma(x) - y) <= 1e-15 * Math.max(1, Math.abs(y))));
  t.same(wrong, []);
  t.end();
});

t.test('digamma grows by 1 / x from x to x + 1', (t) => {
  const wrong: number[] = [];
  for (let x = 0.03; x < 400; x *= 1.13) {
    const step = digamma(x + 1) - digamma(x) - 1 / x;
    if (!(Math.abs(step) <= 2e-15 * Math.max(1, Math.abs(digamma(x)), 1 / x))) wrong.push(x);
  }
  t.same(wrong, []);
  t.end();
});

t.test('digamma is the slope of lgamma', (t) => {
  const wrong: number[] = [];
  for (let x = 0.6; x < 300; x *= 1.21) {
    const h = 1e-4 * x;
    // Five points: the error is of h^4, about 1e-16 of the slope, and the rounding of lgamma over h.
    const slope = (8 * (lgamma(x + h) - lgamma(x - h)) - lgamma(x + 2 * h) + lgamma(x - 2 * h)) / (12 * h);
    if (!(Math.abs(slope - digamma(x)) < 1e-10 * Math.max(1, Math.abs(slope)))) wrong.push(x);
  }
  t.same(wrong, []);
  t.end();
});

t.test('digamma is NaN where it is not asked for, and grows without end', (t) => {
  t.same([digamma(0), digamma(-1.5), digamma(NaN), digamma(Infinity)], [NaN, NaN, NaN, Infinity]);
  t.end();
});

t.test('the half step of lgamma is that of lgamma, and has its closed values', (t) => {
  const wrong: number[] = [];
  for (let x = 0.3; x < 300; x *= 1.31) {
    const apart = lgamma(x + 0.5) - lgamma(x);
    // lgamma is within 4 ulp, of numbers up to 1,400.
    if (!(Math.abs(lgammaHalfStep(x) - apart) <= 9e-16 * (1 + Math.abs(lgamma(x))))) wrong.push(x);
    // Two half steps are one step, which is log x.
    const whole = lgammaHalfStep(x) + lgammaHalfStep(x + 0.5) - Math.log(x);
    if (!(Math.abs(whole) < 4e-15)) wrong.push(-x);
  }
  t.same(wrong, []);
  t.ok(Math.abs(lgammaHalfStep(0.5) + 0.5 * Math.log(Math.PI)) < 1e-15);
  t.end();
});
