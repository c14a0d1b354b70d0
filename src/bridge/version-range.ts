/** Ranges of versions, as npm writes them. */
import { ValidationError } from '../errors.js';
import { version } from '../version.js';

interface Version {
  readonly numbers: readonly [major: number, minor: number, patch: number];
  /** Parts after the hyphen; none for a release. */
  readonly before: readonly string[];
}

interface Comparator {
  readonly operator: '>' | '>=' | '<' | '<=' | '=';
  readonly version: Version;
}

const PART = String.raw`(0|[1-9]\d{0,8}|[xX*])`;
const PARTIAL = new RegExp(
  String.raw`^v?${PART}(?:\.${PART}(?:\.${PART}(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?)?)?$`,
);
const COMPARATOR = /(>=|<=|>|<|=|\^|~)?\s*([^\s<>=^~]+)/g;

/**
 * Whether a version lies in a range.
 *
 * range  comparators, all of which must hold: `>=0.1 <0.2`, `^0.1.0`, `~0.1.2`, `0.1.x`, `*`, an exact version; `||`
 *        between alternatives
 * of     the version; default that of this package
 *
 * As npm has it: `^` keeps the first number that is not 0, `~` the first two; a part left out is any; a version with a
 * hyphen (0.2.0-rc.1) is in a range only where a comparator names a version with a hyphen of the same three numbers.
 * Throws `ValidationError` for what is no range or no version.
 */
export function satisfies(range: string, of: string = version): boolean {
  const asked = readVersion(of);
  if (typeof range !== 'string') throw badRange(range);
  return range.split('||').some((alternative) => holds(readComparators(alternative, range), asked));
}

function holds(comparators: readonly Comparator[], asked: Version): boolean {
  if (!comparators.every((comparator) => meets(comparator, asked))) return false;
  if (asked.before.length === 0) return true;
  return comparators.some(({ version }) => version.before.length > 0 && compareNumbers(version, asked) === 0);
}

function meets({ operator, version }: Comparator, asked: Version): boolean {
  const order = compare(asked, version);
  if (operator === '=') return order === 0;
  if (operator === '>') return order > 0;
  if (operator === '<') return order < 0;
  return operator === '>=' ? order >= 0 : order <= 0;
}

function compareNumbers(a: Version, b: Version): number {
  for (const [i, number] of a.numbers.entries()) if (number !== b.numbers[i]) return number - b.numbers[i]!;
  return 0;
}

/** Order of two versions: a version with a hyphen stands before the one without. */
function compare(a: Version, b: Version): number {
  const numbers = compareNumbers(a, b);
  if (numbers !== 0) return numbers;
  if (a.before.length === 0 || b.before.length === 0) return b.before.length - a.before.length;
  for (const [i, left] of a.before.entries()) {
    const right = b.before[i];
    if (right === undefined) return 1;
    if (left === right) continue;
    const digits = [left, right].map((part) => /^\d+$/.test(part));
    if (digits[0] && digits[1]) return Number(left) - Number(right);
    if (digits[0] !== digits[1]) return digits[0] ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return a.before.length - b.before.length;
}

function readVersion(text: unknown): Version {
  const match = typeof text === 'string' ? PARTIAL.exec(text.trim()) : null;
  const numbers = match?.slice(1, 4).map(Number) ?? [];
  if (numbers.length !== 3 || !numbers.every(Number.isSafeInteger)) {
    throw new ValidationError('of', text, 'a version of three numbers', 'pass a version such as 0.1.0');
  }
  return { numbers: numbers as [number, number, number], before: match![4]?.split('.') ?? [] };
}

function badRange(range: unknown): ValidationError {
  return new ValidationError(
    'range',
    range,
    'a range of versions as npm writes them',
    "write '>=0.1 <0.2', '^0.1.0', '~0.1.2', '0.1.x', '*' or an exact version",
  );
}

function readComparators(text: string, range: string): Comparator[] {
  const rest = text.replace(COMPARATOR, '').trim();
  if (rest !== '') throw badRange(range);
  const found: Comparator[] = [];
  for (const [, operator = '', partial] of text.matchAll(COMPARATOR)) {
    const match = PARTIAL.exec(partial!);
    if (match === null) throw badRange(range);
    found.push(...comparatorsOf(operator, match));
  }
  return found;
}

/** The comparators of an operator and a version of which parts may be left out. */
function comparatorsOf(operator: string, match: RegExpExecArray): Comparator[] {
  const given: number[] = [];
  for (const part of match.slice(1, 4)) {
    if (part === undefined || /[xX*]/.test(part)) break;
    given.push(Number(part));
  }
  const before = given.length === 3 ? (match[4]?.split('.') ?? []) : [];
  const low = at(given, 0);
  const from: Comparator = { operator: '>=', version: { ...low, before } };
  if (given.length === 0) return operator === '>' || operator === '<' ? [below(low)] : [];
  if (operator === '^') {
    const first = given.findIndex((number) => number > 0);
    return [from, below(bumped(given, first < 0 ? given.length - 1 : first))];
  }
  if (operator === '~') return [from, below(bumped(given, Math.min(1, given.length - 1)))];
  if (given.length === 3) {
    const named = operator === '' ? '=' : (operator as Comparator['operator']);
    return [{ operator: named, version: from.version }];
  }
  const next = bumped(given, given.length - 1);
  if (operator === '>') return [{ operator: '>=', version: next }];
  if (operator === '>=') return [from];
  if (operator === '<') return [below(low)];
  return operator === '<=' ? [below(next)] : [from, below(next)];
}

function at(given: readonly number[], fill: number): Version {
  return { numbers: [given[0] ?? fill, given[1] ?? fill, given[2] ?? fill], before: [] };
}

/** The first version after all those that share the numbers up to `place`. */
function bumped(given: readonly number[], place: number): Version {
  return at([...given.slice(0, place), given[place]! + 1], 0);
}

/** Below a version, and below those with a hyphen that lead to it. */
function below({ numbers }: Version): Comparator {
  return { operator: '<', version: { numbers, before: ['0'] } };
}
