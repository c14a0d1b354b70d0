/** A text file written line by line, whole or not at all, whatever its length; packed if its name ends in .gz. */
import { gzipSync } from 'node:zlib';
import { AtomicFile } from './files.js';

/** Characters that are written at once. */
const CHUNK = 1 << 18;

/** As `AtomicFile`, for lines; they are gathered before they are written. */
export class LineFile {
  readonly #file: AtomicFile;
  readonly #packed: boolean;
  #text = '';
  #written = false;

  /** Begins a file that takes the name `path` with `commit`; a name that ends in .gz makes it gzip. */
  constructor(path: string) {
    this.#file = new AtomicFile(path);
    this.#packed = /\.gz$/i.test(path);
  }

  /** Adds a line; its end is added here. */
  line(text: string): void {
    this.#text += `${text}\n`;
    if (this.#text.length >= CHUNK) this.#flush();
  }

  /** The file is whole. */
  commit(): void {
    this.#flush();
    this.#file.commit();
  }

  /** Gives the file up: what stood at its path stays. */
  abort(): void {
    this.#text = '';
    this.#file.abort();
  }

  #flush(): void {
    // A packed file of nothing has a header still.
    if (this.#text === '' && this.#written) return;
    this.#file.write(this.#packed ? pack(this.#text) : this.#text);
    this.#text = '';
    this.#written = true;
  }
}

/** A member of a gzip file, which may have any number of them; it does not say on which system it was made. */
function pack(text: string): Uint8Array {
  const member = gzipSync(text);
  member[9] = 255;
  return member;
}
