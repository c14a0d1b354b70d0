import t from 'tap';
import { DIGITS, FLAG, OTHER, OWNER, scanEventRow, TEXT, WHOLE } from './event-row.js';

/** An automaton of a few words, and the state it starts in; the same array for several of them. */
function automaton(words: Int16Array, lists: readonly (readonly string[])[]): number[] {
  let states = 0;
  return lists.map((list) => {
    const root = ++states;
    for (const [i, word] of list.entries()) {
      let state = root;
      for (const byte of Buffer.from(word)) {
        if (words[state * 256 + byte] === 0) words[state * 256 + byte] = ++states;
        state = words[state * 256 + byte]!;
      }
      words[state * 256 + 34] = -(i + 1);
    }
    return root;
  });
}

const words = new Int16Array(64 * 256);
const KEYS = ['n', 'nn', 'word', 'owner', 'flag', 'text', 'clock', 'other'];
const [keys, list] = automaton(words, [KEYS, ['A', 'AB', 'B']]);
const roots = Int16Array.from([keys!, WHOLE, WHOLE, list!, OWNER, FLAG, TEXT, DIGITS, OTHER]);

/** What a line gives by key, and where it ends; undefined where it is refused. */
function scan(
  line: string,
  before = '',
): { fields: Record<string, number | string>; end: number } | undefined {
  const bytes = Buffer.from(`${before}${line}\0`);
  const out = new Float64Array(roots.length + 1).fill(-7);
  const end = scanEventRow(bytes, before.length, words, roots, out);
  if (end === 0) return undefined;
  const fields: Record<string, number | string> = {};
  for (const [i, key] of KEYS.entries()) {
    const at = i + 1;
    if (((out[0]! >> at) & 1) === 0) t.equal(out[at], -7, `${key} is not written`);
    else fields[key] = key === 'text' ? bytes.toString('utf8', out[at], out[roots.length]) : out[at]!;
  }
  return { fields, end: end - before.length };
}

t.test('scanEventRow reads keys in any order, and says where the line ends', async (t) => {
  const line = '{"n":5,"word":"AB","flag":true}';
  t.same(scan(`${line}\n`), { fields: { n: 5, word: 2, flag: 1 }, end: line.length });
  t.same(scan(`${line}\r\nnext`), { fields: { n: 5, word: 2, flag: 1 }, end: line.length + 1 });
  t.same(scan(`${line}\n`, '{"n":1}\n')!.end, line.length, 'from the middle of the bytes');
  t.same(scan('{ "flag" : false , "word":"B",  "nn":12} \n')!.fields, { flag: 0, word: 3, nn: 12 });
  t.same(scan('{"text":"AAPL","clock":123456789012345678901234567890}\n')!.fields.text, 'AAPL');
  t.same(scan('{"owner":null,"text":""}\n')!.fields, { owner: NaN, text: '' });
  t.same(scan('{"owner":0,"clock":0}\n')!.fields, { owner: 0, clock: 0 });
});

t.test('scanEventRow takes integers up to 2^53 - 1, and none beyond', async (t) => {
  for (const n of [1, 9, 10, 4_294_967_296, 999_999_999_999_999, Number.MAX_SAFE_INTEGER]) {
    t.same(scan(`{"n":${n}}\n`)?.fields, { n });
  }
  for (const n of ['9007199254740992', '9007199254740993', '90071992547409910', '1'.repeat(400)]) {
    t.equal(scan(`{"n":${n}}\n`), undefined, n);
    t.equal(scan(`{"owner":${n}}\n`), undefined, n);
  }
});

t.test('scanEventRow leaves every line that is not of the plain kind to others', async (t) => {
  const lines = [
    '',
    '{}',
    '{"n":5',
    '{"n":5}',
    '{"n":5}x\n',
    '{"n":5} {"n":6}\n',
    '{"n":5,}\n',
    '{"n":5 "nn":6}\n',
    '{"n":5,"n":6}\n',
    '{"m":5}\n',
    '{"nnn":5}\n',
    '{"wor":"A"}\n',
    '{"":5}\n',
    '{"\\u006e":5}\n',
    '{"n":0}\n',
    '{"n":05}\n',
    '{"n":-5}\n',
    '{"n":+5}\n',
    '{"n":5.0}\n',
    '{"n":5e0}\n',
    '{"n":"5"}\n',
    '{"n":null}\n',
    '{"n":}\n',
    '{"owner":00}\n',
    '{"owner":-1}\n',
    '{"owner":nul}\n',
    '{"clock":01}\n',
    '{"clock":""}\n',
    '{"flag":1}\n',
    '{"flag":tru}\n',
    '{"flag":fals}\n',
    '{"word":"C"}\n',
    '{"word":"ABC"}\n',
    '{"word":A}\n',
    '{"text":"a\\u0041"}\n',
    '{"text":"é"}\n',
    '{"text":"a\tb"}\n',
    '{"text":"a\x7f"}\n',
    '{"text":"open}\n',
    '{"text":5}\n',
    '{"other":5}\n',
    '{"other":{}}\n',
    '[5]\n',
    '\t{"n":5}\n',
    '{"n":\t5}\n',
    '{"n":5}\r',
    '{"n":5}\r\r\n',
    '{"n":5\n}\n',
    '{"n":\0 5}\n',
  ];
  for (const line of lines) t.equal(scan(line), undefined, JSON.stringify(line));
});
