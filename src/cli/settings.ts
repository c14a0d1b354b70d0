/** The options of one call, each with its value and where it came from: flag > environment > project > user > default. */
import { ConfigError } from '../errors.js';
import type { Typed } from './args.js';
import { EXCLUSIVE, optionNamed } from './options/index.js';
import { readValue, type Value } from './values.js';

/** Who set a value, strongest first. `command`: what the command itself sets where nobody else does. */
const ORIGINS = ['flag', 'env', 'project', 'user', 'command', 'default'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Values of one origin. */
export interface Layer {
  readonly origin: Origin;
  /** Text by option name; a switch is `true` or `false`. */
  readonly values: ReadonlyMap<string, string>;
  /** The config file, as shown to the user. */
  readonly file?: string;
}

/** One value that was found. */
export interface Setting {
  readonly text: string;
  readonly origin: Origin;
  /** How the user wrote the option: `--cash`, `NB_CASH`, `cash in nb-backtest.toml`. */
  readonly label: string;
}

/** The variable of the environment that sets an option. */
export function variableOf(name: string): string {
  return `NB_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** The values of a call, read and checked. A getter of a name that is not in the table is a bug and throws. */
export class Settings {
  readonly #found = new Map<string, Setting & { readonly value: Value }>();

  /** Takes each option from the first layer that has it; `ConfigError` for the first text that is no such value. */
  constructor(layers: readonly Layer[]) {
    for (const layer of layers) {
      for (const [name, text] of layer.values) {
        const option = optionNamed(name);
        if (option === undefined || this.#found.has(name)) continue;
        const label = labelOf(name, layer);
        this.#found.set(name, {
          text,
          origin: layer.origin,
          label,
          value: readValue(option, text, label),
        });
      }
    }
    for (const pair of EXCLUSIVE) this.#oneOf(pair);
  }

  /** Of two switches that exclude each other the stronger origin wins; from the same origin it is an error. */
  #oneOf([first, second]: readonly [string, string]): void {
    if (!this.on(first) || !this.on(second)) return;
    const a = this.#found.get(first)!;
    const b = this.#found.get(second)!;
    if (a.origin === b.origin) {
      const constraint = first === 'json' ? 'one format' : 'one of the two';
      throw new ConfigError(
        b.label,
        b.text,
        `${constraint}, not with ${a.label}`,
        `drop ${a.label} or ${b.label}`,
      );
    }
    this.#found.delete(ORIGINS.indexOf(a.origin) < ORIGINS.indexOf(b.origin) ? second : first);
  }

  /** Text, origin and label of a value that somebody set; undefined where the default holds. */
  found(name: string): Setting | undefined {
    return this.#found.get(name);
  }

  /** Whether anybody set the option. */
  has(name: string): boolean {
    return this.#found.has(name);
  }

  /** Whether `name` was set, but by a weaker origin than `other`. */
  yields(name: string, other: string): boolean {
    const mine = this.#found.get(name);
    const theirs = this.#found.get(other);
    if (mine === undefined || theirs === undefined) return false;
    return ORIGINS.indexOf(mine.origin) > ORIGINS.indexOf(theirs.origin);
  }

  /** Forgets a value, as if nobody had set it. */
  drop(name: string): void {
    this.#found.delete(name);
  }

  /** How the user wrote the option; `--name` where nobody did. */
  label(name: string): string {
    return this.#found.get(name)?.label ?? `--${name}`;
  }

  /** Whether a switch is on. */
  on(name: string): boolean {
    return this.#value(name) === true;
  }

  /** A number, a whole number, cents of an amount, or a date as epoch day; `fallback` where there is no default. */
  number(name: string, fallback?: number): number {
    const value = this.#value(name) ?? fallback;
    if (typeof value !== 'number') throw new TypeError(`option ${name} has no number`);
    return value;
  }

  /** As `number`, undefined where nobody set it and there is no default. */
  numberIf(name: string): number | undefined {
    const value = this.#value(name);
    return typeof value === 'number' ? value : undefined;
  }

  /** A word of a choice; the table checks that it is one of them. */
  choice<T extends string>(name: string): T {
    const value = this.#value(name);
    if (typeof value !== 'string') throw new TypeError(`option ${name} has no choice`);
    return value as T;
  }

  /** A text or path; undefined where nobody set it and there is no default. */
  text(name: string): string | undefined {
    const value = this.#value(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** The parts of a list; undefined where nobody set it and there is no default. */
  list(name: string): readonly string[] | undefined {
    const value = this.#value(name);
    return Array.isArray(value) ? (value as readonly string[]) : undefined;
  }

  /** Every value that somebody set. */
  all(): ReadonlyMap<string, Setting> {
    return this.#found;
  }

  /** As plain texts and switches. */
  typed(positionals: readonly string[]): Typed {
    const values = new Map<string, string>();
    const switches = new Set<string>();
    for (const [name, { text, value }] of this.#found) {
      if (value === true) switches.add(name);
      else if (value !== false) values.set(name, text);
    }
    return { positionals, values, switches };
  }

  #value(name: string): Value | undefined {
    const option = optionNamed(name);
    if (option === undefined) throw new TypeError(`option ${name} is not in the table`);
    const found = this.#found.get(name);
    if (found !== undefined) return found.value;
    return option.default === undefined ? undefined : readValue(option, option.default, `--${name}`);
  }
}

function labelOf(name: string, layer: Layer): string {
  if (layer.origin === 'env') return variableOf(name);
  return layer.file === undefined ? `--${name}` : `${name} in ${layer.file}`;
}
