/** What source files may not contain. Each rule reads the syntax tree, so comments and strings are free. */
import ts from 'typescript';
import { isTestCode } from './import-rules.js';
import { everyNode, lineOf, type Source, type Violation } from './source-file.js';

/** The functions of Math whose results do not depend on the engine. */
const EXACT_MATH = new Set(
  'abs ceil clz32 floor fround imul max min round sign sqrt trunc PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2'.split(
    ' ',
  ),
);

/** Names of the machine around the program; the core gets what it needs as arguments. */
const MACHINE = new Set(
  'process Buffer console performance navigator setTimeout setInterval setImmediate fetch Intl require'.split(
    ' ',
  ),
);

const LOCALE_METHODS = new Set(
  'toLocaleString toLocaleDateString toLocaleTimeString toLocaleUpperCase toLocaleLowerCase localeCompare'.split(
    ' ',
  ),
);

type Report = (node: ts.Node, message: string) => void;

/** `Math.pow` as `['Math', 'pow']`; undefined for anything but a name and a member. */
function member(node: ts.Node): [string, string] | undefined {
  return ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
    ? [node.expression.text, node.name.text]
    : undefined;
}

/** True where an identifier is used as a value, not as the name of a member, a key or a declaration. */
function isValueUse(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  const named = parent as { name?: ts.Node; propertyName?: ts.Node };
  return named.name !== node && named.propertyName !== node;
}

/** Names that the file declares itself: a parameter called `performance` is not the machine's. */
function declaredNames(source: Source): Set<string> {
  const names = new Set<string>();
  everyNode(source, (node) => {
    const named = node as { name?: ts.Node };
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node);
    if (declares && named.name && ts.isIdentifier(named.name)) names.add(named.name.text);
  });
  return names;
}

function kernelRules(node: ts.Node, report: Report): void {
  if (ts.isNewExpression(node) && /Array$/.test(node.expression.getText())) {
    report(node, `a kernel allocates nothing: take the ${node.expression.getText()} as an argument`);
  } else if (ts.isThrowStatement(node)) {
    report(node, 'a kernel does not throw: the caller in src has checked; return an integer code or NaN');
  } else if (ts.isClassLike(node)) {
    report(node, 'no classes in kernels: keep state in arrays that are handed in');
  } else if (ts.isIdentifier(node) && node.text === 'Date' && isValueUse(node)) {
    report(node, 'no Date in kernels: take the time as an argument');
  }
}

function exactRules(node: ts.Node, report: Report): void {
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    if (kind === ts.SyntaxKind.AsteriskAsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) {
      report(
        node,
        'no ** here: its digits depend on the engine; multiply, or use pow of kernels/special/pow.ts',
      );
    }
    return;
  }
  const access = member(node);
  if (access?.[0] === 'Math' && !EXACT_MATH.has(access[1])) {
    report(
      node,
      access[1] === 'random'
        ? 'no Math.random: take a seed and use kernels/random'
        : `no Math.${access[1]}: its digits depend on the engine; use kernels/special`,
    );
  }
  if (access && LOCALE_METHODS.has(access[1])) {
    report(node, `no ${access[1]}: its text depends on the machine's language; format the digits yourself`);
  }
  if (ts.isElementAccessExpression(node) && node.expression.getText() === 'Math') {
    report(node, 'name the function of Math outright, so that this test can see it');
  }
}

function clockRules(node: ts.Node, report: Report, core: boolean, own: ReadonlySet<string>): void {
  const access = member(node);
  const isDate = (callee: ts.Node): boolean => ts.isIdentifier(callee) && callee.text === 'Date';
  if (access?.[0] === 'Date' && access[1] === 'parse') {
    report(node, 'no Date.parse: it guesses formats and time zones; read the digits with src/time.ts');
  } else if (access?.[0] === 'Math' && access[1] === 'random') {
    report(node, 'no Math.random: take a seed and use kernels/random');
  } else if (core && access?.[0] === 'Date' && access[1] === 'now') {
    report(node, 'no clock in the core: take the time as an argument');
  } else if (core && (ts.isNewExpression(node) || ts.isCallExpression(node)) && isDate(node.expression)) {
    report(node, 'no Date in the core: dates are epoch days (src/time.ts), the clock is an argument');
  } else if (
    core &&
    ts.isIdentifier(node) &&
    MACHINE.has(node.text) &&
    !own.has(node.text) &&
    isValueUse(node)
  ) {
    report(
      node,
      `no ${node.text} in the core, which also runs in a browser: take it as an argument, or move this to node/ or cli/`,
    );
  }
}

function testRules(node: ts.Node, report: Report): void {
  if (!ts.isCallExpression(node)) return;
  const callee = node.expression;
  if (ts.isPropertyAccessExpression(callee) && /^(only|skip|todo)$/.test(callee.name.text)) {
    report(
      node,
      `no .${callee.name.text}(: run the test, fix it, or delete it; for a missing tool use requireOrSkip`,
    );
  }
  for (const argument of node.arguments) {
    if (!ts.isObjectLiteralExpression(argument) || !/\.test$|^test$/.test(callee.getText())) continue;
    for (const property of argument.properties) {
      if (property.name && /^(only|skip|todo)$/.test(property.name.getText())) {
        report(property, `no ${property.name.getText()} option: for a missing tool use requireOrSkip`);
      }
    }
  }
}

/** Everything in one TypeScript file that the house rules forbid. */
export function forbiddenCode(source: Source): Violation[] {
  const { path } = source;
  const found: Violation[] = [];
  const report: Report = (node, message) => found.push({ path, line: lineOf(source, node), message });
  const isTest = isTestCode(path);
  const inKernels = path.startsWith('kernels/') && !isTest;
  const inSrc = path.startsWith('src/') && !isTest;
  const isCore = inSrc && !/^src\/(node|lake|cli)\//.test(path);
  const own = declaredNames(source);
  everyNode(source, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword)
      report(node, 'no any: name the type, or use unknown and check it');
    if (inKernels) kernelRules(node, report);
    if (inKernels || isCore) exactRules(node, report);
    if (inSrc) clockRules(node, report, isCore, own);
    if (path !== 'src/testing/require.ts') testRules(node, report);
  });
  const lines = source.text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (/(?:^|[;{}])\s*\/[/*]+\s*@ts-(?:ignore|nocheck)/.test(lines[i]!)) {
      found.push({
        path,
        line: i + 1,
        message: 'no @ts-ignore: fix the type; a test of misuse may say @ts-expect-error',
      });
    }
  }
  return found;
}

/** Kernel files without a test in their folder that imports them. `texts` maps paths to contents. */
export function untestedKernels(texts: ReadonlyMap<string, string>): Violation[] {
  const found: Violation[] = [];
  for (const path of texts.keys()) {
    if (!/^kernels\/.+\.ts$/.test(path) || path.endsWith('.test.ts')) continue;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const name = path.slice(folder.length).replace(/\.ts$/, '.js');
    const tested = [...texts].some(
      ([test, text]) =>
        test.startsWith(folder) &&
        test.endsWith('.test.ts') &&
        new RegExp(`['"]\\./${name.replace('.', '\\.')}['"]`).test(text),
    );
    if (!tested)
      found.push({ path, line: 0, message: `no test in ${folder} imports ./${name}: write one beside it` });
  }
  return found;
}
