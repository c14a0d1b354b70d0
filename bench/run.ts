/** `npm run bench`: times us against the peers and prints what came of it. Usage: see USAGE. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judge, readBudgets } from './budgets.js';
import { benchmarksPage, disagreements } from './docs.js';
import type { Bench } from './harness.js';
import { findPython, NO_PYTHON, ROOT } from './peer.js';
import {
  budgetsTable,
  bytesTable,
  cellsTable,
  changesTable,
  latencyTable,
  meansTable,
  quotedTable,
  type Table,
  timesTable,
} from './report.js';
import {
  allResults,
  compareRows,
  mergeRows,
  RESULTS_FOLDER,
  type Results,
  type Row,
  readResults,
  resultsName,
  thisMachine,
  writeResults,
} from './results.js';
import { runBench } from './runner.js';
import { textTable } from './table.js';

const BENCHES = [
  'backtest',
  'metrics',
  'statistics',
  'indicators',
  'cli',
  'series',
  'csv',
  'report',
  'book',
  'optimize',
  'garch',
  'garch-panel',
] as const;

const USAGE = `Usage: npm run bench -- [compare [old.json]] [names] [options]
  names          benches (${BENCHES.join(', ')}) or beginnings of cases, for example backtest/scaling; all when absent
  compare        also hold the run against the committed results of this kind of machine, or against old.json
  --seconds N    seconds of rounds for each row (default 2)
  --no-peers     our side alone
  --json         print JSON
  --save         keep the results in bench/results/ and write docs/benchmarks.md
  --write-docs   only write docs/benchmarks.md from bench/results/, without running anything`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '2' },
      'no-peers': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      'write-docs': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return print(USAGE);
  if (values['write-docs']) {
    writeDocs();
    return 0;
  }
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= 3600))
    throw new Error(`--seconds must be a number from 0 to 3600, was ${values.seconds}`);
  const comparing = positionals[0] === 'compare';
  const names = positionals.slice(comparing ? 1 : 0);
  const oldPath = comparing && names[0]?.endsWith('.json') ? names.shift()! : undefined;

  const machine = thisMachine();
  const ownPath = join(RESULTS_FOLDER, resultsName(machine, process.version));
  const old = comparing ? readOld(oldPath ?? ownPath) : undefined;
  const rows = await runAll(names, seconds, values['no-peers']);
  const date = new Date().toISOString().slice(0, 10);
  const results: Results = { machine, node: process.version.slice(1), date, rows };
  const judgements = judge(readBudgets(), rows).filter((each) => each.verdict !== 'not measured');
  const changes = old === undefined ? undefined : compareRows(old.rows, rows);

  if (values.json)
    print(JSON.stringify({ ...results, budgets: judgements, ...(changes ? { changes } : {}) }, null, 1));
  else {
    print(
      `Node ${results.node}, ${machine.cpu}, ${machine.cores} cores, ${machine.platform} ${machine.arch}\n`,
    );
    show('', timesTable(rows));
    show('Targets', budgetsTable(judgements));
    show('Geometric means', meansTable(rows));
    show('Quoted by others, on their machines', quotedTable(rows));
    show('Cost of a cell', cellsTable(rows));
    show('Latency of one call', latencyTable(rows));
    show('Size of what was made', bytesTable(rows));
    if (changes !== undefined) show(`Against ${oldPath ?? ownPath}`, changesTable(changes));
  }
  if (values.save) {
    writeResults(ownPath, { ...results, rows: mergeRows(readResults(ownPath)?.rows ?? [], rows) });
    writeDocs();
    process.stderr.write(`Kept in ${ownPath}; docs/benchmarks.md is written.\n`);
  }
  return verdict(
    rows,
    (changes ?? []).filter((change) => change.verdict === 'slower').map((change) => change.key),
  );
}

async function runAll(names: readonly string[], seconds: number, alone: boolean): Promise<Row[]> {
  const python = alone ? undefined : findPython();
  if (!alone && python === undefined) process.stderr.write(`${NO_PYTHON}\n`);
  const rows: Row[] = [];
  const unused = new Set(names);
  const jobs: (() => Promise<Row[]>)[] = [];
  for (const name of BENCHES) {
    const { bench } = (await import(`./${name}.bench.js`)) as { bench: Bench };
    const cases = bench.cases.filter((each) => {
      const wanted = names.filter((word) => word === name || `${name}/${each.name}`.startsWith(word));
      for (const word of wanted) unused.delete(word);
      return names.length === 0 || wanted.length > 0;
    });
    const say = (line: string): boolean => process.stderr.write(`${line}\n`);
    if (cases.length > 0) jobs.push(() => runBench(bench, cases, { python, alone, seconds, say }));
  }
  if (unused.size > 0) throw new Error(`no bench or case begins with ${[...unused].join(', ')}\n${USAGE}`);
  for (const start of jobs) rows.push(...(await start()));
  return rows;
}

function readOld(path: string): Results {
  const old = readResults(path);
  if (old === undefined)
    throw new Error(`no results to compare with at ${path}; keep some with --save first`);
  return old;
}

function writeDocs(): void {
  writeFileSync(join(ROOT, 'docs/benchmarks.md'), benchmarksPage(allResults(), readBudgets()));
}

function verdict(rows: readonly Row[], slower: readonly string[]): number {
  const wrong = disagreements(rows);
  for (const row of wrong) {
    process.stderr.write(
      `${row.id}: our result differs from ${row.peer?.name}'s: ${JSON.stringify(row.agreement)}\n`,
    );
  }
  for (const key of slower) process.stderr.write(`${key} became more than 20 % slower\n`);
  return wrong.length > 0 || slower.length > 0 ? 1 : 0;
}

function show(heading: string, table: Table | undefined): void {
  if (table === undefined || table.rows.length === 0) return;
  print(`${heading === '' ? '' : `${heading}\n`}${textTable(table.columns, table.rows)}\n`);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
