import t from 'tap';
import { CHROMIUM_HINT, chromiumPath } from '../testing/chromium.js';
import {
  dragOver,
  lookThrough,
  openHtml,
  openReport,
  pointAt,
  readoutOf,
  saved,
  settle,
  startChromium,
} from '../testing/report-page.js';
import { requireOrSkip } from '../testing/require.js';
import { sampleIndicators } from '../testing/sample-indicators.js';
import { sampleInput } from '../testing/sample-result.js';
import { formatDate } from '../time.js';
import { reportCsv } from './csv.js';
import { indicatorsHtml } from './indicators/html.js';

/** Panels with a chart over time, as many as there are kinds. */
const CHARTS = ['equity', 'drawdown', 'relative', 'rolling-volatility', 'rolling-beta', 'cost-drag'];

/** Which of drawing and canvas is seen, by panel. */
const SEEN = `Object.fromEntries([...document.querySelectorAll('.live')].filter((e) => ${JSON.stringify(CHARTS)}.includes(e.closest('.panel').id)).map((e) => [e.closest('.panel').id,
  ['svg.plot', 'canvas'].filter((s) => { const c = getComputedStyle(e.querySelector(s)); return c.visibility === 'visible' && e.querySelector(s).getClientRects().length > 0; }).join()]))`;

/** How many pixels of a panel's canvas have exactly this colour. */
const pixels = (panel: string, colour: readonly number[]): string => `(() => {
  const canvas = document.querySelector('#${panel} canvas');
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if (${colour.map((value, i) => `data[i + ${i}] === ${value}`).join(' && ')} && data[i + 3] === 255) count++;
  return count;
})()`;

/** --accent of the light and of the dark theme. */
const BLUE = [0x17, 0x59, 0x9f];
const SKY = [0x74, 0xb4, 0xf7];

/** Panels that can be saved. */
const PANELS = [
  ...['equity', 'drawdown', 'drawdowns', 'metrics', 'relative', 'monthly', 'yearly', 'distribution', 'qq'],
  ...[
    'quantiles',
    'rolling-return',
    'rolling-volatility',
    'rolling-sharpe',
    'rolling-sortino',
    'rolling-beta',
  ],
  ...['rolling-correlation', 'turnover', 'cost-drag', 'years', 'costs', 'trades'],
];

/** Presses every button that says CSV and keeps the files instead of saving them. */
const SAVE_ALL = `(async () => {
  const blobs = [], names = [];
  URL.createObjectURL = (blob) => (blobs.push(blob), 'blob:none');
  HTMLAnchorElement.prototype.click = function () { names.push(this.download); };
  const buttons = [...document.querySelectorAll('.panel .tools button')].filter((b) => b.textContent === 'CSV');
  for (const button of buttons) button.click();
  const texts = await Promise.all(blobs.map((blob) => blob.text()));
  return buttons.map((button, i) => ({ panel: button.closest('.panel').id, name: names[i], text: texts[i] }));
})()`;

const everywhere = (what: string): Record<string, string> =>
  Object.fromEntries(CHARTS.map((id) => [id, what]));

const executablePath = chromiumPath();

