/** From the words after the command to the command itself. */
import { parseArgv } from './args.js';
import { commandNamed } from './commands.js';
import { configLayers } from './config/layers.js';
import type { Context } from './context.js';
import { Journal } from './journal.js';
import type { LogFile } from './log-file.js';
import { inUserWords } from './option-names.js';
import { optionsOf } from './options/index.js';
import { progressOn } from './progress.js';
import { reproducingLine } from './reproduce.js';
import { refuseOverwriting } from './run-files.js';
import { type Layer, Settings } from './settings.js';
import type { Console } from './terminal.js';

/** How errors are to be shown, and where they are written down: known once the settings are. */
export interface Asked {
  json: boolean;
  debug: boolean;
  log?: LogFile;
}

/** Runs the command `name`; rejects with what went wrong. `asked` is filled on the way. */
export async function dispatch(
  name: string,
  argv: readonly string[],
  console: Console,
  color: boolean,
  asked: Asked = { json: false, debug: false },
): Promise<void> {
  const command = commandNamed(name);
  if (command === undefined) throw new TypeError(`command ${name} is not in the table`);
  const options = optionsOf(command.options);
  const { positionals, values } = parseArgv(argv, options, `nb-backtest help ${name}`);
  const layers: Layer[] = [
    { origin: 'flag', values },
    ...(await configLayers(command, values.get('config'), process.env)),
  ];
  if (name === 'demo') layers.push({ origin: 'command', values: (await import('./demo.js')).demoValues() });
  // Before the values are read: an error of theirs is shown as asked.
  const wanted = (option: string): boolean =>
    layers.find(({ values: layer }) => layer.has(option))?.values.get(option) === 'true';
  asked.json ||= wanted('json');
  asked.debug ||= wanted('debug');
  const settings = new Settings(layers);
  refuseOverwriting(settings, positionals);
  const logPath = settings.text('log-file');
  if (logPath !== undefined) asked.log = (await import('./log-file.js')).openLog(logPath);
  const quiet = settings.on('quiet');
  const journal = new Journal(console, {
    quiet,
    verbose: settings.on('verbose'),
    ...(asked.log === undefined ? {} : { log: asked.log }),
  });
  const line = (): string => reproducingLine(name, argv, settings);
  const ci = Boolean(process.env.CI);
  const now = (): number => performance.now();
  const bar =
    console.live === undefined || quiet || ci
      ? {}
      : { bar: (await import('./progress-bar.js')).barOn(console.live) };
  const context: Context = {
    positionals,
    settings,
    console,
    color: color && !settings.on('no-color'),
    journal,
    progress: progressOn(console, { quiet, ci, now, ...bar }),
    line,
  };
  const work = await command.load();
  journal.begin(line());
  try {
    await work(context);
  } catch (error) {
    throw inUserWords(error, settings);
  }
  journal.end();
}
