/** Where our GARCH forecasts differ from arch's on purpose. */
import type { Divergence } from '../comparison.js';

const REASON =
  'What lies before the first return is the backcast: for the likelihood, in arch as in ours, that of the residuals of ' +
  'least squares. For its forecast arch makes the variances anew, with the backcast of the residuals at the optimum, so ' +
  'that the forecast does not go on from the variances of its own fit. With a persistence of 1 and 250 returns the ' +
  "difference is still seen at the end. Ours goes on from the variances of the fit; arch's recursion, continued from " +
  'its own last variance, says the same (`continued` in the fixture).';

export const divergences: readonly Divergence[] = [
  {
    id: 'garch-forecast-backcast',
    function: 'garchForecast',
    fixture: 'volatility/garch.json',
    case: 'simulated 1086, n 250, alpha 0.133, beta 0.667, gamma 0, freedom 8, dist t mean ar1',
    path: 'forecast',
    ours: '1.946712, the next variance after those of the fit',
    theirs: '1.946529, from another start of the variances',
    reason: REASON,
  },
];