if (requireOrSkip(t, 'Chromium', executablePath !== undefined, CHROMIUM_HINT)) {
  const browser = await startChromium(executablePath!);
  const folder = t.testdir({});

  await t.test('the pointer reads the values of its day in every chart', async (t) => {
    // Up 10 %, down 50 %, up 20 %, up 25 % on Wednesday to Friday and on Monday, after a start on Tuesday.
    const input = sampleInput({ returns: Float64Array.of(0.1, -0.5, 0.2, 0.25), withoutBenchmark: true });
    const { page, complaints } = await openReport(browser, folder, { ...input, name: 'Mine' });
    await pointAt(page, 'equity', 2 / 6);
    t.strictSame(await readoutOf(page, 'equity'), ['2013-01-03', 'Mine 550,000.00']);
    t.strictSame(await readoutOf(page, 'drawdown'), ['2013-01-03', 'Mine −50.00%']);
    await pointAt(page, 'drawdown', 0.999);
    t.strictSame(await readoutOf(page, 'equity'), ['2013-01-07', 'Mine 825,000.00']);
    t.strictSame(await readoutOf(page, 'drawdown'), ['2013-01-07', 'Mine −25.00%'], '825 of 1,100');
    await pointAt(page, 'equity', 0.001);
    t.strictSame(await readoutOf(page, 'equity'), ['Start', 'Mine 1,000,000.00']);
    await page.mouse.move(5, 5);
    await settle(page);
    t.strictSame(await readoutOf(page, 'equity'), [], 'it goes when the pointer goes');
    t.strictSame(complaints, []);
    await page.context().close();
  });

  await t.test(
    'dragging zooms every chart; a double click, the button and Escape show all again',
    async (t) => {
      const input = sampleInput({ bars: 700 });
      const days = [...input.result.dates!];
      const { page, complaints } = await openReport(browser, folder, input);
      const dayAt = (part: number): number => days[0]! - 1 + part * (days.at(-1)! - days[0]! + 1);
      const shown = async (panel: string): Promise<number> => {
        const [day] = await readoutOf(page, panel);
        return days.findIndex((each) => formatDate(each) === day);
      };
      const near = (bar: number, part: number): boolean => Math.abs(days[bar]! - dayAt(part)) <= 4;
      await lookThrough(page);
      t.strictSame(await page.evaluate(SEEN), everywhere('svg.plot'), 'at rest one sees the drawings');
      await dragOver(page, 'drawdown', 0.4, 0.6);
      t.strictSame(await page.evaluate(SEEN), everywhere('canvas'), 'zoomed one sees the plots');
      await pointAt(page, 'equity', 0.25);
      for (const panel of CHARTS) t.ok(near(await shown(panel), 0.45), `${panel} shows the same part`);
      await page.locator('#rolling-beta .u-over').dblclick();
      await settle(page);
      t.strictSame(await page.evaluate(SEEN), everywhere('svg.plot'), 'a double click');
      await pointAt(page, 'equity', 0.25);
      t.ok(near(await shown('relative'), 0.25));
      await dragOver(page, 'equity', 0.1, 0.9);
      await page.getByRole('button', { name: 'whole time' }).last().click();
      t.strictSame(await page.evaluate(SEEN), everywhere('svg.plot'), 'the button');
      t.equal(await page.getByRole('button', { name: 'whole time' }).count(), 0, 'which then goes');
      await page.locator('#equity .u-over').focus();
      for (const key of ['End', 'ArrowLeft', 'Shift+ArrowLeft']) await page.keyboard.press(key);
      t.equal(await shown('drawdown'), 699 - 21, 'arrow keys walk along the bars');
      await page.keyboard.press('+');
      t.strictSame(await page.evaluate(SEEN), everywhere('canvas'), 'the plus key zooms');
      t.equal(await shown('drawdown'), 699 - 21, 'and stays on its bar');
      await page.keyboard.press('Escape');
      t.strictSame(await page.evaluate(SEEN), everywhere('svg.plot'), 'Escape');
      t.strictSame(complaints, []);
      await page.context().close();
    },
  );

  await t.test('the Log button changes the scale of the equity chart and nothing else', async (t) => {
    const { page, complaints } = await openReport(browser, folder, sampleInput({ bars: 700 }));
    await pointAt(page, 'drawdown', 0.5);
    const seen = async (): Promise<string[]> => {
      const found = (await page.evaluate(SEEN)) as Record<string, string>;
      return [found.equity!, found.drawdown!];
    };
    const button = page.locator('#equity .tools button', { hasText: 'Log' });
    t.equal(await button.getAttribute('aria-pressed'), 'false');
    await button.focus();
    await page.keyboard.press('Enter');
    await settle(page);
    t.equal(await button.getAttribute('aria-pressed'), 'true');
    t.strictSame(await seen(), ['canvas', 'svg.plot']);
    t.ok(((await page.evaluate(pixels('equity', BLUE))) as number) > 300, 'the line is drawn');
    await pointAt(page, 'equity', 0.999);
    const end = await readoutOf(page, 'equity');
    await button.click();
    t.strictSame(await seen(), ['svg.plot', 'svg.plot'], 'again: back to the drawing');
    await pointAt(page, 'equity', 0.999);
    t.strictSame(await readoutOf(page, 'equity'), end, 'the values are the same on both');
    t.strictSame(complaints, []);
    const long = await openReport(
      browser,
      folder,
      sampleInput({ returns: new Float64Array(200).fill(0.01) }),
    );
    const pressed = long.page.locator('#equity .tools button', { hasText: 'Log' });
    t.equal(
      await pressed.getAttribute('aria-pressed'),
      'true',
      'where the drawing is in ratios, it starts pressed',
    );
    const bankrupt = sampleInput({ returns: Float64Array.of(0.1, -1, 0, 0) });
    await long.load(bankrupt);
    t.equal(await pressed.count(), 0, 'no ratios where the equity reaches 0');
    t.strictSame(long.complaints, []);
    for (const each of [page, long.page]) await each.context().close();
  });

  await t.test(
    'a change of theme repaints, printing shows the drawings, a narrow page still fits',
    async (t) => {
      const { page, complaints } = await openReport(browser, folder, sampleInput({ bars: 700 }), {
        colorScheme: 'light',
      });
      await lookThrough(page);
      await dragOver(page, 'equity', 0.2, 0.7);
      const counts = async (): Promise<boolean[]> => {
        await settle(page);
        const blue = (await page.evaluate(pixels('equity', BLUE))) as number;
        return [blue > 300, ((await page.evaluate(pixels('equity', SKY))) as number) > 300];
      };
      t.strictSame(await counts(), [true, false], 'light');
      await page.emulateMedia({ colorScheme: 'dark' });
      t.strictSame(await counts(), [false, true], 'dark');
      await page.emulateMedia({ media: 'print' });
      t.strictSame(await page.evaluate(SEEN), everywhere('svg.plot'), 'zoomed on the screen, whole on paper');
      t.equal(
        await page.locator('.tools button').filter({ visible: true }).count(),
        0,
        'no buttons on paper',
      );
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 390, height: 800 });
      await settle(page);
      t.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
      const box = (await page.locator('#equity .u-over').boundingBox())!;
      t.strictSame(
        [Math.round(box.x), Math.round(box.width)],
        [18 + 40, 390 - 36 - 88],
        'the plot follows the drawing',
      );
      await pointAt(page, 'equity', 0.5);
      t.equal((await readoutOf(page, 'equity')).length, 3);
      t.strictSame(complaints, []);
      await page.context().close();
    },
  );

  await t.test('the files hold what the report holds', async (t) => {
    const input = sampleInput({ bars: 700 });
    const { result } = input;
    const { page, complaints } = await openReport(browser, folder, input);
    const daily = await saved(page, 'header', 'Daily');
    t.equal(daily.name, 'equal-weight-monthly-daily.csv');
    t.equal(daily.text, reportCsv(input), 'the daily series is the CSV report, byte for byte');

    const trades = (await saved(page, '#trades', 'CSV')).text.split('\n');
    t.strictSame(trades.slice(0, 2), [
      'date,symbol,quantity,price,value,cost',
      '2013-01-02,AAPL,-1,100.00,100.00,0.05',
    ]);
    t.equal(trades.length, result.trades!.count + 2, 'a head, every trade, an end');

    const equity = (await saved(page, '#equity', 'CSV')).text.trimEnd().split('\n');
    t.equal(equity[0], 'date,"Equal weight, monthly",S&P 500');
    t.equal(equity.length, 701);
    t.notOk(
      equity.slice(1).find((line, i) => Number(line.split(',')[1]) !== result.equityCurve[i + 1]! / 100),
      'equity of every bar',
    );
    const files = (await page.evaluate(SAVE_ALL)) as { panel: string; name: string; text: string }[];
    t.strictSame(
      new Set(files.map(({ panel }) => panel)),
      new Set(PANELS),
      'every panel with numbers has a file',
    );
    for (const { panel, name, text } of files) {
      t.equal(name, `equal-weight-monthly-${panel}.csv`);
      t.match(text, /^[a-z]+,.*\n(?:.+\n)+$/, panel);
    }
    const rolling = files.find(({ panel }) => panel === 'rolling-volatility')!.text.split('\n');
    t.match(rolling[1], /^2013-01-02,,$/, 'empty before the window is full');
    t.match(rolling[700], /^2015-09-08,0\.\d{5,8},0\.\d{5,8}$/);
    t.strictSame(complaints, []);
    await page.context().close();
  });

  await t.test('without JavaScript the page shows its drawings and no button', async (t) => {
    const { page, complaints } = await openReport(browser, folder, sampleInput({ bars: 700 }), {
      javaScriptEnabled: false,
    });
    const drawings = page.locator('svg.plot');
    for (let i = 0; i < (await drawings.count()); i++) t.ok(await drawings.nth(i).isVisible());
    t.ok((await drawings.count()) >= CHARTS.length);
    t.equal(await page.locator('button, canvas').count(), 0);
    t.strictSame(complaints, []);
    await page.context().close();
  });

  await t.test('one pointer and one zoom read every indicator, and its file holds all digits', async (t) => {
    const input = sampleIndicators({ bars: 300, names: ['sma', 'rsi'] });
    const { page, complaints } = await openHtml(browser, folder, indicatorsHtml(input));
    // The last close is 100 + ((7919 · 299) mod 101) / 10 = 100 + 38 / 10.
    await pointAt(page, 's0-price', 0.999);
    const price = await readoutOf(page, 's0-price');
    t.strictSame(price.slice(0, 2), ['2024-10-26', 'AAPL 103.800']);
    const [day, rsi] = await readoutOf(page, 's0-own-0');
    t.equal(day, '2024-10-26');
    t.match(rsi, /^rsi\(14\) \d\d\.\d+$/);
    await pointAt(page, 's0-own-0', 0.001);
    t.strictSame((await readoutOf(page, 's0-price')).slice(0, 1), ['Start']);
    await dragOver(page, 's0-own-0', 0.4, 0.6);
    await pointAt(page, 's0-price', 0.5);
    const shown = await page.evaluate(
      `[...document.querySelectorAll('.live canvas')].map((e) => getComputedStyle(e).visibility)`,
    );
    t.strictSame(shown, ['visible', 'visible'], 'zoomed in both');
    await page.keyboard.press('Escape');
    const { name, text } = await saved(page, '#s0-own-0', 'CSV');
    t.equal(name, 'aapl-s0-own-0.csv');
    const lines = text.trimEnd().split('\n');
    t.strictSame(lines.slice(0, 2), ['date,rsi(14)', '2024-01-01,']);
    t.equal(Number(lines[300]!.split(',')[1]), input.symbols[0]!.outputs[1]![0]![299]);
    t.strictSame(complaints, []);
    await page.context().close();
  });

  await browser.close();
}
