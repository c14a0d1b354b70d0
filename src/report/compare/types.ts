/** What the comparison reads and what it is told about itself. */
import type { Metrics, MetricsProfile } from '../../metrics/types.js';
import type { ReportFile } from '../types.js';

/** One value among the options of a run. */
export type ConfigValue = string | number | boolean | null;

/** Trading of a whole run, as its document states it; NaN where the document has no number. */
export interface ReportTrading {
  /** Traded value as a fraction of the equity, summed. */
  readonly turnover: number;
  readonly turnoverPerYear: number;
  readonly costCents: number;
  readonly costBps: number;
  readonly costBpsPerYear: number;
  readonly trades: number;
  readonly rebalances: number;
}

/** A finished run, read from the JSON document that `reportJson` wrote. */
export interface ReportDocument {
  /** The file it came from; any text. */
  readonly file: string;
  /** SHA-256 of the file in hex, where the caller gave it. */
  readonly sha256?: string;
  readonly name: string;
  readonly status: 'ok' | 'bankrupt';
  /** The bar at which the equity was gone, or -1. */
  readonly bankruptBar: number;
  readonly bars: number;
  readonly symbols: readonly string[];
  /** Epoch days of the bars, strictly increasing; null for a run without dates. */
  readonly dates: Int32Array | null;
  /** Cents, bars + 1: the initial cash, then the equity after each bar. */
  readonly equityCents: Float64Array;
  /** One simple return a bar, a decimal. */
  readonly returns: Float64Array;
  /** Traded value at each bar as a fraction of the equity before the trades; NaN where the equity was gone. */
  readonly turnover: Float64Array;
  /** Cents paid at each bar. */
  readonly costCents: Float64Array;
  /** The document's own figures, of its whole span and by its own conventions. */
  readonly metrics: Metrics;
  readonly trading: ReportTrading;
  readonly periodsPerYear: number;
  /** Return of one period. */
  readonly riskFree: number;
  readonly profile: MetricsProfile;
  /** Bars that the document's own figures leave out. */
  readonly metricsFrom: number;
  /** Every resolved option, nested names joined by dots. */
  readonly config: ReadonlyMap<string, ConfigValue>;
  readonly digests: { readonly input: string; readonly config: string; readonly result: string };
  readonly provenance: {
    readonly command: string;
    readonly files: readonly ReportFile[];
    /** Options of the command line, empty where the document has none. */
    readonly settings: ReadonlyMap<string, string>;
    readonly version: string;
    readonly node: string | null;
    readonly pathUsed: string;
    readonly notes: readonly string[];
  };
}

/** Input of `compareText`, `compareJson`, `compareCsv` and `compareHtml`. */
export interface CompareInput {
  /** Two to twelve runs, in the order in which they are shown. */
  readonly runs: readonly ReportDocument[];
  /** Title; any text, escaped by each writer. Default `Comparison of 3 runs`. */
  readonly name?: string;
  /** The command line that makes the comparison again, where there is one. */
  readonly command?: string;
  /** Version of this package. */
  readonly version: string;
}
