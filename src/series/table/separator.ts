/** Which character separates the columns of a text, and what stands before its header. */
import { SchemaError, showValue } from '../../errors.js';
import type { RowProblems } from '../row-problems.js';

/** Characters that separate columns, the likelier first where several fit. */
export const SEPARATORS = ['\t', ';', '|', ','] as const;

/** A character between columns: a comma, a semicolon, a bar (`|`) or a tab. */
export type Separator = (typeof SEPARATORS)[number];

/** Lines that are looked at. */
const LINES = 60;

/**
 * The separator of a text: named by a first line `sep=;`, else the one that splits the first line of the table into at
 * least two cells and most of the other lines into as many. `,` where none does; one column alone is a `SchemaError`.
 */
export function findSeparator(text: string, problems: RowProblems): Separator {
  const lines = text.split(/\r\n|\n|\r/, LINES * 4).filter((line) => line.trim() !== '');
  const named = /^"?sep=([,;|\t])"?$/i.exec(lines[0]?.trim() ?? '');
  if (named !== null) return named[1] as Separator;
  const table = lines.filter((line) => !isComment(line)).slice(0, LINES);
  const counts = SEPARATORS.map((separator) => table.map((line) => cellsOf(line, separator)));
  const first = counts.map((of) => of[0] ?? 1);
  const fitting = SEPARATORS.map((_, k) =>
    first[k]! < 2 ? 0 : counts[k]!.filter((count) => count === first[k]).length / table.length,
  );
  const best = Math.max(...fitting);
  const found = fitting.findIndex((share) => share === best && share > 0.5);
  if (found >= 0) return SEPARATORS[found]!;
  if (first.every((count) => count < 2)) {
    const [shown, line] = [showValue(table[0] ?? ''), 1];
    throw new SchemaError(
      `must have at least 2 columns separated by ',', was ${shown}. Fix: give a CSV file with a header line`,
      problems.place(line),
      {
        field: 'separator',
        value: table[0] ?? '',
        constraint: 'at least 2 columns',
        fix: 'give a CSV file with a header line',
      },
    );
  }
  return SEPARATORS[first.indexOf(Math.max(...first))]!;
}

/** Whether a line before the header is a remark: `# …`, an address, or the line by which a spreadsheet names its separator. */
function isComment(line: string): boolean {
  return line.startsWith('#') || /^https?:\/\/[^,;\t|]+$/.test(line) || /^"?sep=.?"?$/i.test(line.trim());
}

/** How many rows stand before the header. */
export function remarksBefore(rows: readonly (readonly string[])[], separator: string): number {
  let count = 0;
  while (count < rows.length && isComment(rows[count]!.join(separator))) count++;
  return count;
}

function cellsOf(line: string, separator: string): number {
  let count = 1;
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) count += 1;
  }
  return count;
}
