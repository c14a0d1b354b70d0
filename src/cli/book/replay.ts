/** `nb-backtest book replay`: an order-event log in, what became of the book out. */
import { nearestHint } from '../../check.js';
import { ConfigError, InsufficientDataError } from '../../errors.js';
import { EventReader } from '../../exchange/event-reader.js';
import { feedEventFile } from '../../node/event-files.js';
import { LineFile } from '../../node/line-file.js';
import { numberText } from '../../report/format.js';
import type { Context } from '../context.js';
import { shownPath } from '../run-files.js';
import { count, type ReplayFacts, replayJson, replayText } from './report.js';
import { Tally } from './tally.js';

const ACTIONS = ['replay'];
/** What is missing, and what to write. */
const NOTHING = { shown: 'nothing' };
const EXAMPLE = 'write nb-backtest book replay events.jsonl';
/** Columns where stdout is no terminal. */
const WIDTH_DEFAULT = 80;

/** `nb-backtest book replay EVENTS.jsonl`. */
export async function bookCommand(context: Context): Promise<void> {
  const { settings, journal, console } = context;
  const path = logArgument(context);
  const tradesPath = settings.text('trades');
  const trades = tradesPath === undefined ? undefined : new LineFile(tradesPath);
  const start = performance.now();
  let facts: ReplayFacts;
  try {
    facts = await journal.phase('replay', () =>
      replay(path, new Tally(trades === undefined ? undefined : (line) => trades.line(line)), context),
    );
    // The trades first: if they cannot be written, no result is printed as if all were well.
    trades?.commit();
  } catch (error) {
    trades?.abort();
    throw error;
  }
  const seconds = (performance.now() - start) / 1000;
  const rate = seconds < 1 ? '' : `, ${numberText(facts.events / seconds, 0)} events/s`;
  journal.note(`Replayed ${count(facts.events, 'event')} in ${seconds.toFixed(2)} s${rate}.`);
  const width = console.width ?? WIDTH_DEFAULT;
  console.out(settings.on('json') ? replayJson(facts) : replayText(facts, { color: context.color, width }));
  if (tradesPath !== undefined) journal.note(`Wrote ${tradesPath}`);
}

async function replay(path: string, tally: Tally, { journal, progress }: Context): Promise<ReplayFacts> {
  const file = shownPath(path);
  const reader = new EventReader(tally.route, { file });
  let bar: ReturnType<Context['progress']> | undefined;
  const sha256 = await feedEventFile(file, reader, {
    ...(path === '-' ? { source: process.stdin } : {}),
    onProgress: (done, total) => {
      bar ??= progress(`Replaying ${file}`, Number.isNaN(total) ? 0 : total, 'B');
      bar.update(done);
    },
  }).finally(() => bar?.stop());
  const torn = reader.end();
  if (torn !== null) {
    journal.note(`${file}, line ${torn.row}: cut off while it was written, and left out: ${torn.text}`);
  }
  if (reader.events === 0) {
    const fix = 'name a log of orders, one JSON object a line';
    throw new InsufficientDataError(
      `must hold at least one event, but has none. Fix: ${fix}`,
      { file },
      {
        field: 'file',
        value: file,
        constraint: 'at least one event',
        fix,
      },
    );
  }
  return {
    file,
    sha256,
    events: reader.events,
    counts: reader.counts(),
    ...tally.facts(),
    tornLine: torn?.row ?? null,
  };
}

/** The path after `replay`. */
function logArgument({ positionals, console }: Context): string {
  const [action, path, extra] = positionals;
  if (action === undefined || !ACTIONS.includes(action)) {
    const fix = action === undefined ? EXAMPLE : nearestHint(action, ACTIONS);
    throw new ConfigError(
      'book',
      action ?? '',
      ACTIONS.join(' or '),
      fix,
      action === undefined ? NOTHING : {},
    );
  }
  if (path === undefined) {
    const constraint = 'the path of an order-event log, or - for standard input';
    throw new ConfigError('EVENTS', '', constraint, EXAMPLE, NOTHING);
  }
  if (extra !== undefined) throw new ConfigError('EVENTS', extra, 'one order-event log', `drop ${extra}`);
  if (path === '-' && console.stdinTerminal === true) {
    const fix = 'write cat events.jsonl | nb-backtest book replay -';
    throw new ConfigError('EVENTS', '-', 'a log on standard input, which is a terminal', fix);
  }
  return path;
}
