/**
 * What the comparison page adds to the report's style: a colour and a dash pattern for each run. Six colours with a
 * contrast of at least 4.5 to 1 on both grounds and six patterns; run n has colour n mod 6, and from the seventh on
 * the pattern moves by one, so that no two runs share both. Letters at the lines' ends tell them apart without colour.
 */

const LIGHT = '--c0:#17599f;--c1:#a8480a;--c2:#0b6e55;--c3:#8b3a9b;--c4:#565c63;--c5:#b3243c;';
const DARK = '--c0:#74b4f7;--c1:#f0a35c;--c2:#5fcaa4;--c3:#d79be6;--c4:#b3bac2;--c5:#f4919d;';

const COLOURS = 6;
const DASHES = ['none', '9 5', '1 4.5', '13 4 1 4', '4 4', '13 4 1 4 1 4'];

/** Class of a run's line, swatch and letter. */
export function runClass(index: number): `run-${number}` {
  return `run-${index}`;
}

function runRules(): string {
  return Array.from({ length: 2 * COLOURS }, (_, i) => {
    const dash = DASHES[(i + Math.floor(i / COLOURS)) % DASHES.length]!;
    return `.run-${i}{color:var(--c${i % COLOURS})}svg .line.run-${i}{stroke-dasharray:${dash}}`;
  }).join('');
}

/** The rules behind the report's own. */
export const COMPARE_STYLE: string = [
  `:root{${LIGHT}}`,
  `@media (prefers-color-scheme:dark){:root{${DARK}}}`,
  runRules(),
  'svg .line[class*=run-]{stroke:currentColor;stroke-width:1.5px}',
  'svg .end-label[class*=run-]{fill:currentColor}',
  '.swatch{flex:none;width:26px;height:8px;overflow:visible;vertical-align:middle}',
  '.letter{font-weight:650}',
  '.legend li .name{color:var(--muted)}',
  '.runs td,.runs th{vertical-align:top}',
  '.runs .name,.left{text-align:left;white-space:normal;overflow-wrap:anywhere}',
  '.runs .name{min-width:12em}',
  '.notes{margin:14px 0 0;padding:0 0 0 1.2em;font-size:13px;color:var(--muted);max-width:85ch}',
  'thead th.run{width:10em;max-width:11em;min-width:5.5em}',
  '.side th:last-child,.side td:last-child{padding-right:5px}',
  'thead th.run .name{display:block;max-width:11em;margin-left:auto;white-space:normal;overflow-wrap:break-word}',
  '.many thead th .name{display:none}',
  '.many th.run{width:auto;min-width:0}',
  '.many th:not(:first-child),.many td{padding-left:10px}',
  '.many th[scope=row]{white-space:normal;max-width:11em}',
  '.many table{font-size:12.5px}',
  'tbody th.group{padding-top:16px;text-align:left;font-weight:650;color:var(--ink)}',
  '.side th[scope=row]{position:sticky;left:0;background:var(--ground);padding-right:14px}',
  '.better{color:var(--muted)}',
  'td .best{position:relative;padding:1px 5px;margin:0 -5px;font-weight:700;background:var(--p2);color:var(--cell);box-shadow:inset 0 -2px var(--accent)}',
  '.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}',
  '.side td.text{white-space:normal;overflow-wrap:anywhere;min-width:7em;max-width:16em}',
  '.matrix{width:auto;min-width:0;table-layout:auto}',
  '.matrix th:first-child{width:auto;padding-right:14px;white-space:normal;overflow-wrap:anywhere;max-width:18em}',
  '.matrix td{min-width:3.6em}',
  '.box h4{margin:0 0 4px;font-size:13px;font-weight:600}',
  '.box .origin+.origin{margin-top:26px;padding-top:20px;border-top:1px solid var(--line)}',
  '.box .origin section{margin-top:10px}',
  '@media (max-width:760px){.side th,.side td{padding-left:14px}.side th:first-child{padding-left:0}.side th[scope=row]{white-space:normal;min-width:7.5em;max-width:9em}}',
  `@media print{:root{${LIGHT}}thead th.run{min-width:0}.side th[scope=row]{position:static;background:none}.side table{font-size:9px}.side th:not(:first-child),.side td{padding-left:7px}.runs .name{min-width:0}.notes{font-size:10.5px}}`,
].join('');
