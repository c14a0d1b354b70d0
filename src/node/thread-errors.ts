/** Errors between threads: a plain copy loses class and fields, so they travel as data and are made anew. */
import * as classes from '../errors.js';

/** An error as data. */
export interface PackedError {
  /** Names of its class and of those it extends, the nearest first; empty for what is no error. */
  readonly kinds: readonly string[];
  readonly message: string;
  readonly stack: string | undefined;
  /** Its own fields, its cause not among them. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cause: PackedError | undefined;
}

/** Causes that are kept, one of the other. */
const DEPTH = 8;

/** Prototypes of the classes of this package, by name. */
const PROTOTYPES: ReadonlyMap<string, object> = new Map(
  Object.values(classes).flatMap((made): [string, object][] =>
    typeof made === 'function' && made.prototype instanceof Error ? [[made.name, made.prototype]] : [],
  ),
);

/** Anything thrown, as data that can be sent to another thread. */
export function packError(thrown: unknown, depth: number = DEPTH): PackedError {
  if (!(thrown instanceof Error)) {
    return { kinds: [], message: classes.showValue(thrown), stack: undefined, fields: {}, cause: undefined };
  }
  const kinds: string[] = [];
  for (let at: object = thrown; at !== Error.prototype; at = Object.getPrototypeOf(at) as object) {
    if (Object.hasOwn(at, 'constructor')) kinds.push(at.constructor.name);
  }
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(thrown)) {
    if (name !== 'cause') fields[name] = sendable(value);
  }
  const { message, stack, cause } = thrown;
  return {
    kinds,
    message,
    stack,
    fields: { name: thrown.name, ...fields },
    cause: cause === undefined || depth === 0 ? undefined : packError(cause, depth - 1),
  };
}

/** The error again: of its own class where that is one of this package, else an `Error` of the same name. */
export function unpackError(packed: PackedError): Error {
  const { kinds, message, stack, fields, cause } = packed;
  const error = new Error(message, cause === undefined ? undefined : { cause: unpackError(cause) });
  const known = kinds.find((kind) => PROTOTYPES.has(kind));
  if (known !== undefined) Object.setPrototypeOf(error, PROTOTYPES.get(known)!);
  Object.assign(error, fields);
  if (stack !== undefined) Object.defineProperty(error, 'stack', { value: stack });
  return error;
}

/** A value, or how a message shows it where it cannot be sent: a function is in nobody's copy. */
function sendable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    if (typeof value !== 'object' || value === null) return classes.showValue(value);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shownUnlessPlain(inner)]));
  }
}

function shownUnlessPlain(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return classes.showValue(value);
  }
}
