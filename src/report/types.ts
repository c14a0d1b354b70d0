/** What the report writers take: a finished backtest and the context that the engine does not know. */
import type { BacktestResult } from '../backtest/types.js';
import type { PricePanel } from '../series/price-panel.js';

/** A series to compare with. */
export interface ReportBenchmark {
  /** Shown in headers and legends; any text, escaped by each writer. */
  readonly name: string;
  /** One simple return a bar, aligned with `result.returns`; NaN where the benchmark has no value. */
  readonly returns: Float64Array;
}

/** An input file, named so that the reader can check that he has the same one. */
export interface ReportFile {
  readonly name: string;
  /** SHA-256 of the bytes as read, in hex. */
  readonly sha256: string;
}

/** The code that decided what to hold. */
export interface ReportStrategy {
  /** Name of the module's file. */
  readonly file: string;
  /** SHA-256 of the module, in hex; not of what it imports. */
  readonly sha256: string;
  /** Every parameter with its value. */
  readonly params: Readonly<Record<string, number | boolean | string>>;
}

/** Where the numbers come from and how to make them again. */
export interface ReportProvenance {
  /** The command line that reproduces the report. */
  readonly command: string;
  readonly files: readonly ReportFile[];
  /** What was asked for, by option, where a command line asked: weights, rebalance rule, dates and the rest. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where a strategy decided. */
  readonly strategy?: ReportStrategy;
  /** Version of this package. */
  readonly version: string;
  /** Version of Node.js; absent in a browser. */
  readonly node?: string;
  /** What the reader must know: what was guessed, filled, adjusted or left out. */
  readonly notes: readonly string[];
}

/** Input of `reportText`, `reportJson`, `reportCsv` and `reportHtml`. */
export interface ReportInput {
  readonly result: BacktestResult;
  /** Title of the report; any text, escaped by each writer. */
  readonly name: string;
  readonly benchmark?: ReportBenchmark;
  /** Prices of the bars of `result`; the page draws the trades on them. */
  readonly prices?: PricePanel;
  readonly provenance: ReportProvenance;
}
