/** Where the runs come from: command, files and digests of each. */
import { escapeHtml, isolate } from '../escape.js';
import { panel } from '../panel.js';
import { swatch } from './html-parts.js';
import type { CompareModel, ComparedRun } from './model.js';
import type { CompareInput } from './types.js';

export function originsPanel(model: CompareModel, input: CompareInput): string {
  const again =
    input.command === undefined
      ? ''
      : `<section><h3>Compare again with</h3><pre><code>${escapeHtml(input.command)}</code></pre></section>`;
  return panel({
    id: 'provenance',
    title: 'Provenance',
    long: true,
    sub: 'The same files, options and versions give the same figures, byte for byte.',
    body: `<div class="box">${again}${model.runs.map(origin).join('')}</div>`,
  });
}

function origin(run: ComparedRun, index: number): string {
  const { document } = run;
  const { provenance, digests } = document;
  const files = provenance.files.map(({ name, sha256 }): [string, string] => [isolate(name), mono(sha256)]);
  const versions: [string, string][] = [['nb-backtest', escapeHtml(provenance.version)]];
  if (provenance.node !== null) versions.push(['Node.js', escapeHtml(provenance.node)]);
  versions.push(['Path used', escapeHtml(provenance.pathUsed)]);
  const report: [string, string] = [
    isolate(document.file),
    document.sha256 === undefined ? 'report of the run' : mono(document.sha256),
  ];
  return [
    `<section class="origin"><h4>${swatch(index, run.letter)} ${isolate(run.name)}</h4>`,
    `<section><h3>Command</h3><pre><code>${escapeHtml(provenance.command)}</code></pre></section>`,
    list('Report and files it read, SHA-256', [report, ...files]),
    list('Digests, SHA-256', [
      ['Input', mono(digests.input)],
      ['Options', mono(digests.config)],
      ['Result', mono(digests.result)],
    ]),
    list('Versions', versions),
    notes(provenance.notes),
    '</section>',
  ].join('');
}

function list(title: string, entries: readonly (readonly [string, string])[]): string {
  const body = entries.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join('');
  return `<section><h3>${title}</h3><dl>${body}</dl></section>`;
}

function notes(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `<section><h3>Notes</h3><ul>${lines.map((line) => `<li>${isolate(line)}</li>`).join('')}</ul></section>`;
}

function mono(text: string): string {
  return `<span class="mono">${escapeHtml(text)}</span>`;
}
