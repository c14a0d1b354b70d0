/** All time charts of the page: one pointer, one zoom, one change of theme. */
import { formatDate } from '../../time.js';
import { readColumn } from '../page-columns.js';
import type { PageChart, PageData } from '../page-data.js';
import { daysOf } from './csv.js';
import { Plot, type Range } from './plot.js';
import { addButton } from './tools.js';

/** How far outside the window a chart may be when its plot is made. */
const NEAR = '300px';

/** Lays a plot over each chart of the page, when the reader comes near it. */
export function addPlots(data: PageData): void {
  if (data.bars < 2) return;
  const group = new PlotGroup(data);
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        group.open(target as SVGSVGElement);
      }
    },
    { rootMargin: NEAR },
  );
  for (const svg of data.charts.flatMap((chart) => group.add(chart))) near.observe(svg);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => group.repaint());
}

class PlotGroup {
  readonly #data: PageData;
  readonly #days: Int32Array | null;
  /** Day, or number, of the start and of each bar. */
  readonly #x: Float64Array;
  readonly #plots: Plot[] = [];
  /** Makes the plot over a drawing. */
  readonly #makers = new Map<SVGSVGElement, () => Plot>();
  readonly #resets: HTMLButtonElement[] = [];
  #range: Range | null = null;
  #index: number | null = null;

  constructor(data: PageData) {
    this.#data = data;
    this.#days = daysOf(data);
    const days = this.#days;
    this.#x = Float64Array.from({ length: data.bars + 1 }, (_, i) =>
      days === null ? i : i === 0 ? days[0]! - 1 : days[i - 1]!,
    );
  }

  /** Adds the buttons of a chart; gives its drawing, if it has one. */
  add(chart: PageChart): SVGSVGElement[] {
    const svg = document.getElementById(chart.id);
    if (!(svg instanceof SVGSVGElement)) return [];
    const values = chart.series.map(({ column }) =>
      Array.from(readColumn(this.#data.columns, column), (value) =>
        Number.isFinite(value) ? value / chart.divisor : null,
      ),
    );
    this.#makers.set(svg, () => this.#make(svg, chart, values));
    const label = 'Show the whole time again';
    const reset = addButton(chart.panel, 'Reset zoom', label, () => this.#zoom(null));
    if (reset) {
      reset.hidden = true;
      this.#resets.push(reset);
    }
    const positive = values.every((column) => column.every((value) => value === null || value > 0));
    if (chart.log && positive) addLogButton(chart, svg, () => this.open(svg));
    return [svg];
  }

  /** The plot over a drawing, made when it is first asked for. */
  open(svg: SVGSVGElement): Plot {
    const plot = this.#makers.get(svg)!();
    this.#makers.set(svg, () => plot);
    return plot;
  }

  #make(svg: SVGSVGElement, chart: PageChart, values: readonly (readonly (number | null)[])[]): Plot {
    const plot: Plot = new Plot({
      svg,
      chart,
      x: this.#x,
      dated: this.#days !== null,
      values,
      head: (index) => this.#head(index),
      on: {
        hover: (index) => this.#hover(index, plot),
        zoom: (range) => this.#zoom(range),
        key: (event) => this.#key(event),
      },
    });
    if (this.#range !== null) plot.zoom(this.#range);
    this.#plots.push(plot);
    return plot;
  }

  repaint(): void {
    for (const plot of this.#plots) plot.repaint();
  }

  #head(index: number): string {
    if (index === 0) return 'Start';
    return this.#days === null ? `Bar ${index}` : formatDate(this.#days[index - 1]!);
  }

  #hover(index: number | null, source: Plot | null): void {
    if (index === this.#index) return;
    this.#index = index;
    for (const plot of this.#plots) if (plot !== source) plot.hover(index);
  }

  /** Shows a part of the time that holds at least two points. */
  #zoom(range: Range | null): void {
    if (range !== null) {
      const first = this.#x.findIndex((value) => value >= range[0]);
      if (first < 0 || !(this.#x[first + 1]! <= range[1])) return;
    }
    this.#range = range;
    for (const plot of this.#plots) plot.zoom(range);
    for (const reset of this.#resets) reset.hidden = range === null;
    this.#hover(null, null);
  }

  #key(event: KeyboardEvent): void {
    const [first, last] = this.#shown();
    const at = this.#index ?? last;
    const step = event.shiftKey ? 20 : 1;
    const middle = this.#x[at]!;
    const half = (this.#x[last]! - this.#x[first]!) / 2;
    const moves = new Map<string, () => void>([
      ['ArrowLeft', () => this.#hover(Math.max(first, this.#index === null ? last : at - step), null)],
      ['ArrowRight', () => this.#hover(Math.min(last, this.#index === null ? first : at + step), null)],
      ['Home', () => this.#hover(first, null)],
      ['End', () => this.#hover(last, null)],
      ['+', () => this.#zoomAround(middle, half / 2, at)],
      ['=', () => this.#zoomAround(middle, half / 2, at)],
      ['-', () => this.#zoomAround(middle, half * 2, at)],
      ['Escape', () => this.#zoom(null)],
    ]);
    const move = moves.get(event.key);
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  }

  #zoomAround(middle: number, half: number, at: number): void {
    const low = this.#x[0]!;
    const high = this.#x[this.#x.length - 1]!;
    const from = Math.max(low, Math.min(middle - half, high - 2 * half));
    const to = Math.min(high, from + 2 * half);
    this.#zoom(from <= low && to >= high ? null : [from, to]);
    this.#hover(at, null);
  }

  /** Indices of the first and the last point that is shown. */
  #shown(): [number, number] {
    const last = this.#x.length - 1;
    if (this.#range === null) return [0, last];
    const [from, to] = this.#range;
    const first = this.#x.findIndex((value) => value >= from);
    const after = this.#x.findIndex((value) => value > to);
    return [Math.max(0, first), after < 0 ? last : after - 1];
  }
}

function addLogButton(chart: PageChart, svg: SVGSVGElement, open: () => Plot): void {
  const button = addButton(
    chart.panel,
    'Log',
    'Logarithmic scale: equal ratios are equally far apart',
    () => {
      const plot = open();
      plot.setLog(!plot.log);
      button?.setAttribute('aria-pressed', String(plot.log));
    },
  );
  button?.setAttribute('aria-pressed', String(svg.dataset.scale === 'log'));
}
