/** What a reader of the comparison must know, as sentences. Runs are named by their letters: no text from outside. */
import { formatDate } from '../../time.js';
import { numberText, percentText } from '../format.js';
import { annualRiskFree, barsWithin, type CommonConventions, type CommonSpan } from './common-span.js';
import type { ComparedRun } from './model.js';

/** Rates of a year that are nearer than this are the same one, converted. */
const RATE_TOLERANCE = 1e-12;

export function comparisonNotes(
  runs: readonly ComparedRun[],
  span: CommonSpan,
  conventions: CommonConventions,
): string[] {
  return [
    spanNote(runs, span),
    ...unsharedBars(runs, span),
    ...conventionNotes(runs, conventions),
    ...scaleNotes(runs),
    ...moneyNotes(runs, span),
    ...twinNotes(runs),
  ];
}

function spanNote(runs: readonly ComparedRun[], span: CommonSpan): string {
  const periods = `${numberText(span.periods, 0)} period${span.periods === 1 ? '' : 's'}`;
  if (span.points === null) return `The runs have no dates; they are compared bar by bar, over ${periods}.`;
  const days = `${formatDate(span.points[0]!)} to ${formatDate(span.points[span.periods]!)}`;
  if (runs.every((run) => run.whole)) return `All runs have the same dates, ${days}, ${periods}.`;
  const start =
    span.base === 'initial'
      ? 'All begin on the first day, with their initial cash'
      : 'Curves start at the close of the first common day';
  return `Compared over the dates that all runs have: ${days}, ${periods}. ${start}. Figures of each run over its own span stand apart.`;
}

function unsharedBars(runs: readonly ComparedRun[], span: CommonSpan): string[] {
  return runs.flatMap((run, i) => {
    const extra = barsWithin(span, i) - span.periods;
    return extra > 0
      ? [
          `${run.letter} has ${numberText(extra, 0)} more bars within the span, on dates that not all runs have; its returns are compounded from one common date to the next.`,
        ]
      : [];
  });
}

function conventionNotes(runs: readonly ComparedRun[], conventions: CommonConventions): string[] {
  const notes: string[] = [];
  const own = runs.map((run) => run.document);
  if (own.some((run) => run.periodsPerYear !== conventions.periodsPerYear)) {
    const each = list(runs, (run) => plainText(run.document.periodsPerYear));
    notes.push(
      `Periods in a year: ${each}; the comparison counts ${plainText(conventions.periodsPerYear)} for all.`,
    );
  }
  const rates = own.map(annualRiskFree);
  if (rates.some((rate) => !(Math.abs(rate - rates[0]!) <= RATE_TOLERANCE))) {
    const each = list(runs, (_, i) => percentText(rates[i]!));
    notes.push(`Risk-free return of a year: ${each}; the comparison takes that of A for all.`);
  }
  if (own.some((run) => run.profile !== conventions.profile)) {
    const each = list(runs, (run) => run.document.profile);
    notes.push(`Conventions of the figures: ${each}; the comparison takes those of A for all.`);
  }
  for (const { letter, document } of runs) {
    if (document.metricsFrom > 0)
      notes.push(
        `The own figures of ${letter} leave out its first ${document.metricsFrom} bars; the comparison counts them.`,
      );
  }
  return notes;
}

function scaleNotes(runs: readonly ComparedRun[]): string[] {
  const notes: string[] = [];
  const scales = runs.map((run) => run.document.config.get('priceScale') ?? null);
  if (scales.some((scale) => scale !== scales[0])) {
    const each = list(runs, (_, i) => String(scales[i]));
    notes.push(`Ticks per currency unit of the prices: ${each}. Returns do not depend on it.`);
  }
  const cash = runs.map((run) => run.document.equityCents[0]!);
  if (cash.some((cents) => cents !== cash[0])) {
    const each = list(runs, (_, i) => numberText(cash[i]! / 100));
    notes.push(
      `Initial cash: ${each}. Curves are rebased to 100; whole shares and minimum fees weigh more on less cash.`,
    );
  }
  return notes;
}

function moneyNotes(runs: readonly ComparedRun[], span: CommonSpan): string[] {
  return runs.flatMap(({ letter, document, curve }) => {
    if (document.status === 'ok') return [];
    const when =
      document.dates === null
        ? `at bar ${document.bankruptBar + 1}`
        : `on ${formatDate(document.dates[document.bankruptBar]!)}`;
    const before = Number.isNaN(curve[span.periods]) ? ', before the common span; it has no figures' : '';
    return [`${letter} went bankrupt ${when}${before}.`];
  });
}

/** Runs that are one and the same, so that nobody reads their agreement as a finding. */
function twinNotes(runs: readonly ComparedRun[]): string[] {
  return runs.flatMap((run, i) => {
    const twin = runs.slice(0, i).find((other) => sameRun(other, run));
    if (twin === undefined) return [];
    const { file, sha256 } = run.document;
    const file2 = twin.document;
    const same = sha256 === undefined ? file === file2.file : sha256 === file2.sha256;
    return [
      same
        ? `${run.letter} is the same file as ${twin.letter}.`
        : `${run.letter} has the same result as ${twin.letter}, to the cent.`,
    ];
  });
}

function sameRun(a: ComparedRun, b: ComparedRun): boolean {
  const [p, q] = [a.document.digests, b.document.digests];
  return p.input === q.input && p.result === q.result;
}

function list(runs: readonly ComparedRun[], text: (run: ComparedRun, index: number) => string): string {
  return runs.map((run, i) => `${run.letter} ${text(run, i)}`).join(', ');
}

/** A number in as few digits as it has, at most two decimals. */
function plainText(value: number): string {
  return numberText(value, Number.isInteger(value) ? 0 : 2);
}
