/** Who may import whom: docs/architecture.md, section "Imports", as a program. */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { importsOf, type Source, type Violation } from './source-file.js';

/**
 * The parts of src from left to right. A part may import every part of a group to its left; the parts of one
 * group do not import each other, except in the first group, which is itself in order.
 */
const SRC_ORDER: readonly (readonly string[])[] = [
  ['errors', 'check', 'decimal', 'money', 'time', 'glossary', 'digest', 'seed', 'version', 'capabilities'],
  ['series'],
  ['statistics'],
  ['indicators', 'metrics', 'validation', 'volatility', 'optimize'],
  ['targets'],
  ['exchange'],
  ['portfolio'],
  ['risk'],
  ['reference'],
  ['backtest'],
  ['search'],
  ['scenario', 'broker'],
  ['rebalance'],
  ['report'],
  ['bridge'],
  ['index'],
  ['compat'],
];

/** Parts that touch the machine. Each may import the core and the parts before it here. */
const SRC_OUTSIDE: readonly string[] = ['node', 'lake', 'cli'];

/** Kernel folders that serve the others, in order. */
const KERNEL_BASE: readonly string[] = ['linalg', 'special', 'random', 'rolling', 'stats'];

const BUILTINS = new Set(builtinModules);

/** True for tests and their helpers, which may import anything. */
export function isTestCode(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('src/testing/');
}

/** The part of src a path belongs to: its folder, or its own name. */
function partOf(path: string): string {
  const rest = path.slice('src/'.length);
  const slash = rest.indexOf('/');
  return slash === -1 ? rest.replace(/\.[jt]s$/, '') : rest.slice(0, slash);
}

function groupOf(part: string): number {
  return SRC_ORDER.findIndex((group) => group.includes(part));
}

/** Name of the package of a bare specifier: `@noble/hashes/sha2.js` gives `@noble/hashes`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function checkSrcImport(from: string, to: string): string | undefined {
  const source = partOf(from);
  const target = partOf(to);
  const known = (part: string): boolean => groupOf(part) >= 0 || SRC_OUTSIDE.includes(part);
  if (!known(source)) {
    return `"${source}" has no place in the order of src: add it to SRC_ORDER in src/testing/import-rules.ts and to docs/architecture.md`;
  }
  if (source === target) return undefined;
  if (target === 'testing') return 'src/testing is for tests only: move what you need out of it';
  const outsideFrom = SRC_OUTSIDE.indexOf(source);
  const outsideTo = SRC_OUTSIDE.indexOf(target);
  if (outsideTo >= 0) {
    return outsideFrom > outsideTo
      ? undefined
      : `${source} may not import ${target}: the core runs in a browser; take what you need as an argument, or move this code to ${target}/`;
  }
  if (outsideFrom >= 0) return undefined;
  const a = groupOf(source);
  const b = groupOf(target);
  const inOrder =
    b < a || (a === 0 && b === 0 && SRC_ORDER[0]!.indexOf(target) < SRC_ORDER[0]!.indexOf(source));
  return inOrder
    ? undefined
    : `${source} may not import ${target}: it stands to its right, or beside it, in docs/architecture.md; move the shared part to the left`;
}

function checkKernelImport(from: string, to: string): string | undefined {
  if (!to.startsWith('kernels/'))
    return 'kernels import nothing but kernels: hand the value in as an argument';
  const source = from.split('/')[1]!;
  const target = to.split('/')[1]!;
  if (source === target) return undefined;
  const a = KERNEL_BASE.indexOf(source);
  const b = KERNEL_BASE.indexOf(target);
  if (b >= 0 && (a < 0 || b < a)) return undefined;
  return `kernels/${source} may not import kernels/${target}: only ${KERNEL_BASE.join(', ')} serve other folders, in that order`;
}

/** Imports of one file of src or kernels that break the order of docs/architecture.md. */
export function importOrder(source: Source): Violation[] {
  const { path } = source;
  const inKernels = path.startsWith('kernels/');
  if (isTestCode(path) || !(inKernels || path.startsWith('src/'))) return [];
  const found: Violation[] = [];
  const add = (line: number, message: string | undefined): void => {
    if (message !== undefined) found.push({ path, line, message });
  };
  const outside = SRC_OUTSIDE.includes(partOf(path));
  for (const { specifier, line } of importsOf(source)) {
    if (specifier.startsWith('.')) {
      const to = posix.normalize(posix.join(posix.dirname(path), specifier));
      if (inKernels) add(line, checkKernelImport(path, to));
      else if (to.startsWith('src/')) add(line, checkSrcImport(path, to));
      else if (!to.startsWith('kernels/')) add(line, `src imports only src and kernels, not ${to}`);
    } else if (BUILTINS.has(specifier)) {
      add(line, `write node:${specifier}, and only in ${SRC_OUTSIDE.join('/, ')}/`);
    } else if (specifier.startsWith('node:')) {
      if (inKernels || !outside) {
        add(
          line,
          `${specifier} belongs in ${SRC_OUTSIDE.join('/, ')}/: the core and the kernels run in a browser`,
        );
      }
    } else if (inKernels) {
      add(line, `kernels import no package (${specifier}): write the loop here or call it from src`);
    }
  }
  return found;
}

/** Packages that more than one module imports: each has one door, so that it can be replaced there. */
export function oneDoorPerPackage(sources: readonly Source[]): Violation[] {
  const doors = new Map<string, { path: string; line: number }[]>();
  for (const source of sources) {
    if (isTestCode(source.path) || !source.path.startsWith('src/')) continue;
    for (const { specifier, line } of importsOf(source)) {
      if (specifier.startsWith('.') || specifier.startsWith('node:') || BUILTINS.has(specifier)) continue;
      const name = packageOf(specifier);
      const sites = doors.get(name) ?? [];
      if (!sites.some((site) => site.path === source.path)) sites.push({ path: source.path, line });
      doors.set(name, sites);
    }
  }
  const found: Violation[] = [];
  for (const [name, sites] of doors) {
    for (const { path, line } of sites.slice(1)) {
      found.push({
        path,
        line,
        message: `${name} already has its door in ${sites[0]!.path}: import from there`,
      });
    }
  }
  return found;
}
