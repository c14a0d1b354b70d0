/** Splits, moments, quantiles, Sharpe inference, realized volatility and overfitting: fixtures of parity/validation.py. */
import { ValidationError } from '../../src/errors.js';
import {
  deflatedSharpe,
  expectedMaxSharpe,
  minTrackRecordLength,
  probabilisticSharpe,
} from '../../src/metrics/index.js';
import {
  mean,
  moments,
  optimalBlockLength,
  type QuantileMethod,
  quantile,
  quantiles,
  skewness,
  kurtosis,
} from '../../src/statistics/index.js';
import { probabilityOfBacktestOverfitting, timeSeriesSplit } from '../../src/validation/index.js';
import {
  realizedVolatility,
  rollingRealizedVolatility,
  type VolatilityMethod,
} from '../../src/volatility/index.js';
import type { Comparison, FixtureCase } from '../comparison.js';
import { numberOf, numbersOf, rowsOf } from '../comparison.js';
import { TOLERANCES } from '../tolerance.js';

/** First index of a part and the one behind its last. */
function boundsOf(part: Int32Array): number[] {
  const first = part[0] as number;
  if (part.some((index, i) => index !== first + i)) throw new RangeError('a part has holes');
  return [first, first + part.length];
}

function splitsOf(c: FixtureCase): unknown {
  return rowsOf(c.inputs, 'options').map(([nSplits, gap, testSize, maxTrainSize]) => {
    try {
      const splits = timeSeriesSplit(numberOf(c.params, 'n'), nSplits, {
        gap: gap as number,
        ...(testSize && { testSize }),
        ...(maxTrainSize && { maxTrainSize }),
      });
      return splits.map(({ train, test }) => [...boundsOf(train), ...boundsOf(test)]);
    } catch (error) {
      // What scikit-learn calls ValueError.
      if (error instanceof ValidationError) return 'ValueError';
      throw error;
    }
  });
}

function momentsOf(c: FixtureCase): unknown {
  const values = numbersOf(c.inputs, 'values');
  const options = { bias: c.params['bias'] as boolean };
  const { n, variance } = moments(values, options);
  return {
    n,
    mean: mean(values),
    variance,
    skewness: skewness(values, options),
    kurtosis: kurtosis(values, options),
  };
}

function quantilesOf(c: FixtureCase): unknown {
  const values = numbersOf(c.inputs, 'values');
  const q = numbersOf(c.inputs, 'q');
  const methods = Object.keys(c.expected as object) as QuantileMethod[];
  return Object.fromEntries(
    methods.map((method) => [
      method,
      method === 'linear' ? q.map((share) => quantile(values, share)) : quantiles(values, q, { method }),
    ]),
  );
}

function sharpeOf(c: FixtureCase): unknown {
  const given = (key: string): number => numberOf(c.params, key);
  const hasReturns = 'returns' in c.inputs;
  const sharpe = hasReturns ? numbersOf(c.inputs, 'returns') : given('sr');
  const sample = hasReturns ? {} : { n: given('n'), skew: given('skew'), kurt: given('kurt') };
  const benchmark = given('benchmark');
  const trials = { nTrials: given('nTrials'), varTrials: given('varTrials') };
  return {
    probabilistic: probabilisticSharpe(sharpe, { ...sample, benchmark }),
    expectedMax: expectedMaxSharpe(trials),
    deflated: deflatedSharpe(sharpe, { ...sample, ...trials }),
    minLength: minTrackRecordLength(sharpe, { ...sample, benchmark, confidence: given('confidence') }),
  };
}

function volatilitiesOf(c: FixtureCase): unknown {
  const [open, high, low, close] = ['open', 'high', 'low', 'close'].map((key) =>
    numbersOf(c.inputs, key),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const window = numberOf(c.params, 'window');
  const methods = Object.keys(c.expected as object).filter(
    (key) => !key.endsWith('Rolling'),
  ) as VolatilityMethod[];
  return Object.fromEntries(
    methods.flatMap((method) => [
      [method, realizedVolatility(open, high, low, close, { method })],
      [`${method}Rolling`, rollingRealizedVolatility(open, high, low, close, window, { method })],
    ]),
  );
}

export const comparisons: readonly Comparison[] = [
  {
    fixture: 'validation/time-series-split.json',
    functions: ['timeSeriesSplit'],
    run: splitsOf,
    tolerance: TOLERANCES.splits,
  },
  {
    fixture: 'validation/moments.json',
    functions: ['moments', 'mean', 'skewness', 'kurtosis'],
    run: momentsOf,
    tolerance: TOLERANCES.moments,
  },
  {
    fixture: 'validation/quantiles.json',
    functions: ['quantile', 'quantiles'],
    run: quantilesOf,
    tolerance: TOLERANCES.quantiles,
  },
  {
    fixture: 'validation/sharpe-inference.json',
    functions: ['probabilisticSharpe', 'expectedMaxSharpe', 'deflatedSharpe', 'minTrackRecordLength'],
    run: sharpeOf,
    tolerance: TOLERANCES.sharpeInference,
  },
  {
    fixture: 'validation/realized-volatility.json',
    functions: ['realizedVolatility', 'rollingRealizedVolatility'],
    run: volatilitiesOf,
    tolerance: TOLERANCES.realizedVolatility,
  },
  {
    fixture: 'validation/block-length.json',
    functions: ['optimalBlockLength'],
    run: (c) => optimalBlockLength(numbersOf(c.inputs, 'values')),
    tolerance: TOLERANCES.blockLength,
  },
  {
    fixture: 'validation/overfitting.json',
    functions: ['probabilityOfBacktestOverfitting'],
    run: (c) =>
      probabilityOfBacktestOverfitting(rowsOf(c.inputs, 'returns'), {
        nBlocks: numberOf(c.params, 'nBlocks'),
      }),
    tolerance: TOLERANCES.overfitting,
  },
];
