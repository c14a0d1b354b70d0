/** The strategy of a run: the one place where the command loads code that is not its own. */
import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AsyncStrategy, StrategyInput } from '../../backtest/strategy-types.js';
import type { Mat } from '../../check.js';
import { ConfigError, DataSourceError } from '../../errors.js';
import type { ReportStrategy } from '../../report/types.js';
import { TARGET_PARAMETERS } from '../foreign-options.js';
import { type Found, load } from '../run-files.js';
import type { Settings } from '../settings.js';
import { cannotLoad } from './failure.js';
import { inTheirHands } from './hands.js';
import { type Parameters, resolveParameters } from './parameters.js';

const JAVASCRIPT = ['.mjs', '.js'];
const TYPESCRIPT = ['.ts', '.mts'];

/** A strategy, ready to be made as often as it is needed. */
export interface LoadedStrategy {
  /** Where it stands, absolute. */
  readonly path: string;
  /** Name and digest of the file, and every parameter with its value. */
  readonly origin: ReportStrategy;
  /** Makes it from prices: from a module of its own each time, so that nothing is left over from the run before. */
  readonly make: (input: StrategyInput) => Promise<AsyncStrategy>;
}

/** The strategy that was asked for; undefined without `--strategy`. */
export async function loadStrategy(settings: Settings, found: Found): Promise<LoadedStrategy | undefined> {
  const file = settings.text('strategy');
  const label = settings.label('strategy');
  if (file === undefined) {
    if (!settings.has('param')) return undefined;
    const fix = 'name a strategy: --strategy momentum.mjs, or leave it out';
    throw new ConfigError(
      settings.label('param'),
      settings.list('param')!.join(' '),
      `given with ${label}`,
      fix,
    );
  }
  refuseTargets(settings);
  if (!existsSync(file)) {
    throw new DataSourceError(`no such file; check the path of ${label}`, { file });
  }
  checkExtension(file, label);
  const before = found.files.length;
  load(file, undefined, found);
  const { name, sha256 } = found.files[before]!;
  const path = resolve(file);
  const first = moduleOf(await imported(path, 0), name, label);
  const params = resolveParameters(first.params, settings, name);
  let made = 0;
  const make = async (input: StrategyInput): Promise<AsyncStrategy> => {
    const module = made === 0 ? first : moduleOf(await imported(path, made), name, label);
    made += 1;
    return await module.make(input, params);
  };
  return { path, origin: { file: name, sha256, params }, make };
}

/** What says what to hold is the strategy alone; what a config file says about targets waits for another run. */
function refuseTargets(settings: Settings): void {
  for (const name of ['weights', ...TARGET_PARAMETERS]) {
    const found = settings.found(name);
    if (found === undefined) continue;
    if (found.origin === 'flag') {
      const fix =
        name === 'weights'
          ? `drop ${found.label} or --strategy`
          : `drop ${found.label}; a parameter of the strategy is given as --param ${name.replaceAll('-', '_')}=${found.text}`;
      throw new ConfigError(
        found.label,
        found.text,
        'left out with --strategy, which says what to hold',
        fix,
      );
    }
    settings.drop(name);
  }
}

function checkExtension(file: string, label: string): void {
  const extension = extname(file).toLowerCase();
  if (JAVASCRIPT.includes(extension)) return;
  if (!TYPESCRIPT.includes(extension)) {
    const known = [...JAVASCRIPT, ...TYPESCRIPT].join(', ');
    throw new ConfigError(label, file, `a module: ${known}`, 'rename it to .mjs, or name another file');
  }
  // Absent before Node.js 22, false where types are not stripped.
  const stripped: unknown = (process.features as { readonly typescript?: unknown }).typescript;
  if (stripped === 'strip' || stripped === 'transform') return;
  const plain = basename(file).replace(/\.m?ts$/i, '.mjs');
  throw new ConfigError(
    label,
    file,
    `JavaScript (.mjs, .js): Node.js ${process.versions.node} does not run TypeScript`,
    `use Node.js 22.18 or later, or make JavaScript of it: npx esbuild ${file} --format=esm --outfile=${plain}`,
  );
}

/** The module; a number above 0 gives one that nobody has used. */
async function imported(path: string, turn: number): Promise<Record<string, unknown>> {
  const url = pathToFileURL(path);
  if (turn > 0) url.search = `turn=${turn}`;
  try {
    return await inTheirHands(async () => (await import(url.href)) as Record<string, unknown>);
  } catch (error) {
    throw cannotLoad(path, error);
  }
}

interface Module {
  readonly params: unknown;
  readonly make: (input: StrategyInput, params: Parameters) => AsyncStrategy | Promise<AsyncStrategy>;
}

/** What a module offers, by its contract; `ConfigError` where it offers nothing, or two things. */
function moduleOf(module: Record<string, unknown>, name: string, label: string): Module {
  const { default: own, createStrategy, params } = module;
  const example = 'write export default (bar, prices, portfolio, params) => ({ AAPL: 1 })';
  if ((own === undefined) === (createStrategy === undefined)) {
    const what =
      own === undefined
        ? 'a default export or createStrategy'
        : 'a default export or createStrategy, not both';
    throw new ConfigError(
      label,
      name,
      `a module with ${what}`,
      own === undefined ? example : 'keep one of them',
    );
  }
  const given = own ?? createStrategy;
  if (typeof given !== 'function') {
    const which = own === undefined ? 'createStrategy' : 'the default export';
    throw new ConfigError(label, name, `a module in which ${which} is a function`, example);
  }
  if (own !== undefined) {
    const decide = own as (...all: unknown[]) => ReturnType<AsyncStrategy>;
    return {
      params,
      make: (_, values) => (bar, prices, portfolio) => decide(bar, prices, portfolio, values),
    };
  }
  return {
    params,
    make: async (input, values) => {
      const made = await (createStrategy as (...all: unknown[]) => unknown)(copied(input), values);
      if (typeof made === 'function') return made as AsyncStrategy;
      const fix = 'write return (bar, prices, portfolio) => ({ AAPL: 1 })';
      throw new ConfigError(label, name, 'a createStrategy that returns a function', fix);
    },
  };
}

/** A strategy may write to what it is given. */
function copied({ prices, symbols, dates }: StrategyInput): StrategyInput {
  const copy = ({ data, rows, cols }: Mat): Mat => ({ data: data.slice(), rows, cols });
  const mats = prices as
    Mat | { readonly open: Mat; readonly high: Mat; readonly low: Mat; readonly close: Mat };
  return {
    prices:
      'close' in mats
        ? { open: copy(mats.open), high: copy(mats.high), low: copy(mats.low), close: copy(mats.close) }
        : copy(mats),
    symbols: [...symbols!],
    dates: dates!.slice(),
  };
}
