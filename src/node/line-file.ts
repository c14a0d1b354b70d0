/** A text file written line by line, whole or not at all, whatever its length. */
import { AtomicFile } from './files.js';

/** Characters that are written at once. */
const CHUNK = 1 << 18;

/** As `AtomicFile`, for lines; they are gathered before they are written. */
export class LineFile {
  readonly #file: AtomicFile;
  #text = '';

  /** Begins a file that takes the name `path` with `commit`. */
  constructor(path: string) {
    this.#file = new AtomicFile(path);
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
    this.#file.write(this.#text);
    this.#text = '';
  }
}
