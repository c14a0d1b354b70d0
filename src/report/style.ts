/**
 * The style of the page. One accent colour, one grey for the benchmark, hairlines, the reader's own fonts.
 * Every text colour has a contrast of at least 4.5 to 1 on its ground, in the light and the dark theme; the
 * heatmap runs from orange over neutral to blue, which colour-blind readers can tell apart.
 */

import { PANEL_CSS, PANEL_DARK, PANEL_LIGHT } from './panel-style.js';

const LIGHT = `
--ground:#fdfdfc;--ink:#1b1e22;--muted:#5f656c;--line:#e3e4e1;--grid:#eeeeeb;--band:#f4f4f1;
--accent:#17599f;--accent-area:#17599f24;--other:#687078;--box:#f6f6f3;
--n5:#b4530a;--n4:#e08a3c;--n3:#efb273;--n2:#f7d2a8;--n1:#fbeada;--z:#f1f1ee;
--p1:#e4eef8;--p2:#c3daf0;--p3:#94bee4;--p4:#5f9dd3;--p5:#17599f;--deep:#fff;--cell:#1b1e22;`;

const DARK = `
--ground:#14171a;--ink:#e4e7ea;--muted:#9aa2aa;--line:#2c3136;--grid:#22272b;--band:#1a1e22;
--accent:#74b4f7;--accent-area:#74b4f72b;--other:#98a0a8;--box:#1a1e22;
--n5:#a8500d;--n4:#834212;--n3:#633616;--n2:#482b18;--n1:#302319;--z:#22272b;
--p1:#1b2834;--p2:#1c3650;--p3:#1d466e;--p4:#1e578d;--p5:#2369ad;--deep:#fff;--cell:#e4e7ea;`;

