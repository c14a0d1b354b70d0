import t from 'tap';
import { publicMethods } from '../testing/class-members.js';
import { projectFiles, readText } from '../testing/repository.js';

const CLASSES: readonly (readonly [path: string, className: string])[] = [
  ['src/exchange/exchange.ts', 'Exchange'],
  ['src/exchange/multi-exchange.ts', 'MultiExchange'],
  ['src/exchange/book.ts', 'Book'],
  ['src/exchange/snapshot.ts', 'BookSnapshot'],
  ['src/exchange/snapshot.ts', 'L3Snapshot'],
  ['src/portfolio/portfolio.ts', 'Portfolio'],
];

/** Texts of the tests that are not this one. */
const tests = projectFiles()
  .filter((path) => /^src\/.*\.test\.ts$/.test(path) && !path.endsWith('method-audit.test.ts'))
  .map(readText);

/** Whether a test names the class and calls the method, or lists it by name to call it. */
function isTested(className: string, method: string, texts: readonly string[]): boolean {
  const names = new RegExp(`\\b${className}\\b`);
  const calls = new RegExp(`\\.${method}\\(|\\['${method}'`);
  return texts.some((text) => names.test(text) && calls.test(text));
}

t.test('every public method of the exchange and of the portfolio is called by a test', async (t) => {
  for (const [path, className] of CLASSES) {
    const methods = [...publicMethods(path, className), ...publicMethods(path, className, true)];
    t.ok(methods.length > 0, className);
    t.strictSame(
      methods.filter((method) => !isTested(className, method, tests)).map((name) => `${className}.${name}`),
      [],
    );
  }
});

t.test('a method that no test calls would be found', async (t) => {
  t.equal(isTested('Exchange', 'cancel', [`new Exchange().submitLimit(1); // cancel`]), false);
  t.equal(isTested('Exchange', 'cancel', [`book.cancel(1)`]), false, 'of another class');
  t.equal(isTested('Exchange', 'cancel', [`new Exchange().cancel(1)`]), true);
  t.equal(isTested('Exchange', 'cancel', [`new Exchange(); [['cancel', 1]]`]), true);
  t.equal(isTested('Exchange', 'cancel', [`new Exchange(); x.cancelAll(1)`]), false);
});
