/* eslint-disable no-loss-of-precision -- exact powers of two; the rule trips over a trailing zero. */
/**
 * Exact scaling by powers of two with plain arithmetic: no look at the bits of a number, so no scratch memory.
 */

/** 2^(b - 32) for b = 0..63. */
const FINE = [
  2.3283064365386963e-10, 4.656612873077393e-10, 9.313225746154785e-10, 1.862645149230957e-9,
  3.725290298461914e-9, 7.450580596923828e-9, 1.4901161193847656e-8, 2.9802322387695312e-8,
  5.960464477539063e-8, 1.1920928955078125e-7, 2.384185791015625e-7, 4.76837158203125e-7, 9.5367431640625e-7,
  1.9073486328125e-6, 3.814697265625e-6, 7.62939453125e-6, 1.52587890625e-5, 3.0517578125e-5, 6.103515625e-5,
  0.0001220703125, 0.000244140625, 0.00048828125, 0.0009765625, 0.001953125, 0.00390625, 0.0078125, 0.015625,
  0.03125, 0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384,
  32768, 65536, 131072, 262144, 524288, 1048576, 2097152, 4194304, 8388608, 16777216, 33554432, 67108864,
  134217728, 268435456, 536870912, 1073741824, 2147483648,
];

/** 2^(64 a - 992) for a = 0..31. */
const COARSE = [
  2.3891548633682403e-299, 4.407212831701244e-280, 8.129872718476162e-261, 1.499696813895631e-241,
  2.7664523314090327e-222, 5.103203814961955e-203, 9.413749473058141e-184, 1.7365302730352168e-164,
  3.2033329522929615e-145, 5.909106315382871e-126, 1.0900377190420866e-106, 2.010764683385949e-87,
  3.7092061506874214e-68, 6.842277657836021e-49, 1.262177448353619e-29, 2.3283064365386963e-10, 4294967296,
  7.922816251426434e28, 1.461501637330903e48, 2.695994666715064e67, 4.9732323640978664e86,
  9.173994463960286e105, 1.6923032801030364e125, 3.1217485503159922e144, 5.758609657015292e163,
  1.0622759856335342e183, 1.959553324262937e202, 3.6147378671465184e221, 6.668014432879854e240,
  1.2300315572313621e260, 2.269007733883336e279, 4.185580496821357e298,
];

const TWO_16 = 65536;
const TWO_32 = 4294967296;
const TWO_64 = 1.8446744073709552e19;
const TWO_128 = 3.402823669209385e38;
const TWO_256 = 1.157920892373162e77;
const TWO_512 = 1.3407807929942597e154;
const TWO_M16 = 0.0000152587890625;
const TWO_M32 = 2.3283064365386963e-10;
const TWO_M64 = 5.421010862427522e-20;
const TWO_M128 = 2.938735877055719e-39;
const TWO_M256 = 8.636168555094445e-78;
const TWO_M512 = 7.458340731200207e-155;
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/**
 * 2^k, exact.
 *
 * k  integer, -1024..1023; the two lowest give subnormal numbers
 *
 * O(1): two table entries, one product.
 */
export function powerOfTwo(k: number): number {
  const shifted = k + 1024;
  return FINE[shifted & 63] * COARSE[shifted >> 6];
}

/**
 * The integer k for which 1 <= x * 2^-k < 2.
 *
 * x  positive and finite, subnormal numbers included
 *
 * O(1): Math.clz32 finds the leading bit of the whole part of 2^16 x, which ECMAScript defines exactly; numbers
 * outside 2^-16..2^16 are first brought there in steps that halve.
 */
export function floorExponent(x: number): number {
  if (x >= TWO_M16 && x < TWO_16) return 15 - Math.clz32(x * TWO_16);
  return x < 1 ? smallExponent(x) : largeExponent(x);
}

function smallExponent(x: number): number {
  let scaled = x;
  let k = 15;
  if (scaled < TWO_M512) {
    if (scaled < SMALLEST_NORMAL) {
      scaled *= 18014398509481984;
      k -= 54;
    }
    scaled *= TWO_512;
    k -= 512;
  }
  if (scaled < TWO_M256) {
    scaled *= TWO_256;
    k -= 256;
  }
  if (scaled < TWO_M128) {
    scaled *= TWO_128;
    k -= 128;
  }
  if (scaled < TWO_M64) {
    scaled *= TWO_64;
    k -= 64;
  }
  if (scaled < TWO_M32) {
    scaled *= TWO_32;
    k -= 32;
  }
  if (scaled < TWO_M16) {
    scaled *= TWO_16;
    k -= 16;
  }
  return k - Math.clz32(scaled * TWO_16);
}

function largeExponent(x: number): number {
  let scaled = x;
  let k = 15;
  if (scaled >= TWO_512) {
    scaled *= TWO_M512;
    k += 512;
  }
  if (scaled >= TWO_256) {
    scaled *= TWO_M256;
    k += 256;
  }
  if (scaled >= TWO_128) {
    scaled *= TWO_M128;
    k += 128;
  }
  if (scaled >= TWO_64) {
    scaled *= TWO_M64;
    k += 64;
  }
  if (scaled >= TWO_32) {
    scaled *= TWO_M32;
    k += 32;
  }
  if (scaled >= TWO_16) {
    scaled *= TWO_M16;
    k += 16;
  }
  return k - Math.clz32(scaled * TWO_16);
}
