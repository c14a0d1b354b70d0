/** What every format of config file is read into, so that keys and values are checked in one place. */

/** The text of a scalar, and what the format says it is. `plain`: YAML without quotes, which may be anything. */
export interface Scalar {
  readonly text: string;
  readonly type: 'text' | 'number' | 'boolean' | 'plain';
}

/** One key of the file. `value` is a scalar, a list of scalars, or the word for what is no value of an option. */
export interface Entry {
  readonly key: string;
  readonly value: Scalar | readonly Scalar[] | 'nothing' | 'a table' | 'a list of lists';
  /** Line of the key, from 1, where the format tells it. */
  readonly row?: number;
}

/** What is wrong with the file as a whole; `row` from 1 where known. */
export class FormatError extends Error {
  readonly row: number | undefined;

  constructor(message: string, row?: number) {
    super(message);
    this.row = row;
  }
}

/** The entries of an object as JSON.parse and TOML give it. Keys are data: none is ever set on another object. */
export function entriesOf(root: unknown): Entry[] {
  if (typeof root !== 'object' || root === null || Array.isArray(root)) {
    throw new FormatError('must be keys and values, one for each option');
  }
  return Object.entries(root).map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: unknown): Entry['value'] {
  if (Array.isArray(value)) {
    const items = value.map(scalarOf);
    return items.every((item) => item !== undefined) ? (items as Scalar[]) : 'a list of lists';
  }
  if (value === null || value === undefined) return 'nothing';
  return scalarOf(value) ?? 'a table';
}

function scalarOf(value: unknown): Scalar | undefined {
  if (typeof value === 'string') return { text: value, type: 'text' };
  if (typeof value === 'number' || typeof value === 'bigint') return { text: String(value), type: 'number' };
  if (typeof value === 'boolean') return { text: String(value), type: 'boolean' };
  // A date of TOML.
  if (value instanceof Date) return { text: value.toISOString(), type: 'text' };
  return undefined;
}
