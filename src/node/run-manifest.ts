/** Runs that a manifest describes: one file names data, targets, options and outputs. */
import { basename, dirname, resolve } from 'node:path';
import { type BridgeCall, Engine, type EngineOptions, type RunPlan } from '../bridge/index.js';
import type { BacktestOptions, BacktestResult } from '../backtest/index.js';
import { checkKeys } from '../check.js';
import { ConfigError, type DataPlace, ValidationError } from '../errors.js';
import { reportCsv, reportHtml, type ReportInput, reportJson } from '../report/index.js';
import { type PricePanel, type RebalanceRule, weightsToMatrix } from '../series/index.js';
import { readWeights } from '../series/read-weights.js';
import type { NamedTargetOptions, TargetName } from '../targets/target-names.js';
import { formatDate, parseDate } from '../time.js';
import { version } from '../version.js';
import { readTextAndDigest, writeFileAtomic } from './files.js';
import { type PriceFilesOptions, readPriceFiles } from './price-files.js';

/** What a manifest file holds, as JSON. Paths count from the folder of the manifest. */
export interface RunManifest {
  /** Title of the reports; default the name of the file. */
  readonly name?: string;
  readonly data: {
    /** Files, or folders of files, as `readPriceFiles` takes them. */
    readonly files: string | readonly string[];
    readonly symbols?: readonly string[];
    /** First and last date, `2020-01-31`. */
    readonly from?: string;
    readonly to?: string;
    readonly priceScale?: number;
    readonly missing?: PriceFilesOptions['missing'];
  };
  /** A rule with its options, or a file of weights. */
  readonly targets:
    | (Omit<NamedTargetOptions, 'scores'> & { readonly rule: TargetName; readonly rebalance?: RebalanceRule })
    | { readonly file: string };
  /** Those of `backtestWeights`; amounts are cents. */
  readonly options: Omit<BacktestOptions, 'priceScale'>;
  readonly engine?: EngineOptions;
  /** Files to write: the report in each form, and the calls of the bridge. */
  readonly outputs?: {
    readonly json?: string;
    readonly csv?: string;
    readonly html?: string;
    readonly diagnostics?: string;
  };
}

/** A run that a manifest described. */
export interface ManifestRun {
  readonly result: BacktestResult;
  readonly prices: PricePanel;
  /** Paths of the files that were written, in the order json, csv, html, diagnostics. */
  readonly written: readonly string[];
  /** Calls of the bridge and the path of each. */
  readonly diagnostics: readonly BridgeCall[];
  /** What was seen on reading, one sentence each. */
  readonly sentences: readonly string[];
}

const OUTPUTS = ['json', 'csv', 'html', 'diagnostics'] as const;
const DATA_KEYS = ['files', 'symbols', 'from', 'to', 'priceScale', 'missing'];

/**
 * Runs what a manifest describes and writes its outputs.
 *
 * path    a JSON file; see `RunManifest`. Keys that are not known are errors
 * engine  where the backtest runs; default one with all features
 *
 * All is read and worked out before the first output is written; each is whole or not there. An output may not take the
 * place of a file that is read, or of another output. Throws `ConfigError`, naming file, field and fix, for a manifest
 * that is not one; else as `readPriceFiles`, `Engine.run` and `writeFileAtomic`.
 */
export async function runManifest(path: string, engine: Engine = new Engine()): Promise<ManifestRun> {
  const file = readTextAndDigest(path);
  const place: DataPlace = { file: path };
  const manifest = inManifest(place, () => checkManifest(parse(file.text)));
  const beside = (name: string): string => resolve(dirname(path), name);
  const { data, targets } = manifest;
  const inputs = (typeof data.files === 'string' ? [data.files] : data.files).map(beside);
  const outputs = inManifest(place, () => outputPaths(manifest, beside, [resolve(path), ...inputs]));
  const read = await readPriceFiles(
    inputs,
    inManifest(place, () => readingOf(data)),
  );
  const files = [{ name: basename(path), sha256: file.sha256 }, ...read.files];
  const sentences = [...read.sentences];
  const prices = read.panel;
  let planned: RunPlan['targets'];
  if ('file' in targets) {
    const name = beside(targets.file);
    const { text, sha256 } = readTextAndDigest(name);
    files.push({ name: basename(name), sha256 });
    const made = weightsToMatrix(readWeights(text, { file: name }).entries, prices, { file: name });
    sentences.push(...made.sentences);
    planned = { weights: made.weights };
  } else planned = targets;
  const before = engine.bridge.diagnostics().at(-1)?.number ?? 0;
  const { options, engine: switches } = manifest;
  const result = engine.run({
    prices,
    targets: planned,
    options,
    ...(switches && { engine: switches }),
  });
  const diagnostics = engine.bridge.diagnostics().filter(({ number }) => number > before);
  const report: ReportInput = {
    result,
    name: manifest.name ?? basename(path),
    prices,
    provenance: {
      command: `runManifest(${JSON.stringify(basename(path))})`,
      files,
      settings: { path: result.pathUsed },
      version,
      node: process.version,
      notes: sentences,
    },
  };
  const texts = outputs.map(({ kind, to }) => ({ to, text: textOf(kind, report, diagnostics) }));
  for (const { to, text } of texts) writeFileAtomic(to, text);
  return { result, prices, written: texts.map(({ to }) => to), diagnostics, sentences };
}

