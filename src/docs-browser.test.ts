/** The page of docs/guide/6-in-the-browser.md in headless Chromium: a file in, the tear sheet in a sandboxed frame. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import t from 'tap';
import { withoutHooks } from './testing/child.js';
import { runInside } from './testing/cli-inside.js';
import { CHROMIUM_FLAGS, CHROMIUM_HINT, chromiumPath } from './testing/chromium.js';
import { ROOT } from './testing/repository.js';
import { requireOrSkip } from './testing/require.js';

const FOLDER = join(ROOT, 'docs', 'examples', 'browser');
const SITE = 'http://localhost/';
const DEMO_PATH = join(ROOT, 'fixtures/market/demo/stocks-2013-2022.csv.gz');
const DEMO = readFileSync(DEMO_PATH);

/** The command of the guide. */
async function bundledPage(): Promise<string> {
  const result = await withoutHooks(() =>
    build({
      entryPoints: [join(FOLDER, 'page.ts')],
      bundle: true,
      format: 'esm',
      minify: true,
      write: false,
      logLevel: 'silent',
    }),
  );
  return result.outputFiles[0]!.text;
}

/** Opens the page without a network: its two files come from here, and nothing else may be asked for. */
async function openPage(browser: Browser, complaints: string[]): Promise<Page> {
  const script = await bundledPage();
  const context = await browser.newContext({ acceptDownloads: true });
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === SITE) await route.fulfill({ contentType: 'text/html', path: join(FOLDER, 'index.html') });
    else if (url === `${SITE}page.js`) await route.fulfill({ contentType: 'text/javascript', body: script });
    else if (url === `${SITE}favicon.ico`) await route.fulfill({ status: 204 });
    else {
      complaints.push(`asked for ${url}`);
      await route.abort();
    }
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(SITE);
  return page;
}

t.test('the page of the guide shows the tear sheet of a file that somebody picks', async (t) => {
  const program = chromiumPath();
  if (!requireOrSkip(t, 'Chromium', program !== undefined, CHROMIUM_HINT)) return;
  const browser = await withoutHooks(() =>
    chromium.launch({ executablePath: program!, args: [...CHROMIUM_FLAGS], headless: true }),
  );
  const complaints: string[] = [];
  try {
    const page = await openPage(browser, complaints);
    const pick = async (name: string, buffer: Buffer): Promise<string> => {
      await page.evaluate(`document.querySelector('#status').textContent = ''`);
      await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer });
      const status = page.locator('#status', { hasNotText: /^$|Reading/ });
      return (await status.textContent())!;
    };
    const report = page.frameLocator('#report');

    t.equal(await pick('ten years.csv.gz', DEMO), 'Done.', 'a gzip file');
    await report.locator('h1', { hasText: 'ten years.csv.gz' }).waitFor();
    t.ok((await report.locator('.panel').count()) > 15, 'it has its panels');
    const alone = { env: { XDG_CONFIG_HOME: t.testdir({}) } };
    const words = [DEMO_PATH, '--cost-bps', '10', '--missing-price', 'mark-last', '--json'];
    const here = JSON.parse((await runInside(words, alone)).stdout) as { digests: { result: string } };
    t.match(
      await report.locator('#provenance').innerText(),
      here.digests.result,
      'the result of the command',
    );

    const lines = gunzipSync(DEMO).toString('utf8').split('\n').slice(0, 300);
    t.equal(await pick('one.csv', Buffer.from(lines.join('\n'))), 'Done.', 'a plain file after it');
    await report.locator('h1', { hasText: 'one.csv' }).waitFor();
    t.match(await report.locator('header').innerText(), /299 bars/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      report.locator('button', { hasText: 'Daily series, CSV' }).click(),
    ]);
    const saved = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    t.equal(saved.length, 300, 'the frame may save its series: a header and 299 days');

    const said = await pick('<img src=x onerror=alert(1)>.csv', Buffer.from('Date,A\n2020-01-02,x\n'));
    t.match(said, /<img src=x onerror=alert\(1\)>\.csv, line 2/, 'an error is text, whatever the name');
    t.equal(await page.locator('img').count(), 0);
    t.strictSame(complaints, [], 'no error, nothing on the console, nothing loaded');
  } finally {
    await browser.close();
  }
});
