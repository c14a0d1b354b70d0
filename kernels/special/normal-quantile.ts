import { log } from './log.js';
import { ratio } from './ratio.js';

// Rational approximations through Chebyshev points at 320 bits (parity/special_constants.py), lowest power first.

// (x / q - sqrt(2 pi)) / q^2 as a function of 0.375^2 - q^2; off by less than 6e-19 of x / q.
const SQRT_TWO_PI_HIGH = 2.5066282746310007;
const SQRT_TWO_PI_LOW = -1.8328579980459167e-16;
const CENTRE_TOP = [
  3.9891205193838553, 103.18109253250357, 1012.6128890050502, 4709.118058720333, 10568.517482931,
  10305.56876335467, 3162.171012324563, 33.42000106966401,
];
const CENTRE_BOTTOM = [
  1.0, 30.10136263004063, 357.27555082663145, 2126.1192634518497, 6672.217413963519, 10632.284463306416,
  7521.850068935793, 1655.4138914451487,
];

// (x - x0) / v, x0 the upper quantile of 1/16, as a function of v = -log(16 t) on -0.7..1.1; off by less than 2e-18.
const X0_HIGH = 1.5341205443525463;
const X0_LOW = 1.1348835811852896e-17;
const SHOULDER_TOP = [
  0.5081964128134596, 0.50267869725324, 0.1844124872981404, 0.030747528828363437, 0.002274951881970765,
  6.001786097947143e-5, 2.4713338139174305e-7,
];
const SHOULDER_BOTTOM = [
  1.0, 1.0993252743814328, 0.46149972059116423, 0.09216945663696335, 0.008846886391322696,
  0.0003585059030993209, 4.066993945374627e-6,
];

// w - x as a function of w = sqrt(-2 log t) on 2.7..5, 5..12 and 12..38.7; off by less than 3e-18 of w.
const NEAR_TOP = [
  3.529788549021198, 25.376681201597965, 36.230473012761, 17.483702597024873, 3.7413773062838276,
  0.29702033786064835, 0.005909300031804362, 4.920940550308767e-6,
];
const NEAR_BOTTOM = [
  1.0, 11.461562837699907, 26.311713418238412, 20.91794614902975, 7.302335804523574, 1.1621713262598206,
  0.06797425675011055, 0.0009543968477133157,
];
const MIDDLE_TOP = [
  3.1294690669946164, 8.606576080483741, 3.847885336537208, 0.6529145264535301, 0.052132838245400194,
  0.0016692092891127757, 1.4177428577903001e-5, 4.808452355876221e-9,
];
const MIDDLE_BOTTOM = [
  1.0, 5.194799495693704, 4.941932238930968, 1.476876113263541, 0.19827021409556225, 0.012768820425203524,
  0.0003218973988198097, 2.0317061593563455e-6,
];
const FAR_TOP = [
  3.225065795969517, 9.805826634473043, 4.104840505428576, 0.5286319803445823, 0.02572115637215381,
  0.000489669882460032, 3.3356426391544523e-6, 5.951026797321513e-9, 3.848773472854687e-13,
];
const FAR_BOTTOM = [
  1.0, 5.779225096431599, 5.53364398130577, 1.4651377460215071, 0.14222891859165443, 0.005586609969411475,
  8.823237486051252e-5, 4.984307803821915e-7, 7.032640342609695e-10,
];

/**
 * Quantile of the standard normal distribution: the x with Phi(x) = p.
 *
 * p  probability; 0 gives -Infinity, 1 Infinity; below 0, above 1 and NaN give NaN
 *
 * Error below 3 ulp (worst of 6 million points: 2.61; for p in 0.0225..0.9775: 1.73), from the smallest subnormal p to
 * the largest below 1; a relative error below 7e-16. Where 1 - p is exact, the quantile of 1 - p is minus that of p,
 * to the last bit; that of 1/2 is 0.
 *
 * With q = p - 1/2 and t the nearer tail: for |q| <= 0.375, x = q (sqrt(2 pi) + q^2 A); for t > 0.0225,
 * |x| = x0 + v B; beyond, |x| = w - C. Each adds a small rational correction to a leading part that is nearly exact.
 * O(1). Reference: mpmath, fixtures/special/normal-quantile.json.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const q = p - 0.5;
  if (q >= -0.375 && q <= 0.375) {
    const s = q * q;
    const correction = s * ratio(CENTRE_TOP, CENTRE_BOTTOM, 0.140625 - s);
    return q * SQRT_TWO_PI_HIGH + q * (SQRT_TWO_PI_LOW + correction);
  }
  const x = upperQuantile(q < 0 ? p : 1 - p);
  return q < 0 ? -x : x;
}

/** The x above which the standard normal has the probability `tail`, which is positive and at most 1/8. */
function upperQuantile(tail: number): number {
  if (tail > 0.0225) {
    const v = -log(16 * tail);
    return X0_HIGH + (X0_LOW + v * ratio(SHOULDER_TOP, SHOULDER_BOTTOM, v));
  }
  const w = Math.sqrt(-2 * log(tail));
  if (w < 5) return w - ratio(NEAR_TOP, NEAR_BOTTOM, w);
  if (w < 12) return w - ratio(MIDDLE_TOP, MIDDLE_BOTTOM, w);
  return w - ratio(FAR_TOP, FAR_BOTTOM, w);
}
