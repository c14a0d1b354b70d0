/** What one option of the command is. Plain data: help, parsing, completion and config files all read it. */

/** What the text of an option must be. */
export type Kind =
  /** Given or not; takes no value. */
  | { readonly type: 'switch' }
  /** `example`: what a message advises where there is no default. */
  | { readonly type: 'number'; readonly min: number; readonly max: number; readonly example?: string }
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly example?: string }
  /** An amount with at most two decimals, read exactly; `min` in cents. */
  | { readonly type: 'money'; readonly min: number }
  /** YYYY-MM-DD or YYYYMMDD. */
  | { readonly type: 'date' }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  /** Texts with commas between; `words` are offered, not demanded. `symbols`: columns of the prices. */
  | { readonly type: 'list'; readonly words?: readonly string[]; readonly symbols?: true }
  /**
   * Numbers and words with commas between, or nothing; may be given several times. `words`: those that may stand in it.
   * `example`: the defaults, empty where there is no parameter.
   */
  | { readonly type: 'parameters'; readonly words: readonly string[]; readonly example: string }
  /** Names with a value each, NAME=VALUE; may be given several times. */
  | { readonly type: 'pairs' }
  /** Any text; `words` are offered, not demanded. */
  | { readonly type: 'text'; readonly words?: readonly string[] }
  /** A path; `words` may stand in its place, and with `symbols` a column of the prices. */
  | { readonly type: 'file'; readonly words?: readonly string[]; readonly symbols?: true };

/** Commands that take options of the table. */
export type OptionCommand =
  | 'run'
  | 'demo'
  | 'check'
  | 'indicators'
  | 'optimize'
  | 'garch'
  | 'compare-runs'
  | 'book'
  | 'config'
  | 'completion'
  | 'version'
  | 'help';

/** One row of the table. */
export interface Option {
  /** Kebab-case, without dashes: also the key in config files, and `NB_` with underscores in the environment. */
  readonly name: string;
  /** One letter, for `-v`. */
  readonly short?: string;
  /** Stands for the value in the help, for example `N`; empty for a switch. */
  readonly value: string;
  readonly kind: Kind;
  /** As a user would write it; absent where there is none, or where it depends on other options. */
  readonly default?: string;
  /** One sentence for the help, with the default in parentheses; the help breaks it into lines. */
  readonly help: string;
  readonly commands: readonly OptionCommand[];
  /** False for what makes sense only on the command line. */
  readonly config?: false;
  /** Names that library errors have for it, without indices, for example `costModel.commissionBps`. */
  readonly library?: readonly string[];
}

/** Options that stand together in the help. */
export interface OptionGroup {
  readonly title: string;
  readonly options: readonly Option[];
  /** True where the options do not change the result: they are left out of the command that repeats a run. */
  readonly manners?: true;
}

/** The commands that read prices somebody names. */
export const READERS: readonly OptionCommand[] = ['run', 'demo', 'check', 'indicators', 'optimize', 'garch'];

/** The commands that run backtests. */
export const RUNS: readonly OptionCommand[] = ['run', 'demo', 'check'];
