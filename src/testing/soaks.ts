/** Long tests by name: what they try, how often, and what they found, for `npm run soak` and its report. */
import { EXCHANGE_KIT } from './exchange-kit.js';
import { soakExchange } from './exchange-soak.js';
import { runLargeFile } from './large-file.js';
import { soakOptimizers } from './optimize-soak.js';
import { replayEverywhere } from './order-log-run.js';
import { soakPool } from './pool-soak.js';
import { fuzzPrices } from './price-fuzz.js';
import { soakStops } from './stop-trials.js';

/** What a long test found. */
export interface SoakResult {
  readonly inputs: number;
  /** What the inputs came to, by name. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly problemCount: number;
  /** The first problems in words. */
  readonly problems: readonly string[];
}

/** A long test. */
export interface Soak {
  readonly name: string;
  /** What it tries and what must hold, in a sentence. */
  readonly what: string;
  /** Inputs of a full run. */
  readonly inputs: number;
  readonly seed: number;
  run(seed: number, inputs: number, tell: (done: number) => void): SoakResult | Promise<SoakResult>;
}

/** The table: a new long test is a new row. */
export const SOAKS: readonly Soak[] = [
  {
    name: 'prices',
    what: 'Damaged price files of every layout: prices or an error of ours, text and bytes alike, under 1 s for 100 kB.',
    inputs: 1_000_000,
    seed: 1_000,
    run(seed, inputs, tell) {
      const { panels, errors, problemCount, problems } = fuzzPrices(seed, 0, inputs, tell);
      const outcomes = {
        prices: panels,
        ...Object.fromEntries([...errors].sort(([a], [b]) => (a < b ? -1 : 1))),
      };
      return { inputs, outcomes, problemCount, problems };
    },
  },
  {
    name: 'large-file',
    what: 'A long price file of so many rows: every price read, in less than 1 GB and 60 s.',
    inputs: 10_000_000,
    seed: 7,
    run(seed, inputs) {
      const { fileBytes, seconds, rssBytes, read, written } = runLargeFile(inputs, seed);
      const problems: string[] = [];
      if (JSON.stringify(read) !== JSON.stringify(written)) {
        problems.push(`read ${JSON.stringify(read)}, but ${JSON.stringify(written)} was written`);
      }
      if (rssBytes >= 1e9) problems.push(`memory of ${rssBytes} bytes`);
      if (seconds >= 60) problems.push(`${seconds} s`);
      const outcomes = {
        'bytes of the file': fileBytes,
        'bytes of memory at most': rssBytes,
        'milliseconds to read': Math.round(seconds * 1_000),
      };
      return { inputs, outcomes, problemCount: problems.length, problems };
    },
  },
  {
    name: 'exchange',
    what: 'Random calls on the exchange: what its slow twin answers, no invariant broken, and every 1,000 calls the same state from its inputs and from its plain data.',
    inputs: 10_000_000,
    seed: 11,
    run: (seed, inputs, tell) => soakExchange(EXCHANGE_KIT, seed, inputs, tell),
  },
  {
    name: 'order-log',
    what: 'The log of a live exchange, orders of every kind: replayed by the command to the same state hash on every Node that is installed.',
    inputs: 1_000_000,
    seed: 1,
    run(seed, inputs) {
      const { live, replayed } = replayEverywhere(inputs, seed);
      const problems = [...replayed]
        .filter(([, hash]) => hash !== live)
        .map(([version, hash]) => `Node ${version}: ${hash}, live ${live}`);
      const outcomes = Object.fromEntries(
        [...replayed.keys()].map((version) => [`Node: ${version}`, inputs]),
      );
      return { inputs, outcomes, problemCount: problems.length, problems };
    },
  },
  {
    name: 'pool',
    what: 'Tasks on threads, one in ten a saboteur that throws, ends its thread, fills its memory or never ends: the others answer, each failure has its name.',
    inputs: 500,
    seed: 5,
    run: soakPool,
  },
  {
    name: 'optimize',
    what: 'Random portfolios of every method, a third of them with limits: proven the best from the returns alone, and none worse than what cvxpy finds with Clarabel and HiGHS.',
    inputs: 1_000,
    seed: 8,
    run: (seed, inputs, tell) => soakOptimizers(seed, inputs, true, tell),
  },
  {
    name: 'stops',
    what: 'Random schedules and paths with stops of every kind, long and short, with leverage, costs, lots and missing prices: what the slow twin gives, every event, and cash and equity to the cent.',
    inputs: 10_000,
    seed: 10,
    run: (seed, inputs, tell) => soakStops(seed, inputs, tell),
  },
];

/** One run in the report. */
export interface SoakRecord extends SoakResult {
  readonly name: string;
  readonly what: string;
  readonly seed: number;
  /** Day of the run, `YYYY-MM-DD`. */
  readonly date: string;
  readonly commit: string;
  readonly node: string;
  readonly seconds: number;
}

/** The records of a report with new ones in the place of older ones of the same name, in the order of the table. */
export function mergeRecords(before: readonly SoakRecord[], now: readonly SoakRecord[]): SoakRecord[] {
  const byName = new Map([...before, ...now].map((record) => [record.name, record]));
  return SOAKS.flatMap(({ name }) => byName.get(name) ?? []);
}

/** The report as a page. */
export function soakPage(records: readonly SoakRecord[]): string {
  const lines = ['# Soak runs', '', 'Written by `npm run soak`; the last run of each long test.', ''];
  for (const record of records) {
    const { name, what, date, commit, node, seconds, inputs, seed, outcomes, problemCount, problems } =
      record;
    lines.push(`## ${name}`, '', what, '');
    lines.push(
      '| date | commit | Node | inputs | seed | seconds | problems |',
      '| --- | --- | --- | --- | --- | --- | --- |',
    );
    lines.push(`| ${date} | ${commit} | ${node} | ${inputs} | ${seed} | ${seconds} | ${problemCount} |`, '');
    lines.push('| outcome | inputs |', '| --- | --- |');
    for (const [outcome, count] of Object.entries(outcomes)) lines.push(`| ${outcome} | ${count} |`);
    lines.push('');
    if (problems.length > 0) lines.push('```', ...problems, '```', '');
  }
  return lines.join('\n');
}
