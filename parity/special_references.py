"""The functions behind distributions to any precision.

The incomplete functions are sums of positive terms, at a precision that still leaves enough where taken from 1:
those of mpmath lose digits or do not end for shapes of a million.
"""

import mpmath
from mpmath import mp, mpf

ROOT_BITS = 200  # a root is good to 140 of them


def rest_of_1(log_rest, function, *arguments):
    """1 - function(*arguments), where it is about e^log_rest: as good as any other number at the precision in force."""
    with mp.workprec(mp.prec + 40 + int(max(0, -log_rest) * 1.45)):
        return 1 - function(*arguments)


def positive_sum(top, bottom, factor):
    """1 + t/b f + t (t + 1) / (b (b + 1)) f^2 + ...: positive terms whose ratio falls below 1."""
    term = total = mpf(1)
    done = mpf(2) ** -mp.prec
    n = 0
    while True:
        ratio = (top + n) / (bottom + n) * factor
        term *= ratio
        total += term
        n += 1
        if ratio < 1 and term < total * done * (1 - ratio):
            return total


def beta_log_factor(a, b, x):
    """log of x^a (1 - x)^b / B(a, b)."""
    log_beta = mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)
    return a * mpmath.log(x) + b * mpmath.log1p(-x) - log_beta


def beta_lower(a, b, x):
    """I_x(a, b) by its own terms."""
    return mpmath.exp(beta_log_factor(a, b, x)) / a * positive_sum(a + b, a + 1, x)


def incomplete_beta(a, b, x):
    """I_x(a, b) from the nearer end."""
    if x in (0, 1):
        return x
    if 2 * x <= 1:
        return beta_lower(a, b, x)
    log_rest = beta_log_factor(a, b, x) - mpmath.log(a) if (a + b) * x < a else 0
    return rest_of_1(log_rest, beta_lower, b, a, 1 - x)


def incomplete_gamma(a, x):
    """P(a, x)."""
    if x == 0:
        return x
    return mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a + 1)) * positive_sum_of_gamma(a, x)


def positive_sum_of_gamma(a, x):
    """1 + x / (a + 1) + x^2 / ((a + 1) (a + 2)) + ..."""
    term = total = mpf(1)
    done = mpf(2) ** -mp.prec
    n = 0
    while term > total * done:
        n += 1
        term *= x / (a + n)
        total += term
    return total


def incomplete_gamma_upper(a, x):
    """Q(a, x)."""
    if x == 0:
        return mpf(1)
    log_rest = a * mpmath.log(x) - x - mpmath.loggamma(a + 1) if x > a else 0
    return rest_of_1(log_rest, incomplete_gamma, a, x)


def student_two_sided(t, df):
    """Probability that Student's t is farther from 0 than t."""
    if t == 0:
        return mpf(1)
    square = t * t
    if square > df:
        return incomplete_beta(df / 2, mpf(1) / 2, df / (df + square))
    return rest_of_1(-df * mpmath.log1p(square / df), beta_lower, mpf(1) / 2, df / 2, square / (df + square))


def student_density(t, df):
    """Density of Student's t at t."""
    log_scale = mpmath.loggamma((df + 1) / 2) - mpmath.loggamma(df / 2) - mpmath.log(df * mp.pi) / 2
    return mpmath.exp(log_scale - (df + 1) / 2 * mpmath.log1p(t * t / df))


def root_of_growing(value_and_slope, start, step_most):
    """Where an increasing function that bends one way is 0: Newton's method, first at a few bits, then at ROOT_BITS."""
    z = start
    for bits in (ROOT_BITS // 2, ROOT_BITS):
        with mp.workprec(bits):
            for _ in range(300):
                value, slope = value_and_slope(z)
                step = max(min(-value / slope, step_most), -step_most)
                z += step
                if abs(step) < mpf(2) ** (60 - bits) * max(abs(z), 1):
                    break
            else:
                raise ArithmeticError("no root")
    return z


def incomplete_beta_inverse(a, b, p):
    """The x with I_x(a, b) = p, sought on log(x / (1 - x)), where log I is concave."""

    def value_and_slope(z):
        x = 1 / (1 + mpmath.exp(-z))
        here = incomplete_beta(a, b, x)
        log_density = a * mpmath.log(x) + b * mpmath.log1p(-x) - mpmath.log(mpmath.beta(a, b))
        return mpmath.log(here / p), mpmath.exp(log_density) / here

    return 1 / (1 + mpmath.exp(-root_of_growing(value_and_slope, mpmath.log(a / b), mpf(5))))


def student_quantile(p, df):
    """The t with distribution function p, sought on log t."""
    if p == mpf(1) / 2:
        return mpf(0)
    tail = min(p, 1 - p)

    def value_and_slope(z):
        t = mpmath.exp(z)
        here = student_two_sided(t, df) / 2
        return mpmath.log(tail / here), t * student_density(t, df) / here

    step_most = mpf(5) if df < 50 else mpf(1) / 4  # far beyond the root of large df a tail has too many digits
    size = mpmath.exp(root_of_growing(value_and_slope, mpf(0), step_most))
    return size if 2 * p > 1 else -size


def lgamma(x):
    """Logarithm of the size of Gamma(x)."""
    if x > 0:
        return mpmath.loggamma(x)
    return mpmath.log(mp.pi / abs(x * mpmath.sinpi(x))) - mpmath.loggamma(-x)
