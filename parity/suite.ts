/** Runs comparisons over the committed fixtures. Used by the test and by `npm run parity`; needs no Python. */
import {
  type CaseReport,
  type Comparison,
  compareCase,
  type Divergence,
  type FixtureCase,
  type FixtureFile,
  listFixtures,
  loadFixture,
  type Tolerance,
  valueAt,
} from './comparison.js';

/** What came of one comparison. */
export interface ComparisonResult {
  readonly comparison: Comparison;
  readonly fixture: FixtureFile;
  /** How many cases it answered. */
  readonly cases: number;
  readonly numbers: number;
  /** Worst difference, in the unit of `CaseReport.worst`. */
  readonly worst: number;
  /** The case with the worst difference; empty when nothing differs. */
  readonly worstCase: string;
  readonly failures: readonly string[];
}

/** What came of all of them. */
export interface SuiteResult {
  readonly results: readonly ComparisonResult[];
  /** Everything wrong beside the comparisons themselves: fixtures nobody compares, divergences about nothing. */
  readonly failures: readonly string[];
}

type Bound = Pick<Tolerance, 'rel' | 'abs'>;

/** How near a number in the table of divergences must be to the one that came. */
const STATED = { rel: 1e-9 };

/** How many mismatches of a case are told in full. */
const SHOWN = 3;

/** Rows of the tolerance table that no longer say what is true: one sentence each. Needs the results of a full run. */
export function staleTolerances(results: readonly ComparisonResult[]): string[] {
  const worst = new Map<Tolerance, ComparisonResult>();
  for (const result of results) {
    const { tolerance } = result.comparison;
    if (result.worst >= (worst.get(tolerance)?.worst ?? 0)) worst.set(tolerance, result);
  }
  const stale = [...worst].filter(([tolerance, result]) => tolerance.measured > 2 * result.worst);
  return stale.map(([tolerance, { comparison, worst }]) => {
    const functions = comparison.functions.join(', ');
    return `${functions}: the table says ${tolerance.measured} was the worst difference seen, but it is ${worst}`;
  });
}

/** Compares every fixture, or those whose path passes `only`. */
export function runSuite(
  comparisons: readonly Comparison[],
  divergences: readonly Divergence[],
  only: (fixture: string) => boolean = () => true,
): SuiteResult {
  const files = new Map(
    listFixtures()
      .filter(only)
      .map((path) => [path, loadFixture(path)]),
  );
  const failures: string[] = [];
  const unanswered = new Set<string>();
  for (const [path, file] of files) {
    for (const c of file.cases) for (const part of partsOf(c)) unanswered.add(place(path, c.case, part));
  }
  const spoken = new Set<Divergence>();
  const results: ComparisonResult[] = [];
  for (const comparison of comparisons.filter((c) => only(c.fixture))) {
    const file = files.get(comparison.fixture);
    if (file === undefined) {
      failures.push(`${comparison.fixture}: compared by ${comparison.functions.join(', ')}, but not there`);
      continue;
    }
    const listed = divergences.filter(
      (d) => d.fixture === comparison.fixture && comparison.functions.includes(d.function),
    );
    results.push(runComparison(comparison, file, listed, unanswered, spoken));
  }
  for (const where of unanswered) failures.push(`${where}: nobody compares it; add it to parity/compare/`);
  for (const d of divergences.filter((d) => only(d.fixture) && !spoken.has(d))) {
    failures.push(`divergence ${d.id}: no comparison of ${d.function} has ${d.fixture}, case ${d.case}`);
  }
  return { results, failures };
}

function place(fixture: string, name: string, part: string): string {
  return `${fixture}, ${name}${part === '' ? '' : `, ${part}`}`;
}

/** The top-level fields of a case's answer; one empty name when it is no object. */
function partsOf(c: FixtureCase): string[] {
  const { expected } = c;
  return typeof expected === 'object' && expected !== null && !Array.isArray(expected)
    ? Object.keys(expected)
    : [''];
}

