/** What the writers of indicators take: prices, what was computed of them, and where they come from. */
import type { IndicatorRow } from '../../indicators/indicator.js';
import type { ReportProvenance } from '../types.js';

/** An indicator with its parameters, as asked for. */
export interface AskedIndicator {
  readonly row: IndicatorRow;
  /** As the row's kernel takes them: a choice is its place in the list. */
  readonly parameters: readonly number[];
  /** Bars before the first value. */
  readonly lookback: number;
}

/** One symbol: its closes and its outputs, a value for each date; NaN where there is none. */
export interface SymbolIndicators {
  readonly symbol: string;
  readonly close: Float64Array;
  /** For each indicator its outputs, in the order of its row. */
  readonly outputs: readonly (readonly Float64Array[])[];
}

/** Input of `indicatorsText`, `indicatorsCsv`, `indicatorsJson` and `indicatorsHtml`. */
export interface IndicatorsInput {
  /** Title; any text, escaped by each writer. */
  readonly name: string;
  /** Epoch days of the bars shown, rising; at least one. */
  readonly dates: Int32Array;
  /** Decimals of the prices. */
  readonly priceDecimals: number;
  readonly asked: readonly AskedIndicator[];
  readonly symbols: readonly SymbolIndicators[];
  readonly provenance: ReportProvenance;
}
