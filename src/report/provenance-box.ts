/** The panel at the end of pages that show no backtest: how to make the page again, and what was said on the way. */
import { escapeHtml, isolate } from './escape.js';
import { panel } from './panel.js';
import type { ReportProvenance } from './types.js';

/** How to make the page again, and what was said on the way. */
export function provenanceBox(provenance: ReportProvenance): string {
  const files = provenance.files.map(
    ({ name, sha256 }) => `<dt>${isolate(name)}</dt><dd><span class="mono">${escapeHtml(sha256)}</span></dd>`,
  );
  const notes = provenance.notes.map((note) => `<li>${isolate(note)}</li>`);
  const section = (title: string, body: string): string =>
    body === '' ? '' : `<section><h3>${title}</h3>${body}</section>`;
  return panel({
    id: 'provenance',
    title: 'Provenance',
    long: true,
    sub: 'The same files, options and version give the same page, byte for byte.',
    body: [
      '<div class="box">',
      section('Reproduce with', `<pre><code>${escapeHtml(provenance.command)}</code></pre>`),
      section('Files, SHA-256', files.length === 0 ? '' : `<dl>${files.join('')}</dl>`),
      section('Version', `<p>nb-backtest ${escapeHtml(provenance.version)}</p>`),
      section('Notes', notes.length === 0 ? '' : `<ul>${notes.join('')}</ul>`),
      '</div>',
    ].join(''),
  });
}
