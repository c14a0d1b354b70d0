/** Several price panels as one: dates of all, symbols side by side, one price scale. */
import type { Mat } from '../check.js';
import { OverflowError, SchemaError, showValue, ValidationError } from '../errors.js';
import { checkPriceScale } from '../money.js';
import { checkPanelSize, type PricePanel } from './price-panel.js';

/** A panel and where it comes from. */
export interface NamedPanel {
  readonly panel: PricePanel;
  /** Name of the file, for messages. */
  readonly file: string;
}

const FIELDS = ['close', 'open', 'high', 'low', 'volume'] as const;

/**
 * Lays panels side by side.
 *
 * parts  at least one; no symbol may be in two of them
 *
 * The dates are those that any part has; where a part has no row of a date its prices are missing (NaN). Ticks are
 * brought to the largest price scale. Open, high, low and volume are kept if every part has them. Throws `SchemaError` for a
 * symbol in two files, `OverflowError` past 2^53 - 1 ticks. O(cells of the result).
 */
export function mergePanels(parts: readonly NamedPanel[]): PricePanel {
  const first = parts[0];
  if (first === undefined)
    throw new ValidationError('parts', parts, 'at least one panel', 'read a file first');
  if (parts.length === 1) return first.panel;
  const owner = new Map<string, string>();
  for (const { panel, file } of parts) {
    for (const symbol of panel.symbols) {
      const other = owner.get(symbol);
      if (other !== undefined) {
        const constraint = 'a symbol of one file';
        const fix = 'leave one of the files out, or rename it';
        throw new SchemaError(
          `${showValue(symbol)} is in ${other} and in ${file}. Fix: ${fix}`,
          { file },
          {
            field: 'symbol',
            value: symbol,
            constraint,
            fix,
          },
        );
      }
      owner.set(symbol, file);
    }
  }
  const priceScale = Math.max(...parts.map(({ panel }) => checkPriceScale(panel.priceScale)));
  const days = new Set<number>();
  for (const { panel } of parts) for (const day of panel.dates) days.add(day);
  const dates = Int32Array.from(days).sort();
  const rowOf = new Map<number, number>();
  dates.forEach((day, t) => {
    rowOf.set(day, t);
  });
  const symbols = parts.flatMap(({ panel }) => panel.symbols);
  checkPanelSize(dates.length, symbols.length);
  const fields = FIELDS.filter((field) => parts.every(({ panel }) => panel[field] !== undefined));
  const mats = fields.map((field): [string, Mat] => {
    const data = new Float64Array(dates.length * symbols.length).fill(Number.NaN);
    let column = 0;
    for (const part of parts) {
      const factor = field === 'volume' ? 1 : priceScale / part.panel.priceScale;
      place(part, part.panel[field]!, { priceScale, factor }, rowOf, data, column, symbols.length);
      column += part.panel.symbols.length;
    }
    return [field, { data, rows: dates.length, cols: symbols.length }];
  });
  return { dates, symbols, priceScale, ...(Object.fromEntries(mats) as { close: Mat }) };
}

function place(
  part: NamedPanel,
  mat: Mat,
  { priceScale, factor }: { priceScale: number; factor: number },
  rowOf: ReadonlyMap<number, number>,
  out: Float64Array,
  column: number,
  cols: number,
): void {
  const { panel, file } = part;
  for (let t = 0; t < mat.rows; t++) {
    const to = rowOf.get(panel.dates[t]!)! * cols + column;
    for (let j = 0; j < mat.cols; j++) {
      const ticks = mat.data[t * mat.cols + j]! * factor;
      if (ticks > Number.MAX_SAFE_INTEGER && mat !== panel.volume) {
        const constraint = `below 2^53 ticks at price scale ${priceScale}`;
        const fix = 'force a smaller price scale (priceScale, --price-scale)';
        const value = ticks / priceScale;
        const message = `${showValue(panel.symbols[j])} must be ${constraint}, was ${value}. Fix: ${fix}`;
        throw new OverflowError(message, { file }, { field: panel.symbols[j]!, value, constraint, fix });
      }
      out[to + j] = ticks;
    }
  }
}
