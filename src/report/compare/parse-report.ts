/** From the text of a report in JSON back to the run: strict, because the file may have been cut, edited or mixed up. */
import { SchemaError } from '../../errors.js';
import { PROFILE_NAMES } from '../../metrics/conventions.js';
import type { Metrics } from '../../metrics/types.js';
import { formatDate } from '../../time.js';
import {
  datesOf,
  entriesOf,
  field,
  figureOf,
  integerOf,
  itemsOf,
  type JsonNode,
  numberOf,
  refuse,
  seriesOf,
  textOf,
  textOrNull,
  textsOf,
  wordOf,
} from './json-node.js';
import type { ConfigValue, ReportDocument, ReportTrading } from './types.js';

/** The version of the document that is read here. */
const FORMAT_VERSION = 1;
/** A stated return may differ from the one of the equity beside it by this much: texts of doubles lose nothing. */
const RETURN_TOLERANCE = 1e-9;
/** Most bars of a document: above it, a length is a mistake. */
const BARS_MAX = 100_000_000;

const METRICS: readonly (keyof Metrics)[] = [
  'totalReturn',
  'cagr',
  'volatility',
  'sharpe',
  'sortino',
  'maxDrawdown',
  'calmar',
  'numPeriods',
  'winningPeriods',
  'losingPeriods',
  'cvar95',
  'winRate',
  'profitFactor',
  'payoffRatio',
  'kelly',
];
const TRADING: readonly (keyof ReportTrading)[] = [
  'turnover',
  'turnoverPerYear',
  'costCents',
  'costBps',
  'costBpsPerYear',
  'trades',
  'rebalances',
];

/**
 * Reads the JSON document of one run, as `reportJson` and `nb-backtest run … --json` write it.
 *
 * text     the whole document
 * options  `file`: its name, for errors and for the comparison; `sha256` of the file in hex, where it is known
 *
 * Every field that a comparison uses is checked: type, range, lengths, rising dates, and that returns, dates and
 * totals agree with the equity. Fields that are not known are left alone; what the document cannot hold is NaN.
 * Throws `SchemaError` naming the file, the path in the document, what is there, what is needed and what to do;
 * so for a document of a later version. O(length).
 */
export function parseReportJson(
  text: string,
  options: { readonly file: string; readonly sha256?: string },
): ReportDocument {
  const { file, sha256 } = options;
  const root: JsonNode = { file, path: '', value: parseJson(text, file) };
  checkFormat(root);
  const bars = integerOf(field(root, 'bars'), 1, BARS_MAX);
  const config = field(root, 'config');
  const series = field(root, 'series');
  const given = field(series, 'dates');
  const dates = given.value === null ? null : datesOf(given, bars);
  const equityCents = seriesOf(series, 'equityCents', bars + 1, { whole: true });
  const returns = seriesOf(series, 'returns', bars);
  seriesOf(series, 'cashCents', bars + 1, { whole: true });
  seriesOf(series, 'drawdown', bars + 1, { gaps: true });
  integerOf(field(config, 'priceScale'), 1);
  const metricsFrom = integerOf(field(config, 'metricsFrom'), 0, bars - 1);
  const status = wordOf(field(root, 'status'), ['ok', 'bankrupt']);
  checkSpan(root, dates);
  checkEquity(root, equityCents, returns);
  const metrics = figures(field(root, 'metrics'), METRICS);
  const counted = bars - metricsFrom;
  if (metrics.numPeriods !== counted)
    refuse(field(field(root, 'metrics'), 'numPeriods'), `${counted}, the bars less config.metricsFrom`);
  return {
    file,
    ...(sha256 === undefined ? {} : { sha256 }),
    name: textOf(field(root, 'name')),
    status,
    bankruptBar: status === 'ok' ? -1 : integerOf(field(root, 'bankruptBar'), 0, bars - 1),
    bars,
    symbols: textsOf(field(root, 'symbols')),
    dates,
    equityCents,
    returns,
    turnover: seriesOf(series, 'turnover', bars, { gaps: true }),
    costCents: seriesOf(series, 'costCents', bars, { whole: true }),
    metrics,
    trading: figures(field(root, 'trading'), TRADING),
    periodsPerYear: numberOf(field(config, 'periodsPerYear'), 1e-6, 1e6),
    riskFree: numberOf(field(config, 'riskFree'), -0.999_999, 1e6),
    profile: wordOf(field(config, 'profile'), PROFILE_NAMES),
    metricsFrom,
    config: new Map(flatConfig(config, '', 0)),
    ...origin(root),
  };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The engine's own words differ from version to version; they are kept as the cause.
    const start = text.trimStart();
    const [what, fix] =
      start === ''
        ? ['an empty file', 'write it again: nb-backtest run PRICES --json > FILE']
        : start.startsWith('<')
          ? ['a page', 'give the JSON of the run: nb-backtest run PRICES --json > FILE']
          : start.startsWith('{')
            ? ['JSON that is damaged or cut short', 'write it again: nb-backtest run PRICES --json > FILE']
            : ['no JSON', 'give what nb-backtest run PRICES --json prints'];
    throw Object.assign(
      new SchemaError(
        `the document is ${what}; needed: the JSON report of a run. Fix: ${fix}`,
        { file },
        {
          field: 'the document',
          value: start.slice(0, 40),
          constraint: 'the JSON report of a run',
          fix,
        },
      ),
      { cause },
    );
  }
}

