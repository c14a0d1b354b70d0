/**
 * One time chart that can be read and zoomed: a canvas of uPlot over the drawing of the page. At rest the drawing is
 * what one sees and the plot only follows the pointer; zoomed, or with the other kind of scale, the plot is seen.
 * The one door to uplot.
 */
import uPlot from 'uplot';
import type { PageChart } from '../page-data.js';
import { plotAxes } from './axes.js';
import { type Canvas, drawBase, drawMarks, shadeSpans } from './backdrop.js';
import { type Look, lookOf } from './look.js';
import { Readout, valueText } from './readout.js';

/** Room above the plotting area, for what its lines have beyond it. */
const TOP = 8;

/** How far the canvas reaches beyond the drawing on the left, for long labels; as in page.css. */
const BESIDE = 10;

/** An axis as uPlot takes it. */
export type PlotAxis = uPlot.Axis;

/** First and last value of the shown part of the x axis. */
export type Range = readonly [number, number];

/** What a plot says to the others. */
export interface PlotEvents {
  hover(index: number | null): void;
  /** Null: everything. */
  zoom(range: Range | null): void;
  key(event: KeyboardEvent): void;
}

export interface PlotSpec {
  readonly svg: SVGSVGElement;
  readonly chart: PageChart;
  /** Epoch days, or bar numbers. */
  readonly x: Float64Array;
  readonly dated: boolean;
  /** As the drawing shows them; null is a gap. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Text of a point of the x axis. */
  readonly head: (index: number) => string;
  readonly on: PlotEvents;
}

export class Plot {
  readonly #spec: PlotSpec;
  readonly #host: HTMLDivElement;
  readonly #low: number;
  readonly #high: number;
  /** Scale of the drawing. */
  readonly #logAtRest: boolean;
  #log: boolean;
  #range: Range | null = null;
  #look: Look;
  #readout: Readout;
  #plot: uPlot;

  constructor(spec: PlotSpec) {
    const { svg } = spec;
    this.#spec = spec;
    this.#low = Number(svg.dataset.low);
    this.#high = Number(svg.dataset.high);
    this.#logAtRest = svg.dataset.scale === 'log';
    this.#log = this.#logAtRest;
    this.#host = document.createElement('div');
    this.#host.className = 'live';
    svg.replaceWith(this.#host);
    this.#host.append(svg);
    this.#look = this.#readLook();
    this.#readout = this.#newReadout();
    this.#plot = this.#make();
    new ResizeObserver(() => this.#fit()).observe(this.#host);
  }

  get log(): boolean {
    return this.#log;
  }

  /** Shows this part of the x axis; null for all. */
  zoom(range: Range | null): void {
    this.#range = range;
    this.#showState();
    const u = this.#plot;
    // At once, not at the end of the task: a pointer that is set next needs the new scale.
    u.batch(() => u.setScale('x', this.#limits()));
  }

  /** Logarithmic or even scale of values. uPlot cannot change it, so the plot is made anew. */
  setLog(log: boolean): void {
    this.#log = log;
    this.#showState();
    this.#plot.destroy();
    this.#readout = this.#newReadout();
    this.#plot = this.#make();
  }

  /** Marks a point as if the pointer were there, without telling the others. */
  hover(index: number | null): void {
    const u = this.#plot;
    const left = index === null ? -10 : u.valToPos(this.#spec.x[index]!, 'x');
    u.setCursor({ left, top: index === null ? -10 : 0 }, false);
    this.#read(index, left);
  }

  /** Takes the colours of the page again. */
  repaint(): void {
    this.#look = this.#readLook();
    this.#plot.redraw(false);
  }

  #readLook(): Look {
    return lookOf(
      this.#spec.svg,
      this.#spec.chart.series.map(({ role }) => role),
    );
  }

  #newReadout(): Readout {
    const { series } = this.#spec.chart;
    const below = series.some(({ area }) => area);
    return new Readout(
      series.map(({ label }) => label),
      below,
    );
  }

  #atRest(): boolean {
    return this.#range === null && this.#log === this.#logAtRest;
  }

  #showState(): void {
    this.#host.classList.toggle('seen', !this.#atRest());
  }

  #limits(): { min: number; max: number } {
    const { x } = this.#spec;
    const [min, max] = this.#range ?? [x[0]!, x[x.length - 1]!];
    return { min, max };
  }

