/** `nb-backtest config show` and `nb-backtest config path`. */
import { resolve } from 'node:path';
import { nearestHint } from '../../check.js';
import { ConfigError } from '../../errors.js';
import { commandNamed } from '../commands.js';
import type { Context } from '../context.js';
import { printable } from '../exit-codes.js';
import { isSecretName, MASK, maskSecrets } from '../mask.js';
import { configOptions } from '../options/index.js';
import type { Option } from '../options/option.js';
import { type Origin, Settings } from '../settings.js';
import { readValue } from '../values.js';
import { configPlaces } from './files.js';
import { configLayers } from './layers.js';

const ACTIONS = ['show', 'path'];

/** Prints the options that environment and config files set, or the paths of the files. */
export async function configCommand(context: Context): Promise<void> {
  const { positionals, settings, console } = context;
  const [action, extra] = positionals;
  if (action === undefined || !ACTIONS.includes(action)) {
    throw new ConfigError('config', action ?? '', ACTIONS.join(' or '), nearestHint(action ?? '', ACTIONS));
  }
  if (extra !== undefined) {
    throw new ConfigError('config', extra, `nothing after ${action}`, `drop ${extra}`);
  }
  const json = settings.on('json');
  const chosen = settings.text('config');
  if (action === 'path') {
    console.out(pathText(chosen, json));
    return;
  }
  const layers = await configLayers(
    { configured: 'all', options: commandNamed('run')!.options },
    chosen,
    process.env,
  );
  console.out(showText(new Settings(layers), json, settings.on('origin')));
}

/** One option as `config show` lists it. */
interface Shown {
  readonly option: Option;
  /** As a user would write it; undefined where it has none. */
  readonly text: string | undefined;
  readonly origin: Origin;
  /** The variable or file it comes from. */
  readonly from: string | undefined;
}

function shownOptions(settings: Settings): Shown[] {
  return configOptions().map((option) => {
    const found = settings.found(option.name);
    const text = found?.text ?? option.default ?? (option.kind.type === 'switch' ? 'false' : undefined);
    return {
      option,
      text: text !== undefined && isSecretName(option.name) ? MASK : text && maskSecrets(text),
      origin: found?.origin ?? 'default',
      from: found?.label.replace(`${option.name} in `, ''),
    };
  });
}

/** A line for each option, or one JSON object. */
function showText(settings: Settings, json: boolean, withOrigin: boolean): string {
  const rows = shownOptions(settings);
  if (json) {
    const values = rows.map(({ option, text, origin, from }) => [
      option.name,
      { value: jsonValue(option, text), origin, from: from ?? null },
    ]);
    return JSON.stringify({ values: Object.fromEntries(values) }, null, 2);
  }
  const names = Math.max(...rows.map(({ option }) => option.name.length));
  const texts = Math.max(...rows.map(({ text }) => (text ?? '').length));
  return rows
    .map(({ option, text, origin, from }) => {
      const value = printable(text ?? '');
      const place = from === undefined ? origin : `${origin} (${printable(from)})`;
      const line = `${option.name.padEnd(names)}  ${withOrigin ? `${value.padEnd(texts)}  ${place}` : value}`;
      return line.trimEnd();
    })
    .join('\n');
}

/** Switches and numbers as such, money as the text that has its cents. */
function jsonValue(option: Option, text: string | undefined): unknown {
  if (text === undefined || text === MASK) return text ?? null;
  const { type } = option.kind;
  if (type !== 'switch' && type !== 'number' && type !== 'integer') return text;
  return readValue(option, text, `--${option.name}`);
}

/** Where the files are, or would be. */
function pathText(chosen: string | undefined, json: boolean): string {
  const places = configPlaces(chosen, process.env);
  if (json) {
    const files = places.map(({ origin, file, folder, names }) => ({
      origin,
      path: file === undefined ? null : resolve(file),
      folder: resolve(folder),
      names,
    }));
    return JSON.stringify({ files }, null, 2);
  }
  return places
    .map(({ origin, file, folder, names }) => {
      const path =
        file === undefined ? `none; would be ${names.join(' or ')} in ${resolve(folder)}` : resolve(file);
      return `${origin.padEnd(7)}  ${printable(path)}`;
    })
    .join('\n');
}
