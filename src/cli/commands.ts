/** The table of commands. Plain data, so that help loads nothing else; the work behind a command is loaded by `load`. */
import type { Context } from './context.js';
import type { OptionCommand } from './options/option.js';

/** A line that a test runs, and what it shows. */
export type Example = readonly [line: string, says: string];

/** One row of the table. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows `nb-backtest`. */
  readonly usage: readonly string[];
  readonly examples: readonly Example[];
  /** Those of the examples that stand on the first page. */
  readonly lead?: readonly Example[];
  /** Paragraph of the help after the usage. */
  readonly about?: string;
  /** Its options are those of the table that list this name. */
  readonly options: OptionCommand | undefined;
  /** What config files and environment may set: everything, or only how the command behaves. */
  readonly configured: 'all' | 'manners' | 'none';
  /** Words that may follow, for completion. */
  readonly words?: readonly string[];
  /** Whether files follow, for completion. */
  readonly files?: true;
  readonly load: () => Promise<(context: Context) => void | Promise<void>>;
}

const PRICES = `PRICES are files, folders of them, or - for standard input: CSV or JSON, plain or gzip;
wide (Date,AAPL,MSFT,...), long (date,symbol,close) or bars (Date,Open,High,Low,Close), as
Yahoo, Stooq, Binance, Nasdaq, MetaTrader and others write them. Digits are read exactly.`;

const RUN_EXAMPLES: readonly Example[] = [
  ['nb-backtest prices.csv', 'equal weight of every column, rebalanced monthly'],
  ['nb-backtest prices.csv --rebalance weekly --cost-bps 10 --html out.html', ''],
  ['nb-backtest prices.csv --weights weights.csv --json', ''],
  ['nb-backtest ohlc.csv --fill next-open --benchmark SPY.csv', ''],
  ['nb-backtest ohlc.csv --trailing-stop 0.1 --take-profit 0.3', 'stops inside the bar'],
  ['nb-backtest prices.csv --strategy ./momentum.mjs --param lookback=60', 'your own code'],
];
const INDICATOR_EXAMPLES: readonly Example[] = [
  ['nb-backtest indicators ohlc.csv --rsi 14 --macd --bbands 20,2', 'the last values'],
  ['nb-backtest indicators prices.csv --sma 20 --sma 50 --csv > averages.csv', ''],
  ['nb-backtest indicators ohlc.csv --atr --stoch --html indicators.html', 'a page with charts'],
];
const OPTIMIZE_EXAMPLES: readonly Example[] = [
  ['nb-backtest optimize prices.csv --method cvar --max-weight 0.4', 'weights with the least CVaR'],
  ['nb-backtest optimize prices.csv --method max-sharpe --html optimize.html', ''],
  ['nb-backtest optimize prices.csv --method hrp --lookback 252 --csv > target.csv', ''],
  ['nb-backtest run prices.csv --weights cvar --lookback 252', 'the same at every rebalance'],
];
const CHECK_EXAMPLES: readonly Example[] = [
  ['nb-backtest check lookahead prices.csv --strategy ./momentum.mjs', 'does it know the future?'],
  ['nb-backtest check lookahead prices.csv --weights momentum --json', ''],
];
const GARCH_EXAMPLES: readonly Example[] = [
  ['nb-backtest garch prices.csv --symbols AAPL --dist t', 'parameters and a forecast'],
  ['nb-backtest garch prices.csv --o 1 --horizon 60 --html garch.html', 'a page with charts'],
  ['nb-backtest garch prices.csv --mean constant --json > garch.json', ''],
];
const DEMO: Example = ['nb-backtest demo', '20 real stocks, ten years, table and HTML page'];

