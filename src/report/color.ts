/** Terminal colours, on or off as the caller says: the environment is the command line's business. */
import pc from 'picocolors';

/** The few styles the text report uses. */
export interface Palette {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly loss: (text: string) => string;
}

/** Styles that write colour codes when `color` is true and leave the text alone when it is not. */
export function palette(color: boolean): Palette {
  const colors = pc.createColors(color);
  return { strong: colors.bold, faint: colors.dim, accent: colors.cyan, loss: colors.red };
}
