// Empties dist: `tsc -b` leaves the outputs of deleted sources behind, and they must never be packed.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
