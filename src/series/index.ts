/** The public names for reading prices and weights, and for building target schedules. */
export type { PriceLayoutName } from './price-layout.js';
export type { PricePanel } from './price-panel.js';
export { type ReadNotes, type ReadPricesOptions, readPrices } from './read-prices.js';
export { readWeights, type WeightEntry, type WeightFile } from './read-weights.js';
export { equalWeights, type RebalancePeriod, type RebalanceRule, rebalanceBars } from './rebalance-dates.js';
export { type WeightSchedule, weightsToMatrix } from './weight-schedule.js';
export { type TargetsAtBar, type WeightsByDate, weightsToSchedule } from './weights-by-date.js';
