/** The public names for reading prices and weights, and for building target schedules. */
export type { ColumnChoice, ColumnRole } from './column-names.js';
export type { DateOrderName } from './date-format.js';
export { mergePanels, type NamedPanel } from './merge-panels.js';
export type { MissingCells } from './missing-cells.js';
export { PRICE_FORMATS, type PriceFormatName } from './price-formats.js';
export type { PriceLayoutName } from './price-layout.js';
export type { PricePanel } from './price-panel.js';
export { PriceReader } from './price-reader.js';
export type { ReadNotes, ReadPricesOptions, ReadPricesResult } from './read-options.js';
export { readPrices } from './read-prices.js';
export type { RejectedRow } from './row-problems.js';
export { readWeights, type WeightEntry, type WeightFile } from './read-weights.js';
export { equalWeights, type RebalancePeriod, type RebalanceRule, rebalanceBars } from './rebalance-dates.js';
export { type WeightSchedule, weightsToMatrix } from './weight-schedule.js';
export {
  type TargetsAtBar,
  type TargetWeights,
  type WeightsByDate,
  weightsToSchedule,
} from './weights-by-date.js';
export type { Separator } from './table/separator.js';
