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

/** Collects problems and throws them as one error. Keeps only the first `limit` by line. */
export class RowProblems {
  readonly file: string | undefined;
  readonly #limit: number;
  readonly #kept: RowProblem[] = [];
  readonly #kinds: Set<ProblemKind> = new Set();
  #count = 0;

  constructor(file: string | undefined, limit: number) {
    this.file = file;
    this.#limit = limit;
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
      ...(line === undefined ? {} : { row: line }),
      ...(column === undefined ? {} : { column }),
    };
  }

  /** Throws if there is a problem: the class of the kind they share, else `DataError`; the place is the first one's. */
  throwIfAny(): void {
    const [first, ...others] = this.#kept;
    if (first === undefined) return;
    const parts = [sentence(first)];
    for (const problem of others)
      parts.push(`line ${problem.line}${columnText(problem)}: ${sentence(problem)}`);
    const more = this.#count - this.#kept.length;
    if (more > 0) parts.push(`and ${more} more`);
    const message = `${parts.join('; ')}. Fix: ${first.fix}`;
    const place = this.place(first.line, first.column);
    const detail: ErrorDetail = {
      field: first.column ?? 'row',
      value: first.value,
      constraint: first.must,
      fix: first.fix,
    };
    const kind = this.#kinds.size === 1 ? first.kind : 'data';
    if (kind === 'price') throw new PriceError(message, place, detail);
    if (kind === 'overflow') throw new OverflowError(message, place, detail);
    if (kind === 'schema') throw new SchemaError(message, place);
    if (kind === 'timestamp') throw new TimestampAnomalyError(message, place);
    throw new DataError(message, place, { detail });
  }
}

function columnText(problem: RowProblem): string {
  return problem.column === undefined ? '' : `, column ${showValue(problem.column)}`;
}

function sentence(problem: RowProblem): string {
  return `must ${problem.must}, was ${showValue(problem.value)}`;
}
