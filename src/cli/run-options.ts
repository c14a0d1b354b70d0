/** The options of `nb-backtest run`: names, meaning and range. Digits are read here, exactly; nothing is guessed. */

import { exp } from '../../kernels/special/exp.js';
import { log } from '../../kernels/special/log.js';
import type { BacktestOptions, FillPolicy } from '../backtest/types.js';
import { checkOneOf } from '../check.js';
import { parseNumber } from '../decimal.js';
import { ConfigError } from '../errors.js';
import type { MetricsProfile } from '../metrics/types.js';
import { checkPriceScale, parseMoneyCents } from '../money.js';
import type { RebalanceRule } from '../series/rebalance-dates.js';
import { parseDate } from '../time.js';
import type { OptionNames, Typed } from './args.js';

/** Every option of `run` and `demo`. */
export const RUN_OPTIONS: OptionNames = {
  values: [
    'weights',
    'rebalance',
    'lag',
    'cash',
    'cost-bps',
    'slippage-bps',
    'min-fee',
    'fill',
    'price-scale',
    'quantity-step',
    'max-gross',
    'cost-target',
    'missing-price',
    'no-trade-band-bps',
    'min-order',
    'max-order',
    'max-trades',
    'max-turnover',
    'risk-free',
    'periods',
    'profile',
    'benchmark',
    'symbols',
    'from',
    'to',
    'name',
    'html',
  ],
  switches: ['allow-short', 'json', 'csv', 'quiet', 'no-color', 'debug'],
};

/** How and where the result is shown. */
export interface OutputOptions {
  readonly format: 'table' | 'json' | 'csv';
  readonly html: string | undefined;
  readonly quiet: boolean;
  readonly color: boolean;
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

/** What the command line asked for. */
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
const PROFILES: readonly MetricsProfile[] = ['default', 'nanobook', 'quantstats-0.0.77', 'quantstats-0.0.86'];

/** Reads the typed options; `ConfigError` names the first that is wrong, with its value, constraint and fix. */
export function readRunOptions(typed: Typed, colorTerminal: boolean): RunOptions {
  const { values, switches } = typed;
  if (switches.has('json') && switches.has('csv')) {
    throw new ConfigError('--csv', 'with --json', 'one format', 'drop --json or --csv');
  }
  const periodsPerYear = number(values, 'periods', 252, 1e-6, 1e6);
  const fillPolicy = FILLS[oneOf(values, 'fill', 'close', Object.keys(FILLS))]!;
  const backtest: Omit<BacktestOptions, 'priceScale'> = {
    initialCash: money(values, 'cash', 100_000_000, 1),
    costModel: {
      commissionBps: number(values, 'cost-bps', 0, 0, 10_000),
      slippageBps: number(values, 'slippage-bps', 0, 0, 10_000),
      minTradeFee: money(values, 'min-fee', 0, 0),
    },
    // A close is known only after the market closed: trade the next close, or the next open.
    lag: integer(values, 'lag', fillPolicy === 'close' ? 1 : 0, 0, 1_000_000),
    fillPolicy,
    quantityStep: number(values, 'quantity-step', 1e-6, 1e-6, 1e9),
    periodsPerYear,
    riskFree: perPeriod(number(values, 'risk-free', 0, -0.99, 10), periodsPerYear),
    limits: {
      minOrderValue: money(values, 'min-order', 0, 0),
      maxOrderValue: money(values, 'max-order', 0, 0),
      noTradeBandBps: number(values, 'no-trade-band-bps', 0, 0, 10_000),
      maxTradesPerRebalance: integer(values, 'max-trades', 0, 0, 1_000_000),
      maxRebalanceNotional: money(values, 'max-turnover', 0, 0),
    },
    missingPrice: oneOf(values, 'missing-price', 'error', ['error', 'mark-last']),
    maxGross: number(values, 'max-gross', 1, 1e-9, 1000),
    allowShort: switches.has('allow-short'),
    costTarget: oneOf(values, 'cost-target', 'gross', ['gross', 'net']),
    profile: oneOf(values, 'profile', 'default', PROFILES),
  };
  const scale = values.get('price-scale');
  return {
    source: {
      weights: values.get('weights') ?? 'equal',
      rebalance: rebalanceRule(values.get('rebalance') ?? 'monthly'),
      rebalanceGiven: values.has('rebalance'),
      benchmark: values.get('benchmark'),
      symbols: values
        .get('symbols')
        ?.split(',')
        .map((symbol) => symbol.trim()),
      from: date(values, 'from'),
      to: date(values, 'to'),
      priceScale:
        scale === undefined
          ? undefined
          : checkPriceScale(integer(values, 'price-scale', 100, 1, 1e6), '--price-scale'),
      name: values.get('name'),
    },
    output: {
      format: switches.has('json') ? 'json' : switches.has('csv') ? 'csv' : 'table',
      html: values.get('html'),
      quiet: switches.has('quiet'),
      color: colorTerminal && !switches.has('no-color'),
    },
    backtest,
  };
}

/** (1 + annual)^(1 / periods) − 1, by our own exp and log so that every engine gives the same bits. */
function perPeriod(annual: number, periods: number): number {
  return annual === 0 ? 0 : exp(log(1 + annual) / periods) - 1;
}

function number(
  values: ReadonlyMap<string, string>,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = values.get(name);
  if (text === undefined) return fallback;
  const value = parseNumber(text);
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw new ConfigError(
      `--${name}`,
      text,
      `a number from ${min} to ${max}`,
      `write for example --${name} ${fallback}`,
    );
  }
  return value;
}

function integer(
  values: ReadonlyMap<string, string>,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const value = number(values, name, fallback, min, max);
  if (!Number.isInteger(value)) {
    throw new ConfigError(
      `--${name}`,
      values.get(name),
      'a whole number',
      `write for example --${name} ${fallback}`,
    );
  }
  return value;
}

function money(values: ReadonlyMap<string, string>, name: string, fallback: number, min: number): number {
  const text = values.get(name);
  if (text === undefined) return fallback;
  const cents = parseMoneyCents(text, `--${name}`);
  if (cents < min) {
    const least = min === 0 ? '0' : '0.01';
    throw new ConfigError(
      `--${name}`,
      text,
      `an amount of at least ${least}`,
      `write for example --${name} 1000000.00`,
    );
  }
  return cents;
}

function oneOf<T extends string>(
  values: ReadonlyMap<string, string>,
  name: string,
  fallback: T,
  allowed: readonly T[],
): T {
  return checkOneOf(`--${name}`, values.get(name) ?? fallback, allowed);
}

function date(values: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const day = parseDate(text);
  if (day === undefined)
    throw new ConfigError(
      `--${name}`,
      text,
      'a date as YYYY-MM-DD',
      `write for example --${name} 2020-01-31`,
    );
  return day;
}

function rebalanceRule(text: string): RebalanceRule {
  const period = PERIODS.find((name) => name === text);
  if (period !== undefined) return period;
  // Eight digits are a date, as everywhere else.
  const every = /^\d{8}$/.test(text) ? Number.NaN : parseNumber(text);
  if (typeof every === 'number' && Number.isInteger(every) && every >= 1) return { every };
  const days = text.split(',').map((part) => parseDate(part.trim()));
  if (days.length > 0 && days.every((day) => day !== undefined)) return { dates: days as number[] };
  throw new ConfigError(
    '--rebalance',
    text,
    `${PERIODS.join(', ')}, a number of bars, or dates as YYYY-MM-DD,YYYY-MM-DD`,
    'write for example --rebalance monthly',
  );
}
