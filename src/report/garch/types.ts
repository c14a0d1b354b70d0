/** What the writers of volatility fits take: prices, the fit of each symbol, and where they come from. */
import type { GarchFit, GarchOptions } from '../../volatility/index.js';
import type { ReportProvenance } from '../types.js';

/** The model that was asked for. */
export type GarchAsked = Required<Pick<GarchOptions, 'model' | 'p' | 'o' | 'q' | 'mean' | 'dist'>>;

/** One symbol and its fit. */
export interface SymbolFit {
  readonly symbol: string;
  /** A close for each date, as the double nearest to its decimals; NaN before the first and after the last. */
  readonly close: Float64Array;
  /** Bar of the first close. */
  readonly first: number;
  /** n simple returns: number k is that of bar first + 1 + k. */
  readonly returns: Float64Array;
  /** Of these returns. */
  readonly fit: GarchFit;
}

/** Input of `garchText`, `garchCsv`, `garchJson` and `garchHtml`. */
export interface GarchInput {
  /** Title; any text, escaped by each writer. */
  readonly name: string;
  /** Epoch days of the bars, rising; at least two. */
  readonly dates: Int32Array;
  /** Decimals of the prices. */
  readonly priceDecimals: number;
  readonly asked: GarchAsked;
  /** Periods ahead that are forecast. */
  readonly horizon: number;
  readonly periodsPerYear: number;
  /** At least one. */
  readonly symbols: readonly SymbolFit[];
  readonly provenance: ReportProvenance;
}
