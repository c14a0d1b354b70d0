/**
 * Damaged price files: the files of fixtures/layouts cut short, with random changes. Files are handled as text of one
 * character a byte, so that every change is a change of bytes.
 */
import { layoutBytes, layoutFiles } from './layouts.js';
import type { Random } from './random.js';

/** A file before it is damaged. */
export interface SeedFile {
  readonly name: string;
  /** One character a byte. */
  readonly text: string;
}

/** A change of a file. */
type Mutation = (text: string, random: Random, seeds: readonly SeedFile[]) => string;

/** Rows that are kept of a file. */
const ROWS = 9;
/** Most bytes of a damaged file. */
const BYTES_MAX = 30_000;

/** Texts that mean something to a reader, between blanks. */
const words = (text: string): readonly string[] => text.trim().split(/ +/);
const TOKENS: readonly string[] = [
  ...words(
    `, ; | " "" ' # \\ - . : / { } [ ] null true {"a": [[ PAR1 =1+1 <script> __proto__ constructor Date close`,
  ),
  // Byte order marks, gzip, Latin-1, a Unicode minus, full-width digits, an emoji, odd blanks, half a surrogate pair.
  ...words(
    '\xef\xbb\xbf \xff\xfe \xfe\xff \x1f\x8b \xe9 \xc3\xa9 \xe2\x88\x92 \xef\xbc\x91 \xf0\x9f\x99\x82 \xc2\xa0',
  ),
  ...words('\xe2\x80\xa8 \xed\xa0\x80 \x1b[31m \0'),
  ...['\t', ' ', '\n', '\r', '\r\n', '\n\n', '\f', 'sep=;\n', '# x\n'],
];
const NUMBERS: readonly string[] = [
  ...words(
    '0 -0 0.0 -1 - NaN null inf -Infinity 1e400 1e-400 1e6 1E-2 5. .5 . 0x1F 1_000 (12.3) 1,5 1.234,56',
  ),
  ...words(
    `"1,234.56" "1,234" 1'234 $12.30 12% 9007199254740991 9007199254740993 90071992547409.92 0.000001 0.0000001`,
  ),
  ...words(
    '74.05999755859375 4793.6015625 123456789012345678901234567890 1e15 1e16 00000000000000000001 1e 1e+ --1',
  ),
  ...words(
    '1.00000000000000000000 \xe2\x88\x925 \xef\xbc\x91 1.2.3 + 99999 0.01 1e0000000000000000002 TRUE undefined',
  ),
  ...['', '1 234', '1 234,5'],
];
const DATES: readonly string[] = [
  ...words(
    '2016-02-30 2016-13-01 0000-00-00 0001-01-01 9999-12-31 10000-01-01 1969-12-31 2016-1-4 20160104 2016/01/04',
  ),
  ...words(
    '2016.01.04 04.01.2016 01/04/2016 13/01/2016 1/2/16 2016-01-04T00:00:00Z 04-Jan-2016 0 -1 1451865600 NaT',
  ),
  ...words('1451865600000 1451865600000000 1451865600000000000 99999999999999999999 16804'),
  ...['2016-01-04 00:00:00-05:00', '2016-01-04 00:00+09:00', '2016-01-04 15:30', 'Jan 4, 2016', ''],
];
const NAMES: readonly string[] = [
  ...words(
    '__proto__ constructor toString hasOwnProperty prototype Date date time symbol close Close open High volume',
  ),
  ...words(
    '"a,b" "a""b" =cmd() <b> \x1b[0m Ticker Price timestamp <TICKER> 2016-01-04 12.5 NaN null \xe9 \xc3\xa9 adjOpen',
  ),
  ...['', ' ', 'Adj Close', 'column 1'],
];
const NUMBER = /\d+(?:\.\d+)?/g;
const DATE = /\d{4}[-/.]?\d\d[-/.]?\d\d|\d\d[-/.]\d\d[-/.]\d{4}|\d{10,19}/g;
const SEPARATORS: readonly string[] = [',', ';', '\t', '|'];

/** The files to start from: each layout, cut to a few rows. */
export function seedFiles(): readonly SeedFile[] {
  return layoutFiles()
    .filter(({ file }) => !file.endsWith('.gz'))
    .map(({ file }) => ({ name: file, text: cut(Buffer.from(layoutBytes(file)).toString('latin1')) }));
}

function cut(text: string): string {
  if (/^\s*[[{]/.test(text)) {
    const document = parsed(text);
    if (document !== undefined) return `${JSON.stringify(shortened(document))}\n`;
  }
  return text.split('\n').slice(0, ROWS).join('\n') + '\n';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A document with only the first items of every list and every long object. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, ROWS).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, ROWS)
      .map(([key, item]) => [key, shortened(item)]),
  );
}

function replaced(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

/** Replaces one of the matches of a pattern, or inserts where there is none. */
function replaceOne(text: string, pattern: RegExp, by: string, random: Random): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return insert(text, by, random);
  const match = random.of(found);
  return replaced(text, match.index, match.index + match[0].length, by);
}

function insert(text: string, what: string, random: Random): string {
  const at = random.below(text.length + 1);
  return replaced(text, at, at, what);
}

function range(text: string, random: Random): [from: number, to: number] {
  const from = random.below(text.length + 1);
  const length = random.below(random.oneIn(4) ? text.length + 1 : 12);
  return [from, Math.min(text.length, from + length)];
}

