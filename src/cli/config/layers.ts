/** What the environment and the config files say, strongest first. */
import { nearest } from '../../check.js';
import { ConfigError } from '../../errors.js';
import type { Command } from '../commands.js';
import { isSecretName, MASK } from '../mask.js';
import { configOptions, isManner, optionsOf } from '../options/index.js';
import { type Layer, variableOf } from '../settings.js';
import { configPlaces } from './files.js';
import { parseConfigFile } from './parse.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The layers below the flags, with only what the command takes.
 *
 * chosen  the file of --config, which stands in for the project's
 *
 * Throws `ConfigError` for a config file that is wrong, and for a variable whose name is near that of an option.
 */
export async function configLayers(
  command: Pick<Command, 'configured' | 'options'>,
  chosen: string | undefined,
  env: Env,
): Promise<Layer[]> {
  if (command.configured === 'none') return [];
  const layers: Layer[] = [{ origin: 'env', values: environment(env) }];
  for (const { origin, file, shown } of configPlaces(chosen, env)) {
    if (file === undefined || shown === undefined) continue;
    layers.push({ origin, values: await parseConfigFile(file, shown), file: shown });
  }
  const taken = new Set(
    optionsOf(command.options)
      .map(({ name }) => name)
      .filter((name) => command.configured === 'all' || isManner(name)),
  );
  return layers.map((layer) => ({
    ...layer,
    values: new Map([...layer.values].filter(([name]) => taken.has(name))),
  }));
}

/** Values of `NB_…` variables; an empty one counts as not set. Others with that beginning are not ours. */
function environment(env: Env): Map<string, string> {
  const options = new Map(configOptions().map((option) => [variableOf(option.name), option]));
  const values = new Map<string, string>();
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith('NB_') || text === undefined || text === '') continue;
    const option = options.get(variable);
    if (option === undefined) {
      const near = nearest(variable, [...options.keys()]);
      if (near === undefined) continue;
      const shown = isSecretName(variable) ? MASK : text;
      throw new ConfigError(variable, shown, 'the variable of an option', `did you mean ${near}`);
    }
    const word = option.kind.type === 'switch' && /^[01]$/.test(text) ? String(text === '1') : text;
    values.set(option.name, word);
  }
  return values;
}
