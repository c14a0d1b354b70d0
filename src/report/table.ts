/** Tables of plain text: rows of cells in, aligned lines out. */
import Table from 'cli-table3';
import type { Palette } from './color.js';

/**
 * Lines of a table with a ruled head and no side borders: the first column to the left, the others (numbers, dates)
 * to the right. A row of one string is a heading. Cells may hold the palette's codes but no other escapes.
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  palette: Palette,
): string {
  const table = new Table({
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: ' ',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
  });
  table.push(head.map((cell) => (cell === '' ? '' : palette.faint(cell))));
  for (const row of rows) {
    if (row.length === 1) table.push([{ colSpan: head.length, content: palette.strong(row[0]!) }]);
    else table.push([...row]);
  }
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const ruleLength = lines.reduce((longest, line) => Math.max(longest, visibleLength(line)), 0);
  return [lines[0]!, palette.faint(` ${'─'.repeat(Math.max(0, ruleLength - 1))}`), ...lines.slice(1)].join(
    '\n',
  );
}

function visibleLength(line: string): number {
  // eslint-disable-next-line no-control-regex -- the palette's own colour codes
  return line.replace(/\u001b\[\d+m/g, '').length;
}
