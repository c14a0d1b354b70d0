/**
 * How our numbers are compared with the ones a Python reference printed.
 *
 * A fixture is a JSON file under `fixtures/`, written by a generator in `parity/*.py`. A file in `parity/compare/`
 * exports `comparisons: readonly Comparison[]`: which fixture, which public functions, how to call them, how far
 * the answer may be from the reference's. A file in `parity/divergences/` exports
 * `divergences: readonly Divergence[]`: the cases in which we differ on purpose. Both are listed in an `index.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One call of the reference: what went in and what came out. NaN is written `null`, infinities as strings. */
export interface FixtureCase {
  /** Name of the case, unique in its file. */
  readonly case: string;
  /** Options of the call; a `null` here stays `null`. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Data of the call; with `shared`, a name, also everything under that name among the file's shared inputs. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the reference answered: numbers, strings and booleans in arrays and objects of any depth. */
  readonly expected: unknown;
}

/** A committed fixture file. */
export interface FixtureFile {
  /** The reference function that was asked. */
  readonly function: string;
  /** The reference package. */
  readonly reference: string;
  readonly version: string;
  readonly seed: number | null;
  /** Inputs that several cases have. */
  readonly shared?: Readonly<Record<string, FixtureCase['inputs']>>;
  readonly cases: readonly FixtureCase[];
}

/** How far a number may be from the reference's: `|ours - theirs| <= max(abs, rel * |theirs|)`. */
export interface Tolerance {
  readonly rel?: number;
  readonly abs?: number;
  /** Instead of both: `|ours - theirs| <= scaled * s`, with s the `scale` of the comparison for the case. */
  readonly scaled?: number;
  /** Why they differ at all, in words. */
  readonly reason: string;
  /** The worst difference seen, measured as `CaseReport.worst` is. */
  readonly measured: number;
}

/** A fixture and the functions of ours that answer its cases. */
export interface Comparison {
  /** Path under `fixtures/`, with forward slashes. */
  readonly fixture: string;
  /** Public names this comparison speaks for. */
  readonly functions: readonly string[];
  /** The function of the reference, where the file has the answers of several. */
  readonly asked?: string;
  /** Top-level fields of `expected` that it answers; absent: all of them. Cases without any of them are left out. */
  readonly parts?: readonly string[];
  /** Our answer, in the shape of `expected` (of its `parts`). An error it throws counts as `{ error: name }`. */
  run(c: FixtureCase): unknown;
  readonly tolerance: Tolerance;
  /** The size that a `scaled` tolerance is a part of. */
  readonly scale?: (c: FixtureCase) => number;
}

/** An intended difference from a reference. */
export interface Divergence {
  /** Short stable name, for example `calmar-without-drawdown`. */
  readonly id: string;
  readonly function: string;
  /** Path under `fixtures/`. */
  readonly fixture: string;
  readonly case: string;
  /** Where in `expected`, as `compareCase` names it (`sharpe`, `rows[2].value`); absent: the whole case. */
  readonly path?: string;
  /** A number is checked against what came; words are for the reader. */
  readonly ours: number | string;
  readonly theirs: number | string;
  readonly reason: string;
}

/** One place of a case where the answer is not within the tolerance. */
export interface Mismatch {
  /** Place in `expected`, empty for the whole of it. */
  readonly path: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

/** What comparing one case found. */
export interface CaseReport {
  /** How many numbers were compared. */
  readonly numbers: number;
  /** Worst `|ours - theirs|`. */
  readonly worstAbs: number;
  /** Worst `|ours - theirs| / |theirs|` where theirs is not 0. */
  readonly worstRel: number;
  /** In the unit of the bound: relative (to at least `abs / rel`) when the tolerance has `rel`, else absolute. */
  readonly worst: number;
  /** Empty when everything agrees. */
  readonly mismatches: readonly Mismatch[];
}

/** The project's folder: the nearest one above this file that holds `package.json` and is not `dist`. */
export const PROJECT_ROOT: string = fileURLToPath(
  new URL(import.meta.url.includes('/dist/parity/') ? '../../' : '../', import.meta.url),
).replace(/[/]$/, '');

/** Every fixture file under `fixtures/`, except `market/`, `layouts/`, `stops/` and the manifest, sorted. */
export function listFixtures(root: string = PROJECT_ROOT): string[] {
  return listFiles(`${root}/fixtures`).filter(
    (path) => path !== 'manifest.json' && !/^(market|layouts|stops)\//.test(path),
  );
}

/** Every file below a folder, as sorted relative paths with forward slashes. */
export function listFiles(folder: string): string[] {
  const found: string[] = [];
  const walk = (prefix: string): void => {
    for (const entry of readdirSync(`${folder}/${prefix}`, { withFileTypes: true })) {
      if (entry.isDirectory()) walk(`${prefix}${entry.name}/`);
      else found.push(prefix + entry.name);
    }
  };
  walk('');
  return found.sort();
}

/** Reads a fixture: `null` becomes NaN in `inputs` and `expected`, "NaN", "Infinity", "-Infinity" become numbers. */
export function loadFixture(path: string, root: string = PROJECT_ROOT): FixtureFile {
  const file = JSON.parse(readFileSync(`${root}/fixtures/${path}`, 'utf8')) as FixtureFile;
  const shared = revive(file.shared ?? {}, NaN) as NonNullable<FixtureFile['shared']>;
  return {
    ...file,
    shared,
    cases: file.cases.map((c) => {
      const { shared: name, ...own } = revive(c.inputs, NaN) as FixtureCase['inputs'];
      return {
        case: c.case,
        params: revive(c.params, null) as FixtureCase['params'],
        inputs: name === undefined ? own : { ...shared[String(name)], ...own },
        expected: revive(c.expected, NaN),
      };
    }),
  };
}

const NUMBER_WORDS = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

function revive(value: unknown, nullMeans: unknown): unknown {
  if (value === null) return nullMeans;
  if (typeof value === 'string') return NUMBER_WORDS.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => revive(item, nullMeans));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item, nullMeans)]));
}

