/** The likelihood of one series under one model, in standardised units: what the search works on. */
import { garchBackcast, garchVarianceBounds } from '../../kernels/volatility/garch-bounds.js';
import { normalLogLikelihood, studentLogLikelihood } from '../../kernels/volatility/garch-density.js';
import { garchOneOneInformation, garchOneOneLogLikelihood } from '../../kernels/volatility/garch-one-one.js';
import { garchInformation } from '../../kernels/volatility/garch-sensitivity.js';
import type { GarchSample } from './garch-sample.js';
import type { GarchPlan } from './garch-options.js';
import { makeRecursion, type VarianceRecursion } from './variance-recursion.js';

const RIDGE = 1e-7;

/**
 * Order of the parameters: mean (none, constant, or constant and weight of the return before), omega, alphas, gammas,
 * betas, 1 / degrees of freedom, skew. The inverse of the freedom is what a search can take even steps in.
 */
export class GarchProblem {
  readonly sample: GarchSample;
  readonly plan: GarchPlan;
  /** Parameters of the mean, and where omega stands. */
  readonly means: number;
  readonly shapes: number;
  /** All parameters. */
  readonly size: number;
  readonly betaAt: number;
  readonly shapeAt: number;
  readonly backcast: number;
  readonly residuals: Float64Array;
  readonly variances: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly varianceSlope: Float64Array;
  readonly residualSlope: Float64Array;
  readonly recursion: VarianceRecursion;
  /** Where `garchOneOneLogLikelihood` may stand for the rest: normal, p = q = 1, o = 0, no mean. */
  readonly #squares: Float64Array | undefined;
  readonly #lowerMost: number;
  readonly #upperLeast: number;
  readonly #upperMost: number;
  readonly #squareMost: number;
  readonly #shapeSlope: Float64Array = new Float64Array(2);
  readonly #triangle: Float64Array = new Float64Array(6);
  #slopes: Float64Array | undefined;

  constructor(sample: GarchSample, plan: GarchPlan) {
    const { p, o, q, dist } = plan;
    const n = sample.values.length;
    this.sample = sample;
    this.plan = plan;
    this.means = sample.means;
    this.shapes = dist === 'normal' ? 0 : dist === 't' ? 1 : 2;
    this.betaAt = this.means + 1 + p + o;
    this.shapeAt = this.betaAt + q;
    this.size = this.shapeAt + this.shapes;
    this.residuals = new Float64Array(n);
    this.variances = new Float64Array(n);
    this.lower = new Float64Array(n);
    this.upper = new Float64Array(n);
    this.varianceSlope = new Float64Array(n);
    this.residualSlope = new Float64Array(n);
    this.setResiduals(sample.start);
    this.backcast = garchBackcast(this.residuals);
    garchVarianceBounds(this.residuals, this.backcast, 1, this.lower, this.upper);
    this.recursion = makeRecursion(plan, {
      residuals: this.residuals,
      variances: this.variances,
      lower: this.lower,
      upper: this.upper,
      varianceSlope: this.varianceSlope,
      residualSlope: this.residualSlope,
      backcast: this.backcast,
      means: this.means,
      design: sample.design,
    });
    let squareMost = 0;
    let lowerMost = 0;
    let upperLeast = Infinity;
    let upperMost = 0;
    for (let t = 0; t < n; t++) {
      squareMost = Math.max(squareMost, this.residuals[t]! * this.residuals[t]!);
      lowerMost = Math.max(lowerMost, this.lower[t]!);
      upperLeast = Math.min(upperLeast, this.upper[t]!);
      upperMost = Math.max(upperMost, this.upper[t]!);
    }
    this.#squareMost = squareMost;
    this.#lowerMost = lowerMost;
    this.#upperLeast = upperLeast;
    this.#upperMost = upperMost;
    const plain =
      plan.model === 'garch' && dist === 'normal' && p === 1 && o === 0 && q === 1 && this.means === 0;
    this.#squares = plain ? this.residuals.map((e) => e * e) : undefined;
  }

  /** Residuals of the mean with these parameters. */
  setResiduals(parameters: Float64Array): void {
    const { values, design, means } = this.sample;
    for (let t = 0; t < values.length; t++) {
      let residual = values[t]!;
      for (let i = 0; i < means; i++) residual -= design[t * means + i]! * parameters[i]!;
      this.residuals[t] = residual;
    }
  }

