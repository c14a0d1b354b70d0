"""cvxpy with the simplex method of HiGHS."""

import cvxpy as cp
from peer import serve
from portfolios import kernels

OPTIONS = {"solver": "simplex", "threads": 1}

serve(kernels(lambda problem: problem.solve(solver=cp.HIGHS, highs_options=OPTIONS)), cp.__version__)
