/** Runs the cases of a bench: alone, or by turns with each peer. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Bench,
  type BenchCase,
  type Check,
  type Pace,
  type PeerUse,
  speedUp,
  timeByTurns,
  worstDifference,
} from './harness.js';
import { writeInput } from './inputs.js';
import { isJavaScript, type Side, SideError, startOurs, startPeer } from './peer.js';
import type { Row } from './results.js';

export interface RunOptions {
  /** Without it the peers in Python are left out. */
  readonly python: string | undefined;
  /** Only our own side. */
  readonly alone: boolean;
  /** Seconds of rounds for each row, after warm-up. */
  readonly seconds: number;
  /** A line of progress. */
  readonly say: (line: string) => void;
}

/** Measures the wanted cases. A peer that does not start, or fails, is named and left out. */
export async function runBench(
  bench: Bench,
  cases: readonly BenchCase[],
  options: RunOptions,
): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nb-bench-'));
  const rows: Row[] = [];
  try {
    const scripts = [...new Set(cases.flatMap((each) => (each.peers ?? []).map((peer) => peer.script)))];
    for (const script of options.alone ? [] : scripts) {
      if (options.python === undefined && !isJavaScript(script)) continue;
      rows.push(...(await runAgainst(bench, cases, script, folder, options)));
    }
    for (const each of cases) {
      const id = `${bench.name}/${each.name}`;
      if (!rows.some((row) => row.id === id))
        rows.push(await runPair(bench, each, undefined, folder, options));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const place = (row: Row): number => {
    const index = cases.findIndex((each) => row.id === `${bench.name}/${each.name}`);
    const peer = (cases[index].peers ?? []).findIndex((use) => use.script === row.peer?.name);
    return index * 100 + peer;
  };
  return rows.sort((a, b) => place(a) - place(b));
}

/** All cases with one peer, in one process of it: importing and compiling it takes seconds. */
async function runAgainst(
  bench: Bench,
  cases: readonly BenchCase[],
  script: string,
  folder: string,
  options: RunOptions,
): Promise<Row[]> {
  const rows: Row[] = [];
  const side = startPeer(options.python, script);
  try {
    const version = await side.version();
    for (const each of cases) {
      for (const use of each.peers ?? []) {
        if (use.script === script)
          rows.push(await runPair(bench, each, { side, use, version }, folder, options));
      }
    }
  } catch (error) {
    if (!(error instanceof SideError && error.side === script)) throw error;
    options.say(`${script} is left out from here on. ${error.message}`);
  } finally {
    side.close();
  }
  return rows;
}

async function runPair(
  bench: Bench,
  each: BenchCase,
  peer: { side: Side; use: PeerUse; version: string } | undefined,
  folder: string,
  options: RunOptions,
): Promise<Row> {
  const id = `${bench.name}/${each.name}`;
  options.say(`${id}${peer === undefined ? '' : ` against ${peer.use.script} ${peer.version}`} …`);
  const input = inputFile(each, folder);
  const ours = startOurs(bench.name);
  try {
    const version = await ours.version();
    await ours.prepare(each.kernel, input, each.params ?? {});
    if (peer !== undefined) {
      peer.side.cold = peer.use.slow === true;
      await peer.side.prepare(peer.use.kernel, input, peer.use.params ?? each.params ?? {});
    }
    const sides = peer === undefined ? [ours] : [ours, peer.side];
    const share = peer === undefined ? 1 / 3 : peer.use.briefly === true ? 1 / 4 : 1;
    const timings = await timeByTurns(
      sides,
      peer?.use.slow === true ? TWO_ROUNDS : pace(each, options.seconds, share),
    );
    const own = { ...timings[0], version, peakBytes: each.spawns === true ? null : await ours.peakBytes() };
    const common = {
      id,
      title: each.title,
      ours: own,
      ...(each.group === undefined ? {} : { group: each.group }),
      ...(each.cells === undefined ? {} : { cells: each.cells }),
      ...(each.quoted === undefined ? {} : { quoted: each.quoted }),
      ...(each.bytes === true
        ? { bytes: { ours: ours.lastCheck.bytes, peer: peer?.side.lastCheck.bytes ?? null } }
        : {}),
      ...(each.latency === true ? { latency: latencyOf(ours.lastCheck) } : {}),
    };
    if (peer === undefined) return common;
    const { use, side } = peer;
    const { agree } = use;
    const agreement =
      typeof agree === 'string'
        ? { notCompared: agree }
        : {
            fields: agree.fields,
            worst: worstDifference(ours.lastCheck, side.lastCheck, agree.fields),
            allowed: agree.relative,
          };
    return {
      ...common,
      peer: {
        ...timings[1],
        version: peer.version,
        peakBytes: await side.peakBytes(),
        name: use.script,
        what: use.what,
      },
      ratio: speedUp(timings[0], timings[1]),
      agreement,
    };
  } finally {
    ours.close();
  }
}

function latencyOf({ p50, p99, p999, clock }: Check): NonNullable<Row['latency']> {
  return { p50, p99, p999, clock };
}

/** The input of a case, written when first needed. */
function inputFile(each: BenchCase, folder: string): string | null {
  if (each.makeInput === undefined) return null;
  const path = join(folder, `${each.name}.json`);
  if (!existsSync(path)) writeInput(path, each.makeInput());
  return path;
}

const TWO_ROUNDS: Pace = { budgetMs: 0, minRounds: 2, maxRounds: 2, roundMs: 100, warmUpMs: 250 };

/** `share` of the seconds for rounds, and of a second for warm-up but for a side alone. */
function pace(each: BenchCase, seconds: number, share: number): Pace {
  if (each.spawns === true) return { budgetMs: 0, minRounds: 10, maxRounds: 10, roundMs: 0, warmUpMs: 0 };
  const warmUpMs = share === 1 / 4 ? 250 : 1000;
  const roundMs = share === 1 / 4 ? 25 : 100;
  return { budgetMs: seconds * share * 1000, minRounds: 3, maxRounds: 51, roundMs, warmUpMs };
}
