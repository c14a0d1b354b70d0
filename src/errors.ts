/**
 * Every error this package throws. All extend `NbError`: a stable `code`, the exit code the command line uses,
 * and the original `cause`. A caller's mistake throws; an end that belongs to the domain (an order rejected,
 * a rebalance skipped) is a value with a status and a reason instead.
 */

/** What a helpful message needs: which field, what came, what was allowed, and what to do about it. */
export interface ErrorDetail {
  readonly field: string;
  readonly value: unknown;
  readonly constraint: string;
  readonly fix: string;
}

/** Where in an input the bad datum stands. Rows count from 1 and include the header line. */
export interface DataPlace {
  readonly file?: string;
  readonly row?: number;
  /** Number of the record of a document that has no lines, from 1. */
  readonly record?: number;
  readonly column?: string;
}

/** Exit codes of the command line, shared with the error classes. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 130 | 143 | 255;

/** Shows a value in a message: short, on one line, strings quoted. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return clip(JSON.stringify(value));
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${(value as Uint8Array).length})`;
  if (typeof value === 'object' && value !== null) {
    try {
      return clip(JSON.stringify(value) ?? 'an object');
    } catch {
      return 'an object';
    }
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Base of every error of this package. */
export class NbError extends Error {
  /** Stable, machine-readable name of the kind of error, for example `VALIDATION`. */
  readonly code: string;
  /** The exit code a command ends with when this error reaches it. */
  readonly exitCode: ExitCode;
  /** Field, value, constraint and fix, where the error speaks of one value. */
  readonly detail: ErrorDetail | undefined;
  /** File, row and column, where the error speaks of a place in an input. */
  readonly place: DataPlace | undefined;

  constructor(
    message: string,
    code: string,
    exitCode: ExitCode,
    options: { cause?: unknown; detail?: ErrorDetail; place?: DataPlace } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.exitCode = exitCode;
    this.detail = options.detail;
    this.place = options.place;
  }
}

function sentence(detail: ErrorDetail, shown: string): string {
  return `Field '${detail.field}' has invalid value ${shown}. Constraint: ${detail.constraint}. Fix: ${detail.fix}.`;
}

/** A value breaks its documented constraint. `shown`: the value as the message has it. Exit code 1. */
export class ValidationError extends NbError {
  declare readonly detail: ErrorDetail;

  constructor(
    field: string,
    value: unknown,
    constraint: string,
    fix: string,
    options: { cause?: unknown; code?: string; place?: DataPlace; shown?: string } = {},
  ) {
    const detail = { field, value, constraint, fix };
    super(sentence(detail, options.shown ?? showValue(value)), options.code ?? 'VALIDATION', 1, {
      ...options,
      detail,
    });
  }
}

/** Command-line or configuration usage is wrong. Exit code 1. */
export class ConfigError extends ValidationError {
  constructor(
    field: string,
    value: unknown,
    constraint: string,
    fix: string,
    options: { cause?: unknown; place?: DataPlace; shown?: string } = {},
  ) {
    super(field, value, constraint, fix, { ...options, code: 'CONFIG' });
  }
}

/** Lengths or dimensions that must agree do not. Exit code 1. */
export class ShapeError extends ValidationError {
  constructor(field: string, value: unknown, constraint: string, fix: string) {
    super(field, value, constraint, fix, { code: 'SHAPE' });
  }
}

/** NaN or an infinity where only finite numbers are allowed. Exit code 1. */
export class NonFiniteError extends ValidationError {
  constructor(field: string, value: unknown, constraint: string, fix: string) {
    super(field, value, constraint, fix, { code: 'NON_FINITE' });
  }
}

/** A symbol that the prices or the portfolio do not have. Exit code 1. */
export class UnknownSymbolError extends ValidationError {
  constructor(
    field: string,
    value: unknown,
    constraint: string,
    fix: string,
    options: { cause?: unknown; place?: DataPlace } = {},
  ) {
    super(field, value, constraint, fix, { ...options, code: 'UNKNOWN_SYMBOL' });
  }
}

/** Target weights that are not numbers, sum past the allowed leverage, or are short without permission. Exit code 1. */
export class InvalidWeightsError extends ValidationError {
  constructor(
    field: string,
    value: unknown,
    constraint: string,
    fix: string,
    options: { cause?: unknown; place?: DataPlace } = {},
  ) {
    super(field, value, constraint, fix, { ...options, code: 'INVALID_WEIGHTS' });
  }
}

/** A feature name this build does not have. Exit code 1. */
export class UnsupportedFeatureError extends ValidationError {
  constructor(field: string, value: unknown, constraint: string, fix: string) {
    super(field, value, constraint, fix, { code: 'UNSUPPORTED_FEATURE' });
  }
}

function placeText(place: DataPlace): string {
  const parts: string[] = [];
  if (place.file !== undefined) parts.push(place.file);
  if (place.row !== undefined) parts.push(`line ${place.row}`);
  if (place.record !== undefined) parts.push(`record ${place.record}`);
  if (place.column !== undefined) parts.push(`column ${showValue(place.column)}`);
  return parts.length > 0 ? `${parts.join(', ')}: ` : '';
}

