/** The streaming classes by the name of their row. */
import { Bbands } from './bands.js';
import { Apo, Macd, MacdExt, MacdFix, Ppo, Trix } from './convergence.js';
import { Dema, Ema, Kama, Ma, Mama, Sma, T3, Tema, Trima, Wma } from './moving-averages.js';
import {
  Beta,
  Correl,
  LinearReg,
  LinearRegAngle,
  LinearRegIntercept,
  LinearRegSlope,
  Stddev,
  Tsf,
  Variance,
} from './statistic.js';
import { Donchian, Ichimoku, Keltner } from './channels.js';
import { AvgPrice, HeikinAshi, MedPrice, TypPrice, Vwap, WclPrice } from './prices.js';
import { Sar, SarExt, Supertrend } from './trend.js';
import { Adx, Adxr, Dx, MinusDi, MinusDm, PlusDi, PlusDm } from './directional.js';
import { Cmo, Mom, Roc, Rocp, Rocr, Rocr100, Rsi } from './momentum.js';
import { Aroon, AroonOsc, Bop, Cci, Ultosc, Willr } from './oscillators.js';
import { Stoch, StochF, StochRsi } from './stochastics.js';
import { Atr, Natr, TrueRange } from './volatility.js';
import { Ad, Adosc, Mfi, Obv } from './volume.js';
import { Midpoint, Midprice, RollingMax, RollingMin, RollingSum } from './windows.js';

/** A class whose objects take one bar after the other. */
export type StreamClass = new (...parameters: never[]) => {
  update(...values: number[]): number | Readonly<Record<string, number>>;
};

/** Every indicator's streaming class, ordered by name. */
export const STREAMS: Readonly<Record<string, StreamClass>> = {
  ad: Ad,
  adosc: Adosc,
  adx: Adx,
  adxr: Adxr,
  apo: Apo,
  aroon: Aroon,
  aroonOsc: AroonOsc,
  atr: Atr,
  avgPrice: AvgPrice,
  bbands: Bbands,
  beta: Beta,
  bop: Bop,
  cci: Cci,
  cmo: Cmo,
  correl: Correl,
  dema: Dema,
  donchian: Donchian,
  dx: Dx,
  ema: Ema,
  heikinAshi: HeikinAshi,
  ichimoku: Ichimoku,
  kama: Kama,
  keltner: Keltner,
  linearReg: LinearReg,
  linearRegAngle: LinearRegAngle,
  linearRegIntercept: LinearRegIntercept,
  linearRegSlope: LinearRegSlope,
  ma: Ma,
  macd: Macd,
  macdExt: MacdExt,
  macdFix: MacdFix,
  mama: Mama,
  medPrice: MedPrice,
  mfi: Mfi,
  midpoint: Midpoint,
  midprice: Midprice,
  minusDi: MinusDi,
  minusDm: MinusDm,
  mom: Mom,
  natr: Natr,
  obv: Obv,
  plusDi: PlusDi,
  plusDm: PlusDm,
  ppo: Ppo,
  roc: Roc,
  rocp: Rocp,
  rocr: Rocr,
  rocr100: Rocr100,
  rollingMax: RollingMax,
  rollingMin: RollingMin,
  rollingSum: RollingSum,
  rsi: Rsi,
  sar: Sar,
  sarExt: SarExt,
  sma: Sma,
  stddev: Stddev,
  stoch: Stoch,
  stochF: StochF,
  stochRsi: StochRsi,
  supertrend: Supertrend,
  t3: T3,
  tema: Tema,
  trima: Trima,
  trix: Trix,
  trueRange: TrueRange,
  tsf: Tsf,
  typPrice: TypPrice,
  ultosc: Ultosc,
  variance: Variance,
  vwap: Vwap,
  wclPrice: WclPrice,
  willr: Willr,
  wma: Wma,
};
