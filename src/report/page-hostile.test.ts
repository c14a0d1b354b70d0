import papa from 'papaparse';
import t from 'tap';
import { CHROMIUM_HINT, chromiumPath } from '../testing/chromium.js';
import { NAMES } from '../testing/hostile.js';
import { openReport, saved, startChromium } from '../testing/report-page.js';
import { requireOrSkip } from '../testing/require.js';
import { withPanels } from '../testing/sample-panels.js';
import { sampleInput } from '../testing/sample-result.js';
import type { ReportInput } from './types.js';

/** What the page shows of the names, and whether anything of them ran. */
const SHOWN = `({
  attack: typeof attack,
  polluted: 'attack' in Object.prototype,
  title: document.querySelector('h1').textContent,
  legend: document.querySelector('#equity .legend .benchmark').textContent,
  readout: document.querySelectorAll('#equity .readout bdi')[1].textContent,
  symbols: document.querySelector('#provenance section:last-child p').textContent,
  head: document.title,
  inside: document.querySelectorAll('h1 > bdi > *, .legend bdi > *, .readout bdi > *, #provenance p > bdi > *').length,
})`;

interface Shown {
  readonly attack: string;
  readonly polluted: boolean;
  readonly title: string;
  readonly legend: string;
  readonly readout: string;
  readonly symbols: string;
  readonly head: string;
  readonly inside: number;
}

/** A report that has each of the names in its title, its benchmark, its symbols and its provenance. */
function named(names: readonly string[]): ReportInput {
  const input = withPanels(sampleInput({ bars: 3, symbols: names }));
  const name = names.join(' ');
  return {
    ...input,
    name,
    benchmark: { name, returns: input.benchmark!.returns },
    provenance: { ...input.provenance, command: name, files: [{ name, sha256: name }], notes: names },
  };
}

/** Texts that a page shows as they are: short, and without characters that act. */
const isPlain = (name: string): boolean =>
  name.length <= 40 && !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Cf}]/u.test(name);

/** What is left of a text in a place that holds so many characters. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** What the page does with names that it should not. */
function wrongs(names: readonly string[], shown: Shown): string[] {
  const found: string[] = [];
  if (shown.attack !== 'undefined' || shown.polluted) found.push('ran');
  if (shown.inside !== 0) found.push('became elements');
  if (!names.every(isPlain)) return found;
  const name = names.join(' ');
  for (const [place, length] of [
    ['title', 200],
    ['legend', 60],
    ['readout', 60],
  ] as const) {
    if (shown[place] !== cut(name, length)) found.push(`is ${shown[place]} in the ${place}`);
  }
  if (shown.symbols !== names.join(', ')) found.push(`is ${shown.symbols} among the symbols`);
  return found;
}

/** Names on one page: loading a page takes longer than looking at it. */
const TOGETHER = 4;

const executablePath = chromiumPath();

if (requireOrSkip(t, 'Chromium', executablePath !== undefined, CHROMIUM_HINT)) {
  const browser = await startChromium(executablePath!);
  const folder = t.testdir({});

  await t.test(`${NAMES.length} hostile names in one session stay text`, async (t) => {
    t.ok(NAMES.length >= 60);
    t.ok(NAMES.filter(isPlain).length >= 50);
    const { page, complaints, load } = await openReport(browser, folder, named(['tame']));
    const names = [...NAMES].sort((a, b) => Number(isPlain(a)) - Number(isPlain(b)));
    for (let i = 0; i < names.length; i += TOGETHER) {
      const some = names.slice(i, i + TOGETHER);
      await load(named(some));
      const shown = (await page.evaluate(SHOWN)) as Shown;
      for (const wrong of [...complaints.splice(0), ...wrongs(some, shown)]) {
        t.fail(`${JSON.stringify(some).slice(0, 120)}: ${wrong}`);
      }
    }
    await page.context().close();
    t.pass('all of them');
  });

  await t.test('the saved files hold no cell that a spreadsheet would calculate', async (t) => {
    const input = withPanels(sampleInput({ bars: 30, symbols: NAMES }));
    const formula = '=HYPERLINK("a","b")';
    const { page, complaints } = await openReport(browser, folder, {
      ...input,
      name: formula,
      benchmark: { name: '@SUM(A1)', returns: input.benchmark!.returns },
    });
    const trades = await saved(page, '#trades', 'CSV');
    t.equal(trades.name, 'hyperlink-a-b-trades.csv');
    const rows = papa.parse<string[]>(trades.text.trimEnd(), { newline: '\n' }).data.slice(1);
    t.equal(rows.length, 2 * NAMES.length);
    for (const [i, [, symbol]] of rows.entries()) {
      const name = Buffer.from(NAMES[i % NAMES.length]!).toString(); // half a surrogate pair cannot be saved
      if (/^[=+\-@\t\r]/.test(symbol!)) t.fail(`${JSON.stringify(symbol)} would be calculated`);
      if (symbol !== name && symbol !== `'${name}`)
        t.fail(`${JSON.stringify(name)} became ${JSON.stringify(symbol)}`);
    }
    const [head] = papa.parse<string[]>((await saved(page, '#equity', 'CSV')).text).data;
    t.strictSame(head, ['date', `'${formula}`, "'@SUM(A1)"]);
    const weights = papa.parse<string[]>((await saved(page, '#exposure', 'CSV')).text.trimEnd()).data;
    t.equal(weights.length, 31, 'a head and 30 bars');
    t.equal(weights[0]!.length, 12, 'date, eight symbols, the others, cash, gross');
    t.strictSame(
      weights[0]!.filter((cell) => /^[=+\-@\t\r]/.test(cell)),
      [],
    );
    t.strictSame(complaints, []);
    await page.context().close();
  });

  await browser.close();
}
