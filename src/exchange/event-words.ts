/** The tables by which the row scanner knows the keys and words of the order-event log. */
import { DIGITS, FLAG, OTHER, OWNER, TEXT, WHOLE } from '../../kernels/text/event-row.js';
import {
  EVENT_FORMS,
  EVENT_TYPES,
  type Field,
  type FieldKind,
  FIELDS,
  SCHEMA_VERSION,
  SIDES,
  STP_POLICIES,
  TIMES_IN_FORCE,
} from './event-fields.js';

const QUOTE = 34;
/** More states than the words have letters. */
const STATES = 512;

/** What `scanEventRow` takes besides the bytes. */
export interface RowTables {
  readonly words: Int16Array;
  readonly roots: Int16Array;
  /** By the number of a type: the bits of the fields that must be there, its own included. */
  readonly required: Int32Array;
  /** By the number of a type: the bits of the fields that may be there. */
  readonly allowed: Int32Array;
}

const OTHERS: Readonly<Partial<Record<FieldKind, number>>> = {
  whole: WHOLE,
  owner: OWNER,
  flag: FLAG,
  symbol: TEXT,
  clock: DIGITS,
};

/** The number of a field in the row scanner. */
export function fieldNumber(wire: string): number {
  return FIELDS.findIndex((field) => field.wire === wire) + 1;
}

function bits(fields: readonly Field[]): number {
  // A trail is an object, which the scanner leaves to others: no row it reads has one.
  return fields.reduce(
    (sum, { wire, kind }) => (kind === 'trail' ? sum | 1 : sum | (1 << fieldNumber(wire))),
    0,
  );
}

/** Makes the tables: about 260 kB, once. */
export function rowTables(): RowTables {
  const words = new Int16Array(STATES * 256);
  let states = 0;
  const automaton = (list: readonly string[]): number => {
    const root = ++states;
    for (const [i, word] of list.entries()) {
      let state = root;
      for (let k = 0; k < word.length; k++) {
        const at = state * 256 + word.charCodeAt(k);
        if (words[at] === 0) words[at] = ++states;
        state = words[at]!;
      }
      words[state * 256 + QUOTE] = -(i + 1);
    }
    return root;
  };
  const written = (list: readonly (readonly [string, string])[]): string[] => list.map(([word]) => word);
  const lists: Readonly<Partial<Record<FieldKind, readonly string[]>>> = {
    type: EVENT_TYPES,
    side: written(SIDES),
    timeInForce: written(TIMES_IN_FORCE),
    stpPolicy: written(STP_POLICIES),
    version: [SCHEMA_VERSION],
  };
  const keys = automaton(FIELDS.map(({ wire }) => wire));
  const roots = [keys];
  for (const { kind } of FIELDS) {
    const list = lists[kind];
    roots.push(list === undefined ? (OTHERS[kind] ?? OTHER) : automaton(list));
  }
  const always = 1 << fieldNumber('type');
  const anywhere = ['type', 'symbol', 'schema_version', 'timestamp'].reduce(
    (sum, wire) => sum | (1 << fieldNumber(wire)),
    0,
  );
  const forms = [...EVENT_FORMS.values()];
  return {
    words,
    roots: Int16Array.from(roots),
    required: Int32Array.from([0, ...forms.map(({ required }) => always | bits(required))]),
    allowed: Int32Array.from([
      0,
      ...forms.map(({ required, optional }) => anywhere | bits([...required, ...optional])),
    ]),
  };
}