function textOf(
  kind: (typeof OUTPUTS)[number],
  report: ReportInput,
  diagnostics: readonly BridgeCall[],
): string {
  if (kind === 'json') return reportJson(report);
  if (kind === 'csv') return reportCsv(report);
  if (kind === 'html') return reportHtml(report);
  return `${JSON.stringify({ version, calls: diagnostics })}\n`;
}

/** Says which file a mistake stands in. */
function inManifest<T>(place: DataPlace, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof ValidationError)) throw cause;
    const { field, value, constraint, fix } = cause.detail;
    throw new ConfigError(`${place.file}: ${field}`, value, constraint, fix, { cause, place });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ValidationError('manifest', text.slice(0, 40), 'JSON', 'check brackets, quotes and commas');
  }
}

function checkManifest(value: unknown): RunManifest {
  checkKeys('manifest', value, ['name', 'data', 'targets', 'options', 'engine', 'outputs']);
  const manifest = value as RunManifest;
  const { name, data, targets, options, engine, outputs } = manifest;
  if (name !== undefined) text('name', name);
  checkKeys('data', data, DATA_KEYS);
  if (Array.isArray(data.files) && data.files.length > 0) {
    data.files.forEach((file: unknown, i) => text(`data.files[${i}]`, file));
  } else text('data.files', data.files);
  checkKeys('options', options, Object.keys(options ?? {}));
  checkKeys('targets', targets, Object.keys(targets ?? {}));
  if ('rule' in targets === 'file' in targets) {
    const fix = 'write "targets": {"rule": "equal"} or {"file": "weights.csv"}';
    throw new ValidationError('targets', targets, 'either a rule or a file', fix);
  }
  if ('file' in targets) {
    checkKeys('targets', targets, ['file']);
    text('targets.file', targets.file);
  }
  if (engine !== undefined) checkKeys('engine', engine, ['useKernels', 'simulateStops']);
  if (outputs !== undefined) checkKeys('outputs', outputs, OUTPUTS);
  return manifest;
}

function text(field: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') return;
  throw new ValidationError(field, value, 'a text that is not empty', 'write it in quotes');
}

function readingOf({ symbols, from, to, priceScale, missing }: RunManifest['data']): PriceFilesOptions {
  const day = (field: string, date: unknown): number => {
    const found = typeof date === 'string' ? parseDate(date) : undefined;
    if (typeof found === 'number') return found;
    throw new ValidationError(field, date, 'a date', `write ${formatDate(18_292)}`);
  };
  return {
    ...(symbols === undefined ? {} : { symbols }),
    ...(from === undefined ? {} : { from: day('data.from', from) }),
    ...(to === undefined ? {} : { to: day('data.to', to) }),
    ...(priceScale === undefined ? {} : { priceScale }),
    ...(missing === undefined ? {} : { missing }),
  };
}

/** The outputs with their paths; throws where one would take the place of another file of the run. */
function outputPaths(
  { outputs = {}, targets }: RunManifest,
  beside: (name: string) => string,
  inputs: readonly string[],
): { kind: (typeof OUTPUTS)[number]; to: string }[] {
  const taken = new Set(inputs);
  if ('file' in targets) taken.add(beside(targets.file));
  return OUTPUTS.filter((kind) => outputs[kind] !== undefined).map((kind) => {
    text(`outputs.${kind}`, outputs[kind]);
    const to = beside(outputs[kind]!);
    if (taken.has(to)) {
      const constraint = 'another file than those that are read or written';
      throw new ValidationError(`outputs.${kind}`, outputs[kind], constraint, 'choose another name');
    }
    taken.add(to);
    return { kind, to };
  });
}
