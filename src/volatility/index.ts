/** The public names of the volatility models and estimators. */
export { type EwmaOptions, ewmaForecast, garchForecast } from './garch.js';
export { fitGarch } from './garch-fit.js';
export { fitMany } from './garch-many.js';
export {
  type GarchSimulation,
  type GarchSimulationOptions,
  type SimulatedModel,
  simulateGarch,
} from './garch-simulate.js';
export type {
  GarchDistribution,
  GarchFit,
  GarchMean,
  GarchMethod,
  GarchModel,
  GarchOptions,
  GarchParameters,
  GarchStandardErrors,
  GarchStatus,
} from './garch-types.js';
export {
  type RealizedVolatilityOptions,
  realizedVolatility,
  rollingRealizedVolatility,
  type VolatilityMethod,
} from './realized.js';
