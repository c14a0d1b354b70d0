/** Progress of long work on stderr: a bar on a terminal, else a plain line now and then. Never on stdout. */
import { type Console, note } from './terminal.js';

/** Work that is under way. */
export interface Progress {
  /** So many units are done. Cheap: call it as often as you like. */
  update(done: number): void;
  /** The work is over; the bar goes away. */
  stop(): void;
}

/**
 * Begins to show a piece of work.
 *
 * label  what is done, for example `Reading prices.csv`
 * total  units in all; 0 where not known
 * unit   `B` for bytes (shown as kB, MB), else a plural word
 */
export type StartProgress = (label: string, total: number, unit: string) => Progress;

/** A bar that stands on the terminal. */
export interface Bar {
  update(done: number, text: string): void;
  stop(): void;
}

/** Draws a bar with `text` behind it; progress-bar.ts has the one on the terminal. */
export type DrawBar = (label: string, total: number, done: number, text: string) => Bar;

/** Work shorter than this shows nothing. */
const PATIENCE_MS = 1_000;
/** A bar changes at most this often, however often it is told. */
const REDRAW_MS = 50;
const LINE_MS = 10_000;
const LINE_CI_MS = 60_000;

export interface ProgressOptions {
  readonly quiet: boolean;
  readonly ci: boolean;
  /** Absent where stderr is no terminal that can redraw a line. */
  readonly bar?: DrawBar;
  /** Milliseconds from any start. */
  readonly now: () => number;
}

/** The way to show progress that suits the console. */
export function progressOn(console: Console, options: ProgressOptions): StartProgress {
  if (options.quiet) return () => ({ update: () => undefined, stop: () => undefined });
  return options.bar === undefined || options.ci
    ? (label, total, unit) => lines(console, options, label, total, unit)
    : (label, total, unit) => patientBar(options.bar!, options.now, label, total, unit);
}

function patientBar(draw: DrawBar, now: () => number, label: string, total: number, unit: string): Progress {
  const start = now();
  let next = PATIENCE_MS;
  let bar: Bar | undefined;
  return {
    update(done) {
      const elapsed = now() - start;
      if (elapsed < next) return;
      next = elapsed + REDRAW_MS;
      const text = progressText(done, total, unit, elapsed / 1000);
      if (bar === undefined) bar = draw(label, total, done, text);
      else bar.update(done, text);
    },
    stop() {
      bar?.stop();
    },
  };
}

function lines(
  console: Console,
  options: ProgressOptions,
  label: string,
  total: number,
  unit: string,
): Progress {
  const every = options.ci ? LINE_CI_MS : LINE_MS;
  const start = options.now();
  let last = start;
  return {
    update(done) {
      const time = options.now();
      if (time - last < every) return;
      last = time;
      note(console, `${label}: ${progressText(done, total, unit, (time - start) / 1000)}`);
    },
    stop: () => undefined,
  };
}

/** `45 % (270 of 600 MB), 12.3 MB/s, 27 s left`; without a total `270 MB, 12.3 MB/s`. */
export function progressText(done: number, total: number, unit: string, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const speed = rate > 0 ? `, ${amount(rate, unit)}/s` : '';
  if (!(total > 0)) return `${amount(done, unit)}${speed}`;
  const share = Math.min(100, Math.floor((done / total) * 100));
  const left = rate > 0 && done < total ? `, ${duration((total - done) / rate)} left` : '';
  return `${share} % (${amount(done, unit)} of ${amount(total, unit)})${speed}${left}`;
}

/** `270.0 MB`, `12 rows`. */
function amount(count: number, unit: string): string {
  if (unit !== 'B') return `${Math.round(count)} ${unit}`;
  const [size, name] = count >= 1e9 ? [1e9, 'GB'] : count >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  return `${(count / size).toFixed(1)} ${name}`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
