/** The targets of a run: equal weights, or those of a file. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Mat, nearestHint } from '../check.js';
import { ConfigError, DataSourceError, type DataPlace, UnknownSymbolError } from '../errors.js';
import { barAtOrAfter } from '../series/bar-dates.js';
import type { PricePanel } from '../series/price-panel.js';
import { readWeights, type WeightEntry } from '../series/read-weights.js';
import { rebalanceBars, type RebalanceRule } from '../series/rebalance-dates.js';
import { weightsToMatrix } from '../series/weight-schedule.js';
import { namedTargets, type NamedTargets } from '../targets/named-targets.js';
import { isOptimizer } from '../targets/optimizer-names.js';
import { TARGET_NAMES, TARGET_OPTIONS, type TargetName } from '../targets/target-names.js';
import { refuseForeign } from './foreign-options.js';
import { clashInFlags, optimizerSettings } from './optimize/settings.js';
import type { Benchmark } from './run-benchmark.js';
import { type Found, load } from './run-files.js';
import type { SourceOptions } from './run-options.js';
import type { Settings } from './settings.js';

/** Targets bar by bar, and where those of a bar stand in a file. */
export interface Targets {
  readonly weights: Mat;
  /** What they are, for the title of the report. */
  readonly title: string;
  readonly placeOf: (bar: number) => DataPlace | undefined;
}

/** The targets that were asked for. */
export function loadWeights(
  panel: PricePanel,
  history: PricePanel,
  source: SourceOptions,
  settings: Settings,
  benchmark: Benchmark | undefined,
  found: Found,
): Targets {
  const name = TARGET_NAMES.find((known) => known === source.weights);
  if (name !== undefined) return weightsOfName(name, panel, history, source, settings, benchmark, found);
  return weightsOfFile(source.weights, panel, source, settings, found);
}

/** The targets of a name, made from the prices themselves. */
function weightsOfName(
  name: TargetName,
  panel: PricePanel,
  history: PricePanel,
  source: SourceOptions,
  settings: Settings,
  benchmark: Benchmark | undefined,
  found: Found,
): Targets {
  // The prices of the run are the last ones of all that were read.
  const before = history.dates.length - panel.dates.length;
  const made = targetRule(name, history, before, source, settings, benchmark, found)(history);
  found.notes.push(...made.sentences);
  const { data, cols } = made.weights;
  const weights = { data: data.slice(before * cols), rows: panel.dates.length, cols };
  return { weights, title: made.title, placeOf: () => undefined };
}

/**
 * The rule behind a name: targets from the first bars of the prices that were read, or from all of them.
 *
 * before  bars that are read only to look back on
 */
export function targetRule(
  name: TargetName,
  history: PricePanel,
  before: number,
  source: SourceOptions,
  settings: Settings,
  benchmark: Benchmark | undefined,
  found: Found,
): (prices: PricePanel) => NamedTargets {
  const traded = source.symbols ?? history.symbols.filter((_, i) => i !== benchmark?.column);
  if (traded.length === 0) {
    throw new ConfigError(
      settings.label('benchmark'),
      source.benchmark,
      'not the only symbol',
      'give a file with more symbols',
    );
  }
  refuseForeign(name, TARGET_OPTIONS, 'weights', settings);
  const file = settings.text('scores');
  const scores = file === undefined ? undefined : scoreMatrix(file, history, found);
  const asked = {
    lookback: settings.numberIf('lookback'),
    window: settings.numberIf('window'),
    skip: settings.numberIf('skip'),
    top: settings.numberIf('top'),
    positiveOnly: settings.on('positive-only') ? true : undefined,
    allowShort: name === 'zscore' && settings.on('allow-short') ? true : undefined,
    symbols: traded,
    ...(isOptimizer(name) ? optimizerSettings(name, settings) : {}),
  };
  return (prices) => {
    const days = prices.dates.subarray(before);
    const bars = rebalanceBars(
      days,
      prices === history ? source.rebalance : untilDay(source.rebalance, days),
    ).map((bar) => bar + before);
    try {
      return namedTargets(name, prices, bars, {
        ...asked,
        scores: scores && firstRows(scores, prices.dates.length),
      });
    } catch (error) {
      throw clashInFlags(error, settings);
    }
  };
}

