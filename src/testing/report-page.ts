/** The report's page open in a browser, for tests that use it as a person does. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { reportHtml } from '../report/html.js';
import type { ReportInput } from '../report/types.js';
import { CHROMIUM_FLAGS } from './chromium.js';

export async function startChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
}

/** An open page and everything it complained of. */
export interface OpenPage<Input = ReportInput> {
  readonly page: Page;
  /** Console messages, errors, dialogs, blocked content, and addresses asked for. */
  readonly complaints: string[];
  /** Loads another report into the same page. */
  load(input: Input): Promise<void>;
}

/** Opens a report from disk, without a network. */
export async function openReport(
  browser: Browser,
  folder: string,
  input: ReportInput,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const opened = await openHtml(browser, folder, reportHtml(input), options);
  return { ...opened, load: (other) => opened.load(reportHtml(other)) };
}

/** Opens any page of ours from disk, without a network. */
export async function openHtml(
  browser: Browser,
  folder: string,
  html: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage<string>> {
  const path = join(folder, 'report.html');
  const url = pathToFileURL(path).href;
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ viewport, ...options, offline: true });
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${String(error)}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('blob:'))
      complaints.push(`request: ${request.url()}`);
  });
  await page.exposeFunction('complain', (what: string) => complaints.push(what));
  await page.addInitScript(
    `addEventListener('securitypolicyviolation', (event) => complain('blocked: ' + event.violatedDirective + ' ' + event.blockedURI));`,
  );
  const load = async (other: string): Promise<void> => {
    writeFileSync(path, other);
    await page.goto(url);
    if (options.javaScriptEnabled !== false) await settle(page);
  };
  await load(html);
  return { page, complaints, load };
}

/** Scrolls over the whole page and back, so that every chart's plot is made. */
export async function lookThrough(page: Page): Promise<void> {
  const charts = page.locator('svg[data-scale]');
  for (let i = 0; i < (await charts.count()); i++) {
    await charts.nth(i).scrollIntoViewIfNeeded();
    await settle(page);
  }
  await page.evaluate('scrollTo(0, 0)');
  await settle(page);
}

/** Moves the pointer over a panel's chart, `x` from 0 (left end of the time axis) to 1. */
export async function pointAt(page: Page, panel: string, x: number): Promise<void> {
  const over = page.locator(`#${panel} .u-over`);
  await over.scrollIntoViewIfNeeded();
  const box = (await over.boundingBox())!;
  await page.mouse.move(box.x + box.width * x, box.y + box.height / 2);
  await settle(page);
}

/** Drags over a part of a panel's chart. */
export async function dragOver(page: Page, panel: string, from: number, to: number): Promise<void> {
  await pointAt(page, panel, from);
  await page.mouse.down();
  await pointAt(page, panel, (from + to) / 2);
  await pointAt(page, panel, to);
  await page.mouse.up();
  await settle(page);
}

/** Waits until what was asked for is drawn. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** The lines of a panel's readout; empty while it is hidden. */
export async function readoutOf(page: Page, panel: string): Promise<string[]> {
  return await page.evaluate(
    `[...document.querySelectorAll('#${panel} .readout:not([hidden]) > *')].map((row) => row.innerText.replace(/\\s+/g, ' ').trim())`,
  );
}

/** Presses a button of a panel and reads the file that it saves. */
export async function saved(
  page: Page,
  scope: string,
  button: string,
): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`${scope} .tools button`, { hasText: button }).click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}
