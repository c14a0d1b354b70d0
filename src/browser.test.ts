/** The core runs in a browser: bundled by esbuild, started in headless Chromium, same digests as in Node. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import t from 'tap';
import { withoutHooks } from './testing/child.js';
import { CHROMIUM_FLAGS, CHROMIUM_HINT, chromiumPath } from './testing/chromium.js';
import { goldenRun } from './testing/golden-run.js';
import { ROOT } from './testing/repository.js';
import { requireOrSkip } from './testing/require.js';

const DIST = join(ROOT, 'dist', 'src');
/**
 * Bytes, minified and gzipped, of all of the core and of one function. Raise them with a reason, not by habit: the core
 * has the report page's own script with its charting library in it, 33 kB, the exchange, 36 kB, indicators, statistics
 * and validation, 60 kB, optimizers with ml-matrix, 45 kB, and GARCH, 15 kB. A backtest brings its stops along, 3 kB.
 */
const CORE_LIMIT = 340_000;
const ONE_FUNCTION_LIMIT = 33_000;

/** Whether a package says itself that a browser does without this module of Node; the bundler then leaves it out. */
function leavesOut(importer: string, module: string): boolean {
  const [folder] = /^.*node_modules\/[^/]+\//.exec(importer) ?? [];
  if (folder === undefined) return false;
  const { browser } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
    browser?: Record<string, unknown>;
  };
  return browser?.[module] === false;
}

/** Bundles `code` for a browser; what it or its packages import from Node, if anything, comes back by name. */
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
            pluginBuild.onResolve(
              { filter: new RegExp(`^node:|^(${builtinModules.join('|')})$`) },
              (found) => {
                if (leavesOut(found.importer, found.path)) return undefined;
                nodeImports.push(`${relative(ROOT, found.importer)} imports ${found.path}`);
                return { path: found.path, external: true };
              },
            );
          },
        },
      ],
    }),
  );
  return { text: result.outputFiles[0]!.text, nodeImports };
}

t.test(
  'the core bundles for a browser without anything of Node, and only what is used stays in',
  async (t) => {
    const all = await bundle(
      `import * as core from './index.js'; globalThis.core = core; import './compat.js';`,
    );
    t.strictSame(all.nodeImports, [], 'move the code to src/node, or take a package that runs in a browser');
    const one = await bundle(
      `import { backtestWeights } from './index.js'; globalThis.run = backtestWeights;`,
    );
    const sizes = [all, one].map(({ text }) => gzipSync(text).length);
    t.comment(`gzipped: ${sizes[0]} bytes of core, ${sizes[1]} of backtestWeights alone`);
    t.ok(sizes[0]! < CORE_LIMIT, `the core has ${sizes[0]} bytes, under ${CORE_LIMIT}`);
    t.ok(
      sizes[1]! < ONE_FUNCTION_LIMIT,
      `backtestWeights has ${sizes[1]} bytes, under ${ONE_FUNCTION_LIMIT}`,
    );
  },
);

t.test('a backtest in Chromium gives the digests of Node', async (t) => {
  const program = chromiumPath();
  if (!requireOrSkip(t, 'Chromium', program !== undefined, CHROMIUM_HINT)) return;
  const { text } = await bundle(
    `import { goldenRun } from './testing/golden-run.js'; globalThis.golden = JSON.stringify(goldenRun());`,
  );
  const browser = await withoutHooks(() =>
    chromium.launch({ executablePath: program!, args: [...CHROMIUM_FLAGS], headless: true }),
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
