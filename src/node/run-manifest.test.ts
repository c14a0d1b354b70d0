import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { backtestWeights } from '../backtest/run.js';
import { createBridge, Engine } from '../bridge/index.js';
import { runManifest } from './run-manifest.js';

const PRICES =
  'Date,A,B\n2020-01-02,10.00,20.00\n2020-01-03,11.00,20.00\n2020-01-06,12.00,18.00\n2020-01-07,9.00,19.00\n';
const WEIGHTS = 'Date,A,B\n2020-01-02,0.5,0.5\n2020-01-06,1,0\n';

/** A folder with data, and the manifest in a folder below it. */
function layout(manifest: unknown): Record<string, string | Record<string, string>> {
  return { 'prices.csv': PRICES, 'weights.csv': WEIGHTS, runs: { 'run.json': JSON.stringify(manifest) } };
}

t.test('a manifest names data, weights, options and outputs from its own folder', async (t) => {
  const folder = t.testdir(
    layout({
      name: 'Two stocks',
      data: { files: '../prices.csv', from: '2020-01-02', to: '2020-01-07' },
      targets: { file: '../weights.csv' },
      options: { initialCash: 1_000_000, costBps: 10, stops: { fixedStopPct: 0.1 } },
      outputs: { json: 'out.json', csv: 'out.csv', html: 'out.html', diagnostics: 'calls.json' },
    }),
  );
  const path = join(folder, 'runs', 'run.json');
  const { result, written, diagnostics, sentences } = await runManifest(path);
  const N = Number.NaN;
  const prices = [
    [1000, 2000],
    [1100, 2000],
    [1200, 1800],
    [900, 1900],
  ];
  const weights = [
    [0.5, 0.5],
    [N, N],
    [1, 0],
    [N, N],
  ];
  const expected = backtestWeights(
    { prices, weights, symbols: ['A', 'B'] },
    { initialCash: 1_000_000, costBps: 10, stops: { fixedStopPct: 0.1 } },
  );
  t.equal(result.resultDigest, expected.resultDigest);
  t.equal(result.stopEvents.length, expected.stopEvents.length);
  t.ok(result.stopEvents.length > 0);
  const out = (name: string): string => join(folder, 'runs', name);
  t.strictSame(written, ['out.json', 'out.csv', 'out.html', 'calls.json'].map(out));
  const json = readFileSync(out('out.json'), 'utf8');
  t.match(json, 'Two stocks');
  for (const text of [PRICES, WEIGHTS, readFileSync(path, 'utf8')]) {
    t.match(json, createHash('sha256').update(text).digest('hex'), 'the digest of each file that was read');
  }
  t.equal(readFileSync(out('out.csv'), 'utf8').trim().split('\n').length, 5);
  t.match(readFileSync(out('out.html'), 'utf8'), /<\/html>/);
  t.strictSame(JSON.parse(readFileSync(out('calls.json'), 'utf8')).calls, diagnostics);
  t.strictSame(
    diagnostics.map(({ call, path }) => [call, path]),
    [['backtest', 'kernels']],
  );
  t.ok(sentences.length > 0);
});

t.test('a rule takes its options and the engine its switches', async (t) => {
  const path = join(
    t.testdir(
      layout({
        data: { files: ['../prices.csv'], symbols: ['B', 'A'], priceScale: 1000 },
        targets: { rule: 'equal', rebalance: { every: 2 } },
        options: { initialCash: 1_000_000, stops: { fixedStopPct: 0.1 } },
        engine: { simulateStops: false },
      }),
    ),
    'runs',
    'run.json',
  );
  const engine = new Engine(createBridge({ mode: 'off' }));
  const { result, written, diagnostics } = await runManifest(path, engine);
  t.strictSame([result.symbols, result.pathUsed, result.config.lag], [['B', 'A'], 'reference', 1]);
  t.strictSame([result.config.priceScale, 'stops' in result.config, written], [1000, false, []]);
  t.strictSame([diagnostics.length, (await runManifest(path, engine)).diagnostics[0]!.number], [1, 2]);
});

t.test('a manifest that is wrong is an error with file, field and fix, and nothing is written', async (t) => {
  const good = {
    data: { files: '../prices.csv' },
    targets: { rule: 'equal' },
    options: { initialCash: 1_000_000 },
    outputs: { json: 'out.json' },
  };
  const wrong: [manifest: unknown, field: RegExp][] = [
    ['{"data":', /run\.json: manifest$/],
    [[], /run\.json: manifest$/],
    [{ ...good, extra: 1 }, /: manifest\.extra$/],
    [{ ...good, name: 5 }, /: name$/],
    [{ ...good, data: {} }, /: data\.files$/],
    [{ ...good, data: { files: [] } }, /: data\.files$/],
    [{ ...good, data: { files: ['a', ''] } }, /: data\.files\[1\]$/],
    [{ ...good, data: { files: '../prices.csv', form: '2020-01-01' } }, /: data\.form$/],
    [{ ...good, data: { files: '../prices.csv', from: '1.2.2020' } }, /: data\.from$/],
    [{ ...good, targets: undefined }, /: targets$/],
    [{ ...good, targets: { rule: 'equal', file: 'w.csv' } }, /: targets$/],
    [{ ...good, targets: { file: 5 } }, /: targets\.file$/],
    [{ ...good, targets: { file: 'w.csv', lag: 1 } }, /: targets\.lag$/],
    [{ ...good, options: undefined }, /: options$/],
    [{ ...good, engine: { kernels: true } }, /: engine\.kernels$/],
    [{ ...good, outputs: { pdf: 'x' } }, /: outputs\.pdf$/],
    [{ ...good, outputs: { json: '' } }, /: outputs\.json$/],
    [{ ...good, outputs: { json: 'a', csv: './a' } }, /: outputs\.csv$/],
    [{ ...good, outputs: { json: '../prices.csv' } }, /: outputs\.json$/],
    [{ ...good, outputs: { json: 'run.json' } }, /: outputs\.json$/],
  ];
  const folder = t.testdir(layout(good));
  const path = join(folder, 'runs', 'run.json');
  for (const [manifest, field] of wrong) {
    writeFileSync(path, typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
    await t.rejects(
      runManifest(path),
      { code: 'CONFIG', place: { file: path }, detail: { field } },
      String(field),
    );
  }
  const later: [manifest: unknown, code: string][] = [
    [{ ...good, data: { files: 'none.csv' } }, 'DATA_SOURCE'],
    [{ ...good, targets: { file: 'none.csv' } }, 'DATA_SOURCE'],
    [{ ...good, targets: { rule: 'equl' } }, 'VALIDATION'],
    [{ ...good, options: { initialCash: -1 } }, 'VALIDATION'],
    [{ ...good, outputs: { json: 'no/such/folder.json' } }, 'STORAGE'],
  ];
  for (const [manifest, code] of later) {
    writeFileSync(path, JSON.stringify(manifest));
    await t.rejects(runManifest(path), { code });
  }
  t.notOk(existsSync(join(folder, 'runs', 'out.json')));
  t.equal(readFileSync(join(folder, 'prices.csv'), 'utf8'), PRICES);
});