export const COMMANDS: readonly Command[] = [
  {
    name: 'demo',
    summary: 'backtest the bundled prices (2013-2022)',
    usage: ['demo [options]'],
    examples: [DEMO, ['nb-backtest demo --rebalance yearly --cost-bps 25 --html yearly.html', '']],
    lead: [DEMO],
    about: `The demo sets --weights equal --rebalance monthly --cost-bps 10 --html nb-backtest-demo.html and the
S&P 500 as --benchmark, unless you say otherwise. Config files do not change what it trades.`,
    options: 'demo',
    configured: 'manners',
    load: async () => (await import('./demo.js')).demoCommand,
  },
  {
    name: 'run',
    summary: 'backtest a price file',
    usage: ['[run] PRICES [options]'],
    examples: RUN_EXAMPLES,
    lead: RUN_EXAMPLES,
    about: PRICES,
    options: 'run',
    configured: 'all',
    files: true,
    load: async () => (await import('./run.js')).runCommand,
  },
  {
    name: 'check',
    summary: 'look for look-ahead in a strategy',
    usage: ['check lookahead PRICES [--strategy FILE] [options]'],
    examples: CHECK_EXAMPLES,
    lead: CHECK_EXAMPLES.slice(0, 1),
    about: `Runs a strategy, or a built-in target, again on histories that end earlier, and compares what it decides at
the bars that both have. What decides otherwise knew something of the bars after: the report names it, the bar, the
symbol and both weights, and the command ends with exit code 1. Clean: exit code 0. Other options are those of run.
Data that a strategy reads by itself cannot be shortened: a look into them is not seen.`,
    options: 'check',
    configured: 'all',
    words: ['lookahead'],
    files: true,
    load: async () => (await import('./check.js')).checkCommand,
  },
  {
    name: 'indicators',
    summary: 'technical indicators of a price file',
    usage: ['indicators PRICES [--rsi 14] [--macd] [--bbands 20,2] [...] [options]'],
    examples: INDICATOR_EXAMPLES,
    lead: INDICATOR_EXAMPLES.slice(0, 1),
    about: `${PRICES}

Each indicator takes its parameters with commas between; what is left out has the value in parentheses.
It may be given several times (--sma 20 --sma 50). Without any: --bbands --rsi --macd. Bars before --from
are read to warm up and not shown. Values are those of TA-Lib where it has the function.`,
    options: 'indicators',
    configured: 'all',
    files: true,
    load: async () => (await import('./indicators/command.js')).indicatorsCommand,
  },
  {
    name: 'optimize',
    summary: 'weights of a portfolio, with the proof',
    usage: ['optimize PRICES [--method cvar] [--lookback 252] [options]'],
    examples: OPTIMIZE_EXAMPLES,
    lead: OPTIMIZE_EXAMPLES.slice(0, 1),
    about: `${PRICES}

Finds the long-only weights that are best over the simple returns between --from and --to, or over the last
--lookback of them, and says how it is known that there are no better ones. Symbols without a price at every
date are left out and told. What --csv writes (date,symbol,weight) can be given to run --weights: it trades
the day after the last price that was learnt from.`,
    options: 'optimize',
    configured: 'all',
    files: true,
    load: async () => (await import('./optimize/command.js')).optimizeCommand,
  },
  {
    name: 'garch',
    summary: 'volatility of a price file, fitted and forecast',
    usage: ['garch PRICES [--dist t] [--o 1] [--horizon 20] [options]'],
    examples: GARCH_EXAMPLES,
    lead: GARCH_EXAMPLES.slice(0, 1),
    about: `${PRICES}

Fits GARCH by maximum likelihood to the simple returns of the closes, each symbol by itself: every column,
or those of --symbols. One symbol is shown in full, several as a table; --json and --html have all of each.
--csv: date, symbol, return, conditional volatility (of one bar) and standardised residual.
A symbol that cannot be fitted (too few returns, prices that never move) gets a marked stand-in; where
none can be, or with --strict-fit, the command ends with exit code 3.`,
    options: 'garch',
    configured: 'all',
    files: true,
    load: async () => (await import('./garch/command.js')).garchCommand,
  },
  {
    name: 'compare-runs',
    summary: 'results of run --json side by side',
    usage: ['compare-runs A.json B.json [...] [options]'],
    examples: [
      ['nb-backtest run prices.csv --rebalance monthly --json > monthly.json', ''],
      ['nb-backtest run prices.csv --rebalance yearly --json > yearly.json', ''],
      ['nb-backtest compare-runs monthly.json yearly.json --html compare.html', ''],
    ],
    about: 'Compares 2 to 12 results over the dates that all of them have.',
    options: 'compare-runs',
    configured: 'all',
    files: true,
    load: async () => {
      const { compareRunsCommand } = await import('./compare-runs.js');
      return (context) =>
        compareRunsCommand(context.settings.typed(context.positionals), context.console, context.color, {
          command: context.line(),
          ...(context.console.width === undefined ? {} : { width: context.console.width }),
        });
    },
  },
  {
    name: 'book',
    summary: 'replay a log of orders on the exchange',
    usage: ['book replay EVENTS.jsonl [options]'],
    examples: [
      ['nb-backtest book replay events.jsonl', 'events, trades and what rests in the book'],
      ['nb-backtest book replay events.jsonl --trades trades.jsonl', ''],
      ['nb-backtest book replay - --json --quiet < events.jsonl', ''],
    ],
    about: `EVENTS.jsonl is an order-event log, plain or gzip, or - for standard input: one JSON object a line, such as
{"type":"SubmitLimit","side":"BUY","price":10000,"quantity":5,"time_in_force":"GTC"}
A log of several symbols has "symbol" in every line. A last line that was cut off is told and left out.`,
    options: 'book',
    configured: 'all',
    words: ['replay'],
    files: true,
    load: async () => (await import('./book/replay.js')).bookCommand,
  },
  {
    name: 'config',
    summary: 'what config files and environment set',
    usage: ['config show [--origin] [--json]', 'config path'],
    examples: [
      ['nb-backtest config show --origin', 'each option, its value and where it comes from'],
      ['nb-backtest config path', 'the files that are read'],
      ['NB_COST_BPS=10 nb-backtest config show --json', ''],
    ],
    about: `A value comes from the first that has it: a flag, a variable such as NB_COST_BPS, the project's file
(nb-backtest.json, .toml, .yaml or .yml in the current folder, or the file of --config), the user's
file (config.* in $XDG_CONFIG_HOME/nb-backtest or ~/.config/nb-backtest), the default.

Keys are the names of options without dashes in front: cost-bps = 10. A switch is true or false, on
the command line too: --allow-short=false. Paths count from the current folder.`,
    options: 'config',
    configured: 'none',
    words: ['show', 'path'],
    load: async () => (await import('./config/command.js')).configCommand,
  },
  {
    name: 'completion',
    summary: 'a script that completes words at the prompt',
    usage: ['completion bash|zsh|fish'],
    examples: [
      ['nb-backtest completion bash > nb-backtest.bash', ''],
      ['nb-backtest completion zsh > _nb-backtest', ''],
      ['nb-backtest completion fish > nb-backtest.fish', ''],
    ],
    about: `Completes commands, options, their words and files; after --symbols and --benchmark the symbols of
the price file on the line. The script says at its top where to put it.`,
    options: 'completion',
    configured: 'none',
    words: ['bash', 'zsh', 'fish'],
    load: async () => (await import('./completion/scripts.js')).completionCommand,
  },
  {
    name: 'help',
    summary: 'this page, or that of a command',
    usage: ['help [COMMAND]'],
    examples: [
      ['nb-backtest help', 'every command, and the options of run'],
      ['nb-backtest help config', ''],
      ['nb-backtest help --json', 'the tables of commands and options, for programs'],
    ],
    options: 'help',
    configured: 'none',
    load: async () => (await import('./help.js')).helpCommand,
  },
  {
    name: 'version',
    summary: 'version and features',
    usage: ['version [--json]'],
    examples: [
      ['nb-backtest version', ''],
      ['nb-backtest --version --json', 'with the names of the features'],
    ],
    options: 'version',
    configured: 'none',
    load: async () => (await import('./help.js')).versionCommand,
  },
];

/** The row of a command, or undefined. */
export function commandNamed(name: string): Command | undefined {
  return COMMANDS.find((command) => command.name === name);
}
