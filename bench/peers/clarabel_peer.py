"""Clarabel without cvxpy: the matrices handed to it as it wants them."""

import clarabel
import numpy as np
from peer import serve
from portfolios import objective
from scipy import sparse


def kernel(row_of):
    """Least y'Σy with row·y = 1 and y ≥ 0."""

    def prepare(arrays, params):
        returns = arrays["returns"]
        n = returns.shape[1]
        settings = clarabel.DefaultSettings()
        settings.verbose = False

        def run():
            sigma = sparse.csc_matrix(np.triu(np.cov(returns.T)))
            rows = sparse.vstack([sparse.csc_matrix(row_of(returns)[None, :]), -sparse.eye(n)], format="csc")
            ends = np.concatenate([[1.0], np.zeros(n)])
            cones = [clarabel.ZeroConeT(1), clarabel.NonnegativeConeT(n)]
            y = np.array(clarabel.DefaultSolver(sigma, np.zeros(n), rows, ends, cones, settings).solve().x)
            return y / y.sum()

        return run, lambda w: {"objective": objective(returns, w, params)}

    return prepare


serve(
    {
        "minVariance": kernel(lambda returns: np.ones(returns.shape[1])),
        "maxSharpe": kernel(lambda returns: returns.mean(axis=0)),
    },
    clarabel.__version__,
)
