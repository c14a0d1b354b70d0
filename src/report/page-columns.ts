/**
 * Columns of numbers as the page carries them: as few characters as hold them, or the rule that makes them from
 * another column. Written when the report is made, read by the page's own script.
 */
import { drawdownFractions } from '../../kernels/performance/drawdown.js';

/** A column in the page. */
export type Column =
  /** 0, 1, 2 and so on. */
  | { readonly as: 'count'; readonly length: number }
  /** Plain numbers; null is a missing one. */
  | { readonly as: 'numbers'; readonly values: readonly (number | null)[] }
  /** Binary numbers of 64 or 32 bits, little-endian, in base64; NaN is a missing one. */
  | { readonly as: 'f8' | 'f4'; readonly base64: string }
  | Rule;

/** How a column follows from others. */
type Rule =
  /** Change from each value of the column `of` to the next, as a fraction. */
  | { readonly as: 'growth'; readonly of: string }
  /** Fraction below the highest value so far of the column `of`. */
  | { readonly as: 'fall'; readonly of: string }
  /** What `from` becomes by the returns of the column `of`; a missing return counts as 0. */
  | { readonly as: 'compound'; readonly of: string; readonly from: number }
  /** The column `of` divided by the column `by`; missing where that is not above 0. */
  | { readonly as: 'ratio'; readonly of: string; readonly by: string };

/** Columns by name. The names are our own. */
export type Columns = Readonly<Record<string, Column>>;

/** Collects columns for a page; each is kept in the shortest of the forms that give the same numbers back. */
export class ColumnWriter {
  readonly #columns: Record<string, Column> = {};
  readonly #values = new Map<string, Float64Array>();

  /** Adds a column whose numbers come back exactly. A `rule` is kept in their place where it makes the same. */
  exact(name: string, values: Float64Array, rule?: Rule): void {
    const known = (of: string): Float64Array => this.#values.get(of)!;
    const ruled = rule !== undefined && same(follow(rule, known), values);
    this.#add(name, values, ruled ? rule : shortest(values));
  }

  /** Adds a column for the eye: at least six digits of each number come back. */
  rounded(name: string, values: Float64Array): void {
    this.#add(name, values, { as: 'f4', base64: base64(binary(values, 4)) });
  }

  /** Adds the column 0, 1, 2 and so on. */
  count(name: string, length: number): void {
    this.#columns[name] = { as: 'count', length };
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  columns(): Columns {
    return this.#columns;
  }

  #add(name: string, values: Float64Array, column: Column): void {
    this.#columns[name] = column;
    this.#values.set(name, values);
  }
}

/** The numbers of a column. */
export function readColumn(columns: Columns, name: string): Float64Array {
  const column = columns[name];
  if (column === undefined) return new Float64Array(0);
  if (column.as === 'count') return Float64Array.from({ length: column.length }, (_, i) => i);
  if (column.as === 'numbers') return Float64Array.from(column.values, (value) => value ?? Number.NaN);
  if ('base64' in column) return unpacked(column.base64, column.as === 'f8' ? 8 : 4);
  return follow(column, (of) => readColumn(columns, of));
}

function follow(rule: Rule, column: (name: string) => Float64Array): Float64Array {
  const given = column(rule.of);
  if (rule.as === 'growth') {
    return Float64Array.from({ length: Math.max(0, given.length - 1) }, (_, i) =>
      given[i]! > 0 ? given[i + 1]! / given[i]! - 1 : 0,
    );
  }
  if (rule.as === 'ratio') {
    const by = column(rule.by);
    return given.map((value, i) => (by[i]! > 0 ? value / by[i]! : Number.NaN));
  }
  if (rule.as === 'compound') {
    const out = new Float64Array(given.length + 1);
    out[0] = rule.from;
    for (let i = 0; i < given.length; i++) {
      out[i + 1] = out[i]! * (1 + (Number.isFinite(given[i]) ? given[i]! : 0));
    }
    return out;
  }
  const out = new Float64Array(given.length);
  drawdownFractions(
    given.map((value) => Math.max(value, 0)),
    out,
  );
  return out;
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

function shortest(values: Float64Array): Column {
  const numbers = Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  const packed = base64(binary(values, 8));
  const plain = values.every((value) => Math.abs(value) !== Infinity && !Object.is(value, -0));
  return plain && JSON.stringify(numbers).length <= packed.length
    ? { as: 'numbers', values: numbers }
    : { as: 'f8', base64: packed };
}

/** The bytes of the numbers. A NaN has many forms; one of them is written, so that bytes do not differ by engine. */
function binary(values: Float64Array, size: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((value, i) => {
    const at = i * size;
    if (size === 4) {
      if (Number.isNaN(value)) view.setUint32(at, 0x7fc00000, true);
      else view.setFloat32(at, value, true);
    } else if (Number.isNaN(value)) {
      view.setUint32(at, 0, true);
      view.setUint32(at + 4, 0x7ff80000, true);
    } else view.setFloat64(at, value, true);
  });
  return new Uint8Array(view.buffer);
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  return btoa(parts.join(''));
}

function unpacked(text: string, size: 4 | 8): Float64Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / size }, (_, i) =>
    size === 8 ? view.getFloat64(i * size, true) : roundedToSeven(view.getFloat32(i * size, true)),
  );
}

/** The shortest number among those that 32 bits hold as the same. */
function roundedToSeven(value: number): number {
  return Number(value.toPrecision(7));
}