function checkFormat(root: JsonNode): void {
  const format = field(root, 'format');
  const failed = field(root, 'error').value;
  if (format.value === undefined && typeof failed === 'object' && failed !== null) {
    refuse(
      { ...root, path: 'error', value: failed },
      'the report of a run that succeeded',
      'mend what the error says and run again',
    );
  }
  if (format.value !== 'nb-backtest-report')
    refuse(format, '"nb-backtest-report"', 'give the JSON that nb-backtest run … --json prints');
  const version = field(root, 'formatVersion');
  if (integerOf(version, 1) > FORMAT_VERSION) {
    refuse(
      version,
      `version ${FORMAT_VERSION}, the one that this nb-backtest reads`,
      'update nb-backtest, or make the file again with this version',
    );
  }
}

/** `from` and `to` must be the first and the last date. */
function checkSpan(root: JsonNode, dates: Int32Array | null): void {
  for (const [key, day] of [
    ['from', dates?.[0]],
    ['to', dates?.[dates.length - 1]],
  ] as const) {
    const expected = day === undefined ? null : formatDate(day);
    const node = field(root, key);
    if (node.value !== expected)
      refuse(
        node,
        expected === null
          ? 'null, as series.dates is'
          : `${expected}, the ${key === 'from' ? 'first' : 'last'} of series.dates`,
      );
  }
}

/** The totals and every return must follow from the equity. */
function checkEquity(root: JsonNode, equity: Float64Array, returns: Float64Array): void {
  const bars = returns.length;
  const first = field(root, 'initialCents');
  if (integerOf(first, 1) !== equity[0]) refuse(first, `${equity[0]}, the first value of series.equityCents`);
  const last = field(root, 'finalCents');
  if (last.value !== equity[bars]) refuse(last, `${equity[bars]}, the last value of series.equityCents`);
  for (let bar = 0; bar < bars; bar++) {
    const before = equity[bar]!;
    const expected = before > 0 ? equity[bar + 1]! / before - 1 : 0;
    if (!(Math.abs(returns[bar]! - expected) <= RETURN_TOLERANCE * Math.max(1, Math.abs(expected)))) {
      refuse(
        { file: root.file, path: `series.returns[${bar}]`, value: returns[bar] },
        `${expected}, as series.equityCents says`,
      );
    }
  }
}

function figures<K extends string>(node: JsonNode, keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, figureOf(node, key)])) as Record<K, number>;
}

/** Options as dotted names; at most three levels, only plain values. */
function flatConfig(node: JsonNode, prefix: string, depth: number): [string, ConfigValue][] {
  return entriesOf(node).flatMap(([key, item]): [string, ConfigValue][] => {
    const { value } = item;
    if (typeof value === 'object' && value !== null && depth < 2 && !Array.isArray(value))
      return flatConfig(item, `${prefix}${key}.`, depth + 1);
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
      refuse(item, 'a text, a number, true, false or null');
    return [[prefix + key, value as ConfigValue]];
  });
}

/** Options of the command line; older documents have none. */
function settingsOf(node: JsonNode): ReadonlyMap<string, string> {
  if (node.value === undefined) return new Map();
  return new Map(entriesOf(node).map(([name, item]) => [name, textOf(item)]));
}

function origin(root: JsonNode): Pick<ReportDocument, 'digests' | 'provenance'> {
  const digests = field(root, 'digests');
  const provenance = field(root, 'provenance');
  return {
    digests: {
      input: textOf(field(digests, 'input')),
      config: textOf(field(digests, 'config')),
      result: textOf(field(digests, 'result')),
    },
    provenance: {
      command: textOf(field(provenance, 'command')),
      files: itemsOf(field(provenance, 'files')).map((item) => ({
        name: textOf(field(item, 'name')),
        sha256: textOf(field(item, 'sha256')),
      })),
      settings: settingsOf(field(provenance, 'settings')),
      version: textOf(field(provenance, 'version')),
      node: textOrNull(field(provenance, 'node')),
      pathUsed: textOf(field(provenance, 'pathUsed')),
      notes: textsOf(field(provenance, 'notes')),
    },
  };
}
