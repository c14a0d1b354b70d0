/** The comparison as one JSON document for programs. */
import { finiteOrNull, type Json, record } from '../json.js';
import { type ComparedRun, type CompareModel, compareModel } from './model.js';
import type { CompareInput } from './types.js';

/** Raised when a field changes its name or meaning. */
const FORMAT_VERSION = 1;

/**
 * One line of JSON and a newline; keys always in the same order.
 *
 * Runs are named by letters, A to L in the order given, and lists of values hold one a run in that order. Figures
 * are fractions, lengths of drawdowns calendar days (bars without dates); a number that is not finite is null, with
 * a field of the same name and the ending `Reason` beside it in objects. `curve` is 100 at the first point. `best`
 * names the letters that are best at the precision that the tables show; empty where all are equal or where the
 * figure is no merit. `own` are the figures that each document states for its whole span.
 *
 * Throws as `compareText`.
 */
export function compareJson(input: CompareInput): string {
  const model = compareModel(input);
  const document = {
    format: 'nb-backtest-comparison',
    formatVersion: FORMAT_VERSION,
    title: model.title,
    version: input.version,
    command: input.command ?? null,
    common: {
      from: model.span.points === null ? null : model.from,
      to: model.span.points === null ? null : model.to,
      periods: model.span.periods,
      base: model.span.base,
      periodsPerYear: model.conventions.periodsPerYear,
      riskFree: model.conventions.riskFree,
      profile: model.conventions.profile,
    },
    runs: model.runs.map((run, i) => runJson(model, run, i)),
    figures: model.rows.map((row) => ({
      key: row.key,
      label: row.label,
      better: row.better,
      values: row.values.map(finiteOrNull),
      best: lettersOf(model, row.best),
    })),
    yearlyReturns: model.years.map(({ year, values, best }) => ({
      year,
      values: values.map(finiteOrNull),
      best: lettersOf(model, best),
    })),
    correlation: {
      unit: model.correlation.unit,
      periods: model.correlation.periods,
      matrix: model.correlation.matrix.map((row) => row.map(finiteOrNull)),
    },
    optionsThatDiffer: model.differences.map(({ option, texts }) => ({ option, values: texts })),
    dates: model.span.dates === null ? null : dayTexts(model),
    notes: model.notes,
  };
  return `${JSON.stringify(document)}\n`;
}

function runJson(model: CompareModel, run: ComparedRun, index: number): Json {
  const { document, worst } = run;
  const { provenance, digests } = document;
  const dated = document.dates !== null;
  return {
    run: run.letter,
    name: run.name,
    file: document.file,
    sha256: document.sha256 ?? null,
    status: document.status,
    from: dated ? run.from : null,
    to: dated ? run.to : null,
    bars: document.bars,
    wholeSpan: run.whole,
    common: record(Object.fromEntries(model.rows.map((row) => [row.key, row.values[index]!]))),
    own: record(
      Object.fromEntries(run.own.map((figure) => [OWN_NAMES.get(figure.key) ?? figure.key, figure.strategy])),
    ),
    worstDrawdown:
      worst === null
        ? null
        : {
            depth: worst.depth,
            peak: worst.peak,
            trough: worst.trough,
            recovered: worst.recovered,
            [dated ? 'days' : 'bars']: worst.length,
          },
    curve: Array.from(run.curve, finiteOrNull),
    drawdown: Array.from(run.drawdown, finiteOrNull),
    digests: { ...digests },
    provenance: {
      command: provenance.command,
      files: provenance.files.map(({ name, sha256 }) => ({ name, sha256 })),
      version: provenance.version,
      node: provenance.node,
      pathUsed: provenance.pathUsed,
      notes: provenance.notes,
    },
  };
}

/** Amounts say that they are cents, as in the report. */
const OWN_NAMES: ReadonlyMap<string, string> = new Map([
  ['finalEquity', 'finalCents'],
  ['costs', 'costCents'],
]);

function lettersOf(model: CompareModel, best: readonly boolean[]): string[] {
  return model.runs.filter((_, i) => best[i]).map((run) => run.letter);
}

/** Day of every point of the curves; the first is the day of the first bar where they start before it. */
function dayTexts(model: CompareModel): string[] {
  return Array.from({ length: model.span.periods + 1 }, (_, point) => model.label(point));
}
