/** The pages written from a run: docs/parity.md and docs/divergences.md. The same tables give the same bytes. */
import type { Divergence, FixtureFile, Tolerance } from './comparison.js';
import type { ComparisonResult } from './suite.js';

const PARITY_HEAD = `# Parity

Every number below was compared with what a reference answered to the same input. The answers are committed in
\`fixtures/\`, so \`npm test\` compares with them and needs no Python. \`npm run parity\` asks the references again: it
makes their Python environments under \`.cache/parity/\` from the pinned requirements, writes every fixture anew in a
temporary folder, compares it with the committed one, compares our numbers, and writes this page from the run. It also
sends a million random orders from a new seed to nanobook and to our exchange: same trades, same book at the end; and
it asks TA-Lib and our indicators about random series with every period, from the smallest to beyond the series.

- \`npm run parity -- backtest\` runs one generator (\`parity/environments.json\` lists them), \`-- --update\` takes
  what came out over into \`fixtures/\`: only together with the version, seed or case that changed it.
- \`NB_PYTHON\`: the Python (3.11 or newer) to make the environments with; else \`python3\` or \`python\` on the path.
- \`NB_PARITY_ENV_MAIN\`, \`NB_PARITY_ENV_QS77\`: folders of virtual environments that you made yourself.
- \`NB_PARITY_WHEELS\`: a folder with the two wheels that the market data is taken from; else pip fetches them.

A worst difference is relative where the tolerance has a relative part (to no less than absolute / relative), else
absolute, or divided by the scale of the case where the tolerance is a part of that: the largest price or output of the
case (the largest output alone where it does not grow with the prices), and no less than 1. In brackets the case it
came from. Intended differences are in [divergences.md](divergences.md) and left out here. Every bound stands in
\`parity/tolerance.ts\` beside the worst difference seen; none is loosened to pass.

`;

const DIVERGENCES_HEAD = `# Divergences

Where our numbers differ from a reference's on purpose. The test suite fails on a difference that is not listed here,
and on a listed one that is gone. This page is written by \`npm run parity\` from \`parity/divergences/\`.

`;

/** A difference in two digits, rounded up so that what is printed was not exceeded. */
export function showDifference(value: number): string {
  if (value === 0) return '0';
  const text = value.toExponential(1);
  if (Number(text) >= value) return text;
  const [digits, exponent] = text.split('e') as [string, string];
  return Number(`${(Number(digits) + 0.1).toFixed(1)}e${exponent}`).toExponential(1);
}

/** `1e-9 relative`, `1e-9 relative or 1e-6 absolute`, `1e-10 of the scale`, `exact`. */
export function showTolerance(tolerance: Tolerance): string {
  const bounds = [];
  if (tolerance.scaled !== undefined) bounds.push(`${tolerance.scaled} of the scale`);
  if (tolerance.rel !== undefined) bounds.push(`${tolerance.rel} relative`);
  if (tolerance.abs !== undefined) bounds.push(`${tolerance.abs} absolute`);
  return bounds.length > 0 ? bounds.join(' or ') : 'exact';
}

/** Rows of cells; the first row is the header. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  lines.splice(1, 0, `|${' --- |'.repeat(rows[0]?.length ?? 0)}`);
  return `${lines.join('\n')}\n`;
}

/** The text of docs/parity.md. */
export function parityPage(results: readonly ComparisonResult[]): string {
  const header = [
    'functions',
    'reference',
    'fixture',
    'cases',
    'numbers',
    'worst difference',
    'tolerance',
    'reason',
  ];
  const rows = results.map((result) => [
    result.comparison.functions.map((name) => `\`${name}\``).join(', '),
    `${result.fixture.reference} ${result.fixture.version}, ${result.comparison.asked ?? result.fixture.function}`,
    result.comparison.fixture,
    String(result.cases),
    String(result.numbers),
    showDifference(result.worst) + (result.worst > 0 ? ` (${result.worstCase})` : ''),
    showTolerance(result.comparison.tolerance),
    result.comparison.tolerance.reason,
  ]);
  return PARITY_HEAD + markdownTable([header, ...rows]);
}

/** The text of docs/divergences.md. `fixtures` gives the reference of each fixture path. */
export function divergencesPage(
  divergences: readonly Divergence[],
  fixtures: ReadonlyMap<string, FixtureFile>,
): string {
  const groups = new Map<string, Divergence[]>();
  for (const d of divergences) groups.set(d.id, [...(groups.get(d.id) ?? []), d]);
  let text = DIVERGENCES_HEAD;
  for (const [id, group] of groups) {
    const reasons = new Set(group.map((d) => d.reason));
    text += `## ${id}\n\n${[...reasons].join('\n\n')}\n\n`;
    const rows = group.map((d) => {
      const file = fixtures.get(d.fixture);
      return [
        `\`${d.function}\``,
        file === undefined ? d.fixture : `${file.reference} ${file.version}`,
        d.path === undefined ? d.case : `${d.case}: ${d.path}`,
        String(d.ours),
        String(d.theirs),
      ];
    });
    text += `${markdownTable([['function', 'reference', 'case', 'ours', 'theirs'], ...rows])}\n`;
  }
  return `${text.trimEnd()}\n`;
}