/** Data from outside is not what it must be. Exit code 2. */
export class DataError extends NbError {
  declare readonly place: DataPlace;

  constructor(
    message: string,
    place: DataPlace = {},
    options: { cause?: unknown; code?: string; detail?: ErrorDetail } = {},
  ) {
    super(placeText(place) + message, options.code ?? 'DATA', 2, { ...options, place });
  }
}

/** A file or other source of data cannot be opened or read. Exit code 2. */
export class DataSourceError extends DataError {
  constructor(
    message: string,
    place: DataPlace = {},
    options: { cause?: unknown; detail?: ErrorDetail } = {},
  ) {
    super(message, place, { ...options, code: 'DATA_SOURCE' });
  }
}

/** The columns or their meaning are not what a known layout has. Exit code 2. */
export class SchemaError extends DataError {
  constructor(message: string, place: DataPlace = {}, detail?: ErrorDetail) {
    super(message, place, { code: 'SCHEMA', ...(detail ? { detail } : {}) });
  }
}

/** Too few rows for what was asked. Exit code 2. */
export class InsufficientDataError extends DataError {
  constructor(message: string, place: DataPlace = {}, detail?: ErrorDetail) {
    super(message, place, { code: 'INSUFFICIENT_DATA', ...(detail ? { detail } : {}) });
  }
}

/** Dates that repeat, run backwards or cannot be read. Exit code 2. */
export class TimestampAnomalyError extends DataError {
  constructor(message: string, place: DataPlace = {}, detail?: ErrorDetail) {
    super(message, place, { code: 'TIMESTAMP_ANOMALY', ...(detail ? { detail } : {}) });
  }
}

/** A price that is missing where it is needed, not positive, or not a number. Exit code 2. */
export class PriceError extends DataError {
  constructor(message: string, place: DataPlace = {}, detail?: ErrorDetail) {
    super(message, place, { code: 'PRICE', ...(detail ? { detail } : {}) });
  }
}

/** An amount that integers below 2^53 cannot hold exactly. Exit code 2. */
export class OverflowError extends DataError {
  constructor(message: string, place: DataPlace = {}, detail?: ErrorDetail) {
    super(message, place, { code: 'OVERFLOW', ...(detail ? { detail } : {}) });
  }
}

/**
 * A callback of the caller's strategy failed: `cause` is what it threw; `barIndex` the bar, and `fold` the fold of a
 * walk-forward run, where it happened. Exit code 1.
 */
export class StrategyError extends NbError {
  readonly barIndex: number | undefined;
  readonly fold: number | undefined;

  constructor(
    message: string,
    options: { cause?: unknown; barIndex?: number; fold?: number; place?: DataPlace } = {},
  ) {
    super(message, 'STRATEGY', 1, options);
    this.barIndex = options.barIndex;
    this.fold = options.fold;
  }
}

/** A search for a best answer that did not end, where the caller asked for an error. Exit code 3. */
export class ConvergenceError extends NbError {
  constructor(message: string, options: { cause?: unknown; detail?: ErrorDetail } = {}) {
    super(message, 'CONVERGENCE', 3, options);
  }
}

/** Limits that no portfolio can meet together; the message names those that clash. Exit code 3. */
export class InfeasibleError extends NbError {
  constructor(message: string, options: { cause?: unknown; detail?: ErrorDetail } = {}) {
    super(message, 'INFEASIBLE', 3, options);
  }
}

/** A limit of memory, time or disk was met. Exit code 4. */
export class ResourceLimitError extends NbError {
  constructor(message: string, options: { cause?: unknown; detail?: ErrorDetail; place?: DataPlace } = {}) {
    super(message, 'RESOURCE_LIMIT', 4, options);
  }
}

/** How a task on another thread ended without an answer. */
export type WorkerErrorCode =
  'WORKER_THREW' | 'WORKER_EXIT' | 'WORKER_MEMORY' | 'WORKER_TIMEOUT' | 'WORKER_START' | 'WORKER_CLOSED';

/**
 * A task on another thread ended without an answer. `code` says how: the task threw what is no error of this package
 * (`WORKER_THREW`, with it as `cause`), its thread ended (`WORKER_EXIT`) or never began (`WORKER_START`), its pool was
 * closed (`WORKER_CLOSED`): exit code 255; its heap was full (`WORKER_MEMORY`) or its time up (`WORKER_TIMEOUT`): exit
 * code 4.
 */
export class WorkerError extends NbError {
  declare readonly code: WorkerErrorCode;

  constructor(message: string, code: WorkerErrorCode, options: { cause?: unknown } = {}) {
    super(message, code, code === 'WORKER_MEMORY' || code === 'WORKER_TIMEOUT' ? 4 : 255, options);
  }
}

/** A file could not be written. Exit code 2. */
export class StorageError extends DataError {
  constructor(
    message: string,
    place: DataPlace = {},
    options: { cause?: unknown; detail?: ErrorDetail } = {},
  ) {
    super(message, place, { ...options, code: 'STORAGE' });
  }
}
