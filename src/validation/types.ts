/** Names shared by the ways of cutting a history into training and test parts. */

/** What to train on and what to test on: indices of observations, in rising order. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** When each observation is made and when its outcome is known, in any unit of time, and how much room to leave. */
export interface LabelSpans {
  /** Time of every observation, never falling. Default: its index. */
  readonly start?: ArrayLike<number>;
  /** Time at which the outcome of every observation is known, not before its start. Default: its start. */
  readonly end?: ArrayLike<number>;
  /** Observations left out of training after every test part, 0 or more. Default 0. */
  readonly embargo?: number;
}