/** The rule without the listed days that shortened prices do not have. */
function untilDay(rule: RebalanceRule, days: Int32Array): RebalanceRule {
  if (typeof rule === 'string' || !('dates' in rule)) return rule;
  return { dates: Array.from(rule.dates).filter((day) => day <= days[days.length - 1]!) };
}

function firstRows({ data, cols, rows: all }: Mat, rows: number): Mat {
  return rows === all ? { data, rows, cols } : { data: data.slice(0, rows * cols), rows, cols };
}

/** Scores of a file, each standing until the next date of the file: bars × symbols. */
function scoreMatrix(file: string, panel: PricePanel, found: Found): Mat {
  const { entries } = readWeights(load(file, undefined, found), { file });
  const { rows, cols } = panel.close;
  const data = new Float64Array(rows * cols).fill(Number.NaN);
  let next = 0;
  let current: WeightEntry | undefined;
  for (let t = 0; t < rows; t++) {
    while (next < entries.length && entries[next]!.date <= panel.dates[t]!) {
      current = entries[next];
      next += 1;
    }
    if (current === undefined) continue;
    for (let j = 0; j < cols; j++) data[t * cols + j] = current.targets.get(panel.symbols[j]!) ?? Number.NaN;
  }
  found.notes.push(`Scores of ${entries.length} dates from ${basename(file)}; each stands until the next.`);
  return { data, rows, cols };
}

function weightsOfFile(
  file: string,
  panel: PricePanel,
  source: SourceOptions,
  settings: Settings,
  found: Found,
): Targets {
  const label = settings.label('weights');
  if (!existsSync(file)) {
    if (!/[./\\]/.test(file)) {
      const constraint = `${TARGET_NAMES.join(', ')}, or a file of weights`;
      throw new ConfigError(label, file, constraint, nearestHint(file, TARGET_NAMES));
    }
    throw new DataSourceError(`no such file; check the path of ${label}`, { file });
  }
  if (settings.yields('rebalance', 'weights')) settings.drop('rebalance');
  if (settings.has('rebalance')) {
    const rebalance = settings.label('rebalance');
    throw new ConfigError(
      rebalance,
      settings.found('rebalance')!.text,
      'left out with a file of weights, which says when',
      `drop ${rebalance}`,
    );
  }
  const { entries } = readWeights(load(file, undefined, found), { file });
  const inRange = entries.filter(
    ({ date }) =>
      (source.from === undefined || date >= source.from) && (source.to === undefined || date <= source.to),
  );
  try {
    const schedule = weightsToMatrix(inRange, panel, { file });
    found.notes.push(...schedule.sentences);
    const left = entries.length - inRange.length;
    if (left > 0) found.notes.push(`Weights at dates outside --from and --to are left out: ${left}.`);
    return {
      weights: schedule.weights,
      title: `Weights from ${basename(file)}`,
      placeOf: (bar) => {
        const entry = inRange.findLast(({ date }) => barAtOrAfter(panel.dates, date) === bar);
        return entry === undefined ? undefined : { file, row: entry.line };
      },
    };
  } catch (error) {
    if (!(error instanceof UnknownSymbolError)) throw error;
    const { value, fix } = error.detail;
    throw unknownSymbol(file, inRange, value, fix, error);
  }
}

function unknownSymbol(
  file: string,
  entries: readonly WeightEntry[],
  symbol: unknown,
  fix: string,
  cause: unknown,
): UnknownSymbolError {
  const entry = entries.find(({ targets }) => targets.has(String(symbol)));
  const where = entry === undefined ? file : `${file}, line ${entry.line}`;
  const place = { file, ...(entry === undefined ? {} : { row: entry.line }), column: String(symbol) };
  return new UnknownSymbolError(where, symbol, 'a symbol of the prices', fix, { place, cause });
}
