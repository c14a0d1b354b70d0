/** Every period of every indicator, asked of TA-Lib now: more than is worth committing. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PROJECT_ROOT } from './comparison.js';
import { type Answer, ask, type Columns, scaleOf } from './indicator-answers.js';
import { type Exception, exceptionOf, type Question } from './indicator-exceptions.js';
import { ParitySetupError } from './python-env.js';

/** What `parity/indicators_live.py` writes beside its numbers. */
interface Asked {
  readonly series: readonly { name: string; length: number; columns: Record<string, number> }[];
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  readonly questions: readonly (readonly [
    name: string,
    series: number,
    parameters: (number | string)[],
    begins: Record<string, number>,
  ])[];
}

/** What came of it. */
export interface LiveIndicators {
  readonly functions: number;
  readonly questions: number;
  readonly numbers: number;
  /** Answers in which TA-Lib differs from what is right in a way that is listed, by the name of the divergence. */
  readonly intended: ReadonlyMap<Exception, number>;
  /** Worst difference among the others, as a part of the scale, by function. */
  readonly worst: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
}

/** As much of the scale as an answer may be off. */
const BOUND = 1e-10;
/** How many problems of a function are told. */
const SHOWN = 3;

/** Asks TA-Lib in a process of its own and compares everything it says with ours. */
export function compareIndicators(python: string, seed: number, folder: string): LiveIndicators {
  const script = `${PROJECT_ROOT}/parity/indicators_live.py`;
  const { status } = spawnSync(python, ['-B', script, '--seed', String(seed), '--out', folder], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new ParitySetupError(`parity/indicators_live.py --seed ${seed} failed`);
  return compareAnswers(folder);
}

/** Compares the answers of a folder with ours. */
export function compareAnswers(folder: string): LiveIndicators {
  const { series, inputs, questions } = JSON.parse(readFileSync(`${folder}/live.json`, 'utf8')) as Asked;
  const bytes = readFileSync(`${folder}/live.bin`);
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  const cut = (begins: Readonly<Record<string, number>>, length: number): Columns =>
    Object.fromEntries(
      Object.entries(begins).map(([key, begin]) => [key, all.subarray(begin, begin + length)]),
    );
  const bars = series.map(({ columns, length }) => cut(columns, length));
  const intended = new Map<Exception, number>();
  const worst = new Map<string, number>();
  const problems = new Map<string, string[]>();
  let numbers = 0;
  for (const [name, index, parameters, begins] of questions) {
    const { length } = series[index]!;
    const columns = inputs[name]!.map((column) => [column, bars[index]![column]!] as const);
    const theirs = cut(begins, length);
    const question: Question = { name, series: columns.map(([, values]) => values), parameters };
    const ours = ask(name, question.series, parameters);
    const scale = scaleOf(name, columns, Object.values(theirs));
    const found = difference(ours, theirs, scale);
    numbers += length * Object.keys(theirs).length;
    const apart = (a: Answer, b: Answer): number => difference(a, b, scale).size;
    const why = found.size > BOUND ? exceptionOf(question, ours, theirs, apart) : undefined;
    if (why !== undefined) intended.set(why, (intended.get(why) ?? 0) + 1);
    else if (found.size <= BOUND) worst.set(name, Math.max(worst.get(name) ?? 0, found.size));
    else {
      const said = `${found.output}[${found.at}] is ${ours[found.output]?.[found.at]}, TA-Lib says ${theirs[found.output]?.[found.at]}`;
      const told = `${name}(${parameters.join(', ')}) of ${series[index]!.name}: ${said}`;
      problems.set(name, [...(problems.get(name) ?? []), told]);
    }
  }
  return {
    functions: new Set(questions.map(([name]) => name)).size,
    questions: questions.length,
    numbers,
    intended,
    worst,
    problems: [...problems.values()].flatMap((lines) =>
      lines.length > SHOWN ? [...lines.slice(0, SHOWN), `and ${lines.length - SHOWN} more`] : lines,
    ),
  };
}

/** The worst difference in parts of the scale; infinite where one side alone has a number, or an output is missing. */
function difference(
  ours: Answer,
  theirs: Answer,
  scale: number,
): { size: number; output: string; at: number } {
  let size = 0;
  let output = '';
  let at = 0;
  for (const [key, wanted] of Object.entries(theirs)) {
    const got = ours[key];
    for (let i = 0; i < wanted.length; i++) {
      const [a, b] = [got?.[i] ?? NaN, wanted[i]!];
      if (a === b || (Number.isNaN(a) && Number.isNaN(b) && got !== undefined)) continue;
      const apart = Math.abs(a - b) / scale;
      if (Number.isNaN(apart)) return { size: Infinity, output: key, at: i };
      if (apart > size) {
        size = apart;
        output = key;
        at = i;
      }
    }
  }
  return { size, output, at };
}
