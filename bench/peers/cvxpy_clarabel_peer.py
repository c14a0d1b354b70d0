"""cvxpy with Clarabel, an interior-point solver in Rust."""

import cvxpy as cp
from peer import serve
from portfolios import kernels

serve(kernels(lambda problem: problem.solve(solver=cp.CLARABEL)), cp.__version__)
