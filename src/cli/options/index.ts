/**
 * The table of options. To add one: a row in the group's file, and a line that reads it in ../run-options.ts. Parsing,
 * help, completion, config files, environment and "did you mean" follow from the row.
 */
import { FIGURES } from './figures.js';
import { GARCH } from './garch.js';
import { INDICATORS } from './indicators.js';
import { OPTIMIZE } from './optimize.js';
import type { Option, OptionCommand, OptionGroup } from './option.js';
import { MANNERS, OUTPUT } from './output.js';
import { READING } from './reading.js';
import { STOPS } from './stops.js';
import { TARGETS } from './targets.js';
import { TRADING } from './trading.js';

/** Every option, in the groups and order of the help. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  TARGETS,
  OPTIMIZE,
  ...INDICATORS,
  GARCH,
  READING,
  TRADING,
  STOPS,
  FIGURES,
  OUTPUT,
  MANNERS,
];

const OPTIONS: ReadonlyMap<string, Option> = new Map(
  OPTION_GROUPS.flatMap((group) => group.options.map((option) => [option.name, option] as const)),
);

/** The row of an option, or undefined. */
export function optionNamed(name: string): Option | undefined {
  return OPTIONS.get(name);
}

/** The options that a command takes; none where it is undefined. */
export function optionsOf(command: OptionCommand | undefined): Option[] {
  return [...OPTIONS.values()].filter((option) => command !== undefined && option.commands.includes(command));
}

/** Whether the option changes how the command behaves, not what it finds. */
export function isManner(name: string): boolean {
  return OPTION_GROUPS.some(
    (group) => group.manners === true && group.options.some((option) => option.name === name),
  );
}

/** Every option that may stand in a config file or the environment. */
export function configOptions(): Option[] {
  return [...OPTIONS.values()].filter((option) => option.config !== false);
}

/** Switches of which one at most may be on. */
export const EXCLUSIVE: readonly (readonly [string, string])[] = [
  ['json', 'csv'],
  ['quiet', 'verbose'],
];
