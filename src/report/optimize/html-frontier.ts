/** The efficient frontier: return against volatility, with the portfolio, equal weight and the single symbols. */
import { percentOf, SPAN, tenth } from '../coordinates.js';
import { clip, escapeHtml, visibleText } from '../escape.js';
import { percentText, typeset } from '../format.js';
import { empty, panel } from '../panel.js';
import { placer, plotSvg } from '../plot.js';
import { linePath, linearScale } from '../scale.js';
import type { OptimizeModel, RiskPoint } from './model.js';

const HEIGHT = 340;
/** Symbols whose name stands beside their point. */
const NAMED = 40;
/** Height of a name and width of its characters in px, its distance from the point, and the place from which on it stands left of it. */
const NAME = { high: 14, wide: 7, apart: 9, left: 0.85 };
/** Narrowest pictures in px in which symbols have names, and in which only the portfolios have. */
const WIDTHS = { all: 560, main: 280 };

/** A name beside a point. */
interface Label {
  readonly at: RiskPoint;
  readonly text: string;
  readonly main: boolean;
}

export function frontierPanel(model: OptimizeModel): string {
  const { frontier, input } = model;
  const covariance = input.settings.covariance ?? 'sample';
  const note =
    frontier.length > 0 ? '' : empty('The efficient frontier could not be worked out; see the notes.');
  return panel({
    id: 'frontier',
    title: 'Efficient frontier',
    sub: `Mean return up, volatility across, both of a year, by the ${escapeHtml(covariance)} covariances of these returns. The line is the least volatility for each return under the same limits.`,
    aside: legend(frontier.length > 0),
    body: chart(model) + note,
  });
}

function legend(line: boolean): string {
  const items = [
    ...(line ? ['<li class="strategy"><i></i>Frontier</li>'] : []),
    '<li><span class="circle chosen"></span>Portfolio</li>',
    '<li><span class="circle equal"></span>Equal weight</li>',
    '<li><span class="circle held"></span>Symbol held</li>',
    '<li><span class="circle"></span>not held</li>',
  ];
  return `<ul class="legend">${items.join('')}</ul>`;
}

function chart(model: OptimizeModel): string {
  const { frontier, symbolPoints, ownPoint, equalPoint, input } = model;
  const all = [...frontier, ...symbolPoints, ownPoint, equalPoint];
  const most = (of: (point: RiskPoint) => number): number =>
    all.reduce((high, point) => Math.max(high, of(point)), -Infinity);
  const least = (of: (point: RiskPoint) => number): number =>
    all.reduce((low, point) => Math.min(low, of(point)), Infinity);
  const across = linearScale(
    least((p) => p.volatility) * 0.9,
    most((p) => p.volatility),
    8,
  );
  const up = linearScale(
    Math.min(
      0,
      least((p) => p.mean),
    ),
    most((p) => p.mean),
    6,
  );
  const percent = (scale: typeof up): ((value: number) => string) => {
    return (value) => typeset(percentText(value, scale.decimals(0.01)));
  };
  const spec = {
    id: 'frontier-chart',
    title: 'Mean return and volatility of the portfolio, of equal weight and of each symbol',
    description:
      `The portfolio: mean ${percentText(ownPoint.mean)}, volatility ${percentText(ownPoint.volatility)} a year. ` +
      `Equal weight: mean ${percentText(equalPoint.mean)}, volatility ${percentText(equalPoint.volatility)}.`,
    height: HEIGHT,
    scale: up,
    tickText: percent(up),
    axisNote: 'mean, year',
    base: 0,
    ticks: across.ticks.map((tick) => ({ position: across.position(tick), text: percent(across)(tick) })),
  };
  const y = placer(spec);
  const line = linePath(
    frontier.map(({ volatility }) => across.position(volatility) * SPAN),
    frontier.map(({ mean }) => y(mean)),
  );
  const dot = (point: RiskPoint, role: string, radius: number, title: string): string =>
    `<circle class="dot ${role}" cx="${percentOf(across.position(point.volatility))}" cy="${tenth(y(point.mean))}" r="${radius}">` +
    `<title>${escapeHtml(`${title}: mean ${percentText(point.mean)}, volatility ${percentText(point.volatility)}`)}</title></circle>`;
  const heavy = [...input.used.keys()].sort(
    (a, b) => input.portfolio.vector[b]! - input.portfolio.vector[a]!,
  );
  const names = heavy
    .slice(0, NAMED)
    .map((j): Label => ({ at: symbolPoints[j]!, text: clip(visibleText(input.used[j]!), 12), main: false }));
  const labels = placed(
    [
      { at: ownPoint, text: 'Portfolio', main: true },
      { at: equalPoint, text: 'Equal weight', main: true },
      ...names,
    ],
    (point) => across.position(point.volatility),
    (point) => y(point.mean),
  );
  return plotSvg(spec, {
    inner: frontier.length === 0 ? '' : `<path class="line strategy" d="${line}"/>`,
    over: [
      ...input.used.map((symbol, j) =>
        dot(symbolPoints[j]!, input.portfolio.vector[j]! > 0 ? 'asset held' : 'asset', 4, clip(symbol, 40)),
      ),
      dot(equalPoint, 'equal', 5, 'Equal weight'),
      dot(ownPoint, 'chosen', 6, 'Portfolio'),
      ...labels,
    ].join(''),
  });
}

/** The names that do not lie on one before; the first are the ones that matter. */
function placed(
  labels: readonly Label[],
  x: (point: RiskPoint) => number,
  y: (point: RiskPoint) => number,
): string[] {
  const taken: { from: number; to: number; down: number }[] = [];
  return labels.flatMap(({ at, text, main }) => {
    const across = x(at);
    const end = across > NAME.left;
    const wide = (text.length * NAME.wide + NAME.apart) / (main ? WIDTHS.main : WIDTHS.all);
    const [from, to] = end ? [across - wide, across] : [across, across + wide];
    const near = (down: number): (typeof taken)[number] | undefined =>
      taken.find(
        (other) => other.from < to && from < other.to && Math.abs(other.down - down) < NAME.high + 1,
      );
    let down = y(at);
    const other = near(down);
    if (other !== undefined && !main) return [];
    // Away from the one before: above it where the point lies above.
    if (other !== undefined) {
      const above = down < other.down && other.down - NAME.high > NAME.high;
      down = other.down + (above ? -1 : 1) * (NAME.high + 1);
    }
    taken.push({ from, to, down });
    const roles = ['point', main ? 'main' : 'long', end ? 'end' : ''].filter(Boolean).join(' ');
    return [
      `<text class="${roles}" x="${percentOf(across)}" dx="${end ? -NAME.apart : NAME.apart}" y="${tenth(down)}" dy=".32em">${escapeHtml(text)}</text>`,
    ];
  });
}
