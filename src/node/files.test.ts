import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { type NbError, ValidationError } from '../errors.js';
import { runNode, withoutHooks } from '../testing/child.js';
import { errorOf } from '../testing/error-of.js';
import { readTextFile, writeFileAtomic } from './files.js';

const MODULE = JSON.stringify(new URL('./files.js', import.meta.url).href);

t.test('text is read from UTF-8, UTF-16 with a mark, and gzip of either', async (t) => {
  const dir = t.testdir();
  const text = 'Date,Ä€🙂\ufffd\n2020-01-02,1\n';
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  const forms: Record<string, Buffer> = {
    plain: Buffer.from(text),
    marked: Buffer.from(`\ufeff${text}`),
    little: utf16,
    big: Buffer.from(utf16).swap16(),
    zipped: gzipSync(text),
    'zipped-little': gzipSync(utf16),
    'zipped-twice-appended': Buffer.concat([gzipSync(text.slice(0, 6)), gzipSync(text.slice(6))]),
  };
  for (const [name, bytes] of Object.entries(forms)) {
    fs.writeFileSync(join(dir, name), bytes);
    t.equal(readTextFile(join(dir, name)), text, name);
  }
  fs.writeFileSync(join(dir, 'empty'), '');
  t.equal(readTextFile(join(dir, 'empty')), '');
});

t.test('a file that is no text is refused with path, reason and fix', async (t) => {
  const dir = t.testdir({ folder: {} });
  const path = join(dir, 'x');
  const cases: readonly (readonly [Buffer, RegExp])[] = [
    [
      Buffer.from('Date,\xc4\n', 'latin1'),
      /must be UTF-8 text, but byte 0xc4 at offset 5 is not. Fix: save the file as UTF-8$/,
    ],
    [Buffer.from('\ufeff€\ufffd,\xff', 'utf8').subarray(0, -1), /byte 0xc3 at offset 10/],
    [Buffer.concat([Buffer.from('a\ufffdb\ufffd'), Buffer.of(0xed, 0xa0, 0x80)]), /byte 0xed at offset 8/],
    [Buffer.of(0xff, 0xfe, 0x41), /UTF-16 text ends in half a character/],
    [gzipSync('Date,A\n'.repeat(1000)).subarray(0, 30), /gzip data is damaged or cut short/],
    [Buffer.from('PAR1....'), /is a Parquet file. Fix: convert it to CSV/],
    [Buffer.from('PK\u0003\u0004....'), /is a zip or Excel file/],
    [Buffer.of(0x28, 0xb5, 0x2f, 0xfd, 0), /is a zstd file/],
  ];
  for (const [bytes, message] of cases) {
    fs.writeFileSync(path, bytes);
    const error = errorOf(() => readTextFile(path));
    t.equal(error.name, 'DataError');
    t.equal(error.exitCode, 2);
    t.match(error.message, message);
    t.ok(error.message.startsWith(`${path}: `), 'names the file');
  }
  t.match(
    errorOf(() => readTextFile(join(dir, 'none.csv'))),
    {
      name: 'DataSourceError',
      code: 'DATA_SOURCE',
      message: `${join(dir, 'none.csv')}: cannot be read: no such file. Fix: check the path; it counts from the current folder`,
      cause: { code: 'ENOENT' },
    },
  );
  t.match(errorOf(() => readTextFile(join(dir, 'folder'))).message, /this is a folder/);
  t.match(errorOf(() => readTextFile(join(path, 'y'))).message, /a file, not a folder/);
  t.equal(errorOf(() => readTextFile('a\0b')).name, 'DataSourceError');
  for (const wrong of ['', undefined, 7]) t.throws(() => readTextFile(wrong as string), ValidationError);
});

t.test('unpacking stops at the limit, so a small file cannot fill the memory', async (t) => {
  const path = join(t.testdir(), 'bomb.gz');
  fs.writeFileSync(path, gzipSync(Buffer.alloc(50_000_000, 48)));
  t.ok(fs.statSync(path).size < 60_000);
  const error = errorOf(() => readTextFile(path, { maxBytes: 1_000_000 }));
  t.match(error.message, /must be at most 1000000 bytes of text. Fix: split the file/);
  fs.writeFileSync(path, 'abcd');
  t.equal(readTextFile(path, { maxBytes: 4 }), 'abcd');
  t.match(errorOf(() => readTextFile(path, { maxBytes: 3 })).message, /at most 3 bytes/);
  t.throws(() => readTextFile(path, { maxBytes: 0 }), ValidationError);
});

