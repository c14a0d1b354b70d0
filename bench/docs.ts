/** docs/benchmarks.md, written from the committed results so that it cannot say anything else. */
import { type Budget, judge } from './budgets.js';
import {
  budgetsTable,
  bytesTable,
  casesTable,
  cellsTable,
  latencyTable,
  meansTable,
  quotedTable,
  type Table,
  timesTable,
} from './report.js';
import type { Results, Row } from './results.js';
import { markdownTable } from './table.js';

const INTRODUCTION = `# Benchmarks

<!-- Written by \`npm run bench -- --write-docs\` from bench/results/*.json. Do not edit. -->

Each row comes from one run in which we and the peer worked on the same binary input file, by turns (ours, peer, ours,
peer, …), each in a process of its own that stays alive, after warm-up. Each side reads a monotonic clock around the
call alone: reading the input, and for the peers building the objects they want (data frames, lists), is outside.
Both sides collect garbage and make one call that is not timed before each round (not a peer whose calls take seconds);
the peers' collector rests while the clock runs, as in Python's \`timeit\`. One thread everywhere. Times are medians and minima of the rounds for one call; the ratio is the peer's median
over ours. Memory is the high-water mark of the whole process: runtime, libraries, input and result.

The results are compared in the same run: a row whose numbers differ by more than allowed fails the run.

## Run it

\`\`\`sh
npm run bench                       # all, about five minutes; tables on the terminal
npm run bench -- backtest metrics   # only these (a bench, or the beginning of a case's name)
npm run bench -- --seconds 20       # longer rounds, for a busy machine
npm run bench -- --json             # the same as JSON
npm run bench -- compare            # against the committed results of this kind of machine; exit code 1 if slower
npm run bench -- compare old.json   # against another file
npm run bench -- --save             # keep the results in bench/results/ and write this page
\`\`\`

The peers need the Python environment of the parity suite: \`npm run parity\` makes it, or NB_PARITY_ENV_MAIN names
another. Without it those peers are left out. Peers in JavaScript that are no dependencies of ours are fetched into
.cache/bench-peers when they are first asked; one that cannot be had, or compiled, is named and left out. \`compare\` calls a case slower when both its median and its fastest round
are more than 20 % slower than before; the peer's change stands beside it, since a slow machine slows both.
The targets stand in bench/budgets.json.
`;

/** The whole page. */
export function benchmarksPage(
  files: readonly { name: string; results: Results }[],
  budgets: readonly Budget[],
): string {
  const sections = files.map(({ name, results }) => machineSection(name, results, budgets));
  const body = sections.length === 0 ? ['No results are committed yet.\n'] : sections;
  return [INTRODUCTION, ...body].join('\n');
}

function machineSection(name: string, results: Results, budgets: readonly Budget[]): string {
  const { machine, node, date, rows } = results;
  const heading = `## ${machine.cpu}, ${machine.cores} cores, ${machine.platform} ${machine.arch}, Node ${node}`;
  const parts = [heading, '', `bench/results/${name}, ${date}.`, '', markdown(timesTable(rows)), ''];
  parts.push('### Targets', '', markdown(budgetsTable(judge(budgets, rows))), '');
  add(parts, '### Geometric means of the ratios', meansTable(rows));
  add(parts, '### Figures quoted by others, on their machines', quotedTable(rows));
  add(parts, '### Cost of a cell, and memory', cellsTable(rows));
  add(parts, '### Latency of one call', latencyTable(rows));
  add(parts, '### Size of what was made', bytesTable(rows));
  add(parts, '### What was run', casesTable(rows));
  return parts.join('\n');
}

function add(parts: string[], heading: string, table: Table | undefined): void {
  if (table !== undefined) parts.push(heading, '', markdown(table), '');
}

function markdown(table: Table): string {
  return markdownTable(table.columns, table.rows);
}

/** Rows whose results do not agree as closely as they must. */
export function disagreements(rows: readonly Row[]): Row[] {
  return rows.filter(({ agreement }) => {
    return (
      agreement !== undefined && !('notCompared' in agreement) && !(agreement.worst <= agreement.allowed)
    );
  });
}
