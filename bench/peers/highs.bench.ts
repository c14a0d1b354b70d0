/** highs as a peer: the HiGHS solver in WebAssembly, which reads a linear program as a text. */
import type { Mat } from '../../src/check.js';
import { type Bench, job, type Kernel } from '../harness.js';
import { packagePeer } from './javascript-peer.js';

interface Highs {
  solve(program: string, options: object): { Status: string; ObjectiveValue: number };
}

/** `+ a w0 - b w1 …` */
function sum({ data, cols }: Mat, row: number): string {
  let text = '';
  for (let j = 0; j < cols; j++) {
    const value = data[row * cols + j];
    text += ` ${value < 0 ? '-' : '+'} ${Math.abs(value)} w${j}`;
    if (j % 20 === 19) text += '\n';
  }
  return text;
}

function program(returns: Mat, alpha: number, falls: boolean): string {
  const { rows, cols } = returns;
  const times = Array.from({ length: rows }, (_, t) => t);
  const over = times.map((t) => ` + ${1 / ((1 - alpha) * rows)} u${t}\n`).join('');
  const whole = Array.from({ length: cols }, (_, j) => ` + w${j}`).join('\n');
  const lines = times.map((t) =>
    falls
      ? `a${t}: u${t} + z - f${t} >= 0\nb${t}: f${t}${t > 0 ? ` - f${t - 1}` : ''}${sum(returns, t)} >= 0`
      : `a${t}: u${t} + z${sum(returns, t)} >= 0`,
  );
  return `Minimize\nobj: z${over}\nSubject To\ns: ${whole} = 1\n${lines.join('\n')}\nBounds\nz free\nEnd\n`;
}

export const bench: Bench = await packagePeer<(options: object) => Promise<Highs>>(
  { name: 'highs', version: '1.15.3' },
  async (load) => {
    const highs = await load({});
    const kernel =
      (falls: boolean): Kernel =>
      ({ returns }, { alpha }) =>
        job(
          () => {
            const found = highs.solve(program(returns, Number(alpha), falls), { threads: 1 });
            if (found.Status !== 'Optimal') throw new Error(found.Status);
            return found;
          },
          (found) => ({ objective: found.ObjectiveValue }),
        );
    return { cvar: kernel(false), cdar: kernel(true) };
  },
);
