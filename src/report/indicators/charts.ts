/** The charts of one symbol: its closes with what lies on their scale, and one chart for each other indicator. */
import { chartSvg } from '../chart.js';
import { runClass } from '../compare/style.js';
import { clip, escapeHtml, isolate, visibleText } from '../escape.js';
import { compactText, compactTicks, numberText, typeset } from '../format.js';
import type { ColumnWriter } from '../page-columns.js';
import type { PageChart, PageSeries } from '../page-data.js';
import { empty, panel } from '../panel.js';
import { rangeOf } from '../range.js';
import { linearScale } from '../scale.js';
import type { TimeAxis } from '../time-axis.js';
import { decimalsFor } from './digits.js';
import { callOf, titleOf } from './names.js';
import type { AskedIndicator, IndicatorsInput, SymbolIndicators } from './types.js';

/** A panel of the page and what its script needs. */
export interface ChartPart {
  readonly html: string;
  readonly chart: PageChart;
}

/** One line of a chart, a value for each date. */
interface Line {
  readonly label: string;
  readonly role: 'strategy' | `run-${number}`;
  readonly values: Float64Array;
  readonly area: boolean;
}

const PRICE_HEIGHT = 320;
const OWN_HEIGHT = 180;
const PERCENT = [0, 100] as const;
const SIGNED_PERCENT = [-100, 100] as const;
/** Indicators that have a lowest and a highest value. */
const SPANS: ReadonlyMap<string, readonly [number, number]> = new Map<string, readonly [number, number]>([
  ...['rsi', 'stoch', 'stochF', 'stochRsi', 'mfi', 'ultosc', 'aroon'].map((name) => [name, PERCENT] as const),
  ...['cmo', 'aroonOsc'].map((name) => [name, SIGNED_PERCENT] as const),
  ['willr', [-100, 0]],
  ['correl', [-1, 1]],
  ['bop', [-1, 1]],
]);
/** Values from which on axes say thousands and millions in letters. */
const COMPACT_FROM = 1e6;
/** Decimals of values under the pointer. */
const DECIMALS_MAX = 10;

/** The panels of symbol number `j`; the values of their lines are added to `columns`. */
export function indicatorCharts(
  input: IndicatorsInput,
  symbol: SymbolIndicators,
  j: number,
  time: TimeAxis,
  columns: ColumnWriter,
): ChartPart[] {
  const name = visibleText(clip(symbol.symbol, 40));
  const price: Line[] = [{ label: name, role: 'strategy', values: symbol.close, area: false }];
  const own: { asked: AskedIndicator; lines: Line[] }[] = [];
  input.asked.forEach((asked, i) => {
    const onPrice = asked.row.scale === 'price';
    const drawn = symbol.outputs[i]!.filter((_, k) => asked.row.outputs[k] !== 'direction');
    const lines = drawn.map((values, k): Line => {
      // What tells lines apart stands first: narrow boxes show the beginning.
      const output = asked.row.outputs.length === 1 ? [] : [asked.row.outputs[k]!];
      const call = onPrice || output.length === 0 ? [callOf(asked)] : [];
      const number = onPrice ? price.length + k : k;
      const area = asked.row.outputs[k] === 'histogram';
      return { label: [...output, ...call].join(' '), role: runClass(number % 12), values, area };
    });
    if (onPrice) price.push(...lines);
    else own.push({ asked, lines });
  });
  const several = input.symbols.length > 1;
  const write = (
    id: string,
    title: string,
    height: number,
    lines: readonly Line[],
    span?: readonly [number, number],
  ): ChartPart => part({ id: `s${j}-${id}`, title, height, span }, lines, time, columns);
  return [
    write('price', name, PRICE_HEIGHT, price),
    ...own.map(({ asked, lines }, k) =>
      write(
        `own-${k}`,
        several ? `${name}: ${titleOf(asked)}` : titleOf(asked),
        OWN_HEIGHT,
        lines,
        SPANS.get(asked.row.name),
      ),
    ),
  ];
}

interface PartSpec {
  readonly id: string;
  /** Plain text. */
  readonly title: string;
  readonly height: number;
  /** Lowest and highest value there can be: what the axis shows. */
  readonly span: readonly [number, number] | undefined;
}

function part(spec: PartSpec, lines: readonly Line[], time: TimeAxis, columns: ColumnWriter): ChartPart {
  const { id, title, height } = spec;
  const shown = lines.filter(({ values }) => values.some(Number.isFinite));
  const series = shown.map((line, k): PageSeries => {
    const column = `${id}-${k}`;
    columns.exact(column, withStart(line.values));
    return { label: line.label, role: line.role, column, ...(line.area ? { area: true } : {}) };
  });
  const [lowest, highest] = rangeOf(shown.map(({ values }) => values));
  const [floor, ceiling] = spec.span ?? (shown.some(({ area }) => area) ? [0, 0] : [lowest, highest]);
  const low = Math.min(lowest, floor);
  const high = Math.max(highest, ceiling);
  const most = Math.max(Math.abs(low), Math.abs(high));
  const decimals = decimalsFor(most, DECIMALS_MAX);
  const name = `${id}-chart`;
  const chart: PageChart = { id: name, panel: id, title, unit: 'number', decimals, divisor: 1, series };
  const frame = { id, title: isolate(title), aside: legend(lines) };
  const last = lines[0]!.values.length - 1;
  if (shown.length === 0) {
    const reason = 'No value: the symbol has fewer prices than the indicator needs.';
    return { html: panel({ ...frame, body: empty(reason) }), chart };
  }
  const base = low < 0 && high > 0 ? 0 : undefined;
  const scale = linearScale(low, high, height > 200 ? 6 : 4);
  // Volumes would need more room than there is.
  const large = most >= COMPACT_FROM;
  const tickText = large
    ? compactTicks(scale.ticks[scale.ticks.length - 1] ?? 1, scale.decimals)
    : (value: number): string => typeset(numberText(value, scale.decimals(1)));
  // There is room for seven digits and marks behind the end of a line.
  const endDecimals = Math.max(scale.decimals(1), decimalsFor(most, 5) - 1);
  const endText = (value: number): string =>
    large ? compactText(value) : typeset(numberText(value, endDecimals));
  const svg = chartSvg({
    id: chart.id,
    title,
    description: shown
      .map(({ label, values }) => `${label}: at the end ${numberText(values[last], 4)}`)
      .join('; '),
    height,
    columns: 1000,
    time,
    scale,
    tickText,
    ...(base === undefined ? {} : { base }),
    series: shown
      .map(({ role, values, area }) => ({
        role,
        kind: area ? ('area' as const) : ('line' as const),
        values: withStart(values),
        ...(Number.isFinite(values[last]) ? { endLabel: endText(values[last]!) } : {}),
      }))
      .reverse(),
  });
  return { html: panel({ ...frame, body: svg }), chart: base === undefined ? chart : { ...chart, base } };
}

/** The points of the time axis begin before the first bar. */
function withStart(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length + 1);
  out[0] = Number.NaN;
  out.set(values, 1);
  return out;
}

function legend(lines: readonly Line[]): string {
  const items = lines.map(({ label, role }) =>
    role === 'strategy'
      ? `<li class="strategy"><i></i>${isolate(label)}</li>`
      : `<li><svg class="swatch ${role}" viewBox="0 0 26 8" aria-hidden="true"><path class="line ${role}" d="M1 4H25"/></svg><span class="name">${escapeHtml(label)}</span></li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}
