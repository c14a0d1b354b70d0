import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { runChild } from './testing/child.js';
import { projectFiles, ROOT } from './testing/repository.js';

const pages = projectFiles().filter((path) => path.endsWith('.md'));

t.test('every example shown in the docs is the file it names, and that file runs', async (t) => {
  const seen = new Set<string>();
  for (const page of pages) {
    const text = readFileSync(join(ROOT, page), 'utf8');
    for (const [, path, code] of text.matchAll(/<!-- example: (\S+) -->\n```(?:ts|html)\n([\s\S]*?)```/g)) {
      t.equal(code, readFileSync(join(ROOT, path!), 'utf8'), `${page} shows ${path}`);
      seen.add(path!);
    }
  }
  const examples = projectFiles().filter((path) => /^docs\/examples\/.*\.(?:ts|html)$/.test(path));
  t.same([...seen].sort(), examples, 'every example is shown somewhere');
  const cwd = t.testdir({});
  // Those for a browser run in src/docs-browser.test.ts.
  for (const path of examples.filter((name) => !name.startsWith('docs/examples/browser/'))) {
    const built = join(ROOT, 'dist', path.replace(/\.ts$/, '.js'));
    const { status, stderr, stdout } = await runChild(process.execPath, [built], { cwd });
    t.equal(status, 0, stderr);
    t.not(stdout, '', `${path} prints something`);
  }
});

t.test('every link between the docs leads to a file', async (t) => {
  for (const page of pages) {
    const folder = join(ROOT, page, '..');
    for (const [, target] of readFileSync(join(ROOT, page), 'utf8').matchAll(
      /\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g,
    )) {
      t.doesNotThrow(() => readFileSync(join(folder, target!)), `${page}: ${target}`);
    }
  }
});
