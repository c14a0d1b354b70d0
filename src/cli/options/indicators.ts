/**
 * Options of `nb-backtest indicators`, one for each. Plain lines, so that help loads no kernel; a test holds them
 * against the table of the library.
 */
import type { Option, OptionGroup } from './option.js';

/** Words that stand for a kind of moving average. */
const AVERAGES: readonly string[] = ['sma', 'ema', 'wma', 'dema', 'tema', 'trima', 'kama', 'mama', 't3'];

/** Name in the library, parameters with their defaults, and what it is. */
type Line = readonly [name: string, parameters: string, says: string];

const LINES: readonly (readonly [title: string, lines: readonly Line[]])[] = [
  [
    'Averages',
    [
      ['dema', 'period 30', 'Double exponential moving average'],
      ['ema', 'period 30', 'Exponential moving average'],
      ['kama', 'period 30', 'Kaufman adaptive moving average'],
      ['ma', 'period 30, maType sma', 'Moving average'],
      ['mama', 'fastLimit 0.5, slowLimit 0.05', 'MESA adaptive moving average'],
      ['sma', 'period 30', 'Simple moving average'],
      ['t3', 'period 5, volumeFactor 0.7', 'T3 moving average'],
      ['tema', 'period 30', 'Triple exponential moving average'],
      ['trima', 'period 30', 'Triangular moving average'],
      ['wma', 'period 30', 'Weighted moving average'],
    ],
  ],
  [
    'Bands and channels',
    [
      ['bbands', 'period 20, up 2, down 2, maType sma', 'Bollinger bands'],
      ['donchian', 'period 20', 'Donchian channel'],
      ['ichimoku', 'conversionPeriod 9, basePeriod 26, spanPeriod 52, displacement 26', 'Ichimoku cloud'],
      ['keltner', 'period 20, multiplier 2, atrPeriod 10', 'Keltner channel'],
    ],
  ],
  [
    'Momentum',
    [
      ['apo', 'fast 12, slow 26, maType ema', 'Absolute price oscillator'],
      ['aroon', 'period 14', 'Aroon'],
      ['aroonOsc', 'period 14', 'Aroon oscillator'],
      ['bop', '', 'Balance of power'],
      ['cci', 'period 14', 'Commodity channel index'],
      ['cmo', 'period 14', 'Chande momentum oscillator'],
      ['macd', 'fast 12, slow 26, signal 9', 'Moving average convergence divergence'],
      [
        'macdExt',
        'fast 12, fastMaType sma, slow 26, slowMaType sma, signal 9, signalMaType sma',
        'Moving average convergence divergence of any averages',
      ],
      ['macdFix', 'signal 9', 'Moving average convergence divergence of 12 and 26 bars'],
      ['mom', 'period 10', 'Momentum'],
      ['ppo', 'fast 12, slow 26, maType ema', 'Percentage price oscillator'],
      ['roc', 'period 10', 'Rate of change in percent'],
      ['rocp', 'period 10', 'Rate of change'],
      ['rocr', 'period 10', 'Rate of change as a ratio'],
      ['rocr100', 'period 10', 'Rate of change as a ratio in percent'],
      ['rsi', 'period 14', 'Relative strength index'],
      ['stoch', 'fastK 5, slowK 3, slowD 3, slowKMaType sma, slowDMaType sma', 'Stochastic oscillator'],
      ['stochF', 'fastK 5, fastD 3, maType sma', 'Stochastic oscillator, fast'],
      ['stochRsi', 'period 14, fastK 5, fastD 3, maType sma', 'Stochastic relative strength index'],
      ['trix', 'period 30', 'Rate of change of a triple exponential average'],
      ['ultosc', 'period1 7, period2 14, period3 28', 'Ultimate oscillator'],
      ['willr', 'period 14', 'Williams percent range'],
    ],
  ],
  [
    'Trend',
    [
      ['adx', 'period 14', 'Average directional movement index'],
      ['adxr', 'period 14', 'Average directional movement rating'],
      ['dx', 'period 14', 'Directional movement index'],
      ['minusDi', 'period 14', 'Downward directional indicator'],
      ['minusDm', 'period 14', 'Downward directional movement'],
      ['plusDi', 'period 14', 'Upward directional indicator'],
      ['plusDm', 'period 14', 'Upward directional movement'],
      ['sar', 'acceleration 0.02, maximum 0.2', 'Parabolic stop and reverse'],
      [
        'sarExt',
        'startValue 0, offsetOnReverse 0, accelerationInitLong 0.02, accelerationLong 0.02, accelerationMaxLong 0.2, accelerationInitShort 0.02, accelerationShort 0.02, accelerationMaxShort 0.2',
        'Parabolic stop and reverse, extended',
      ],
      ['supertrend', 'period 10, multiplier 3', 'Supertrend'],
    ],
  ],
  [
    'Volatility and volume',
    [
      ['ad', '', 'Accumulation/distribution line'],
      ['adosc', 'fast 3, slow 10', 'Chaikin oscillator'],
      ['atr', 'period 14', 'Average true range'],
      ['mfi', 'period 14', 'Money flow index'],
      ['natr', 'period 14', 'Average true range in percent'],
      ['obv', '', 'On-balance volume'],
      ['trueRange', '', 'True range'],
    ],
  ],
  [
    'Statistics and prices',
    [
      ['avgPrice', '', 'Average price'],
      ['beta', 'period 5', 'Beta'],
      ['correl', 'period 30', 'Correlation'],
      ['heikinAshi', '', 'Heikin-Ashi candles'],
      ['linearReg', 'period 14', 'Linear regression'],
      ['linearRegAngle', 'period 14', 'Linear regression angle'],
      ['linearRegIntercept', 'period 14', 'Linear regression intercept'],
      ['linearRegSlope', 'period 14', 'Linear regression slope'],
      ['medPrice', '', 'Median price'],
      ['midpoint', 'period 14', 'Middle of a window'],
      ['midprice', 'period 14', 'Middle of the range of a window'],
      ['rollingMax', 'period 30', 'Largest of a window'],
      ['rollingMin', 'period 30', 'Smallest of a window'],
      ['rollingSum', 'period 30', 'Sum of a window'],
      ['stddev', 'period 5, deviations 1', 'Standard deviation'],
      ['tsf', 'period 14', 'Time series forecast'],
      ['typPrice', '', 'Typical price'],
      ['variance', 'period 5', 'Variance'],
      ['vwap', 'period 0', 'Volume-weighted average price'],
      ['wclPrice', '', 'Weighted close price'],
    ],
  ],
];

