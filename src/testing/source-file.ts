/** TypeScript sources as syntax trees, for the rules that read them. */
import ts from 'typescript';

/** What a rule found. */
export interface Violation {
  readonly path: string;
  /** Counts from 1; 0 where the whole file is meant. */
  readonly line: number;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** One import, of any kind, of a source file. */
export interface ImportSite {
  readonly specifier: string;
  readonly line: number;
}

/** A parsed source file with its path from the repository's root. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** Parses `text` as the file `path`. */
export function parseSource(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}

/** Line of a node, from 1. */
export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}

/** Calls `visit` for every node of the file, outer nodes first. */
export function everyNode(source: Source, visit: (node: ts.Node) => void): void {
  const go = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, go);
  };
  go(source.tree);
}

function literalText(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** Every module the file names: `import`, `import type`, `export … from`, `import(…)`, `import('…').T`, `require(…)`. */
export function importsOf(source: Source): ImportSite[] {
  const sites: ImportSite[] = [];
  const add = (specifier: string | undefined, node: ts.Node): void => {
    if (specifier !== undefined) sites.push({ specifier, line: lineOf(source, node) });
  };
  everyNode(source, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      add(literalText(node.moduleSpecifier), node);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(literalText(node.argument.literal), node);
    } else if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const loads =
        callee.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(callee) && callee.text === 'require') ||
        (ts.isPropertyAccessExpression(callee) && callee.getText(source.tree) === 'import.meta.resolve');
      if (loads) add(literalText(node.arguments[0]), node);
    }
  });
  return sites;
}
