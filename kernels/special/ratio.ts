/** Quotient at x of two polynomials of the same degree, lowest coefficient first (Horner). O(degree). */
export function ratio(top: readonly number[], bottom: readonly number[], x: number): number {
  let numerator = 0;
  let denominator = 0;
  for (let i = top.length - 1; i >= 0; i--) {
    numerator = numerator * x + top[i];
    denominator = denominator * x + bottom[i];
  }
  return numerator / denominator;
}

/** Polynomial at x, lowest coefficient first (Horner). O(degree). */
export function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
  return sum;
}
