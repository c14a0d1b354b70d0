/** Bad rows of a text file, collected so that one error can name the first few and count the rest. */
import {
  DataError,
  type DataPlace,
  type ErrorDetail,
  OverflowError,
  PriceError,
  SchemaError,
  showValue,
  TimestampAnomalyError,
} from '../errors.js';

/** What kind of error a problem is, if all problems of a file are of its kind. */
export type ProblemKind = 'data' | 'schema' | 'timestamp' | 'price' | 'overflow';

/** One bad row or cell. */
export interface RowProblem {
  readonly kind: ProblemKind;
  /** Line of the file, from 1, the header included. */
  readonly line: number;
  /** Name of the column, where one cell is at fault. */
  readonly column?: string | undefined;
  /** The bad value: its text, or what there was instead. */
  readonly value: unknown;
  /** What is needed, to be read after "must". */
  readonly must: string;
  readonly fix: string;
}

/** The problem of a row with more or fewer cells than its header. */
export function wrongCells(line: number, cells: number, wanted: number): RowProblem {
  const fix = 'give every row as many cells as the header, and quote cells that hold a comma';
  const must = `have ${wanted} cells as the header has`;
  return { kind: 'data', line, value: `${cells} cells`, must, fix };
}

/** The problem of a row whose symbol is blank. */
export function noSymbol(line: number, column: string): RowProblem {
  const fix = 'fill in the symbol, or remove the row';
  return { kind: 'data', line, column, value: '', must: 'be a symbol', fix };
}

/** A row that was left out, and why. */
export interface RejectedRow {
  /** Line of the file, or number of the record, from 1. */
  readonly line: number;
  /** Name of the column, where one cell is at fault. */
  readonly column?: string;
  readonly value: string;
  /** What is needed instead, and the fix. */
  readonly reason: string;
  /** The row as it stands in the file. */
  readonly text: string;
}

/**
 * Collects problems and throws them as one error. Keeps only the first `limit` by line. With `onReject`, a row with
 * problems is handed over with the first of them and is no error.
 */
export class RowProblems {
  readonly file: string | undefined;
  /** What the number of a row counts: lines of the file, or records of a JSON document. */
  unit: 'line' | 'record' = 'line';
  /** Rows handed to `onReject`. */
  rejected = 0;
  readonly #limit: number;
  readonly #onReject: ((row: RejectedRow) => void) | undefined;
  readonly #kept: RowProblem[] = [];
  readonly #kinds: Set<ProblemKind> = new Set();
  #count = 0;
  /** First problem of the row that is read now. */
  #ofRow: RowProblem | undefined;

  constructor(file: string | undefined, limit: number, onReject?: (row: RejectedRow) => void) {
    this.file = file;
    this.#limit = limit;
    this.#onReject = onReject;
  }

  /** Adds a problem of the row that is read now; `endRow` says what becomes of it. */
  addToRow(problem: RowProblem): void {
    this.#ofRow ??= problem;
    if (this.#onReject === undefined) this.add(problem);
  }

  /** Ends a row: whether it has a problem and is to be left out. A rejected row is handed over here. */
  endRow(row: { raw(): string }): boolean {
    const problem = this.#ofRow;
    if (problem === undefined) return false;
    this.#ofRow = undefined;
    if (this.#onReject === undefined) return true;
    this.rejected += 1;
    this.#onReject({
      line: problem.line,
      ...(problem.column === undefined ? {} : { column: problem.column }),
      value: String(problem.value),
      reason: `must ${problem.must}. Fix: ${problem.fix}`,
      text: row.raw(),
    });
    return true;
  }

  add(problem: RowProblem): void {
    this.#count += 1;
    this.#kinds.add(problem.kind);
    let at = this.#kept.length;
    while (at > 0 && this.#kept[at - 1]!.line > problem.line) at--;
    if (at >= this.#limit) return;
    this.#kept.splice(at, 0, problem);
    if (this.#kept.length > this.#limit) this.#kept.pop();
  }

  /** The place of a line and column, with the file where it is known. */
  place(line?: number, column?: string): DataPlace {
    return {
      ...(this.file === undefined ? {} : { file: this.file }),
      ...(line === undefined ? {} : this.unit === 'line' ? { row: line } : { record: line }),
      ...(column === undefined ? {} : { column }),
    };
  }

  /** Throws if there is a problem: the class of the kind they share, else `DataError`; the place is the first one's. */
  throwIfAny(): void {
    const [first, ...others] = this.#kept;
    if (first === undefined) return;
    const parts = [sentence(first)];
    for (const problem of others)
      parts.push(`${this.unit} ${problem.line}${columnText(problem)}: ${sentence(problem)}`);
    const more = this.#count - this.#kept.length;
    if (more > 0) parts.push(`and ${more} more`);
    const message = `${parts.join('; ')}. Fix: ${first.fix}`;
    const place = this.place(first.line, first.column);
    const detail: ErrorDetail = {
      field: first.column ?? 'row',
      value: first.value,
      constraint: `must ${first.must}`,
      fix: first.fix,
    };
    const kind = this.#kinds.size === 1 ? first.kind : 'data';
    if (kind === 'price') throw new PriceError(message, place, detail);
    if (kind === 'overflow') throw new OverflowError(message, place, detail);
    if (kind === 'schema') throw new SchemaError(message, place, detail);
    if (kind === 'timestamp') throw new TimestampAnomalyError(message, place, detail);
    throw new DataError(message, place, { detail });
  }
}

function columnText(problem: RowProblem): string {
  return problem.column === undefined ? '' : `, column ${showValue(problem.column)}`;
}

function sentence(problem: RowProblem): string {
  return `must ${problem.must}, was ${showValue(problem.value)}`;
}
