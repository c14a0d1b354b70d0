/** The targets of bench/budgets.json, held against a run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './peer.js';
import type { Row } from './results.js';
import { showMs, showRatio } from './table.js';

export interface Budget {
  /** The case; with the last three, the beginning that several cases share. */
  readonly id: string;
  readonly peer?: string;
  /** At least this many times faster than the peer. */
  readonly ratioAtLeast?: number;
  /** Our median, in milliseconds. */
  readonly msAtMost?: number;
  /** Largest over smallest time for a cell, over all cases of that beginning: 1 is exactly linear. */
  readonly nsPerCellSpreadAtMost?: number;
  /** Geometric mean of the ratios to the peer. */
  readonly geometricMeanAtLeast?: number;
  /** The smallest ratio to the peer. */
  readonly eachRatioAtLeast?: number;
}

export interface Judgement {
  readonly target: string;
  readonly measured: string;
  readonly verdict: 'met' | 'missed' | 'not measured';
}

export function readBudgets(): readonly Budget[] {
  return JSON.parse(readFileSync(join(ROOT, 'bench/budgets.json'), 'utf8')) as Budget[];
}

/** The n-th root of the product of n numbers above 0. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Nanoseconds for a cell in the fastest round: the growth with size shows there, and not the machine's other work. */
export function nsPerCell(row: Row): number | undefined {
  return row.cells === undefined ? undefined : (row.ours.minMs * 1e6) / row.cells;
}

/** Says of every budget whether these rows meet it. */
export function judge(budgets: readonly Budget[], rows: readonly Row[]): Judgement[] {
  return budgets.flatMap((budget) => {
    const judgements: Judgement[] = [];
    const { id, peer, ratioAtLeast, msAtMost, nsPerCellSpreadAtMost } = budget;
    const { geometricMeanAtLeast, eachRatioAtLeast } = budget;
    const ratios = rows
      .filter((row) => row.id.startsWith(id) && row.peer?.name === peer)
      .flatMap((row) => row.ratio ?? []);
    const fine = (x: number): string => `${x.toFixed(2)}×`;
    if (geometricMeanAtLeast !== undefined) {
      const mean = ratios.length < 2 ? undefined : geometricMean(ratios);
      const target = `${id}…: geometric mean at least ${geometricMeanAtLeast}× ${peer}`;
      judgements.push(verdict(target, mean, fine, (x) => x >= geometricMeanAtLeast));
    }
    if (eachRatioAtLeast !== undefined) {
      const least = ratios.length < 2 ? undefined : Math.min(...ratios);
      const target = `${id}…: each at least ${eachRatioAtLeast}× ${peer}`;
      judgements.push(verdict(target, least, fine, (x) => x >= eachRatioAtLeast));
    }
    if (ratioAtLeast !== undefined) {
      const ratio = rows.find((row) => row.id === id && row.peer?.name === peer)?.ratio;
      const target = `${id} at least ${ratioAtLeast}× ${peer}`;
      judgements.push(verdict(target, ratio, showRatio, (x) => x >= ratioAtLeast));
    }
    if (msAtMost !== undefined) {
      const times = rows.filter((row) => row.id === id).map((row) => row.ours.medianMs);
      const best = times.length === 0 ? undefined : Math.min(...times);
      judgements.push(verdict(`${id} at most ${showMs(msAtMost)}`, best, showMs, (x) => x <= msAtMost));
    }
    if (nsPerCellSpreadAtMost !== undefined) {
      const cells = rows.filter((row) => row.id.startsWith(id)).flatMap((row) => nsPerCell(row) ?? []);
      const spread = cells.length < 2 ? undefined : Math.max(...cells) / Math.min(...cells);
      const target = `${id}…: time for a cell within ${nsPerCellSpreadAtMost}× over all sizes`;
      judgements.push(verdict(target, spread, fine, (x) => x <= nsPerCellSpreadAtMost));
    }
    return judgements;
  });
}

function verdict(
  target: string,
  value: number | undefined,
  show: (value: number) => string,
  met: (value: number) => boolean,
): Judgement {
  if (value === undefined) return { target, measured: '–', verdict: 'not measured' };
  return { target, measured: show(value), verdict: met(value) ? 'met' : 'missed' };
}
