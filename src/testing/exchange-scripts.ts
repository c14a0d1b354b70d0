/** Scripts of calls for fast-check: random ones of one length, made shorter by leaving out calls where they fail. */
import fc from 'fast-check';
import type { Script } from './exchange-trial.js';

/** Scripts of `length` calls. */
class Scripts extends fc.Arbitrary<Script> {
  private readonly length: number;

  constructor(length: number) {
    super();
    this.length = length;
  }

  override generate(random: fc.Random): fc.Value<Script> {
    const words = Array.from({ length: this.length }, () => random.nextInt(0, 0x7fffffff));
    return new fc.Value({ seed: random.nextInt(0, 0x7fffffff), words }, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Script {
    return typeof value === 'object' && value !== null && 'words' in value;
  }

  /** Half of the calls left out, then a quarter, down to one. */
  override shrink({ seed, words }: Script): fc.Stream<fc.Value<Script>> {
    const shorter = function* (): IterableIterator<fc.Value<Script>> {
      for (let size = words.length >> 1; size >= 1; size >>= 1) {
        for (let at = 0; at < words.length; at += size) {
          const rest = [...words.slice(0, at), ...words.slice(at + size)];
          if (rest.length > 0) yield new fc.Value({ seed, words: rest }, undefined);
        }
      }
    };
    return fc.stream(shorter());
  }
}

/** Scripts of `length` calls. */
export function scripts(length: number): fc.Arbitrary<Script> {
  return new Scripts(length);
}
