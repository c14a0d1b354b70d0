import { fitGarch, fitMany, garchForecast, simulateGarch } from 'nb-backtest';

// Four years of daily returns with clusters of large moves; in your code: returns of your prices.
const params = { omega: 2e-6, alpha: [0.04], gamma: [0.1], beta: [0.89], nu: 6 };
const { returns } = simulateGarch({ params, dist: 't' }, 1_000, { seed: 7 });

// The volatility of tomorrow, in the unit of the returns; a year has about 252 days.
const tomorrow = garchForecast(returns);
console.log(tomorrow, tomorrow * Math.sqrt(252));

// Everything else: parameters, standard errors, likelihood, residuals, forecasts.
const fit = fitGarch(returns, { o: 1, dist: 't', mean: 'constant' });
console.log(fit.params, fit.stdErrors?.robust, fit.logLikelihood, fit.aic);
console.log(fit.method, fit.status, fit.iterations); // mle converged 17, say

// Variances add up: the volatility of the next 20 days together.
const ahead = fit.forecast(20);
console.log(Math.sqrt(ahead.reduce((sum, variance) => sum + variance, 0)));

// Several symbols; one with too few returns is answered, and says so.
const fits = fitMany([returns, returns.subarray(0, 500), returns.subarray(0, 10)]);
console.log(fits.map(({ method, status }) => `${method}: ${status}`)); // the last: sample-fallback
