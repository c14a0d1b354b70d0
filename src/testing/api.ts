/** The public API as the built declarations give it: every exported name, its signature, and what is wrong with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';
import { ROOT } from './repository.js';

/** One way into the package: `nb-backtest`, `nb-backtest/node`, `nb-backtest/kernels/special/exp` … */
export interface ApiEntry {
  readonly specifier: string;
  /** Absolute path of its declarations. */
  readonly declaration: string;
}

/** One exported name. */
export interface ApiSymbol {
  readonly name: string;
  /** True when the name exists at run time. */
  readonly isValue: boolean;
  /** Its declaration as TypeScript, without comments. */
  readonly text: string;
  /** First sentence of its doc comment. */
  readonly summary: string;
}

export interface Api {
  readonly entries: readonly { readonly specifier: string; readonly symbols: readonly ApiSymbol[] }[];
  /** `any`, missing doc comments, types that are used but not exported, and what the compiler said. */
  readonly problems: readonly string[];
}

interface ExportTarget {
  readonly types: string;
}

/** All entry points of the package in `folder`, with `./kernels/*` spelled out. */
export function publicEntries(folder: string): ApiEntry[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    exports: Record<string, ExportTarget | string>;
  };
  const entries: ApiEntry[] = [];
  for (const [key, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue;
    const specifier = manifest.name + key.slice(1);
    const star = target.types.indexOf('*');
    if (star < 0) {
      entries.push({ specifier, declaration: join(folder, target.types) });
      continue;
    }
    const base = join(folder, target.types.slice(0, star));
    if (!existsSync(base)) continue;
    const paths = readdirSync(base, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.d.ts') && !path.endsWith('.test.d.ts'))
      .map((path) => path.split(sep).join('/'))
      .sort();
    for (const path of paths) {
      const name = path.slice(0, -'.d.ts'.length);
      entries.push({ specifier: specifier.replace('*', name), declaration: join(base, path) });
    }
  }
  return entries;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  types: [],
};

function isNodeEntry(entry: ApiEntry): boolean {
  return /\/(node|lake)$/.test(entry.specifier);
}

/** Reads the API. The core is compiled without Node's types, as in a browser; `./node` and `./lake` with them. */
export function readApi(folder: string): Api {
  const entries = publicEntries(folder);
  const problems = new Set<string>();
  const missing = entries.filter((entry) => !existsSync(entry.declaration));
  for (const entry of missing) problems.add(`${entry.specifier}: ${entry.declaration} is not built`);
  const present = entries.filter((entry) => !missing.includes(entry));
  const core = present.filter((entry) => !isNodeEntry(entry));
  const outside = present.filter(isNodeEntry);
  const coreProgram = compile(core, OPTIONS, problems);
  const nodeProgram = compile(
    outside,
    { ...OPTIONS, types: ['node'], typeRoots: [join(ROOT, 'node_modules', '@types')], skipLibCheck: true },
    problems,
  );
  const exportedFrom = new Set<string>();
  const readers = [new ApiReader(coreProgram, folder), new ApiReader(nodeProgram, folder)];
  const lists = [core, outside].map((list, i) =>
    list.map((entry) => ({ entry, symbols: readers[i]!.exportsOf(entry, exportedFrom) })),
  );
  const read = lists.flatMap((list, i) =>
    list.map(({ entry, symbols }) => ({
      specifier: entry.specifier,
      symbols: symbols.map(([name, symbol]) =>
        readers[i]!.describe(entry, name, symbol, exportedFrom, problems),
      ),
    })),
  );
  const order = new Map(entries.map((entry, i) => [entry.specifier, i]));
  read.sort((a, b) => order.get(a.specifier)! - order.get(b.specifier)!);
  return { entries: read, problems: [...problems] };
}

function compile(
  entries: readonly ApiEntry[],
  options: ts.CompilerOptions,
  problems: Set<string>,
): ts.Program {
  const program = ts.createProgram({ rootNames: entries.map((entry) => entry.declaration), options });
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const at = diagnostic.file ? `${diagnostic.file.fileName}: ` : '';
    problems.add(`compiler: ${at}${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`);
  }
  return program;
}

/** Where a symbol is declared: the same in every program, so that exports of different entries can be compared. */
function declarationKey(symbol: ts.Symbol): string {
  const node = symbol.declarations?.[0];
  return node ? `${node.getSourceFile().fileName}:${node.pos}` : symbol.name;
}

class ApiReader {
  readonly #checker: ts.TypeChecker;
  readonly #program: ts.Program;
  readonly #folder: string;
  readonly #printer: ts.Printer = ts.createPrinter({ removeComments: true });