  #size(): { width: number; height: number } {
    const height = Number(this.#spec.svg.getAttribute('height'));
    return { width: this.#host.clientWidth + BESIDE, height: TOP + height + this.#look.below };
  }

  #fit(): void {
    const before = this.#look;
    this.#look = this.#readLook();
    if (this.#look.left === before.left && this.#look.right === before.right) {
      if (this.#host.clientWidth > 0) this.#plot.setSize(this.#size());
    } else this.setLog(this.#log);
  }

  #valueRange(low: number | null, high: number | null): [number, number] {
    if (this.#atRest() || low === null || high === null) return [this.#low, this.#high];
    if (this.#log) return [low * 0.96, high * 1.04];
    const [nearLow, nearHigh] = uPlot.rangeNum(low, high, 0.1, true);
    const filled = this.#spec.chart.series.some(({ area }) => area);
    const range: [number, number] = [nearLow ?? low, nearHigh ?? high];
    // An area ends at 0 and does not reach beyond it.
    if (filled) range[high > 0 ? 0 : 1] = 0;
    return range;
  }

  #make(): uPlot {
    const { chart, x, values, on } = this.#spec;
    const line = (i: number): Look['lines'][number] => this.#look.lines[i - 1]!;
    const options: uPlot.Options = {
      ...this.#size(),
      padding: [TOP, this.#look.right, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: (_, min, max) => [min, max] },
        y: { distr: this.#log ? 3 : 1, range: (_, min, max) => this.#valueRange(min, max) },
      },
      axes: plotAxes(
        chart.unit,
        this.#spec.dated,
        this.#log,
        BESIDE,
        () => this.#look,
        () => this.#host.clientWidth - this.#look.left - this.#look.right,
      ),
      series: [
        {},
        ...chart.series.map(({ area }, i) => ({
          stroke: () => line(i + 1).stroke,
          width: line(i + 1).width,
          points: { show: false },
          ...(area ? { fill: () => line(i + 1).fill, fillTo: 0 } : {}),
        })),
      ],
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false, dist: 4 },
        points: {
          size: 7,
          width: 1.5,
          fill: (_, i) => line(i).stroke,
          stroke: () => this.#look.ground,
        },
        bind: {
          dblclick: () => () => {
            on.zoom(null);
            return null;
          },
        },
      },
      hooks: {
        setCursor: [
          (u) => {
            const index = u.cursor.idx ?? null;
            this.#read(index, u.cursor.left ?? -10);
            on.hover(index);
          },
        ],
        setSelect: [(u) => this.#selected(u)],
        drawClear: [(u) => shadeSpans(canvasOf(u), this.#spec.svg, x, this.#look)],
        drawAxes: [(u) => this.#drawBase(u)],
        draw: [(u) => drawMarks(canvasOf(u), this.#spec.svg, x, values[0] ?? [])],
        ready: [(u) => this.#equip(u)],
      },
    };
    const plot = new uPlot(options, [x, ...values.map((column) => [...column])], this.#host);
    plot.setScale('x', this.#limits());
    return plot;
  }

  #equip(u: uPlot): void {
    const over = u.over;
    over.tabIndex = 0;
    over.setAttribute('role', 'group');
    over.setAttribute(
      'aria-label',
      `${this.#spec.chart.title}: arrow keys read values, plus and minus zoom, Escape shows everything`,
    );
    over.addEventListener('keydown', (event) => this.#spec.on.key(event));
    over.addEventListener('focus', () => this.#readout.box.setAttribute('aria-live', 'polite'));
    over.addEventListener('blur', () => {
      this.#readout.box.removeAttribute('aria-live');
      this.#spec.on.hover(null);
    });
    over.append(this.#readout.box);
  }

  #selected(u: uPlot): void {
    const { left, width } = u.select;
    if (width <= 0) return;
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#spec.on.zoom([u.posToVal(left, 'x'), u.posToVal(left + width, 'x')]);
  }

  #read(index: number | null, left: number): void {
    if (index === null || left < 0) {
      this.#readout.hide();
      return;
    }
    const { chart, values, head } = this.#spec;
    this.#readout.show(
      head(index),
      values.map((column) => valueText(chart, column[index] ?? null)),
      this.#look.lines.map(({ stroke }) => stroke),
      left,
      this.#plot.over.clientWidth,
    );
  }

  #drawBase(u: uPlot): void {
    const { base } = this.#spec.chart;
    const { min, max } = u.scales.y!;
    if (base === undefined || min === undefined || max === undefined || base < min || base > max) return;
    drawBase(canvasOf(u), base, this.#look);
  }
}

function canvasOf(u: uPlot): Canvas {
  const at = (value: number, scale: 'x' | 'y'): number => u.valToPos(value, scale, true);
  return { ctx: u.ctx, ...u.bbox, ratio: uPlot.pxRatio, at };
}
