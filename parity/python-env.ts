/** The Python environments of the references: found, or made from the pinned requirements. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { PROJECT_ROOT } from './comparison.js';
import { sha256 } from './manifest.js';

/** What `parity/environments.json` says of one environment. */
export interface Environment {
  /** Requirements file in `parity/`. */
  readonly requirements: string;
  /** Modules in `parity/` that write its fixtures. */
  readonly generators: readonly string[];
}

/** Something is missing that the reader of the message can bring. */
export class ParitySetupError extends Error {}

export function readEnvironments(): Map<string, Environment> {
  const text = readFileSync(`${PROJECT_ROOT}/parity/environments.json`, 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, Environment>));
}

/**
 * The interpreter of an environment. `NB_PARITY_ENV_MAIN=folder` (or `…_QS77`) names a virtual environment that you
 * made yourself; else `.cache/parity/env-<name>` is used, and made anew when its requirements changed.
 * Throws `ParitySetupError` when there is no Python or the packages do not install.
 */
export function pythonOf(name: string, environment: Environment): string {
  const variable = `NB_PARITY_ENV_${name.toUpperCase()}`;
  const own = process.env[variable];
  if (own !== undefined && own !== '') {
    const python = interpreter(own);
    if (!existsSync(python)) throw new ParitySetupError(`${variable}: there is no ${python}`);
    return python;
  }
  const folder = `${PROJECT_ROOT}/.cache/parity/env-${name}`;
  const requirements = `${PROJECT_ROOT}/parity/${environment.requirements}`;
  const stamp = `${folder}/requirements.sha256`;
  const digest = sha256(readFileSync(requirements));
  const python = interpreter(folder);
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return python;
  const base = findPython();
  console.log(`making ${folder} from parity/${environment.requirements}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  must(
    base,
    ['-m', 'venv', folder],
    'could not make a virtual environment (on Debian: apt install python3-venv)',
  );
  const install = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '-r',
    requirements,
  ];
  must(python, install, `could not install parity/${environment.requirements}`);
  writeFileSync(stamp, digest);
  return python;
}

/** Runs a command with its output shown; throws `ParitySetupError` when it fails. */
function must(command: string, args: readonly string[], problem: string): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0)
    throw new ParitySetupError(error === undefined ? problem : `${problem}: ${error.message}`);
}

function interpreter(folder: string): string {
  return process.platform === 'win32' ? `${folder}/Scripts/python.exe` : `${folder}/bin/python`;
}

/** The first Python of at least 3.11: `NB_PYTHON`, else `python3` or `python` on the path. */
function findPython(): string {
  const named = process.env.NB_PYTHON;
  const candidates = named ? [named] : ['python3', 'python'];
  const ask = 'import sys; print(sys.version_info >= (3, 11))';
  for (const candidate of candidates) {
    const { status, stdout } = spawnSync(candidate, ['-c', ask], { encoding: 'utf8' });
    if (status === 0 && stdout.trim() === 'True') return candidate;
  }
  throw new ParitySetupError(
    `npm run parity needs Python 3.11 or newer, and ${candidates.join(' and ')} is not one: install it, or name it ` +
      'with NB_PYTHON=/path/to/python3',
  );
}
