/** The public members of a class, read from its source. */
import ts from 'typescript';
import { readText } from './repository.js';
import { everyNode, parseSource } from './source-file.js';

/** A public member of a class. */
export interface ClassMember {
  readonly name: string;
  readonly kind: 'method' | 'property';
  readonly isStatic: boolean;
}

/** Methods, accessors and fields of a class of `path` that are not private or protected, and not the constructor. */
export function publicMembers(path: string, className: string): ClassMember[] {
  const found = new Map<string, ClassMember>();
  let seen = false;
  everyNode(parseSource(path, readText(path)), (node) => {
    if (!ts.isClassDeclaration(node) || node.name?.text !== className) return;
    seen = true;
    for (const member of node.members) {
      const isMethod = ts.isMethodDeclaration(member);
      const isField = ts.isPropertyDeclaration(member) || ts.isGetAccessorDeclaration(member);
      if ((!isMethod && !isField) || !ts.isIdentifier(member.name)) continue;
      const flags = ts.getCombinedModifierFlags(member);
      if (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) continue;
      const name = member.name.text;
      const isStatic = (flags & ts.ModifierFlags.Static) !== 0;
      found.set(`${isStatic} ${name}`, { name, kind: isMethod ? 'method' : 'property', isStatic });
    }
  });
  if (!seen) throw new Error(`${path} has no class ${className}`);
  return [...found.values()];
}

/** Names of the public methods of a class; of the static ones with `isStatic`. */
export function publicMethods(path: string, className: string, isStatic = false): string[] {
  return publicMembers(path, className)
    .filter((member) => member.kind === 'method' && member.isStatic === isStatic)
    .map(({ name }) => name);
}
