/**
 * YAML config files: the one door to yaml, loaded only when there is such a file. Every scalar is taken as its text,
 * so that no word turns into a number, a date or an object by itself; tags and aliases are refused.
 */
import { isAlias, isMap, isScalar, isSeq, parseDocument, Scalar as YamlScalar, visit } from 'yaml';
import { type Entry, FormatError, type Scalar } from './entry.js';

/** The keys and values of a YAML document; `FormatError` where it is none. An empty document has none. */
export function yamlEntries(text: string): Entry[] {
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: true, uniqueKeys: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem?.code === 'MULTIPLE_DOCS') throw new FormatError('has more than one document');
  if (problem !== undefined) {
    throw new FormatError(problem.message.split(' at line ')[0]!, problem.linePos?.[0].line);
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === '')) return [];
  if (!isMap(contents)) throw new FormatError('must be keys and values, one for each option');
  visit(document, {
    Alias() {
      throw new FormatError('has an alias (*): write the value itself');
    },
  });
  return contents.items.map(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : String(key);
    const offset = isScalar(key) ? key.range?.[0] : undefined;
    const row = offset === undefined ? {} : { row: text.slice(0, offset).split('\n').length };
    return { key: name, value: valueOf(value), ...row };
  });
}

/** The line of a key that a JSON text has twice, from 1: JSON is YAML too, and JSON.parse silently takes the last. */
export function repeatedKeyLine(json: string): number | undefined {
  const { errors } = parseDocument(json, { schema: 'failsafe', prettyErrors: true, uniqueKeys: true });
  return errors.find(({ code }) => code === 'DUPLICATE_KEY')?.linePos?.[0].line;
}

function valueOf(value: unknown): Entry['value'] {
  if (isSeq(value)) {
    const items = value.items.map(scalarOf);
    return items.every((item) => item !== undefined) ? (items as Scalar[]) : 'a list of lists';
  }
  if (isMap(value) || isAlias(value)) return 'a table';
  return scalarOf(value) ?? 'nothing';
}

function scalarOf(node: unknown): Scalar | undefined {
  if (!isScalar(node)) return undefined;
  const plain = node.type === YamlScalar.PLAIN;
  if (plain && (node.value === '' || node.value === null)) return undefined;
  return { text: String(node.value), type: plain ? 'plain' : 'text' };
}
