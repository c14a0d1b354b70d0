/** What the page of volatility fits adds to the report's style: faint returns, the bands of a forecast, squares. */

const LIGHT = '--faint:#d3d8dd;';
const DARK = '--faint:#3a4249;';

export const GARCH_STYLE: string = [
  `:root{${LIGHT}}`,
  `@media (prefers-color-scheme:dark){:root{${DARK}}}`,
  'svg .line.run-0{stroke:var(--faint);stroke-width:.5px}',
  'svg .area.run-0,svg .fill.squares{fill:var(--faint)}',
  'svg .fill.cone{fill:var(--accent-area)}',
  'svg .now{stroke:var(--other);stroke-opacity:.6;stroke-dasharray:2 3}',
  'svg .end-label.cone{fill:var(--muted);font-weight:400}',
  '.legend .block i{height:9px;border:0}',
  '.legend .returns i,.legend .squares i{background:var(--faint)}',
  '.legend .cone i{background:var(--accent-area)}',
  `@media print{:root{${LIGHT}}}`,
].join('');