/** The whole style sheet of the report page. */
export const STYLE: string = compact(`
:root{color-scheme:light dark;${LIGHT}${PANEL_LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}${PANEL_DARK}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}
.page{max-width:1136px;margin:0 auto;padding:44px 32px 56px}
h1{margin:0;font-size:30px;line-height:1.2;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{margin:0;font-size:16px;line-height:1.4;font-weight:650;letter-spacing:-.005em}
.facts{margin:8px 0 0;color:var(--muted);overflow-wrap:anywhere}
.facts span{white-space:nowrap}
.facts .name{white-space:normal}
.facts span:not(:last-child)::after{content:"·";margin:0 .55em;color:var(--muted)}
.alert{margin:20px 0 0;padding:10px 14px;border-left:3px solid var(--n5);background:var(--box)}
.kpis{display:grid;grid-template-columns:repeat(8,1fr);margin:32px 0 0;padding:18px 0 16px;border:solid var(--line);border-width:1px 0;list-style:none;gap:16px 0}
.kpis li{padding:0 0 0 16px;border-left:1px solid var(--line);min-width:0}
.kpis li:first-child{padding-left:0;border-left:0}
.kpis .label,.kpis .other{display:block;font-size:12.5px;color:var(--muted);white-space:nowrap}
.kpis .value{display:block;font-size:23px;line-height:1.4;font-weight:600;letter-spacing:-.02em;white-space:nowrap}
.panels{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:52px 56px;margin-top:44px}
.panel{grid-column:1/-1;min-width:0}
.half{grid-column:span 1}
.head{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:2px 24px}
.sub{margin:1px 0 0;font-size:13px;color:var(--muted);max-width:75ch}
.legend{display:flex;flex-wrap:wrap;gap:2px 20px;margin:0;padding:0;list-style:none;font-size:13px;color:var(--muted)}
.legend li{display:flex;align-items:center;gap:7px;min-width:0;overflow-wrap:anywhere}
.legend i{flex:none;width:16px;height:0;border-top:2px solid var(--accent)}
.legend .benchmark i{border-color:var(--other)}
.legend .strategy{color:var(--accent);font-weight:600}
svg.plot{display:block;overflow:visible;width:calc(100% - 108px);margin:16px 56px 26px 52px}
svg text{font-size:11.5px;fill:var(--muted)}
svg .grid{stroke:var(--grid);shape-rendering:crispEdges}
svg .base{stroke:var(--other);stroke-opacity:.6;shape-rendering:crispEdges}
svg .tick{stroke:var(--line);shape-rendering:crispEdges}
svg .y{text-anchor:end}
svg .axis-note{font-style:italic}
svg .x{text-anchor:middle}
svg .band{fill:var(--band)}
svg .line{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round;stroke-linecap:round}
svg .line.strategy{stroke:var(--accent);stroke-width:1.6px}
svg .line.benchmark{stroke:var(--other);stroke-width:1.1px}
svg .area{stroke:none}
svg .area.strategy{fill:var(--accent-area)}
svg .end-label{font-weight:600;font-size:12px}
svg .end-label.strategy{fill:var(--accent)}
svg .end-label.benchmark{fill:var(--other)}
svg .dot{fill:var(--accent);stroke:var(--ground);stroke-width:1.5px}
svg .note{fill:var(--ink);font-size:12px;paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}
svg .note.end{text-anchor:end}
svg .bar.strategy{fill:var(--accent)}
svg .bar.benchmark{fill:var(--other);fill-opacity:.55}
svg .bar-label{text-anchor:middle;fill:var(--ink)}
svg .upright{writing-mode:vertical-rl;text-anchor:start;dominant-baseline:central}
svg .short{display:none}
svg.tall{margin-bottom:46px}
.scroll{overflow-x:auto;margin-top:14px}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:4px}
table{border-collapse:collapse;width:100%;font-size:13.5px}
caption{text-align:left;color:var(--muted);font-size:13px;padding:0 0 6px}
th,td{padding:5px 0 5px 18px;text-align:right;font-weight:400;white-space:nowrap;vertical-align:baseline}
th:first-child,td:first-child{padding-left:0}
th[scope=row]{text-align:left}
table.words th[scope=row]{white-space:normal}
thead th{color:var(--muted);font-size:12.5px;border-bottom:1px solid var(--line);vertical-align:bottom}
thead th:first-child{text-align:left}
thead th.name{white-space:normal;overflow-wrap:anywhere;max-width:16em}
tbody tr+tr>*{border-top:1px solid var(--grid)}
tfoot th,tfoot td{border-top:1px solid var(--line);font-weight:600}
td.strong{font-weight:600}
th[title],abbr[title]{cursor:help;text-decoration:underline dotted var(--line);text-underline-offset:4px}
.columns{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 56px;align-items:start}
.columns .scroll+.scroll{margin-top:26px}
.box h3{margin:0 0 4px;font-size:12.5px;font-weight:600;color:var(--muted)}
.heat{border-collapse:separate;border-spacing:2px;table-layout:fixed;min-width:720px;margin:0 -2px}
.heat th,.heat td{padding:5px 2px;text-align:center;border:0!important;font-size:12.5px}
.heat thead th{color:var(--muted);font-weight:400}
.heat th:first-child{text-align:left;width:46px;color:var(--muted);position:sticky;left:0;background:var(--ground)}
.heat .year{width:76px;text-align:right;font-weight:600;padding-right:2px}
.heat td{color:var(--cell)}
.heat .n5{background:var(--n5);color:var(--deep)}.heat .n4{background:var(--n4)}.heat .n3{background:var(--n3)}.heat .n2{background:var(--n2)}.heat .n1{background:var(--n1)}
.heat .z{background:var(--z)}
.heat .p1{background:var(--p1)}.heat .p2{background:var(--p2)}.heat .p3{background:var(--p3)}.heat .p4{background:var(--p4)}.heat .p5{background:var(--p5);color:var(--deep)}
.key{display:flex;align-items:center;gap:8px;font-size:12.5px;color:var(--muted)}
.key span{display:flex;gap:2px}
.key b{width:17px;height:11px}
.key .n5{background:var(--n5)}.key .n4{background:var(--n4)}.key .n3{background:var(--n3)}.key .n2{background:var(--n2)}.key .n1{background:var(--n1)}
.key .z{background:var(--z)}
.key .p1{background:var(--p1)}.key .p2{background:var(--p2)}.key .p3{background:var(--p3)}.key .p4{background:var(--p4)}.key .p5{background:var(--p5)}
.box{margin-top:14px;padding:22px 24px 24px;background:var(--box);font-size:13px}
.box dl{display:grid;grid-template-columns:fit-content(40%) minmax(0,1fr);gap:3px 18px;margin:0}
.box dt{min-width:7em;color:var(--muted);overflow-wrap:anywhere}
.box dd{margin:0;overflow-wrap:anywhere}
.box ul{margin:0;padding:0 0 0 1.2em}
.box section{min-width:0;margin-top:18px}
.box section:first-child{margin-top:0}
.box .options{display:block;columns:3;column-gap:40px}
.box .options div{display:flex;justify-content:space-between;gap:14px;break-inside:avoid;padding:1px 0}
.box .options dt{min-width:0}
.box .options dd{text-align:right}
.box p{margin:0}
code,pre,.mono{font:12px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
pre{margin:0;padding:10px 12px;background:var(--ground);border:1px solid var(--line);white-space:pre-wrap;user-select:all}
.empty{margin:14px 0 0;color:var(--muted)}
@media (max-width:980px){.kpis{grid-template-columns:repeat(4,1fr)}.kpis li:nth-child(4n+1){padding-left:0;border-left:0}}
@media (max-width:760px){
.page{padding:28px 18px 40px}
h1{font-size:24px}
.panels{grid-template-columns:minmax(0,1fr);gap:40px;margin-top:32px}
.half{grid-column:1/-1}
.columns{grid-template-columns:minmax(0,1fr)}
.kpis{grid-template-columns:repeat(2,1fr);margin-top:24px}
.kpis li:nth-child(n){padding-left:16px;border-left:1px solid var(--line)}
.kpis li:nth-child(2n+1){padding-left:0;border-left:0}
svg.plot{width:calc(100% - 88px);margin-left:40px;margin-right:48px}
svg.tall-narrow{margin-bottom:46px}
svg .thin{display:none}
svg .long{display:none}
svg .short{display:inline}
.box{margin:14px -18px 0;padding:20px 18px}
.box dl{grid-template-columns:minmax(0,1fr);gap:0}
.box dd{margin-bottom:6px}
.box .options{columns:1}
.box .options dd{margin:0}
table{font-size:13px}
th,td{padding-left:10px}
}
@media print{
:root{color-scheme:light;${LIGHT}${PANEL_LIGHT}}
@page{margin:14mm 12mm}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{font-size:11.5px;background:none}
.page{max-width:none;padding:0}
.panels{gap:28px 32px;margin-top:24px}
.panel,tr,.kpis{break-inside:avoid}
.panel.long{break-inside:auto}
h2,.head,.sub{break-after:avoid}
.sub,.legend,.key,.box{font-size:10.5px}
svg text{font-size:10px}
svg .end-label,svg .note{font-size:10.5px}
th,td{padding:3px 0 3px 9px}
thead th{font-size:10px}
.box{margin-top:10px;padding:14px 16px}
.box h3{font-size:10.5px;break-after:avoid}
.box .options{columns:3;column-gap:24px;font-size:9px}
code,pre,.mono{font-size:9.5px}
.scroll{overflow:visible}
.heat{min-width:0}
.heat th,.heat td{font-size:10px;padding:3px 1px}
table{font-size:10.5px}
.kpis{grid-template-columns:repeat(8,1fr);margin-top:20px}
.kpis .value{font-size:16px}
.kpis .label,.kpis .other{font-size:9px}
.kpis li:nth-child(n){padding-left:8px;border-left:1px solid var(--line)}
.kpis li:first-child{padding-left:0;border-left:0}
.box section{margin-top:8px}
}
${PANEL_CSS}`);

function compact(css: string): string {
  return css.replace(/\n/g, '');
}
