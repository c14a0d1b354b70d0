/** The targets of a run: equal weights, or those of a file. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Mat, nearestHint } from '../check.js';
import { ConfigError, DataSourceError, type DataPlace, UnknownSymbolError } from '../errors.js';
import { barAtOrAfter } from '../series/bar-dates.js';
import type { PricePanel } from '../series/price-panel.js';
import { readWeights, type WeightEntry } from '../series/read-weights.js';
import { rebalanceBars } from '../series/rebalance-dates.js';
import { weightsToMatrix } from '../series/weight-schedule.js';
import { namedTargets } from '../targets/named-targets.js';
import { TARGET_NAMES, TARGET_OPTIONS, type TargetName } from '../targets/target-names.js';
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

/** Options of the command, and what the targets call them. */
const PARAMETERS: readonly (readonly [option: string, key: string])[] = [
  ['window', 'window'],
  ['lookback', 'lookback'],
  ['skip', 'skip'],
  ['top', 'top'],
  ['positive-only', 'positiveOnly'],
  ['scores', 'scores'],
];

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
  const traded = source.symbols ?? panel.symbols.filter((_, i) => i !== benchmark?.column);
  if (traded.length === 0) {
    throw new ConfigError(
      settings.label('benchmark'),
      source.benchmark,
      'not the only symbol',
      'give a file with more symbols',
    );
  }
  refuseForeign(name, settings);
  const scores = settings.text('scores');
  // The prices of the run are the last ones of all that were read.
  const before = history.dates.length - panel.dates.length;
  const bars = rebalanceBars(panel.dates, source.rebalance).map((bar) => bar + before);
  const made = namedTargets(name, history, bars, {
    window: settings.numberIf('window'),
    lookback: settings.numberIf('lookback'),
    skip: settings.numberIf('skip'),
    top: settings.numberIf('top'),
    positiveOnly: settings.on('positive-only') ? true : undefined,
    allowShort: name === 'zscore' && settings.on('allow-short') ? true : undefined,
    scores: scores === undefined ? undefined : scoreMatrix(scores, history, found),
    symbols: traded,
  });
  found.notes.push(...made.sentences);
  const { data, cols } = made.weights;
  const weights = { data: data.slice(before * cols), rows: panel.dates.length, cols };
  return { weights, title: made.title, placeOf: () => undefined };
}

/** Options of another target than the one asked for are a mistake, not to be passed over. */
function refuseForeign(name: TargetName, settings: Settings): void {
  const known: readonly string[] = TARGET_OPTIONS[name];
  for (const [option, key] of PARAMETERS) {
    if (!settings.has(option) || known.includes(key)) continue;
    const takers = TARGET_NAMES.filter((other) => (TARGET_OPTIONS[other] as readonly string[]).includes(key));
    const label = settings.label(option);
    const fix = `drop ${label}, or use ${settings.label('weights')} ${takers.join(' or ')}`;
    const constraint = `an option of ${takers.join(' or ')}, not of ${name}`;
    throw new ConfigError(label, settings.found(option)!.text, constraint, fix);
  }
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
