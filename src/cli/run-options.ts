/** From the settings of `nb-backtest run` to what the library takes. */
import { exp } from '../../kernels/special/exp.js';
import { log } from '../../kernels/special/log.js';
import type { BacktestOptions, FillPolicy } from '../backtest/types.js';
import { nearest } from '../check.js';
import { parseNumber } from '../decimal.js';
import { ConfigError } from '../errors.js';
import type { MetricsProfile } from '../metrics/types.js';
import { checkPriceScale } from '../money.js';
import type { RebalanceRule } from '../series/rebalance-dates.js';
import { parseDate } from '../time.js';
import type { Settings } from './settings.js';
import { stopConfig } from './stops.js';

/** How and where the result is shown. */
export interface OutputOptions {
  readonly format: 'table' | 'json' | 'csv';
  readonly html: string | undefined;
}

/** Which prices and targets to take. */
export interface SourceOptions {
  readonly weights: string;
  readonly rebalance: RebalanceRule;
  readonly rebalanceGiven: boolean;
  readonly benchmark: string | undefined;
  readonly symbols: readonly string[] | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly priceScale: number | undefined;
  readonly name: string | undefined;
}

/** What the command line, the environment and the config files asked for. */
export interface RunOptions {
  readonly source: SourceOptions;
  readonly output: OutputOptions;
  /** Options of `backtestWeights`, without the price scale that the reader finds. */
  readonly backtest: Omit<BacktestOptions, 'priceScale'>;
}

const FILLS: Readonly<Record<string, FillPolicy>> = {
  close: 'close',
  'next-open': 'nextOpen',
  'next-typical': 'nextTypical',
};
const PERIODS = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const;

/** Reads the settings; `ConfigError` names the first that is wrong, with its value, constraint and fix. */
export function readRunOptions(settings: Settings): RunOptions {
  const periodsPerYear = settings.number('periods');
  const fillPolicy = FILLS[settings.choice('fill')]!;
  const stops = stopConfig(settings);
  const backtest: Omit<BacktestOptions, 'priceScale'> = {
    initialCash: settings.number('cash'),
    costModel: {
      commissionBps: settings.number('cost-bps'),
      slippageBps: settings.number('slippage-bps'),
      minTradeFee: settings.number('min-fee'),
    },
    // A close is known only after the market closed: trade the next close, or the next open.
    lag: settings.number('lag', fillPolicy === 'close' ? 1 : 0),
    fillPolicy,
    quantityStep: settings.number('quantity-step'),
    periodsPerYear,
    riskFree: perPeriod(settings.number('risk-free'), periodsPerYear),
    limits: {
      minOrderValue: settings.number('min-order'),
      maxOrderValue: settings.number('max-order'),
      noTradeBandBps: settings.number('no-trade-band-bps'),
      maxTradesPerRebalance: settings.number('max-trades'),
      maxRebalanceNotional: settings.number('max-turnover'),
    },
    ...(stops === undefined ? {} : { stops }),
    missingPrice: settings.choice('missing-price'),
    maxGross: settings.number('max-gross'),
    allowShort: settings.on('allow-short'),
    costTarget: settings.choice('cost-target'),
    profile: settings.choice<MetricsProfile>('profile'),
  };
  const scale = settings.numberIf('price-scale');
  return {
    source: {
      weights: settings.text('weights')!,
      rebalance: rebalanceRule(settings.list('rebalance')!, settings.label('rebalance')),
      rebalanceGiven: settings.has('rebalance'),
      benchmark: settings.text('benchmark'),
      symbols: settings.list('symbols'),
      from: settings.numberIf('from'),
      to: settings.numberIf('to'),
      priceScale: scale === undefined ? undefined : checkPriceScale(scale, settings.label('price-scale')),
      name: settings.text('name'),
    },
    output: {
      format: settings.on('json') ? 'json' : settings.on('csv') ? 'csv' : 'table',
      html: settings.text('html'),
    },
    backtest,
  };
}

/** (1 + annual)^(1 / periods) − 1, by our own exp and log so that every engine gives the same bits. */
export function perPeriod(annual: number, periods: number): number {
  return annual === 0 ? 0 : exp(log(1 + annual) / periods) - 1;
}

function rebalanceRule(parts: readonly string[], label: string): RebalanceRule {
  const text = parts.join(',');
  const period = PERIODS.find((name) => name === text);
  if (period !== undefined) return period;
  // Eight digits are a date, as everywhere else.
  const every = /^\d{8}$/.test(text) ? Number.NaN : parseNumber(text);
  if (typeof every === 'number' && Number.isInteger(every) && every >= 1) return { every };
  const days = parts.map((part) => parseDate(part));
  if (days.length > 0 && days.every((day) => day !== undefined)) return { dates: days as number[] };
  const near = nearest(text, PERIODS);
  throw new ConfigError(
    label,
    text,
    `${PERIODS.join(', ')}, a number of bars, or dates as YYYY-MM-DD,YYYY-MM-DD`,
    near === undefined
      ? `write for example ${label.startsWith('--') ? `${label} ` : ''}monthly`
      : `did you mean ${near}`,
  );
}
