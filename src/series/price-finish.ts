/** From the columns that were read to the panel: one price scale, dates rising, gaps by the named policy. */
import type { Mat } from '../check.js';
import { InsufficientDataError } from '../errors.js';
import { scaleDecimals } from '../money.js';
import { formatDate } from '../time.js';
import { applyMissing, countMissing } from './missing-cells.js';
import { jumpWarning } from './price-jumps.js';
import type { PriceField } from './price-layout.js';
import type { PricePanel } from './price-panel.js';
import type { PriceRows, PriceRowTaker } from './price-rows.js';
import type { ReadNotes, ReadPricesOptions, ReadPricesResult } from './read-options.js';
import type { ReadPlan } from './read-plan.js';
import type { RowProblems } from './row-problems.js';

/** Makes the panel and the notes. `json`: the shape of the document, where it was one. */
export function finishPanel(
  read: PriceRows,
  taker: Pick<PriceRowTaker, 'planOf' | 'seen'>,
  options: ReadPricesOptions,
  problems: RowProblems,
  json: string | undefined,
): ReadPricesResult {
  const plan = taker.planOf();
  checkEnough(read.dates.length, options, problems);
  const columns = [...read.columns.values()];
  const decimals = Math.max(...columns.map((column) => column.decimals));
  const roundedCells = columns.reduce((sum, column) => sum + column.roundedCells, 0);
  const forced = options.priceScale;
  const priceScale = forced ?? Number(`1e${Math.max(2, decimals)}`);
  const mats = new Map<PriceField, Mat>();
  for (const [field, column] of read.columns) {
    const ticks = column.toTicks(scaleDecimals(priceScale));
    if (column.overflowAt >= 0) {
      const { line, column: name } = read.placeOf(field, column.overflowAt);
      problems.add({
        kind: 'overflow',
        line,
        column: name,
        value: ticks[column.overflowAt]! / priceScale,
        must: `be below 2^53 ticks at price scale ${priceScale}`,
        fix: 'check the price, or force a smaller price scale (priceScale, --price-scale)',
      });
    }
    mats.set(field, { data: placed(ticks, read), rows: read.dates.length, cols: read.symbols.length });
  }
  problems.throwIfAny();
  const [open, high, low] = [mats.get('open'), mats.get('high'), mats.get('low')];
  const whole: PricePanel = {
    dates: read.dates,
    symbols: read.symbols,
    priceScale,
    close: mats.get('close')!,
    ...(open === undefined ? {} : { open }),
    ...(high === undefined ? {} : { high }),
    ...(low === undefined ? {} : { low }),
    ...(read.volume === undefined
      ? {}
      : { volume: { data: placed(read.volume, read), rows: read.dates.length, cols: read.symbols.length } }),
  };
  const missingCells = countMissing(whole.close);
  const { panel, sentence } = applyMissing(whole, missingCells, options.missing ?? 'keep', problems);
  checkEnough(panel.dates.length, options, problems);
  const rows = panel.dates.length;
  const facts = {
    format: json === undefined ? plan.format.name : ('json' as const),
    layout: plan.layout.name,
    rows,
    symbols: panel.symbols.length,
    firstDate: panel.dates[0]!,
    lastDate: panel.dates[rows - 1]!,
    priceScale,
    scaleForced: forced !== undefined,
    decimals,
    missingCells,
    roundedCells,
    dataRows: taker.seen,
    rejectedRows: problems.rejected,
  };
  const sentences = [
    ...told(facts, plan, json),
    ...plan.layout.notes,
    ...read.notes,
    scaleSentence(facts),
    sentence,
    problems.rejected > 0 ? `${count(problems.rejected, 'bad row')} left out.` : '',
    jumpWarning(panel),
  ].filter((line) => line !== '');
  return { panel, notes: { ...facts, sentences } };
}

/** Throws `InsufficientDataError` for fewer than two dates. */
export function checkEnough(
  dates: number,
  options: Pick<ReadPricesOptions, 'from' | 'to'>,
  problems: RowProblems,
): void {
  if (dates >= 2) return;
  const asked =
    (options.from === undefined ? '' : ` from ${formatDate(options.from)}`) +
    (options.to === undefined ? '' : ` to ${formatDate(options.to)}`);
  const fix = asked === '' ? 'add rows' : 'widen from and to';
  const message = `must have at least 2 dates${asked}, was ${dates}. Fix: ${fix}`;
  const detail = { field: 'dates', value: dates, constraint: 'at least 2 dates', fix };
  throw new InsufficientDataError(message, problems.place(), detail);
}

/** The ticks of a column as dates × symbols. */
function placed(ticks: Float64Array, read: PriceRows): Float64Array {
  if (read.cells === 'row-major') return ticks;
  const out = new Float64Array(read.cells.length);
  for (let i = 0; i < out.length; i++) {
    const at = read.cells[i]!;
    out[i] = at < 0 ? Number.NaN : ticks[at]!;
  }
  return out;
}

type Facts = Omit<ReadNotes, 'sentences'>;

/** What the file was taken for, and how to say otherwise. */
function told(facts: Facts, plan: ReadPlan, json: string | undefined): string[] {
  const span = `${formatDate(facts.firstDate)} to ${formatDate(facts.lastDate)}`;
  const as = json !== undefined ? ` JSON (${json})` : plan.format.title === '' ? '' : ` ${plan.format.title}`;
  const guess = `${as === '' ? '' : `, read as${as}`}, layout ${facts.layout}`;
  const lines = [`Read ${count(facts.rows, 'date')} of ${count(facts.symbols, 'symbol')}, ${span}${guess}.`];
  const { decimal, group } = plan.numbers;
  if (decimal === ',' || group !== '') {
    const marks = group === '' ? '' : `, ${group === ' ' ? 'blanks' : `"${group}"`} between thousands`;
    lines.push(`Numbers with the decimal mark "${decimal}"${marks}; --decimal says otherwise.`);
  }
  return lines;
}

function scaleSentence(facts: Facts): string {
  const { priceScale, decimals, roundedCells } = facts;
  if (facts.scaleForced) {
    return `Price scale ${priceScale} as asked: ${count(roundedCells, 'cell')} rounded, half to even.`;
  }
  const seen = decimals === 0 ? 'no decimals' : `up to ${count(decimals, 'decimal')}`;
  const rounded =
    roundedCells === 0
      ? ''
      : `; ${count(roundedCells, 'cell')} with the digits of a binary float rounded to six`;
  return `Price scale ${priceScale}: prices have ${seen}${rounded}.`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
