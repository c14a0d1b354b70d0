/** The core runs in a browser: bundled by esbuild, started in headless Chromium, same digests as in Node. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import t from 'tap';
import { withoutHooks } from './testing/child.js';
import { CHROMIUM_ARGS, CHROMIUM_HINT, findChromium } from './testing/chromium.js';
import { goldenRun } from './testing/golden-run.js';
import { ROOT } from './testing/repository.js';
import { requireOrSkip } from './testing/require.js';

const DIST = join(ROOT, 'dist', 'src');
/** Bytes of the whole core, minified and gzipped. A budget: raise it with a reason, not by habit. */
const BUNDLE_LIMIT = 60_000;

/** Bundles `code` for a browser; what it imports from Node, if anything, comes back by name. */
async function bundle(code: string): Promise<{ text: string; nodeImports: string[] }> {
  const nodeImports: string[] = [];
  const result = await withoutHooks(() =>
    build({
      stdin: { contents: code, resolveDir: DIST },
      bundle: true,
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      minify: true,
      write: false,
      logLevel: 'silent',
      plugins: [
        {
          name: 'name-node-imports',
          setup(pluginBuild) {
            pluginBuild.onResolve({ filter: /^node:/ }, ({ path, importer }) => {
              nodeImports.push(`${importer} imports ${path}`);
              return { path, external: true };
            });
          },
        },
      ],
    }),
  );
  return { text: result.outputFiles[0]!.text, nodeImports };
}

t.test('the core bundles for a browser without anything of Node', async (t) => {
  const { text, nodeImports } = await bundle(
    `export * from './index.js'; export * as compat from './compat.js';`,
  );
  t.strictSame(nodeImports, [], 'no node: import: move it to src/node');
  const packed = await bundle(`import * as core from './index.js'; globalThis.core = core;`);
  const size = gzipSync(packed.text).length;
  t.comment(`core bundle: ${packed.text.length} bytes minified, ${size} gzipped`);
  t.ok(size < BUNDLE_LIMIT, `the gzipped core has ${size} bytes, under ${BUNDLE_LIMIT}`);
  t.ok(text.length > 0);
});

t.test('a backtest in Chromium gives the digests of Node', async (t) => {
  const program = findChromium();
  if (!requireOrSkip(t, 'Chromium', program !== undefined, CHROMIUM_HINT)) return;
  const { text } = await bundle(
    `import { goldenRun } from './testing/golden-run.js'; globalThis.golden = JSON.stringify(goldenRun());`,
  );
  const browser = await withoutHooks(() =>
    chromium.launch({ executablePath: program!, args: [...CHROMIUM_ARGS], headless: true }),
  );
  try {
    const context = await browser.newContext({
      offline: true,
      timezoneId: 'Asia/Kathmandu',
      locale: 'tr-TR',
    });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => problems.push(message.text()));
    await page.addScriptTag({ content: text });
    const golden: unknown = JSON.parse(await page.evaluate('globalThis.golden'));
    t.strictSame(problems, [], 'no errors and nothing on the console');
    t.strictSame(golden, JSON.parse(JSON.stringify(goldenRun())), 'same digests and figures as here');
  } finally {
    await browser.close();
  }
});
