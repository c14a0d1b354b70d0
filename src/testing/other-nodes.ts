/** Other versions of Node, as .ci/install-tools.sh puts them under .cache/nodes. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './repository.js';

/** The versions this package supports: the lowest one, and the newest of each later line. */
export const SUPPORTED_NODES: readonly string[] = ['20.19', '22', '24', '26'];

export const NODES_HINT = 'run bash .ci/install-tools.sh, or set NB_NODES_DIR';

/** Path of the Node program of a supported version, or undefined if it is not installed. */
export function findNode(version: string): string | undefined {
  const base = process.env.NB_NODES_DIR ?? join(ROOT, '.cache', 'nodes');
  const modules = join(base, version, 'node_modules');
  if (!existsSync(modules)) return undefined;
  for (const name of readdirSync(modules)) {
    if (!name.startsWith('node-')) continue;
    for (const file of ['bin/node', 'bin/node.exe']) {
      const path = join(modules, name, file);
      if (existsSync(path)) return path;
    }
  }
  return undefined;
}