/** Changes one line. */
function onLine(text: string, random: Random, change: (line: string) => string): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  lines[at] = change(lines[at]!);
  return lines.join('\n');
}

function separatorOf(line: string): string {
  return SEPARATORS.find((separator) => line.includes(separator)) ?? ',';
}

function changeCell(line: string, random: Random, change: (cell: string) => string): string {
  const separator = separatorOf(line);
  const cells = line.split(separator);
  const at = random.below(cells.length);
  cells[at] = change(cells[at]!);
  return cells.join(separator);
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'flip a bit': (text, random) => {
    const at = random.below(text.length);
    const flipped = (text.charCodeAt(at) ^ (1 << random.below(8))) & 255;
    return replaced(text, at, at + 1, String.fromCharCode(flipped));
  },
  'put a byte': (text, random) => {
    const at = random.below(text.length);
    return replaced(text, at, at + 1, String.fromCharCode(random.below(256)));
  },
  'put a token': (text, random) => insert(text, random.of(TOKENS), random),
  delete: (text, random) => replaced(text, ...range(text, random), ''),
  repeat: (text, random) => {
    const [from, to] = range(text, random);
    const times = random.oneIn(8) ? random.below(3_000) : random.below(5);
    const piece = text.slice(from, to).repeat(Math.min(times, Math.floor(BYTES_MAX / (to - from + 1))));
    return replaced(text, to, to, piece);
  },
  splice: (text, random, seeds) => {
    const [from, to] = range(random.of(seeds).text, random);
    return insert(text, random.of(seeds).text.slice(from, to), random);
  },
  'join two files': (text, random, seeds) => text + random.of(seeds).text,
  'cut off': (text, random) => text.slice(0, random.below(text.length + 1)),
  'a number': (text, random) => replaceOne(text, NUMBER, random.of(NUMBERS), random),
  'a digit': (text, random) => replaceOne(text, /\d/g, String(random.below(10)), random),
  'a date': (text, random) => replaceOne(text, DATE, random.of(DATES), random),
  'a name': (text, random) => {
    const end = text.indexOf('\n') + 1;
    if (/^\s*[[{]/.test(text))
      return replaceOne(text, /"[A-Za-z]\w*"/g, JSON.stringify(random.of(NAMES)), random);
    return changeCell(text.slice(0, end), random, () => random.of(NAMES)) + text.slice(end);
  },
  'swap cells': (text, random) =>
    onLine(text, random, (line) => {
      const separator = separatorOf(line);
      const cells = line.split(separator);
      const [a, b] = [random.below(cells.length), random.below(cells.length)];
      [cells[a], cells[b]] = [cells[b]!, cells[a]!];
      return cells.join(separator);
    }),
  'swap lines': (text, random) => {
    const lines = text.split('\n');
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    [lines[a], lines[b]] = [lines[b]!, lines[a]!];
    return lines.join('\n');
  },
  'repeat a line': (text, random) => onLine(text, random, (line) => `${line}\n${line}`),
  'turn round': (text) => text.split('\n').reverse().join('\n'),
  'another separator': (text, random) => {
    const [from, to] = [random.of(SEPARATORS), random.of(SEPARATORS)];
    return random.oneIn(2) ? text.replaceAll(from, to) : text.replace(from, to);
  },
  'decimal commas': (text, random) =>
    random.oneIn(2) ? text.replaceAll('.', ',') : onLine(text, random, (line) => line.replace('.', ',')),
  'other line ends': (text, random) =>
    text.replaceAll('\n', random.of(['\r\n', '\r', '\n\r', '\n\n', '\x0b', '\x85'])),
  'quote a cell': (text, random) =>
    onLine(text, random, (line) => changeCell(line, random, (cell) => `"${cell}"`)),
  'blanks around': (text, random) =>
    onLine(text, random, (line) => changeCell(line, random, (cell) => ` ${cell} `)),
  'one cell more': (text, random) => onLine(text, random, (line) => line + separatorOf(line)),
  'one cell less': (text, random) =>
    onLine(text, random, (line) => line.slice(0, line.lastIndexOf(separatorOf(line)))),
  'mark in front': (text, random) =>
    random.of(['\xef\xbb\xbf', '\xff\xfe', '\n', ' ', '#\n', 'sep=,\n']) + text,
  'UTF-16': (text, random) => (random.oneIn(4) ? `\xff\xfe${text.replace(/[^]/g, '$&\0')}` : text),
};

/** Names of the changes, for reports. */
export const MUTATION_NAMES: readonly string[] = Object.keys(MUTATIONS);

/** A damaged file: up to six changes, mostly one or two. */
export function damaged(random: Random, seeds: readonly SeedFile[]): { bytes: Uint8Array; story: string } {
  const seed = random.of(seeds);
  const story = [seed.name];
  let { text } = seed;
  for (let rest = 1 + (random.oneIn(2) ? random.below(6) : 0); rest > 0 && text !== ''; rest--) {
    const name = random.of(MUTATION_NAMES);
    story.push(name);
    text = MUTATIONS[name]!(text, random, seeds).slice(0, BYTES_MAX);
  }
  return { bytes: new Uint8Array(Buffer.from(text, 'latin1')), story: story.join(', ') };
}
