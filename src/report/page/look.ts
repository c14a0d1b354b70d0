/** Colours and sizes of a drawing as the page's style gives them, so that what is laid over it looks the same. */

/** How one line looks. */
export interface LineLook {
  readonly stroke: string;
  readonly width: number;
  readonly fill: string;
}

/** What a plot takes over from the drawing under it. */
export interface Look {
  readonly lines: readonly LineLook[];
  readonly grid: string;
  readonly base: string;
  readonly tick: string;
  readonly text: string;
  readonly font: string;
  readonly band: string;
  readonly ground: string;
  /** Space around the plotting area in px. */
  readonly left: number;
  readonly right: number;
  readonly below: number;
}

/** Reads the look of a drawing; `roles` are the classes of its lines. Again after a change of theme or width. */
export function lookOf(svg: SVGElement, roles: readonly string[]): Look {
  const style = (selector: string): CSSStyleDeclaration | null => {
    const element = svg.querySelector(selector);
    return element === null ? null : getComputedStyle(element);
  };
  const root = getComputedStyle(document.documentElement);
  const named = (name: string): string => root.getPropertyValue(name).trim();
  const text = style('text.y') ?? getComputedStyle(svg);
  const box = getComputedStyle(svg);
  return {
    lines: roles.map((role) => {
      const line = style(`.line.${role}`);
      return {
        stroke: line?.stroke ?? named('--accent'),
        width: Number.parseFloat(line?.strokeWidth ?? '') || 1.5,
        fill: style(`.area.${role}`)?.fill ?? named('--accent-area'),
      };
    }),
    grid: style('.grid')?.stroke ?? named('--grid'),
    base: named('--other'),
    tick: named('--line'),
    text: named('--muted'),
    font: `${text.fontSize} ${text.fontFamily}`,
    band: named('--band'),
    ground: named('--ground'),
    left: Number.parseFloat(box.marginLeft) || 0,
    right: Number.parseFloat(box.marginRight) || 0,
    below: Number.parseFloat(box.marginBottom) || 0,
  };
}
