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

/** The anchors of a page: its headings as they are addressed. */
function anchorsOf(markdown: string): Set<string> {
  const headings = markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm);
  const slug = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(' ', '-')
      .replace(/[^\p{L}\p{N}_-]/gu, '');
  return new Set([...headings].map(([, text]) => slug(text!)));
}

t.test('every link between the docs leads to a file, and to a heading of it', async (t) => {
  for (const page of pages) {
    const folder = join(ROOT, page, '..');
    const links = readFileSync(join(ROOT, page), 'utf8').matchAll(
      /\]\((?!https?:|#)([^)#]+)(?:#([^)]*))?\)/g,
    );
    for (const [, target, anchor] of links) {
      let text = '';
      t.doesNotThrow(() => (text = readFileSync(join(folder, target!), 'utf8')), `${page}: ${target}`);
      if (anchor !== undefined) t.ok(anchorsOf(text).has(anchor), `${page}: ${target}#${anchor}`);
    }
  }
  t.strictSame([...anchorsOf('# A `b` c\n```\n# no\n```\n## 1. Two, three')], ['a-b-c', '1-two-three']);
});
