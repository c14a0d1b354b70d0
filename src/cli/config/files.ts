/** Where config files are looked for. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ConfigError } from '../../errors.js';
import { ENDINGS } from './parse.js';

/** A place for a config file, and the file there. */
export interface ConfigPlace {
  readonly origin: 'project' | 'user';
  /** The folder, and the names that count in it. */
  readonly folder: string;
  readonly names: readonly string[];
  /** The one that is there; undefined where none is. */
  readonly file: string | undefined;
  /** What messages call it: a project file by its name alone. */
  readonly shown: string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The project's place and the user's, in this order. `chosen` is the file of --config, which stands in for the
 * project's. `ConfigError` where a folder has two of them.
 */
export function configPlaces(chosen: string | undefined, env: Env): ConfigPlace[] {
  const project: ConfigPlace =
    chosen === undefined
      ? placeIn('project', '.', 'nb-backtest')
      : { origin: 'project', folder: '.', names: [chosen], file: chosen, shown: chosen };
  return [project, placeIn('user', userFolder(env), 'config')];
}

function placeIn(origin: 'project' | 'user', folder: string, stem: string): ConfigPlace {
  const names = ENDINGS.map((ending) => `${stem}.${ending}`);
  const there = names.filter((name) => existsSync(join(folder, name)));
  const show = (name: string): string => (origin === 'project' ? name : join(folder, name));
  if (there.length > 1) {
    throw new ConfigError(
      `${origin} config`,
      there.map(show).join(' and '),
      'one file',
      'keep one of them, or name it with --config',
    );
  }
  const [name] = there;
  return {
    origin,
    folder,
    names,
    file: name === undefined ? undefined : join(folder, name),
    shown: name === undefined ? undefined : show(name),
  };
}

/** `$XDG_CONFIG_HOME/nb-backtest`, `~/.config/nb-backtest`, on Windows `%APPDATA%\nb-backtest`. */
function userFolder(env: Env): string {
  const xdg = env.XDG_CONFIG_HOME;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'nb-backtest');
  const windows = process.platform === 'win32' ? env.APPDATA : undefined;
  return join(windows ?? join(env.HOME || homedir(), '.config'), 'nb-backtest');
}
