/** Eigenvalues and eigenvectors of a symmetric matrix. The only door to ml-matrix. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Eigenvalues, rising, and the matrix whose column k is the unit vector of eigenvalue k, row-major. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Eigenvalues and eigenvectors of a symmetric n×n matrix. O(n³): Householder's reduction, then QL. */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const rows = Array.from({ length: n }, (_, i) => matrix.subarray(i * n, (i + 1) * n));
  const found = new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true });
  return {
    values: Float64Array.from(found.realEigenvalues),
    vectors: Float64Array.from(found.eigenvectorMatrix.to1DArray()),
  };
}
