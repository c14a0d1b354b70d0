/** The public names of the indicators: functions, streaming classes, their table. */
export type {
  Arrays,
  ChoiceParameter,
  Indicator,
  IndicatorRow,
  InputName,
  NumberParameter,
  Outputs,
  Panels,
  Parameter,
} from './indicator.js';
export * from './momentum.js';
export * from './bands.js';
export * from './convergence.js';
export type { MaType } from './ma-types.js';
export * from './moving-averages.js';
export * from './statistic.js';
export * from './streams/bands.js';
export * from './streams/convergence.js';
export * from './streams/moving-averages.js';
export * from './streams/statistic.js';
export * from './channels.js';
export * from './prices.js';
export * from './trend.js';
export * from './windows.js';
export * from './directional.js';
export * from './oscillators.js';
export * from './stochastics.js';
export * from './volatility.js';
export * from './volume.js';
export * from './streams/directional.js';
export * from './streams/momentum.js';
export * from './streams/oscillators.js';
export * from './streams/stochastics.js';
export * from './streams/volatility.js';
export * from './streams/volume.js';
export * from './streams/channels.js';
export * from './streams/prices.js';
export * from './streams/trend.js';
export * from './streams/windows.js';
export type { Stream } from './stream.js';
export { indicators } from './table.js';
