/** `nb-backtest check lookahead`: does a strategy, or a built-in target, know the future? */
import { checkTargetLookahead } from '../backtest/lookahead-targets.js';
import { checkLookahead, type LookaheadReport } from '../backtest/lookahead.js';
import { nearestHint } from '../check.js';
import { ConfigError, StrategyError } from '../errors.js';
import { type LookaheadInput, lookaheadJson, lookaheadSentence, lookaheadText } from '../report/lookahead.js';
import type { PricePanel } from '../series/price-panel.js';
import { TARGET_NAMES } from '../targets/target-names.js';
import { version } from '../version.js';
import type { Context } from './context.js';
import { pricesArgument } from './run-arguments.js';
import { type Benchmark, loadBenchmark } from './run-benchmark.js';
import type { Found } from './run-files.js';
import { readRunOptions, type RunOptions } from './run-options.js';
import { fromDay, loadPrices } from './run-prices.js';
import { targetRule } from './run-weights.js';
import { type LoadedStrategy, loadStrategy } from './strategy/load.js';
import { asked, madeFrom, strategyTask, strategyTitle, told } from './strategy/run.js';

const WORD = 'lookahead';

/** `nb-backtest check lookahead PRICES`. */
export async function checkCommand(context: Context): Promise<void> {
  const { settings, journal, console, positionals } = context;
  const [word, ...rest] = positionals;
  if (word !== WORD) {
    const fix = word === undefined ? `write nb-backtest check ${WORD} prices.csv` : nearestHint(word, [WORD]);
    throw new ConfigError('check', word ?? '', WORD, fix);
  }
  const paths = pricesArgument({ ...context, positionals: rest }, 'check lookahead');
  const found: Found = { files: [], notes: [] };
  const strategy = await loadStrategy(settings, found);
  const options = readRunOptions(settings);
  const { history, panel, benchmark } = await journal.phase('read', async () => {
    const history = await loadPrices(paths, undefined, options.source, context, found);
    const panel = fromDay(history, options.source.from, found);
    return { history, panel, benchmark: await loadBenchmark(panel, options.source, settings, found) };
  });
  const prepared: Prepared = { history, panel, benchmark, options, found };
  const checked = await journal.phase('check', () =>
    strategy === undefined ? checkTargets(prepared, context) : checkStrategy(strategy, prepared, context),
  );
  const input: LookaheadInput = {
    ...checked,
    bars: panel.dates.length,
    from: panel.dates[0]!,
    to: panel.dates[panel.dates.length - 1]!,
    provenance: {
      command: context.line(),
      files: found.files,
      ...(strategy === undefined ? {} : { strategy: strategy.origin }),
      version,
      notes: found.notes,
    },
  };
  if (settings.on('json')) console.out(lookaheadJson(input));
  else {
    for (const sentence of found.notes) journal.note(sentence);
    const shown = { ...input, provenance: { ...input.provenance, notes: [] } };
    console.out(lookaheadText(shown, { color: context.color }));
  }
  if (!input.report.clean) throw new StrategyError(lookaheadSentence(input));
}

interface Prepared {
  readonly panel: PricePanel;
  readonly history: PricePanel;
  readonly benchmark: Benchmark | undefined;
  readonly options: RunOptions;
  readonly found: Found;
}

interface Checked {
  readonly name: string;
  readonly report: LookaheadReport;
}

async function checkStrategy(
  strategy: LoadedStrategy,
  { panel, benchmark, options, found }: Prepared,
  context: Context,
): Promise<Checked> {
  const task = strategyTask(panel, benchmark, options, context.settings);
  const cuts = context.settings.number('cuts');
  found.notes.push(asked(task, context.settings, strategy));
  const progress = context.progress(`Checking ${strategy.origin.file}`, cuts + 2, 'runs');
  let runs = 0;
  const report = await told(strategy, () =>
    checkLookahead(
      (input) => {
        progress.update(runs++);
        return madeFrom(strategy, input);
      },
      task.input,
      task.options,
      { cuts },
    ),
  ).finally(() => progress.stop());
  return { name: strategyTitle(strategy), report };
}

async function checkTargets(
  { panel, history, benchmark, options: { source }, found }: Prepared,
  { settings, progress: start }: Context,
): Promise<Checked> {
  const name = TARGET_NAMES.find((known) => known === source.weights);
  if (name === undefined) {
    const fix = 'name a strategy: --strategy momentum.mjs, or a built-in target: --weights momentum';
    const constraint = 'a built-in target: weights of a file are not made anew from fewer prices';
    throw new ConfigError(settings.label('weights'), source.weights, constraint, fix);
  }
  const cuts = settings.number('cuts');
  const before = history.dates.length - panel.dates.length;
  const rule = targetRule(name, history, before, source, settings, benchmark, found);
  const progress = start(`Checking ${name}`, cuts + 2, 'runs');
  let runs = 0;
  let title = '';
  try {
    const report = checkTargetLookahead(
      (prices) => {
        progress.update(runs++);
        const made = rule(prices);
        title = made.title;
        return made;
      },
      history,
      { cuts },
    );
    return { name: title, report };
  } finally {
    progress.stop();
  }
}