/** The numbers under `key` as a typed array. Throws when they are not there. */
export function numbersOf(record: Readonly<Record<string, unknown>>, key: string): Float64Array {
  const value = record[key];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'number')) {
    throw new TypeError(`fixture: '${key}' is not an array of numbers`);
  }
  return Float64Array.from(value as number[]);
}

/** The rows of numbers under `key`. Throws when they are not there. */
export function rowsOf(record: Readonly<Record<string, unknown>>, key: string): number[][] {
  const value = record[key];
  if (!Array.isArray(value) || value.some((row) => !Array.isArray(row))) {
    throw new TypeError(`fixture: '${key}' is not an array of rows`);
  }
  return value as number[][];
}

/** The number under `key`, or `fallback` where there is none. Throws when neither is there. */
export function numberOf(record: Readonly<Record<string, unknown>>, key: string, fallback?: number): number {
  const value = record[key] ?? fallback;
  if (typeof value !== 'number') throw new TypeError(`fixture: '${key}' is not a number`);
  return value;
}

/**
 * Compares an answer with the reference's.
 *
 * actual     numbers, strings, booleans in arrays, typed arrays and plain objects; same shape as `expected`
 * expected   as in the fixture; NaN must meet NaN, an infinity the same infinity
 * tolerance  without `rel` and `abs`: equality (0 and -0 are equal)
 * skip       places that are not compared: a place and everything below it
 */
export function compareCase(
  actual: unknown,
  expected: unknown,
  tolerance: Pick<Tolerance, 'rel' | 'abs'>,
  skip: ReadonlySet<string> = new Set(),
): CaseReport {
  const rel = tolerance.rel ?? 0;
  const abs = tolerance.abs ?? 0;
  const mismatches: Mismatch[] = [];
  let numbers = 0;
  let worstAbs = 0;
  let worstRel = 0;
  let worst = 0;

  const compareNumbers = (a: number, e: number, path: string): void => {
    numbers++;
    if (Object.is(a, e) || a === e) return;
    const difference = Math.abs(a - e);
    if (!Number.isFinite(difference)) {
      mismatches.push({ path, actual: a, expected: e });
      return;
    }
    const size = Math.abs(e);
    worstAbs = Math.max(worstAbs, difference);
    if (size > 0) worstRel = Math.max(worstRel, difference / size);
    worst = Math.max(worst, rel > 0 ? difference / Math.max(size, abs / rel) : difference);
    if (!(difference <= Math.max(abs, rel * size))) mismatches.push({ path, actual: a, expected: e });
  };

  const walk = (a: unknown, e: unknown, path: string): void => {
    if (skip.has(path)) return;
    if (typeof e === 'number' && typeof a === 'number') {
      compareNumbers(a, e, path);
    } else if (Array.isArray(e)) {
      const items = ArrayBuffer.isView(a) ? Array.from(a as Float64Array) : a;
      if (!Array.isArray(items) || items.length !== e.length) {
        mismatches.push({ path, actual: a, expected: e });
        return;
      }
      for (let i = 0; i < e.length; i++) walk(items[i], e[i], `${path}[${i}]`);
    } else if (typeof e === 'object' && e !== null) {
      if (typeof a !== 'object' || a === null || Array.isArray(a) || ArrayBuffer.isView(a)) {
        mismatches.push({ path, actual: a, expected: e });
        return;
      }
      const ours = a as Record<string, unknown>;
      const theirs = e as Record<string, unknown>;
      for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
        walk(ours[key], theirs[key], path === '' ? key : `${path}.${key}`);
      }
    } else if (a !== e) {
      mismatches.push({ path, actual: a, expected: e });
    }
  };
  walk(actual, expected, '');
  return { numbers, worstAbs, worstRel, worst, mismatches };
}

/** The value at a place named as `compareCase` names it. */
export function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[step];
  }
  return current;
}
