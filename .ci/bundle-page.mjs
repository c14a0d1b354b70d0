// Bundles the script of the report's page (src/report/page) with its style into src/report/page-script.generated.ts,
// before the compiler runs. The same sources give the same file; it is written only when it changes.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'src', 'report', 'page');
const target = join(root, 'src', 'report', 'page-script.generated.ts');

/** uPlot's licence asks for its notice in every copy. */
function notice() {
  const package_ = createRequire(import.meta.url).resolve('uplot/package.json');
  const { version } = JSON.parse(readFileSync(package_, 'utf8'));
  const licence = readFileSync(join(dirname(package_), 'LICENSE'), 'utf8')
    .replaceAll('\r', '')
    .trim();
  return `/*! uPlot ${version}\n${licence} */`;
}

async function bundle(entry, options) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(folder, entry)],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
  });
  const text = outputFiles[0].text.trim();
  if (/<\/?script|<\/style|<!--|https?:|[^\n\x20-\x7e]/i.test(text))
    throw new Error(`${entry}: holds what does not belong in a page`);
  return text;
}

const script = `${notice()}\n${await bundle('main.ts', { format: 'iife', target: 'es2020' })}`;
const style = await bundle('page.css', { target: ['chrome100', 'firefox100', 'safari15'] });
const hash = createHash('sha256').update(script, 'utf8').digest('base64');
const text = `/** Made by .ci/bundle-page.mjs from src/report/page. Do not edit. */

/** The script of the report's page, with the licence of uPlot. */
export const PAGE_SCRIPT: string = ${JSON.stringify(script)};

/** SHA-256 of the script in base64, for the content policy. */
export const PAGE_SCRIPT_HASH: string = '${hash}';

/** The style that the script's elements need. */
export const PAGE_STYLE: string = ${JSON.stringify(style)};
`;
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
