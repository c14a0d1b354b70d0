/** Numbers of a drawing as text. */

/** Units across the inner, stretched picture of every chart. */
export const SPAN = 1000;

/** `value` rounded to a tenth, as text. */
export function tenth(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded === 0 ? 0 : rounded);
}

/** A position from 0 to 1 as a percentage with two decimals. */
export function percentOf(position: number): string {
  const rounded = Math.round(position * 10000) / 100;
  return `${rounded === 0 ? 0 : rounded}%`;
}
