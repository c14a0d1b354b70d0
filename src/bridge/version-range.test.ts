import t from 'tap';
import { version } from '../version.js';
import { satisfies } from './version-range.js';

t.test('ranges hold the versions that npm says they hold', async (t) => {
  // Range, then versions in it, then versions outside; by the rules of node-semver's README.
  const cases: [range: string, inside: string[], outside: string[]][] = [
    ['>=0.1 <0.2', ['0.1.0', '0.1.9'], ['0.0.9', '0.2.0', '0.2.0-rc.1', '0.1.0-rc.1']],
    ['^0.1.0', ['0.1.0', '0.1.7'], ['0.2.0', '0.0.9', '1.1.0']],
    ['^1.2.3', ['1.2.3', '1.9.0'], ['1.2.2', '2.0.0', '2.0.0-0']],
    ['^0.0.3', ['0.0.3'], ['0.0.4', '0.0.2']],
    ['^0.0', ['0.0.1', '0.0.9'], ['0.1.0']],
    ['^0', ['0.0.1', '0.9.0'], ['1.0.0']],
    ['~0.1.2', ['0.1.2', '0.1.9'], ['0.1.1', '0.2.0']],
    ['~1', ['1.0.0', '1.9.9'], ['2.0.0']],
    ['0.1', ['0.1.0', '0.1.5'], ['0.2.0', '0.0.1']],
    ['0.1.x', ['0.1.0', '0.1.5'], ['0.2.0']],
    ['*', ['0.0.0', '9.9.9'], ['1.0.0-rc.1']],
    ['', ['0.1.0'], []],
    ['0.1.0', ['0.1.0'], ['0.1.1']],
    ['=v0.1.0', ['0.1.0'], ['0.1.1']],
    ['>0.1', ['0.2.0', '1.0.0'], ['0.1.0', '0.1.9']],
    ['<=0.1', ['0.1.9', '0.0.1'], ['0.2.0']],
    ['<0.1', ['0.0.9'], ['0.1.0']],
    ['> 0.1.0 <= 0.3.0', ['0.1.1', '0.3.0'], ['0.1.0', '0.3.1']],
    ['<0.1 || >=0.3', ['0.0.5', '0.3.0'], ['0.1.0', '0.2.9']],
    ['>=0.2.0-rc.1', ['0.2.0-rc.1', '0.2.0-rc.2', '0.2.0', '0.3.0'], ['0.2.0-beta', '0.3.0-rc.1']],
    ['0.2.0-rc.10', ['0.2.0-rc.10', '0.2.0-rc.10+build.5'], ['0.2.0-rc.2', '0.2.0']],
    ['>0.2.0-rc.2 <0.2.0', ['0.2.0-rc.10'], ['0.2.0-rc.2', '0.2.0', '0.2.0-1']],
    ['<*', [], ['0.0.0']],
  ];
  const wrong = cases.flatMap(([range, inside, outside]) => [
    ...inside.filter((of) => !satisfies(range, of)).map((of) => `${of} is in ${range}`),
    ...outside.filter((of) => satisfies(range, of)).map((of) => `${of} is not in ${range}`),
  ]);
  t.strictSame(wrong, []);
  t.ok(satisfies(version), 'without a version it is that of the package');
  t.notOk(satisfies('>=99'));
});

t.test('what is no range or no version is refused by name', async (t) => {
  for (const range of ['latest', '^', '>=', '1.2.3.4', '01.2.3', '1 - ', 'a.b.c', '>=1,<2', null, 1]) {
    t.throws(() => satisfies(range as string, '1.0.0'), { code: 'VALIDATION', detail: { field: 'range' } });
  }
  for (const of of ['1.2', '1.2.x', '', 'one', null]) {
    t.throws(() => satisfies('*', of as string), { code: 'VALIDATION', detail: { field: 'of' } });
  }
});