t.test('writing replaces the content, keeps permissions and links, and leaves nothing else', async (t) => {
  const dir = t.testdir();
  const path = join(dir, 'out.html');
  writeFileAtomic(path, 'one ü');
  t.equal(fs.readFileSync(path, 'utf8'), 'one ü');
  fs.chmodSync(path, 0o640);
  writeFileAtomic(path, Buffer.from('two'));
  t.equal(fs.readFileSync(path, 'utf8'), 'two');
  if (process.platform !== 'win32') {
    t.equal(fs.statSync(path).mode & 0o777, 0o640);
    fs.symlinkSync(path, join(dir, 'link'));
    writeFileAtomic(join(dir, 'link'), 'three');
    t.ok(fs.lstatSync(join(dir, 'link')).isSymbolicLink());
    t.equal(fs.readFileSync(path, 'utf8'), 'three');
    fs.unlinkSync(join(dir, 'link'));
    writeFileAtomic('/dev/null', 'x');
    t.ok(fs.statSync('/dev/null').isCharacterDevice(), 'a device is written to, not replaced');
  }
  t.same(fs.readdirSync(dir), ['out.html']);
});

t.test('a write that fails says why, keeps the old content and removes the temporary file', async (t) => {
  const dir = t.testdir({ 'out.csv': 'old', folder: {} });
  const path = join(dir, 'out.csv');
  const steps = ['openSync', 'writeFileSync', 'fsyncSync', 'closeSync', 'renameSync'] as const;
  for (const step of steps) {
    const original = fs[step] as (...args: unknown[]) => unknown;
    const broken = (...args: unknown[]): unknown => {
      if (step === 'closeSync') original(...args);
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    Object.assign(fs, { [step]: broken });
    syncBuiltinESMExports();
    let error: NbError;
    try {
      error = errorOf(() => writeFileAtomic(path, 'new'));
    } finally {
      Object.assign(fs, { [step]: original });
      syncBuiltinESMExports();
    }
    t.match(
      error,
      {
        name: 'ResourceLimitError',
        exitCode: 4,
        message: `${path}: cannot be written: the disk is full. Fix: free some space, or write elsewhere`,
        cause: { code: 'ENOSPC' },
      },
      step,
    );
    t.equal(fs.readFileSync(path, 'utf8'), 'old', step);
    t.same(fs.readdirSync(dir).sort(), ['folder', 'out.csv'], step);
  }
  t.match(
    errorOf(() => writeFileAtomic(join(dir, 'none', 'x'), 'new')).message,
    /the folder does not exist. Fix: make the folder first/,
  );
  t.match(errorOf(() => writeFileAtomic(join(dir, 'folder'), 'new')).message, /this is a folder/);
  t.match(errorOf(() => writeFileAtomic(join(path, 'x'), 'new')).message, /a file, not a folder/);
  if (fs.existsSync('/dev/full'))
    t.match(errorOf(() => writeFileAtomic('/dev/full', 'x')).message, /the disk is full/);
  t.throws(() => writeFileAtomic('', 'x'), ValidationError);
});

t.test('a process killed at any step leaves the old content or all of the new one', async (t) => {
  const dir = t.testdir({ out: 'old' });
  const path = join(dir, 'out');
  for (const step of ['writeFileSync', 'fsyncSync', 'renameSync']) {
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { writeFileAtomic } = await import(${MODULE});
      const original = fs.writeFileSync;
      fs.${step} = (file, data) => {
        if (${step === 'writeFileSync'}) original(file, data.slice(0, data.length / 2));
        process.kill(process.pid, 'SIGKILL');
      };
      syncBuiltinESMExports();
      writeFileAtomic(${JSON.stringify(path)}, 'new'.repeat(100000));`;
    const child = await runNode(['--input-type=module', '-e', script]);
    t.equal(child.signal, 'SIGKILL', `killed in ${step}`);
    t.equal(fs.readFileSync(path, 'utf8'), 'old', step);
  }
  const letters = ['a', 'b'].map((letter) => letter.repeat(2_000_000));
  const loop = `
    const { writeFileAtomic } = await import(${MODULE});
    for (let k = 0; ; k++) {
      writeFileAtomic(${JSON.stringify(path)}, 'ab'[k % 2].repeat(2000000));
      if (k === 0) console.log('ready');
    }`;
  for (let round = 0; round < 4; round++) {
    const child = withoutHooks(() => spawn(process.execPath, ['--input-type=module', '-e', loop]));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await new Promise((resolve) => setTimeout(resolve, 7 * round + 3));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    t.ok(letters.includes(fs.readFileSync(path, 'utf8')), `whole after kill ${round}`);
  }
});
