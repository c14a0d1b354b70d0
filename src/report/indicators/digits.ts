/** How many decimals values of one size are shown with. */

/** Digits that tell apart what an indicator says. */
const DIGITS = 6;

/** Decimals that give `largest` six significant digits, at most `most`; none from 100,000 on. */
export function decimalsFor(largest: number, most: number): number {
  if (!(largest > 0)) return Math.min(DIGITS - 1, most);
  let decimals = DIGITS - 1;
  for (let rest = largest; rest >= 10 && decimals > 0; rest /= 10) decimals -= 1;
  for (let rest = largest; rest < 1 && decimals < most; rest *= 10) decimals += 1;
  return Math.min(decimals, most);
}
