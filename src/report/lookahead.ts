/** What a look-ahead check has found, as text and as JSON. */
import type { LookaheadPeek, LookaheadReport } from '../backtest/lookahead.js';
import { formatDate } from '../time.js';
import { palette } from './color.js';
import { clip, stripTerminal } from './escape.js';
import { numberText, trimZeros } from './format.js';
import { textTable } from './table.js';
import type { ReportProvenance } from './types.js';

/** Rows of the table. */
const SHOWN = 10;
const SYMBOL_SHOWN = 20;

/** A finished check and what it was of. */
export interface LookaheadInput {
  /** The strategy or rule; any text. */
  readonly name: string;
  readonly report: LookaheadReport;
  readonly bars: number;
  /** First and last day, epoch days. */
  readonly from: number;
  readonly to: number;
  readonly provenance: ReportProvenance;
}

/** What the check says in one sentence. */
export function lookaheadSentence({ name, report }: LookaheadInput): string {
  const { clean, deterministic, decisions, cuts, peeks } = report;
  if (!deterministic) {
    return `${name} decided otherwise when it ran again on the same prices: chance, a clock, or something left over from the run before`;
  }
  const counted = `${numberText(decisions, 0)} ${decisions === 1 ? 'decision' : 'decisions'}`;
  if (clean) return `${name} does not look ahead: ${counted}, the same on ${cuts} shortened histories`;
  const first = peeks[0]!;
  return `${name} looks ahead: ${peeks.length} of ${cuts} shortened histories changed a decision, the first ${whenOf(first)}`;
}

/** The sentence, and the decisions that changed. The last line ends with a newline. */
export function lookaheadText(input: LookaheadInput, options: { readonly color: boolean }): string {
  const colors = palette(options.color);
  const { report, bars, from, to, provenance } = input;
  const facts = [`${formatDate(from)} to ${formatDate(to)}`, `${numberText(bars, 0)} bars`];
  const head = `${colors.strong(stripTerminal(lookaheadSentence(input)))}.\n${colors.faint(facts.join(' · '))}`;
  const { peeks } = report;
  const rows = peeks
    .slice(0, SHOWN)
    .map((peek) => [
      `  ${whenOf(peek).replace(/^at /, '')}`,
      numberText(peek.lastBar - peek.bar, 0),
      peek.symbol === null ? '' : clip(stripTerminal(peek.symbol), SYMBOL_SHOWN),
      weightText(peek.full),
      weightText(peek.shortened),
    ]);
  const table = textTable(
    ['Decision', 'Bars known after it', 'Symbol', 'All bars', 'Shortened'],
    rows,
    colors,
  );
  const errors = [...new Set(peeks.flatMap(({ error }) => error ?? []))].slice(0, SHOWN);
  const parts = [
    head,
    peeks.length === 0 ? '' : table,
    peeks.length > SHOWN ? `and ${peeks.length - SHOWN} more` : '',
    errors.map((error) => `On a shortened history: ${stripTerminal(error)}`).join('\n'),
    provenance.notes.map(stripTerminal).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** One line of JSON and a newline. Bars count from 0; a weight is null where there was no decision. */
export function lookaheadJson({ name, report, bars, from, to, provenance }: LookaheadInput): string {
  const { clean, deterministic, decisions, cuts, peeks } = report;
  const document = {
    format: 'nb-backtest-lookahead',
    formatVersion: 1,
    name,
    clean,
    deterministic,
    decisions,
    cuts,
    from: formatDate(from),
    to: formatDate(to),
    bars,
    peeks: peeks.map(({ bar, date, lastBar, symbol, full, shortened, error }) => ({
      bar,
      date: date === null ? null : formatDate(date),
      lastBar,
      symbol,
      full,
      shortened,
      error,
    })),
    provenance,
  };
  return `${JSON.stringify(document)}\n`;
}

function whenOf({ bar, date }: LookaheadPeek): string {
  return date === null ? `at bar ${bar}` : `at ${formatDate(date)}`;
}

function weightText(weight: number | null): string {
  return weight === null ? 'none' : trimZeros(numberText(weight, 6));
}