function runComparison(
  comparison: Comparison,
  file: FixtureFile,
  listed: readonly Divergence[],
  unanswered: Set<string>,
  spoken: Set<Divergence>,
): ComparisonResult {
  const failures: string[] = [];
  let cases = 0;
  let numbers = 0;
  let worst = 0;
  let worstCase = '';
  for (const c of file.cases) {
    const parts = partsOf(c).filter((part) => comparison.parts?.includes(part) ?? true);
    if (parts.length === 0) continue;
    cases++;
    for (const part of parts) unanswered.delete(place(comparison.fixture, c.case, part));
    const expected =
      comparison.parts === undefined
        ? c.expected
        : Object.fromEntries(parts.map((part) => [part, (c.expected as Record<string, unknown>)[part]]));
    const intended = listed.filter((d) => d.case === c.case);
    for (const d of intended) spoken.add(d);
    const found = runOne(comparison, c, expected, intended);
    for (const failure of found.failures)
      failures.push(`${place(comparison.fixture, c.case, '')}: ${failure}`);
    numbers += found.report.numbers;
    if (found.report.worst > worst) {
      worst = found.report.worst;
      worstCase = c.case;
    }
  }
  const { measured } = comparison.tolerance;
  if (worst > measured) {
    const functions = comparison.functions.join(', ');
    failures.push(
      `${functions}: worst difference ${worst}, but the table says that ${measured} was the worst seen`,
    );
  }
  return { comparison, fixture: file, cases, numbers, worst, worstCase, failures };
}

function runOne(
  comparison: Comparison,
  c: FixtureCase,
  expected: unknown,
  intended: readonly Divergence[],
): { report: CaseReport; failures: string[] } {
  let actual: unknown;
  try {
    actual = comparison.run(c);
  } catch (error) {
    actual = { error: error instanceof Error ? error.constructor.name : String(error) };
    if (intended.length === 0) {
      const report = compareCase(0, 0, {});
      return {
        report,
        failures: [error instanceof Error ? `${error.name}: ${error.message}` : String(error)],
      };
    }
  }
  const skip = new Set(intended.map((d) => d.path ?? ''));
  const { bound, unit } = boundOf(comparison, c);
  const found = compareCase(actual, expected, bound, skip);
  const report = { ...found, worst: found.worst / unit };
  const failures = report.mismatches
    .slice(0, SHOWN)
    .map(
      (m) =>
        `${m.path === '' ? 'answer' : m.path} is ${show(m.actual)}, the reference says ${show(m.expected)}`,
    );
  if (report.mismatches.length > SHOWN) failures.push(`and ${report.mismatches.length - SHOWN} more`);
  for (const d of intended) {
    const ours = valueAt(actual, d.path ?? '');
    const theirs = valueAt(expected, d.path ?? '');
    if (compareCase(ours, theirs, bound).mismatches.length === 0) {
      failures.push(`divergence ${d.id} is gone: both say ${show(ours)}; take it off the table`);
    }
    for (const [who, said, came] of [
      ['ours', d.ours, ours],
      ['theirs', d.theirs, theirs],
    ] as const) {
      if (typeof said === 'number' && compareCase(came, said, STATED).mismatches.length > 0) {
        failures.push(`divergence ${d.id}: the table gives ${who} as ${said}, but ${show(came)} came`);
      }
    }
    const thrown = errorName(ours);
    if (thrown !== undefined && !String(d.ours).includes(thrown)) {
      failures.push(`divergence ${d.id}: ours is ${show(d.ours)} in the table, but ${thrown} was thrown`);
    }
  }
  return { report, failures };
}

/** The tolerance for one case, and the unit that its differences are told in. */
function boundOf({ tolerance, scale }: Comparison, c: FixtureCase): { bound: Bound; unit: number } {
  if (tolerance.scaled === undefined) return { bound: tolerance, unit: 1 };
  const unit = scale?.(c) ?? 1;
  return { bound: { abs: tolerance.scaled * unit }, unit };
}

function errorName(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'error' in value ? String(value.error) : undefined;
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
