/** The help texts, made from the tables: examples first, all of which a test runs. Loads nothing heavy. */
import { capabilities } from '../capabilities.js';
import { nearestHint } from '../check.js';
import { ConfigError } from '../errors.js';
import { version } from '../version.js';
import { COMMANDS, type Command, commandNamed, type Example } from './commands.js';
import type { Context } from './context.js';
import { EXIT_CODES } from './exit-codes.js';
import { OPTION_GROUPS, optionsOf } from './options/index.js';
import type { Option } from './options/option.js';

/** Column at which explanations begin, and the width of a page. */
const EXPLAINED = 28;
const WIDTH = 108;

/** The page of `nb-backtest --help`: every command, and the options of `run`. */
export function mainHelp(): string {
  const run = COMMANDS.find(({ name }) => name === 'run')!;
  return [
    'nb-backtest: exact backtests of your prices, in one command\n',
    examples(COMMANDS.flatMap((command) => [...(command.lead ?? [])])),
    section(
      'Commands',
      COMMANDS.flatMap((command) => command.usage.map((usage, i) => [usage, i === 0 ? command.summary : ''])),
      40,
    ),
    `${run.about}\n`,
    optionGroups(run),
    exitCodes(),
    'More about a command: nb-backtest help COMMAND\n',
  ].join('\n');
}

/** The page of one command. */
export function commandHelp(command: Command): string {
  return [
    `nb-backtest ${command.name}: ${command.summary}\n`,
    examples(command.examples),
    section(
      'Usage',
      command.usage.map((usage) => [`nb-backtest ${usage}`, '']),
    ),
    ...(command.about === undefined ? [] : [`${command.about}\n`]),
    optionGroups(command),
    exitCodes(),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Examples and usage of a command, for who wrote too little. */
export function usageHelp(command: Command): string {
  return [
    examples(command.examples),
    section(
      'Usage',
      command.usage.map((usage) => [`nb-backtest ${usage}`, '']),
    ),
    'All options: nb-backtest --help\n',
  ].join('\n');
}

function examples(list: readonly Example[]): string {
  return section(
    'Examples',
    list.map(([line, says]) => [line, says]),
    53,
  );
}

/** A title and lines of two columns. */
function section(title: string, rows: readonly (readonly [string, string])[], column = EXPLAINED): string {
  const lines = rows.map(([left, right]) => {
    if (right === '') return `  ${left}`;
    const start = left.length + 2 > column - 2 ? `  ${left}  ` : `  ${left}`.padEnd(column);
    return start + wrapped(right, WIDTH - column).join(`\n${' '.repeat(column)}`);
  });
  return `${[title, ...lines].join('\n')}\n`;
}

/** The lines of a text, none longer than `width` unless it is one word. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(/[ \n]/)) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function optionGroups(command: Command): string {
  const taken = (option: Option): boolean =>
    command.options !== undefined && option.commands.includes(command.options);
  return OPTION_GROUPS.map((group) => ({ title: group.title, rows: group.options.filter(taken) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) =>
      section(
        title,
        rows.map((option) => [flag(option), option.help]),
      ),
    )
    .join('\n');
}

/** `--cash AMOUNT`, `-v, --verbose`. */
function flag(option: Option): string {
  const name = option.short === undefined ? `--${option.name}` : `-${option.short}, --${option.name}`;
  return option.value === '' ? name : `${name} ${option.value}`;
}

function exitCodes(): string {
  return section(
    'Exit codes',
    EXIT_CODES.map(([code, meaning]) => [String(code), meaning]),
    8,
  );
}

/** The tables of commands and options as JSON, for programs. */
function helpJson(): string {
  const commands = COMMANDS.map(({ name, summary, usage, examples, options }) => ({
    name,
    summary,
    usage: usage.map((words) => `nb-backtest ${words}`),
    examples: examples.map(([line]) => line),
    options: optionsOf(options).map((option) => option.name),
  }));
  const options = OPTION_GROUPS.flatMap((group) =>
    group.options.map(({ name, value, kind, default: fallback, help, config }) => ({
      name,
      group: group.title,
      value: value === '' ? null : value,
      ...kind,
      default: fallback ?? null,
      help: help.replaceAll('\n', ' '),
      config: config !== false,
    })),
  );
  return JSON.stringify({ commands, options, exitCodes: EXIT_CODES }, null, 2);
}

/** `nb-backtest help [COMMAND [WORD]]`. */
export function helpCommand({ positionals, settings, console }: Context): void {
  const [topic, word, extra] = positionals;
  const command = topic === undefined ? undefined : commandNamed(topic);
  const words = command?.words ?? [];
  if (command !== undefined && word !== undefined && !words.includes(word)) {
    const [needed, fix] =
      words.length === 0
        ? ['one command', `drop ${word}`]
        : [`one of ${words.join(', ')}`, nearestHint(word, words)];
    throw new ConfigError('help', word, needed, fix);
  }
  if (extra !== undefined) throw new ConfigError('help', extra, `nothing after ${word}`, `drop ${extra}`);
  if (topic !== undefined && command === undefined) {
    const names = COMMANDS.map(({ name }) => name);
    throw new ConfigError('command', topic, `one of ${names.join(', ')}`, nearestHint(topic, names));
  }
  if (settings.on('json')) console.out(helpJson());
  else console.out(command === undefined ? mainHelp() : commandHelp(command));
}

/** The version; with `json` the features too. */
export function versionText(json: boolean): string {
  return json ? JSON.stringify({ version, capabilities: capabilities() }) : version;
}

/** `nb-backtest version`. */
export function versionCommand({ positionals, settings, console }: Context): void {
  const [extra] = positionals;
  if (extra !== undefined) throw new ConfigError('version', extra, 'nothing after it', `drop ${extra}`);
  console.out(versionText(settings.on('json')));
}
