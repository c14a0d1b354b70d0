/** A bar on the terminal: the one door to cli-progress, loaded only where a bar may be drawn. */
import { SingleBar } from 'cli-progress';
import { clip } from '../report/escape.js';
import { printable } from './exit-codes.js';
import type { DrawBar } from './progress.js';

/** Columns of the label and of the bar itself; of the line where the terminal does not say how wide it is. */
const LABEL_MAX = 28;
const BAR = 16;
const COLUMNS = 80;

/** Draws bars on `stream`, a terminal. A line is cut to its width; nothing is switched off that a signal could leave so. */
export function barOn(stream: NodeJS.WritableStream & { readonly columns?: number }): DrawBar {
  return (label, total, done, text) => {
    const shown = clip(printable(label).replaceAll('\n', ' '), LABEL_MAX);
    const bar = new SingleBar({
      stream,
      hideCursor: false,
      linewrap: true,
      clearOnComplete: true,
      format: (_options, params, payload: { text: string }) => {
        const filled = Math.round(Math.min(1, Math.max(0, params.progress)) * BAR);
        const drawn = total > 0 ? ` [${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}]` : '';
        return clip(`${shown}${drawn} ${payload.text}`, (stream.columns || COLUMNS) - 1);
      },
    });
    bar.start(Math.max(total, 1), done, { text });
    return {
      update: (now, said) => bar.update(now, { text: said }),
      stop: () => bar.stop(),
    };
  };
}
