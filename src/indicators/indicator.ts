/** What an indicator is: the row that describes it, and the function that a row becomes. */
import type { Mat, Vec } from '../check.js';

/** Columns of prices an indicator may ask for; `other` is a second series, such as a benchmark. */
export type InputName = 'open' | 'high' | 'low' | 'close' | 'volume' | 'values' | 'other';

/** A number among the parameters. */
export interface NumberParameter {
  readonly name: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Only whole numbers. */
  readonly whole: boolean;
}

/** A word among the parameters; the kernel gets its place in `choices`. */
export interface ChoiceParameter {
  readonly name: string;
  readonly default: string;
  readonly choices: readonly string[];
}

/** What stands behind the series in a call. */
export type Parameter = NumberParameter | ChoiceParameter;

/** Everything the friendly form, the command and the tests need to know of an indicator. Parameters come checked. */
export interface IndicatorRow {
  /** Name of the function, for example `rsi`. */
  readonly name: string;
  /** What it is called in full, for example `Relative strength index`. */
  readonly title: string;
  readonly inputs: readonly InputName[];
  /** Names of the outputs; one name for a single output. */
  readonly outputs: readonly string[];
  readonly parameters: readonly Parameter[];
  /** Whether it is drawn over the price, or on a scale of its own. */
  readonly scale: 'price' | 'own';
  /** Index of the first output that is a number. */
  readonly lookback: (parameters: readonly number[]) => number;
  /** Cells of scratch that `compute` needs; none when absent. Depends on the parameters only, not on the length. */
  readonly scratch?: (parameters: readonly number[]) => number;
  /**
   * Whether a NaN or an infinity in any input, but for its first and last cell, makes the last cell of an output NaN or
   * infinite, as it does where an average remembers all that came. The inputs are then not looked through beforehand.
   */
  readonly remembers?: boolean;
  /** Writes every cell of the outputs. Inputs have one length and no NaN; scratch may hold anything. */
  readonly compute: (
    inputs: readonly Float64Array[],
    parameters: readonly number[],
    scratch: Float64Array,
    outputs: readonly Float64Array[],
  ) => void;
}

/** One array, or a record of them when the indicator has several outputs. */
export type Outputs<O extends string, A> = [O] extends [never] ? A : Readonly<Record<O, A>>;

/**
 * An indicator in three forms; the streaming class stands beside it.
 *
 * I  the series it takes, oldest value first; all of one length. P  its parameters. O  names of its outputs, `never`
 * for a single one.
 */
export interface Indicator<
  I extends readonly Vec[],
  P extends readonly (number | string)[],
  O extends string = never,
> {
  /** Series in, new arrays of the same length out; parameters that are left out take their defaults. */
  (...args: [...I, ...Partial<P>]): Outputs<O, Float64Array>;
  /** Matrices in, matrices out: every column is one series. */
  (...args: [...Panels<I>, ...Partial<P>]): Outputs<O, Mat>;
  /**
   * Into arrays of the caller, as long as the series and apart from them. No other array of that length is made, unless
   * a series is a plain array or the text of the indicator says so.
   */
  into(...args: [...Arrays<I>, ...P, out: Outputs<O, Float64Array>]): void;
  /** Index of the first output that is a number, for series without leading NaN. */
  lookback(...parameters: Partial<P>): number;
  /** Its description. */
  readonly row: IndicatorRow;
}

/** As many matrices as series. */
export type Panels<I extends readonly Vec[]> = { [K in keyof I]: Mat };
/** As many typed arrays as series. */
export type Arrays<I extends readonly Vec[]> = { [K in keyof I]: Float64Array };