  /** Log-likelihood; derivatives after every parameter into `gradient`. */
  logLikelihood(parameters: Float64Array, gradient: Float64Array): number {
    if (this.#squares !== undefined && this.#isFree(parameters)) {
      return garchOneOneLogLikelihood(
        this.#squares,
        parameters[0]!,
        parameters[1]!,
        parameters[2]!,
        this.backcast,
        gradient,
      );
    }
    const { means, residuals, residualSlope } = this;
    const value = this.density(parameters);
    this.recursion.adjoint(parameters, gradient);
    const { design } = this.sample;
    for (let i = 0; i < means; i++) {
      let slope = 0;
      for (let t = 0; t < residuals.length; t++) slope -= design[t * means + i]! * residualSlope[t]!;
      gradient[i] = slope;
    }
    for (let i = 0; i < this.shapes; i++) gradient[this.shapeAt + i] = this.#shapeSlope[i]!;
    return value;
  }

  /** Log-likelihood; residuals, variances and the slopes of each with the other variances fixed. */
  density(parameters: Float64Array): number {
    const { means, residuals, variances, varianceSlope, residualSlope } = this;
    if (means > 0) this.setResiduals(parameters);
    this.recursion.fill(parameters);
    if (this.shapes === 0) return normalLogLikelihood(residuals, variances, varianceSlope, residualSlope);
    return studentLogLikelihood(
      residuals,
      variances,
      1 / parameters[this.shapeAt]!,
      this.shapes === 2 ? parameters[this.shapeAt + 1]! : 0,
      varianceSlope,
      residualSlope,
      this.#shapeSlope,
    );
  }

  /**
   * Derivatives of every variance after the parameters of mean and variance, `size` columns, after `density`. The next
   * call writes over them.
   */
  sensitivities(parameters: Float64Array): Float64Array {
    this.#slopes ??= new Float64Array(this.residuals.length * this.size);
    this.recursion.sensitivities(parameters, this.size, this.#slopes);
    return this.#slopes;
  }

  /**
   * True where the variances follow from the residuals and not from their start, and the next one is no further off than
   * they may be: always, but for EGARCH.
   */
  isStable(parameters: Float64Array): boolean {
    if (this.plan.model !== 'egarch') return true;
    if (this.means > 0) this.setResiduals(parameters);
    this.recursion.fill(parameters);
    const next = this.recursion.expected(parameters, 1)[0]!;
    return this.recursion.forgets(parameters) && next <= this.#upperMost;
  }

  /** A positive definite guess of the second derivatives, sign changed: size × size. */
  information(parameters: Float64Array): Float64Array {
    const { size } = this;
    const n = this.residuals.length;
    const matrix = new Float64Array(size * size);
    if (this.#squares !== undefined && this.#isFree(parameters)) {
      const [omega, alpha, beta] = parameters;
      const out = this.#triangle;
      garchOneOneInformation(this.#squares, omega!, alpha!, beta!, this.backcast, new Float64Array(3), out);
      matrix.set([out[0]!, out[1]!, out[2]!, out[1]!, out[3]!, out[4]!, out[2]!, out[4]!, out[5]!]);
    } else {
      this.density(parameters);
      garchInformation(
        this.variances,
        this.sample.design,
        this.means,
        this.shapeAt,
        size,
        this.sensitivities(parameters),
        size,
        matrix,
      );
    }
    // Without any weight on squares, omega and the betas cannot be told apart: a little more on the diagonal.
    for (let i = 0; i < this.shapeAt; i++) matrix[i * size + i]! *= 1 + RIDGE;
    for (let i = this.shapeAt; i < size; i++) matrix[i * size + i] = i === this.shapeAt ? 4 * n : n;
    return matrix;
  }

  /** True where no variance can meet a bound. */
  #isFree(parameters: Float64Array): boolean {
    const [omega, alpha, beta] = parameters;
    const times = Math.min(1 / (1 - beta!), this.residuals.length);
    const most = this.backcast + (omega! + alpha! * this.#squareMost) * times;
    return omega! >= this.#lowerMost && most < this.#upperLeast;
  }
}
