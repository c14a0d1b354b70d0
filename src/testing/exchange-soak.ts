/** The exchange against its slow twin for a long time: runs of every length, the state hash checked on the way. */
import type { Kit } from './exchange-trial.js';
import { Tally, Trial } from './exchange-trial.js';
import { randomStream } from './random.js';
import type { SoakResult } from './soaks.js';

/** Calls between two looks at the state hash. */
const HASH_EVERY = 1_000;
const TELL_EVERY = 500_000;
const PROBLEMS_SHOWN = 20;
/** Calls of a run, and how many orders may wait in it. */
const RUNS: readonly (readonly [calls: number, crowd: number])[] = [
  [200, 40],
  [5_000, 40],
  [20_000, 15],
  [20_000, 40],
  [5_000, 300],
];

/** Runs of `inputs` calls in all, the invariants watched in half of them; the same ones for the same seed. */
export function soakExchange(
  kit: Kit,
  seed: number,
  inputs: number,
  tell: (done: number) => void,
): SoakResult {
  const tally = new Tally();
  const problems: string[] = [];
  let problemCount = 0;
  let done = 0;
  let told = 0;
  for (let run = 0; done < inputs; run++) {
    const random = randomStream(seed, run);
    const [calls, crowd] = random.of(RUNS);
    const words = Math.min(calls, inputs - done);
    const trial = new Trial(kit, random.below(0x7fffffff), tally, crowd, random.oneIn(2));
    const follower = kit.live('off');
    let at = 0;
    try {
      for (; at < words; at++) {
        trial.step(random.below(0x7fffffff));
        if (at % HASH_EVERY === HASH_EVERY - 1) {
          trial.checkFollower(follower);
          trial.startTail();
        }
      }
      trial.checkFollower(follower);
      trial.finish();
    } catch (error) {
      problemCount += 1;
      const problem = `seed ${seed}, run ${run}, call ${at + 1}: ${(error as Error).message}`;
      if (problems.length < PROBLEMS_SHOWN) problems.push(problem);
    }
    done += words;
    if (done - told >= TELL_EVERY) tell((told = done));
  }
  const outcomes = Object.fromEntries([...tally.outcomes].sort(([a], [b]) => (a < b ? -1 : 1)));
  outcomes['most stops set off by one call'] = tally.longestCascade;
  return { inputs: done, outcomes, problemCount, problems };
}
