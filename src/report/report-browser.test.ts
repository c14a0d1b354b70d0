import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import t from 'tap';
import { CHROMIUM_FLAGS, CHROMIUM_HINT, chromiumPath } from '../testing/chromium.js';
import { MARKUP } from '../testing/hostile.js';
import { requireOrSkip } from '../testing/require.js';
import { sampleGarch } from '../testing/sample-garch.js';
import { sampleIndicators } from '../testing/sample-indicators.js';
import { withPanels } from '../testing/sample-panels.js';
import { sampleInput } from '../testing/sample-result.js';
import { garchHtml } from './garch/html.js';
import { reportHtml } from './html.js';
import { indicatorsHtml } from './indicators/html.js';
import type { ReportInput } from './types.js';

/** Measured in the page, where the compiler does not follow. */
const MEASURE = `(() => {
  const visible = (e) => { const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0 && getComputedStyle(e).display !== 'none'; };
  const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4); };
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const texts = [...document.body.querySelectorAll('*')].filter((e) => visible(e) && !e.closest('title,desc')
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== ''));
  let contrast = 99, faintest = '';
  for (const e of texts) {
    const style = getComputedStyle(e);
    const a = luminance(parse(e instanceof SVGElement ? style.fill : style.color)), b = luminance(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < contrast) { contrast = ratio; faintest = e.tagName + '.' + e.getAttribute('class') + ' ' + e.textContent; }
  }
  const overlaps = [];
  for (const svg of document.querySelectorAll('svg.plot')) {
    for (const kind of ['x', 'y', 'upright', 'end-label']) {
      const boxes = [...svg.querySelectorAll('text.' + kind)].filter(visible).map((e) => [e.getBoundingClientRect(), e.textContent]);
      for (let i = 0; i < boxes.length; i++) for (let j = 0; j < i; j++) {
        const [a, p] = boxes[i], [b, q] = boxes[j];
        const w = Math.min(a.right, b.right) - Math.max(a.left, b.left), h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (w > 0.5 && h > 4) overlaps.push(svg.id + ': ' + p + ' over ' + q);
      }
    }
  }
  return {
    width: document.documentElement.scrollWidth,
    ground: getComputedStyle(document.body).backgroundColor,
    contrast, faintest, overlaps,
    attack: typeof attack,
    panels: [...document.querySelectorAll('.panel')].map((e) => { const b = e.getBoundingClientRect(); return [e.id, b.width > 100 && b.height > 60]; }),
    charts: [...document.querySelectorAll('svg.plot')].map((svg) => [svg.id, [...svg.querySelectorAll('path:not(.dots,.stems),rect.bar')].every((p) => {
      const b = p.getBBox(); return (p.tagName === 'rect' || p.getTotalLength() > 50) && b.width > 0 && b.height > 0; }) && svg.querySelector('path,rect.bar') !== null]),
    outside: texts.filter((e) => !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => e.textContent),
    text: document.body.innerText,
  };
})()`;

interface Measured {
  width: number;
  ground: string;
  contrast: number;
  faintest: string;
  overlaps: string[];
  attack: string;
  panels: [string, boolean][];
  charts: [string, boolean][];
  outside: string[];
  text: string;
}

interface Look {
  readonly measured: Measured;
  /** Console messages, page errors and dialogs. */
  readonly complaints: string[];
  /** Addresses asked for, other than the page itself. */
  readonly requests: string[];
}

/** Opens the page from disk without a network and measures it. */
async function look(browser: Browser, url: string, options: BrowserContextOptions): Promise<Look> {
  const context = await browser.newContext({ ...options, offline: true });
  const complaints: string[] = [];
  const requests: string[] = [];
  await context.route('**/*', (route) => (route.request().url() === url ? route.continue() : route.abort()));
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  await page.goto(url);
  const measured = (await page.evaluate(MEASURE)) as Measured;
  await context.close();
  return { measured, complaints, requests };
}

/** An input that shows each hostile text in every place that shows text from outside. */
function hostileInput(): ReportInput {
  const text = MARKUP.join(' ');
  const input = withPanels(sampleInput({ bars: 300, symbols: MARKUP }));
  return {
    ...input,
    name: text,
    benchmark: { name: text, returns: input.benchmark!.returns },
    provenance: {
      command: text,
      files: [{ name: text, sha256: text }],
      version: text,
      node: text,
      notes: [...MARKUP],
    },
  };
}

const executablePath = chromiumPath();

