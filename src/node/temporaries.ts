/** Files that are being written under another name: a signal in the middle must not leave them behind. */
import { rmSync } from 'node:fs';

const names = new Set<string>();

/** From now on `name` is removed when a signal ends the process. */
export function rememberTemporary(name: string): void {
  names.add(name);
}

/** `name` is no more, or is a temporary file no more. */
export function forgetTemporary(name: string): void {
  names.delete(name);
}

/** Removes what is half written; for the last moments of a process. */
export function removeTemporaries(): void {
  for (const name of names) rmSync(name, { force: true });
  names.clear();
}
