/** The small box with the values under the pointer. */
import { ABSENT, moneyText, numberText, percentText, typeset } from '../format.js';
import type { PageChart } from '../page-data.js';

/** Decimals of numbers where the chart does not say. */
const DECIMALS = 3;

/** A value of a chart as text; `value` is what the drawing shows. */
export function valueText({ unit, decimals }: PageChart, value: number | null): string {
  if (value === null) return ABSENT;
  if (unit === 'money') return typeset(moneyText(value * 100));
  return typeset(unit === 'percent' ? percentText(value) : numberText(value, decimals ?? DECIMALS));
}

export class Readout {
  readonly box: HTMLDivElement;
  readonly #head: HTMLElement;
  readonly #values: HTMLElement[];
  readonly #swatches: HTMLElement[];

  /** `below` puts the box at the bottom, for lines that hang from the top. */
  constructor(labels: readonly string[], below: boolean) {
    this.box = document.createElement('div');
    this.box.className = below ? 'readout below' : 'readout';
    this.box.hidden = true;
    this.#head = document.createElement('b');
    this.box.append(this.#head);
    this.#swatches = [];
    this.#values = labels.map((label) => {
      const row = document.createElement('div');
      const swatch = document.createElement('i');
      const name = document.createElement('bdi');
      name.textContent = label;
      const value = document.createElement('span');
      row.append(swatch, name, value);
      this.box.append(row);
      this.#swatches.push(swatch);
      return value;
    });
  }

  /** Shows a point at `left` px of `width`, on the side that has more room. */
  show(
    head: string,
    values: readonly string[],
    colours: readonly string[],
    left: number,
    width: number,
  ): void {
    this.#head.textContent = head;
    values.forEach((text, i) => {
      this.#values[i]!.textContent = text;
      this.#swatches[i]!.style.borderColor = colours[i]!;
    });
    this.box.hidden = false;
    const own = this.box.offsetWidth;
    const wanted = left < width / 2 ? left + 12 : left - 12 - own;
    this.box.style.left = `${Math.max(0, Math.min(width - own, wanted))}px`;
  }

  hide(): void {
    this.box.hidden = true;
  }
}