if (requireOrSkip(t, 'Chromium', executablePath !== undefined, CHROMIUM_HINT)) {
  const browser = await chromium.launch({ executablePath: executablePath!, args: [...CHROMIUM_FLAGS] });
  const folder = t.testdir({});
  const save = (name: string, input: ReportInput): string => {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, reportHtml(input));
    return pathToFileURL(path).href;
  };
  const pages = {
    'ten years': save('ten', withPanels(sampleInput())),
    'thirty-two years': save('long', withPanels(sampleInput({ bars: 8300, seed: 3 }))),
    'twenty bars': save('short', withPanels(sampleInput({ bars: 20 }))),
  };
  const looks = [
    ['ten years', 'light', 1280],
    ['ten years', 'light', 390],
    ['ten years', 'dark', 1280],
    ['ten years', 'dark', 390],
    ['thirty-two years', 'light', 1280],
    ['thirty-two years', 'dark', 390],
    ['twenty bars', 'light', 800],
  ] as const;

  for (const [name, colorScheme, width] of looks) {
    await t.test(`the report of ${name} is whole, ${colorScheme}, ${width} px wide`, async (t) => {
      const { measured, complaints, requests } = await look(browser, pages[name], {
        colorScheme,
        viewport: { width, height: 900 },
      });
      t.strictSame(complaints, [], 'the console is silent');
      t.strictSame(requests, [], 'nothing is asked for');
      t.equal(measured.panels.length, 24);
      t.strictSame(
        measured.panels.filter(([, drawn]) => !drawn),
        [],
        'every panel has a size',
      );
      t.equal(measured.charts.length, 20);
      t.strictSame(
        measured.charts.filter(([, drawn]) => !drawn),
        [],
        'every chart has its lines or bars',
      );
      t.equal(measured.width, width, 'the page does not scroll sideways');
      t.strictSame(measured.outside, [], 'no text hangs over the edge');
      t.strictSame(measured.overlaps, [], 'no label of an axis covers another');
      t.ok(measured.contrast >= 4.5, `contrast ${measured.contrast.toFixed(2)} at ${measured.faintest}`);
      const brightness = measured.ground.match(/\d+/g)!.map(Number)[0]!;
      t.equal(brightness > 128, colorScheme === 'light', 'the ground follows the theme');
    });
  }

  await t.test('hostile names stay text: nothing runs, nothing loads, nothing is reordered', async (t) => {
    const { measured, complaints, requests } = await look(browser, save('hostile', hostileInput()), {
      viewport: { width: 390, height: 900 },
    });
    t.strictSame(complaints, []);
    t.strictSame(requests, []);
    t.equal(measured.attack, 'undefined', 'no script ran');
    t.equal(measured.panels.length, 24, 'no markup closed or opened a panel');
    t.equal(measured.width, 390);
    t.match(measured.text, '<script>attack=1</script>', 'the markup is readable as text');
    t.match(measured.text, '\\u202egnirts', 'direction overrides are shown as codes');
  });

  for (const [colorScheme, width, base] of [
    ['light', 1280, 100],
    ['dark', 390, 9000],
    ['light', 390, 500_000],
  ] as const) {
    await t.test(`indicators around ${base} are whole, ${colorScheme}, ${width} px wide`, async (t) => {
      const symbols = [MARKUP.join(' '), MARKUP[0]!];
      const html = indicatorsHtml(sampleIndicators({ bars: 300, base, symbols }));
      const path = join(folder, 'indicators.html');
      writeFileSync(path, html);
      const { measured, complaints, requests } = await look(browser, pathToFileURL(path).href, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      t.strictSame([complaints, requests, measured.attack], [[], [], 'undefined'], 'names stay text');
      t.strictSame(
        measured.panels.map(([id]) => id),
        ['s0-price', 's0-own-0', 's0-own-1', 's1-price', 's1-own-0', 's1-own-1', 'provenance'],
      );
      t.strictSame([measured.charts.length, measured.charts.filter(([, drawn]) => !drawn)], [6, []]);
      t.equal(measured.width, width, 'the page does not scroll sideways');
      t.strictSame(measured.outside, [], 'no text hangs over the edge');
      t.strictSame(measured.overlaps, [], 'no label of an axis covers another');
      t.ok(measured.contrast >= 4.5, `contrast ${measured.contrast.toFixed(2)} at ${measured.faintest}`);
    });
  }

  for (const [colorScheme, width, base] of [
    ['light', 1280, 100],
    ['dark', 390, 9000],
  ] as const) {
    await t.test(`volatility fits are whole, ${colorScheme}, ${width} px wide`, async (t) => {
      const symbols = [MARKUP.join(' '), MARKUP[0]!];
      const path = join(folder, 'garch.html');
      writeFileSync(path, garchHtml(sampleGarch({ base, symbols, asked: { dist: 't', mean: 'constant' } })));
      const { measured, complaints, requests } = await look(browser, pathToFileURL(path).href, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      t.strictSame([complaints, requests, measured.attack], [[], [], 'undefined'], 'names stay text');
      t.equal(measured.panels.length, 16, 'a table of all, seven panels a symbol, provenance');
      t.strictSame([measured.charts.length, measured.charts.filter(([, drawn]) => !drawn)], [10, []]);
      t.equal(measured.width, width, 'the page does not scroll sideways');
      t.strictSame(measured.outside, [], 'no text hangs over the edge');
      t.strictSame(measured.overlaps, [], 'no label of an axis covers another');
      t.ok(measured.contrast >= 4.5, `contrast ${measured.contrast.toFixed(2)} at ${measured.faintest}`);
    });
  }

  await browser.close();
}
