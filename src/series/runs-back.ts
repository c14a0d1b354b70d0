/** Whether a file runs newest first. */
import { DateCell, type DateFormat } from './date-format.js';

/** Where a table has what says when its rows are: columns, -1 for one it does not have. */
export interface DateColumns {
  readonly dateColumn: number;
  readonly timeColumn: number;
  readonly symbolColumn: number;
}

/** Whether most steps between the rows of one symbol go back in time. */
export function runsBack(
  body: readonly (readonly string[])[],
  layout: DateColumns,
  format: DateFormat,
): boolean {
  const date = new DateCell(format);
  const latest = new Map<string, number>();
  let steps = 0;
  for (const row of body) {
    const symbol = layout.symbolColumn < 0 ? '' : (row[layout.symbolColumn] ?? '').trim();
    if (!date.read(row[layout.dateColumn] ?? '')) continue;
    if (layout.timeColumn >= 0) date.addTime(row[layout.timeColumn] ?? '');
    const now = date.day * 86_400 + date.seconds;
    const before = latest.get(symbol);
    if (before !== undefined) steps += Math.sign(now - before);
    latest.set(symbol, now);
  }
  return steps < 0;
}
