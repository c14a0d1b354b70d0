/** Results of a run: one file for each kind of machine and Node, and the comparison with an earlier one. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import type { Timing } from './harness.js';
import { ROOT } from './peer.js';

export interface SideResult extends Timing {
  readonly version: string;
  /** High-water mark of the whole process, input included; null where it is not known. */
  readonly peakBytes: number | null;
}

/** How closely the results agree over these fields, or why they are not compared. */
export type Agreement =
  | { readonly fields: readonly string[]; readonly worst: number; readonly allowed: number }
  | { readonly notCompared: string };

/** One case, alone or against one peer. */
export interface Row {
  /** Bench and case: `backtest/500x5000-daily`. */
  readonly id: string;
  readonly title: string;
  readonly ours: SideResult;
  readonly group?: string;
  readonly cells?: number;
  readonly peer?: SideResult & { readonly name: string; readonly what: string };
  /** How many times faster than the peer: its median over ours. */
  readonly ratio?: number;
  readonly agreement?: Agreement;
  /** Sizes of what both sides made; null where there is no peer. */
  readonly bytes?: { readonly ours: number; readonly peer: number | null };
  readonly quoted?: readonly { readonly who: string; readonly ms: number }[];
  /** Nanoseconds of one call at three places of their distribution, and of reading the clock, which they are without. */
  readonly latency?: {
    readonly p50: number;
    readonly p99: number;
    readonly p999: number;
    readonly clock: number;
  };
}

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly cores: number;
  readonly cpu: string;
}

export interface Results {
  readonly machine: Machine;
  readonly node: string;
  /** Day of the newest row. */
  readonly date: string;
  readonly rows: readonly Row[];
}

export const RESULTS_FOLDER: string = join(ROOT, 'bench/results');

export function thisMachine(): Machine {
  const all = cpus();
  const cpu = (all[0]?.model ?? 'unknown')
    .replace(/\((R|TM)\)/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  return { platform: process.platform, arch: process.arch, cores: all.length, cpu };
}

/** `linux-x64-2-amd-epyc-node20.json` */
export function resultsName(machine: Machine, node: string): string {
  const slug = machine.cpu
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${machine.platform}-${machine.arch}-${machine.cores}-${slug}-node${node.replace(/^v/, '').split('.')[0]}.json`;
}

export function rowKey(row: Row): string {
  return row.peer === undefined ? row.id : `${row.id} against ${row.peer.name}`;
}

/** The old rows, with those measured again replaced and new ones added; order: benches and cases as measured. */
export function mergeRows(old: readonly Row[], fresh: readonly Row[]): Row[] {
  const byKey = new Map(fresh.map((row) => [rowKey(row), row]));
  const kept = old.map((row) => byKey.get(rowKey(row)) ?? row);
  const known = new Set(kept.map(rowKey));
  return [...kept, ...fresh.filter((row) => !known.has(rowKey(row)))];
}

export function readResults(path: string): Results | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : undefined;
}

export function writeResults(path: string, results: Results): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(rounded(results), null, 1)}\n`);
}

/** All committed results, by file name. */
export function allResults(folder: string = RESULTS_FOLDER): { name: string; results: Results }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, results: readResults(join(folder, name))! }));
}

/** Digits past the fifth are noise, and would make every diff of the file unreadable. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(5));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)]));
}

export interface Change {
  readonly key: string;
  readonly oldMs: number;
  readonly newMs: number;
  /** New median over old: 1.25 is 25 % slower. */
  readonly factor: number;
  /** The same of the fastest rounds. */
  readonly minFactor: number;
  /** The same of the peer: near `factor`, the machine was slow, not we. */
  readonly peerFactor?: number;
  /**
   * `slower`: median and fastest round are both past the limit. `noisy`: only the median is, so some round was as
   * fast as before. `faster`: both are better by as much.
   */
  readonly verdict: 'slower' | 'noisy' | 'same' | 'faster';
}

/** How much slower counts as slower: 20 %. */
export const SLOWER_LIMIT = 1.2;

/** Every row that both runs have, with what became of it. */
export function compareRows(
  old: readonly Row[],
  fresh: readonly Row[],
  limit: number = SLOWER_LIMIT,
): Change[] {
  const before = new Map(old.map((row) => [rowKey(row), row]));
  const changes: Change[] = [];
  for (const row of fresh) {
    const was = before.get(rowKey(row));
    if (was === undefined) continue;
    const factor = row.ours.medianMs / was.ours.medianMs;
    const minFactor = row.ours.minMs / was.ours.minMs;
    const peer =
      row.peer !== undefined && was.peer !== undefined
        ? { peerFactor: row.peer.medianMs / was.peer.medianMs }
        : {};
    changes.push({
      key: rowKey(row),
      oldMs: was.ours.medianMs,
      newMs: row.ours.medianMs,
      factor,
      minFactor,
      ...peer,
      verdict: judgeChange(factor, minFactor, limit),
    });
  }
  return changes;
}

function judgeChange(factor: number, minFactor: number, limit: number): Change['verdict'] {
  if (factor > limit) return minFactor > limit ? 'slower' : 'noisy';
  return factor < 1 / limit && minFactor < 1 / limit ? 'faster' : 'same';
}
