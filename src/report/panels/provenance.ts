/** Where the numbers come from: inputs and their digests, versions, every resolved option, and how to run it again. */
import type { ResolvedBacktestOptions } from '../../backtest/types.js';
import { clip, escapeHtml, isolate } from '../escape.js';
import { numberText } from '../format.js';
import type { ReportModel } from '../model.js';
import { flatten } from '../options.js';
import { panel } from '../panel.js';
import type { ReportStrategy } from '../types.js';

/** Symbols named in full; of more, the rest is counted. */
const SYMBOLS = 120;

export function provenancePanel(model: ReportModel): string {
  const { provenance, result } = model;
  const versions: [string, string][] = [['nb-backtest', escapeHtml(provenance.version)]];
  if (provenance.node !== undefined) versions.push(['Node.js', escapeHtml(provenance.node)]);
  const digests: [string, string][] = [
    ['Input', mono(result.inputDigest)],
    ['Options', mono(result.configDigest)],
    ['Result', mono(result.resultDigest)],
  ];
  const files = provenance.files.map((file): [string, string] => [isolate(file.name), mono(file.sha256)]);
  return panel({
    id: 'provenance',
    title: 'Provenance',
    long: true,
    sub: 'The same files, options and versions give the same report, byte for byte.',
    body: [
      '<div class="box">',
      `<section><h3>Reproduce with</h3><pre><code>${escapeHtml(provenance.command)}</code></pre></section>`,
      files.length > 0 ? list('Files, SHA-256', files) : '',
      strategy(provenance.strategy),
      list('Digests, SHA-256', digests),
      list('Versions', versions),
      notes(model.notes),
      options(result.config),
      symbols(result.symbols),
      '</div>',
    ].join(''),
  });
}

function list(title: string, entries: readonly (readonly [string, string])[]): string {
  const body = entries.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join('');
  return `<section><h3>${title}</h3><dl>${body}</dl></section>`;
}

/** The module that decided; its digest stands among those of the files. */
function strategy(given: ReportStrategy | undefined): string {
  if (given === undefined) return '';
  const entries = Object.entries(given.params).map(([name, value]): [string, string] => [
    isolate(clip(name, 40)),
    isolate(clip(String(value), 80)),
  ]);
  return list('Strategy', [['Module', isolate(given.file)], ...entries]);
}

function options(config: ResolvedBacktestOptions): string {
  const lines = flatten(config).map(
    ([key, text]) => `<div><dt>${escapeHtml(key)}</dt><dd>${escapeHtml(text)}</dd></div>`,
  );
  return `<section><h3>Options</h3><dl class="options">${lines.join('')}</dl></section>`;
}

function mono(text: string): string {
  return `<span class="mono">${escapeHtml(text)}</span>`;
}

function notes(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const items = lines.map((line) => `<li>${isolate(line)}</li>`).join('');
  return `<section><h3>Notes</h3><ul>${items}</ul></section>`;
}

function symbols(names: readonly string[]): string {
  const shown = names.slice(0, SYMBOLS).map((name) => isolate(clip(name, 40)));
  const rest = names.length - shown.length;
  const more = rest > 0 ? ` and ${numberText(rest, 0)} more` : '';
  return `<section><h3>Symbols</h3><p>${shown.join(', ')}${more}</p></section>`;
}
