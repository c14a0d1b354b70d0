/** Style of the panels that show shapes: histograms, dots, boxes, stacked weights, marks of trades. */

/** Fills of the stacked weights, from the bottom; further colours of the light theme. */
export const PANEL_LIGHT = `
--l1:#17599f;--l2:#6ea4d6;--l3:#b7d2ea;--l4:#2b7a78;--l5:#93c4b8;--l6:#b4530a;--l7:#eab676;--l8:#7d6a94;
--others:#a9aeb3;--cash:#e7e8e4;--fill:#17599fb8;--sell:#a84a05;--gain:#2b7a78;`;

/** The same of the dark theme. */
export const PANEL_DARK = `
--l1:#2f7cc9;--l2:#7db4e8;--l3:#36618c;--l4:#3d9b93;--l5:#2a5f59;--l6:#c76f2c;--l7:#8a5c30;--l8:#9181ab;
--others:#666d74;--cash:#2b3036;--fill:#74b4f7b0;--sell:#f0a05a;--gain:#5cc4ba;`;

/** Rules of the style sheet. */
export const PANEL_CSS: string = `
svg .fill.strategy{fill:var(--fill)}
svg .line.normal{stroke:var(--ink);stroke-width:1.2px;stroke-dasharray:4 3;stroke-opacity:.75}
svg .mark{stroke:var(--sell);stroke-width:1.4px}
svg .mark.var{stroke-dasharray:1.5 3}
svg .mark.cvar{stroke-dasharray:6 3}
svg .dots{fill:none;stroke-linecap:round;vector-effect:non-scaling-stroke;stroke-width:4px}
svg .dots.strategy{stroke:var(--accent)}
svg .dots.benchmark{stroke:var(--other);stroke-opacity:.6}
svg .range.strategy{fill:var(--accent-area);stroke:var(--accent)}
svg .range.benchmark{fill:var(--band);stroke:var(--other)}
svg .whisker.strategy,svg .median.strategy{stroke:var(--accent)}
svg .whisker.benchmark,svg .median.benchmark{stroke:var(--other)}
svg .median{stroke-width:2px}
svg .layer{stroke:var(--ground);stroke-width:.6px;vector-effect:non-scaling-stroke}
svg .line.gross{stroke:var(--ink);stroke-width:1.2px}
svg .stems{fill:none;stroke:var(--accent);stroke-width:2px;vector-effect:non-scaling-stroke}
svg .line.price{stroke:var(--other);stroke-width:1.2px}
.buy{fill:var(--accent)}
.sell{fill:var(--sell)}
svg .buy,svg .sell{stroke:var(--ground);stroke-width:.7px}
svg .fixed,svg .trailing,svg .atr{fill:var(--sell)}
svg .take-profit{fill:var(--gain)}
svg .max-bars{fill:var(--other)}
svg .entry{fill:var(--ground);stroke:var(--ink);stroke-width:1px}
svg .fixed,svg .trailing,svg .atr,svg .take-profit,svg .max-bars{stroke:var(--ground);stroke-width:.7px}
${layers()}
#attribution td.bars{width:42%}
#attribution td.bars svg{display:block;width:100%;height:12px}
#attribution .gain{fill:var(--accent)}
#attribution .loss{fill:var(--sell)}
.swatches{margin:36px 0 0 52px;gap:3px 18px}
.swatches li{gap:6px}
.swatches b{flex:none;width:11px;height:11px}
.swatches li.gross i{border-color:var(--ink);border-width:1.2px}
.swatches li span{color:var(--muted)}
.legend .normal i{border-top:2px dashed var(--ink)}
.legend .sample{flex:none}
svg.defs{position:absolute}
.columns th,.columns td{padding-left:12px}
.columns th:first-child,.columns td:first-child{padding-left:0}
.small{gap:0 56px}
figure{margin:18px 0 0;min-width:0}
figcaption{font-size:13px;color:var(--muted)}
figcaption b{color:var(--ink);font-weight:600}
figure svg.plot{margin-top:10px}
.panel h3{margin:14px 0 0;font-size:13px;font-weight:600;color:var(--muted)}
.panel h3+.scroll{margin-top:6px}
th.text,td.text{text-align:left}
.formulas{margin-top:22px;font-size:13px}
.formulas summary{cursor:pointer;color:var(--muted)}
.formulas dl{display:grid;grid-template-columns:fit-content(40%) minmax(0,1fr);gap:4px 22px;margin:10px 0 0}
.formulas dd{margin:0;color:var(--muted)}
@media (max-width:760px){.swatches{margin-left:0}.formulas dl{grid-template-columns:minmax(0,1fr);gap:0}.formulas dd{margin-bottom:6px}}
@media print{.half svg .thin{display:none}.columns th+th,.columns th+td,.columns td+td{padding-left:6px}.swatches,figcaption,.panel h3{font-size:10.5px}figure{margin-top:10px;break-inside:avoid}.formulas{display:none}}
`;

function layers(): string {
  const rule = (name: string, colour: string): string =>
    `.${name}{fill:var(--${colour})}.swatches .${name}{background:var(--${colour})}`;
  const symbols = Array.from({ length: 8 }, (_, i) => rule(`layer-${i + 1}`, `l${i + 1}`));
  return [...symbols, rule('others', 'others'), rule('cash', 'cash')].join('\n');
}
