import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { readTextFile } from '../node/files.js';
import { runChild } from '../testing/child.js';
import { runInside } from '../testing/cli-inside.js';
import { ROOT } from '../testing/repository.js';
import { COMMANDS, commandNamed } from './commands.js';
import { commandHelp, mainHelp } from './help.js';
import { OPTION_GROUPS, optionsOf } from './options/index.js';
import { readValue } from './values.js';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'nb-help-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
process.env.XDG_CONFIG_HOME = join(folder, 'none');

/** The files that the examples name, made from the bundled prices: two years of four stocks. */
function writeExampleFiles(): void {
  const demo = readTextFile(join(ROOT, 'fixtures/market/demo/stocks-2013-2022.csv.gz')).trim().split('\n');
  const rows = demo.slice(0, 505).map((line) => line.split(','));
  const file = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  file(
    'prices.csv',
    rows.map((cells) => cells.slice(0, 5).join(',')),
  );
  const [header, ...days] = rows;
  const symbols = header!.slice(1, 5);
  file('weights.csv', [
    `date,${symbols.join(',')}`,
    ...days.filter((_, i) => i % 63 === 0).map(([date]) => `${date},0.25,0.25,0.25,0.25`),
  ]);
  file('ohlc.csv', ['Date,Open,High,Low,Close', ...days.map(([d, , p]) => `${d},${p},${p},${p},${p}`)]);
  file('SPY.csv', ['Date,SPY', ...days.map(([date, price]) => `${date},${price}`)]);
  file('momentum.mjs', [
    'export const params = { lookback: 20 };',
    'export default (bar, prices, portfolio, { lookback }) =>',
    '  bar < lookback ? null : { [prices.symbols[0]]: prices.close(0) > prices.close(0, lookback) ? 1 : 0 };',
  ]);
  file('events.jsonl', [
    '{"type":"SubmitLimit","side":"SELL","price":10100,"quantity":100,"time_in_force":"GTC"}',
    '{"type":"SubmitMarket","side":"BUY","quantity":20}',
  ]);
}

t.test('every example of every help runs as it is written', async (t) => {
  writeExampleFiles();
  const bin = join(folder, 'nb-backtest');
  writeFileSync(bin, `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync(bin, 0o755);
  // Those of one command follow each other: a later one may read what an earlier one wrote.
  const queue = COMMANDS.map(({ examples }) => examples.map(([line]) => line));
  const worker = async (): Promise<void> => {
    for (let lines = queue.shift(); lines !== undefined; lines = queue.shift()) {
      for (const line of lines) {
        const { status, stdout, stderr } = await runChild('/bin/sh', ['-c', line], {
          cwd: folder,
          env: { PATH: `${folder}:${process.env.PATH}` },
        });
        t.equal(status, 0, `${line}: ${stderr}`);
        if (!line.includes('>')) t.not(stdout, '', `${line} prints something`);
      }
    }
  };
  await Promise.all([worker(), worker()]);
});

t.test('help leads with examples, at least two for each command, and names every option', async (t) => {
  const main = mainHelp();
  for (const [words, page] of [
    ['--help', main],
    ['help', main],
    ['run --help', commandHelp(commandNamed('run')!)],
    ['help config', commandHelp(commandNamed('config')!)],
    ['help book replay', commandHelp(commandNamed('book')!)],
    ['prices.csv -h', commandHelp(commandNamed('run')!)],
  ] as const) {
    const { status, stdout } = await runChild(process.execPath, [MAIN, ...words.split(' ')]);
    t.equal(status, 0);
    t.equal(stdout, page, words);
  }
  for (const command of COMMANDS) {
    t.ok(command.examples.length >= 2, `${command.name} has examples`);
    const page = commandHelp(command);
    t.ok(page.indexOf('Examples') < page.indexOf('Usage'));
    for (const option of optionsOf(command.options)) t.match(page, `--${option.name}`);
    t.match(main, command.usage[0]!);
  }
  for (const option of optionsOf('run')) t.match(main, `--${option.name}`);
  for (const line of main.split('\n')) t.ok(line.length <= 110, line);
  for (const code of [0, 1, 2, 3, 4, 5, 130, 143, 255]) t.match(main, new RegExp(`\\b${code}\\b`));
});

t.test('the table of options is sound', async (t) => {
  const options = OPTION_GROUPS.flatMap((group) => group.options);
  t.equal(new Set(options.map(({ name }) => name)).size, options.length, 'no name twice');
  const fields = options.flatMap(({ library = [] }) => library);
  t.equal(new Set(fields).size, fields.length, 'no library field means two options');
  for (const option of options) {
    const { kind } = option;
    t.match(option.name, /^[a-z]+\d*(-[a-z]+)*$/);
    const alone = kind.type === 'switch' || (kind.type === 'parameters' && kind.example === '');
    t.equal(option.value === '', alone, `${option.name} has a placeholder or stands alone`);
    if (option.default !== undefined) {
      t.doesNotThrow(() => readValue(option, option.default!, option.name), `default of ${option.name}`);
    }
  }
});

t.test('help for programs is JSON with every command and option', async (t) => {
  const { stdout } = await runInside('help --json');
  const { commands, options } = JSON.parse(stdout);
  t.same(
    commands.map(({ name }: { name: string }) => name),
    COMMANDS.map(({ name }) => name),
  );
  t.match(
    options.find(({ name }: { name: string }) => name === 'fill'),
    { type: 'choice', default: 'close', choices: ['close', 'next-open', 'next-typical'] },
  );
});

t.test('a word that is nearly a command is told apart from a file', async (t) => {
  const cases: [string, RegExp][] = [
    ['runn prices.csv', /"runn".*did you mean run/],
    ['dmo', /did you mean demo/],
    ['compare-run a.json b.json', /did you mean compare-runs/],
    ['help runn', /did you mean run/],
    ['help runn now', /did you mean run/],
    ['help book repaly', /did you mean replay/],
    ['help run prices.csv', /one command/],
    ['help book replay it', /nothing after replay/],
    ['config shw', /did you mean show/],
    ['completion bsh', /did you mean bash/],
    ['version now', /nothing after it/],
    ['version --jsn', /did you mean --json/],
    ['config show all', /nothing after show/],
  ];
  for (const [words, expected] of cases) {
    const { status, stdout, stderr } = await runInside(words);
    t.equal(status, 1, words);
    t.match(stderr, expected, words);
    t.equal(stdout, '');
  }
});
