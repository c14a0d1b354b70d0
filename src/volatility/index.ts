/** The public names of the volatility estimators. */
export {
  type RealizedVolatilityOptions,
  realizedVolatility,
  rollingRealizedVolatility,
  type VolatilityMethod,
} from './realized.js';
