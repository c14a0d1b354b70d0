import t from 'tap';
import { ValidationError } from './errors.js';
import { runNode } from './testing/child.js';
import { civilFromDays, DAY_MAX, DAY_MIN, daysFromCivil, formatDate, parseDate, weekday } from './time.js';

// Expected days and weekdays: Python's datetime.date(…).toordinal() - 719163 and isoweekday().
const KNOWN: readonly (readonly [string, number, number])[] = [
  ['0001-01-01', -719162, 1],
  ['0004-02-29', -718008, 7],
  ['1600-02-29', -135081, 2],
  ['1900-03-01', -25508, 4],
  ['1969-12-31', -1, 3],
  ['1970-01-01', 0, 4],
  ['2000-02-29', 11016, 2],
  ['2000-03-01', 11017, 3],
  ['2021-12-31', 18992, 5],
  ['2038-01-19', 24855, 2],
  ['9999-12-31', 2932896, 5],
];

t.test('known days have the epoch day, text and weekday that Python gives them', async (t) => {
  for (const [text, day, isoWeekday] of KNOWN) {
    t.equal(parseDate(text), day, text);
    t.equal(formatDate(day), text);
    t.equal(weekday(day), isoWeekday, `weekday of ${text}`);
    const [year, month, dayOfMonth] = text.split('-').map(Number) as [number, number, number];
    t.equal(daysFromCivil(year, month, dayOfMonth), day);
  }
});

t.test('every day from 0001 to 9999 agrees both ways with a calendar that counts day by day', async (t) => {
  const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let expected = DAY_MIN;
  let wrong = 0;
  for (let year = 1; year <= 9999; year++) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    for (let month = 1; month <= 12; month++) {
      const last = lengths[month - 1] + (leap && month === 2 ? 1 : 0);
      for (let day = 1; day <= last; day++) {
        const civil = civilFromDays(expected);
        if (civil.year !== year || civil.month !== month || civil.day !== day) wrong++;
        if (daysFromCivil(year, month, day) !== expected) wrong++;
        expected++;
      }
    }
  }
  t.equal(wrong, 0);
  t.equal(expected - 1, DAY_MAX, 'the last day counted is the last day allowed');
});

t.test('parseDate takes the year-first forms and midnight, and refuses everything else', async (t) => {
  // prettier-ignore
  const good = [
    '2020-01-01',
    '2020/01/01',
    '20200101',
    ' 2020-01-01\t',
    '2020-01-01 00:00',
    '2020-01-01 00:00:00',
    '2020-01-01T00:00:00',
    '2020-01-01T00:00:00Z',
    '2020-01-01T00:00:00.000Z',
    '2020-01-01 00:00:00+00:00',
    '2020-01-01 00:00:00.000000000',
    '2020-01-01T00:00:00+0000',
  ];
  for (const text of good) t.equal(parseDate(text), 18262, JSON.stringify(text));
  // prettier-ignore
  const bad = [
    '',
    ' ',
    '2021-02-29',
    '1900-02-29',
    '2020-13-01',
    '2020-00-10',
    '2020-01-00',
    '2020-01-32',
    '2020-04-31',
    '0000-01-01',
    '01/02/2020',
    '1/2/2020',
    '2020-1-2',
    '20-01-02',
    '2020-01/02',
    '2020/01-02',
    '2020.01.02',
    '2020-01-01 09:30:00',
    '2020-01-01T00:00:00-05:00',
    '2020-01-01T00:00:01Z',
    '2020/01/01 00:00:00',
    '20200101 00:00',
    '2020-01-01x',
    'x2020-01-01',
    '-2020-01-01',
    '+002020-01-01',
    '12020-01-01',
    '2020-01',
    '2020',
    '202001',
    '2020010',
    '202001011',
    '2020-01-0１',
    '２０２０-01-01',
    '1577836800',
    'Jan 1, 2020',
    'NaN',
    '2020-01-01 00:00:00.0000000001',
  ];
  for (const text of bad) t.equal(parseDate(text), undefined, JSON.stringify(text));
});

t.test('parseDate stays fast on a long text', async (t) => {
  const start = performance.now();
  t.equal(parseDate(`2020-01-01 00:00:00.${'0'.repeat(1_000_000)}x`), undefined);
  t.ok(performance.now() - start < 500, 'a pattern that backtracks would take minutes');
});

t.test('days that are no days of the calendar are refused by name', async (t) => {
  t.throws(() => daysFromCivil(2021, 2, 29), {
    name: 'ValidationError',
    detail: { field: 'day', value: 29, constraint: 'an integer from 1 to 28' },
  });
  t.throws(() => daysFromCivil(0, 1, 1), { name: 'ValidationError', detail: { field: 'year', value: 0 } });
  t.throws(() => daysFromCivil(2021, 13, 1), {
    name: 'ValidationError',
    detail: { field: 'month', value: 13 },
  });
  for (const day of [DAY_MAX + 1, DAY_MIN - 1, 0.5, Number.NaN]) {
    t.throws(() => formatDate(day), ValidationError);
    t.throws(() => weekday(day), ValidationError);
  }
});

t.test('dates are the same days in every time zone', async (t) => {
  const script = `
    const { parseDate, formatDate } = await import(${JSON.stringify(new URL('./time.js', import.meta.url).href)});
    let digest = 17;
    for (let day = -40000; day < 40000; day += 7) {
      const text = formatDate(day);
      digest = (digest * 31 + parseDate(text) + text.charCodeAt(9)) % 1000003;
      digest = (digest + parseDate(text + 'T00:00:00Z')) % 1000003;
    }
    console.log(digest, new Date(0).getTimezoneOffset());`;
  const zones = ['UTC', 'America/New_York', 'Pacific/Apia', 'Asia/Kolkata'];
  const children = zones.map((TZ) => runNode(['--input-type=module', '-e', script], { env: { TZ } }));
  const outputs = (await Promise.all(children)).map(({ stdout }) => stdout.trim().split(' '));
  t.equal(new Set(outputs.map(([digest]) => digest)).size, 1, 'one digest');
  t.match(outputs[0]?.[0], /^-?\d+$/, 'the children ran');
  t.equal(new Set(outputs.map(([, offset]) => offset)).size, 4, 'the zones did differ');
});
