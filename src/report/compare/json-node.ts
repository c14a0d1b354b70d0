/** Values of a parsed JSON document with the path that leads to each, so that every error names file and place. */
import { SchemaError, showValue } from '../../errors.js';
import { parseDate } from '../../time.js';

/** A value and where it stands. `value` is undefined where the document has nothing there. */
export interface JsonNode {
  readonly file: string;
  /** Such as `series.dates[3]`; empty for the whole document. */
  readonly path: string;
  readonly value: unknown;
}

/** What to do about most faults: documents are made by a program, not by hand. */
const REMAKE = 'make the file again with nb-backtest run … --json';

/** Throws `SchemaError`: file, path, what is there, what is needed, what to do. */
export function refuse(node: JsonNode, constraint: string, fix: string = REMAKE): never {
  const { file, path, value } = node;
  const what = value === undefined ? 'is missing' : `is ${showValue(value)}`;
  const where = path === '' ? 'the document' : path;
  throw new SchemaError(
    `${where} ${what}; needed: ${constraint}. Fix: ${fix}`,
    { file },
    {
      field: where,
      value: value === undefined ? null : value,
      constraint,
      fix,
    },
  );
}

/** The field of an object: its own one only, so that `__proto__` and `constructor` are names like any other. */
export function field(node: JsonNode, key: string): JsonNode {
  const { file, path } = node;
  const object = objectOf(node);
  return {
    file,
    path: path === '' ? key : `${path}.${key}`,
    value: Object.hasOwn(object, key) ? object[key] : undefined,
  };
}

/** The entries of an object as nodes. */
export function entriesOf(node: JsonNode): [string, JsonNode][] {
  return Object.keys(objectOf(node)).map((key) => [key, field(node, key)]);
}

function objectOf(node: JsonNode): Record<string, unknown> {
  const { value } = node;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(node, 'an object');
  return value as Record<string, unknown>;
}

/** Items of an array as nodes. */
export function itemsOf(node: JsonNode): JsonNode[] {
  return arrayOf(node).map((_, i) => itemOf(node, i));
}

function itemOf(node: JsonNode, index: number): JsonNode {
  return {
    file: node.file,
    path: `${node.path}[${index}]`,
    value: (node.value as readonly unknown[])[index],
  };
}

function arrayOf(node: JsonNode): readonly unknown[] {
  if (!Array.isArray(node.value)) refuse(node, 'an array');
  return node.value as readonly unknown[];
}

export function textOf(node: JsonNode): string {
  if (typeof node.value !== 'string') refuse(node, 'a text');
  return node.value as string;
}

/** A text, or null. */
export function textOrNull(node: JsonNode): string | null {
  return node.value === null ? null : textOf(node);
}

export function textsOf(node: JsonNode): string[] {
  return itemsOf(node).map(textOf);
}

/** One of the allowed words. */
export function wordOf<T extends string>(node: JsonNode, allowed: readonly T[]): T {
  if (!allowed.includes(node.value as T)) refuse(node, `one of ${allowed.join(', ')}`);
  return node.value as T;
}

/** A whole number from `min` to `max`. */
export function integerOf(node: JsonNode, min: number, max: number = Number.MAX_SAFE_INTEGER): number {
  const { value } = node;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
    refuse(
      node,
      `a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}`,
    );
  }
  return value as number;
}

/** A finite number from `min` to `max`. */
export function numberOf(node: JsonNode, min: number, max: number): number {
  const { value } = node;
  if (typeof value !== 'number' || !(value >= min && value <= max))
    refuse(node, `a number from ${min} to ${max}`);
  return value as number;
}

/** A finite number; or null with the field of the same name and the ending `Reason`: then NaN or the infinity it tells. */
export function figureOf(object: JsonNode, key: string): number {
  const node = field(object, key);
  const { value } = node;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value !== null) refuse(node, 'a finite number, or null with a reason beside it');
  const reason = field(object, `${key}Reason`);
  if (typeof reason.value !== 'string' || reason.value === '')
    refuse(reason, `the reason why ${key} is null`);
  const text = reason.value as string;
  if (text.startsWith('infinite')) return Infinity;
  return text.startsWith('minus infinity') ? -Infinity : Number.NaN;
}

/**
 * The numbers of an array of `length`, all finite and, with `whole`, safe integers. With `gaps` a null is NaN,
 * if the document says why (a field of the same name and the ending `Reason`).
 */
export function seriesOf(
  object: JsonNode,
  key: string,
  length: number,
  kind: { readonly whole?: boolean; readonly gaps?: boolean } = {},
): Float64Array {
  const node = field(object, key);
  const items = lengthOf(node, length);
  const out = new Float64Array(length);
  let gap = false;
  for (let i = 0; i < length; i++) {
    const value = items[i];
    if (value === null && kind.gaps === true) {
      out[i] = Number.NaN;
      gap = true;
    } else if (typeof value === 'number' && Number.isFinite(value)) {
      if (kind.whole === true && !Number.isSafeInteger(value))
        refuse(itemOf(node, i), 'a whole number of cents');
      out[i] = value;
    } else {
      refuse(itemOf(node, i), kind.gaps === true ? 'a finite number or null' : 'a finite number');
    }
  }
  if (gap) textOf(field(object, `${key}Reason`));
  return out;
}

/** Days of an array of `length` dates, each after the one before it. */
export function datesOf(node: JsonNode, length: number): Int32Array {
  const items = lengthOf(node, length);
  const out = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    out[i] = dayOf(itemOf(node, i));
    if (i > 0 && out[i]! <= out[i - 1]!)
      refuse(itemOf(node, i), `a date after ${String(items[i - 1])}, the one before it`);
  }
  return out;
}

function dayOf(node: JsonNode): number {
  const { value } = node;
  const day = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? parseDate(value) : undefined;
  if (day === undefined) refuse(node, 'a date of the calendar as YYYY-MM-DD');
  return day as number;
}

function lengthOf(node: JsonNode, length: number): readonly unknown[] {
  const items = arrayOf(node);
  if (items.length !== length) {
    refuse(
      { ...node, path: `${node.path}.length`, value: items.length },
      `${length}, as the number of bars says`,
    );
  }
  return items;
}