/** `stochRsi` as an option: `stoch-rsi`. */
export function indicatorOption(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The groups of indicators, in the order of the help. */
export const INDICATORS: readonly OptionGroup[] = [
  ...LINES.map(([title, lines]): OptionGroup => ({ title, options: lines.map(optionOf) })),
  {
    title: 'Compared with',
    options: [
      {
        name: 'against',
        value: 'SYMBOL',
        kind: { type: 'text' },
        help: 'the second symbol of --correl and --beta, a column of the prices',
        commands: ['indicators'],
        config: false,
      },
    ],
  },
];

/** Every option that is an indicator. */
export const INDICATOR_OPTIONS: readonly Option[] = INDICATORS.flatMap(({ options }) => options).filter(
  ({ kind }) => kind.type === 'parameters',
);

function optionOf([name, parameters, says]: Line): Option {
  const defaults = parameters === '' ? [] : parameters.split(', ').map((each) => each.split(' ')[1]!);
  const count = defaults.length;
  const example = defaults.join(',');
  return {
    name: indicatorOption(name),
    value: ['', '[N]', '[N,N]'][count] ?? '[N,...]',
    kind: { type: 'parameters', words: parameters.includes('aType ') ? AVERAGES : [], example },
    help: parameters === '' ? says : `${says} (${parameters})`,
    commands: ['indicators'],
    config: false,
  };
}
