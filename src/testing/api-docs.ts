/** The public API as text: the committed snapshot that tests compare, and the reference page of the docs. */
import type { Api } from './api.js';

export const SNAPSHOT_PATH = 'docs/contracts/api-snapshot.txt';
export const REFERENCE_PATH = 'docs/api.md';

/** Every entry, every name, every signature. */
export function snapshotText(api: Api): string {
  const parts = ['# The public API, taken from the built declarations. Refresh: node .ci/refresh.mjs'];
  for (const { specifier, symbols } of api.entries) {
    parts.push('', `## ${specifier}`, '');
    for (const symbol of symbols)
      parts.push(`${symbol.name}${symbol.isValue ? '' : ' (type)'} = ${symbol.text}`);
  }
  return `${parts.join('\n')}\n`;
}

/** docs/api.md: a table of names with the first sentence of each doc comment. */
export function referencePage(api: Api): string {
  const parts = [
    '# API reference',
    '',
    'Written by `node .ci/refresh.mjs` from the doc comments; a test compares it. Your editor shows the full text',
    'of each, with units, ranges and errors. All signatures: [contracts/api-snapshot.txt](contracts/api-snapshot.txt).',
  ];
  const kernelRows: string[] = [];
  for (const { specifier, symbols } of api.entries) {
    const kernel = specifier.split('/kernels/')[1];
    if (kernel !== undefined) {
      for (const { name, summary } of symbols)
        kernelRows.push(`| \`${kernel}\` | \`${name}\` | ${cell(summary)} |`);
      continue;
    }
    parts.push('', `## \`${specifier}\``);
    for (const [title, wanted] of [
      ['Name', true],
      ['Type', false],
    ] as const) {
      const rows = symbols.filter((symbol) => symbol.isValue === wanted);
      if (rows.length === 0) continue;
      parts.push('', `| ${title} | What it is |`, '|---|---|');
      for (const { name, summary } of rows) parts.push(`| \`${name}\` | ${cell(summary)} |`);
    }
  }
  parts.push(
    '',
    '## `nb-backtest/kernels/*`',
    '',
    'Loops over typed arrays that check nothing: read the doc comment of each before use. The path is the module,',
    'for example `nb-backtest/kernels/special/exp`.',
    '',
    '| Module | Name | What it is |',
    '|---|---|---|',
    ...kernelRows,
  );
  return `${parts.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