  constructor(program: ts.Program, folder: string) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#folder = folder.split(sep).join('/');
  }

  /** Exported names of an entry, sorted; the declarations they lead to are added to `exportedFrom`. */
  exportsOf(entry: ApiEntry, exportedFrom: Set<string>): [string, ts.Symbol][] {
    const file = this.#program.getSourceFile(entry.declaration);
    const module = file && this.#checker.getSymbolAtLocation(file);
    if (!module) return [];
    const symbols = this.#checker.getExportsOfModule(module);
    const pairs = symbols.map((symbol): [string, ts.Symbol] => [symbol.name, symbol]);
    for (const [, symbol] of pairs) {
      const target = this.#resolve(symbol);
      exportedFrom.add(declarationKey(target));
      if (target.flags & ts.SymbolFlags.ValueModule) {
        for (const inner of this.#checker.getExportsOfModule(target)) {
          exportedFrom.add(declarationKey(this.#resolve(inner)));
        }
      }
    }
    return pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  describe(
    entry: ApiEntry,
    name: string,
    symbol: ts.Symbol,
    exportedFrom: ReadonlySet<string>,
    problems: Set<string>,
  ): ApiSymbol {
    const target = this.#resolve(symbol);
    const where = `${entry.specifier} ${name}`;
    const declarations = target.declarations ?? [];
    const comment = ts.displayPartsToString(target.getDocumentationComment(this.#checker));
    const isNamespace = (target.flags & ts.SymbolFlags.ValueModule) !== 0;
    if (!isNamespace) {
      if (comment.trim() === '') problems.add(`${where}: no doc comment`);
      for (const node of declarations) this.#inspect(where, node, exportedFrom, problems);
    }
    const text = isNamespace
      ? `namespace { ${this.#checker
          .getExportsOfModule(target)
          .map((inner) => inner.name)
          .sort()
          .join(', ')} }`
      : declarations.map((node) => this.#print(node)).join('\n');
    return {
      name,
      isValue: (target.flags & ts.SymbolFlags.Value) !== 0 && !isTypeOnly(symbol),
      text,
      summary: firstSentence(comment),
    };
  }

  #resolve(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #print(node: ts.Node): string {
    const file = node.getSourceFile();
    const whole = ts.isVariableDeclaration(node) ? node.parent.parent : node;
    return this.#printer
      .printNode(ts.EmitHint.Unspecified, whole, file)
      .split('\n')
      .filter((line) => !/^\s*(#private;|private )/.test(line))
      .join('\n')
      .replace(/^export (declare )?/, '');
  }

  /** `any`, methods without a comment, and own types that no entry exports. */
  #inspect(where: string, root: ts.Node, exportedFrom: ReadonlySet<string>, problems: Set<string>): void {
    const visit = (node: ts.Node): void => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) problems.add(`${where}: any in its signature`);
      const isMethod = ts.isMethodDeclaration(node) || ts.isGetAccessorDeclaration(node);
      if (isMethod && ts.isClassDeclaration(node.parent) && ts.getJSDocCommentsAndTags(node).length === 0) {
        problems.add(`${where}.${node.name.getText()}: no doc comment`);
      }
      const named = ts.isTypeReferenceNode(node)
        ? node.typeName
        : ts.isExpressionWithTypeArguments(node)
          ? node.expression
          : undefined;
      const symbol = named && this.#checker.getSymbolAtLocation(named);
      if (symbol) this.#inspectReference(where, this.#resolve(symbol), exportedFrom, problems);
      ts.forEachChild(node, visit);
    };
    visit(root);
  }

  #inspectReference(
    where: string,
    symbol: ts.Symbol,
    exportedFrom: ReadonlySet<string>,
    problems: Set<string>,
  ): void {
    const node = symbol.declarations?.[0];
    if (!node || ts.isTypeParameterDeclaration(node)) return;
    const file = node.getSourceFile().fileName;
    const own =
      file.startsWith(`${this.#folder}/`) && !file.slice(this.#folder.length).includes('/node_modules/');
    if (own && !exportedFrom.has(declarationKey(symbol))) {
      problems.add(`${where}: uses the type ${symbol.name}, which no entry exports: export it as a type`);
    }
  }
}

function isTypeOnly(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some(
    (node) => ts.isExportSpecifier(node) && (node.isTypeOnly || node.parent.parent.isTypeOnly),
  );
}

function firstSentence(comment: string): string {
  const text = comment
    .split(/\n\s*\n/)[0]!
    .replace(/\s+/g, ' ')
    .trim();
  const end = text.search(/[.!?](\s|$)/);
  const sentence = end < 0 ? text : text.slice(0, end + 1);
  const colon = sentence.indexOf(': ');
  return sentence.length > 180 && colon > 0 ? `${sentence.slice(0, colon)}.` : sentence;
}
