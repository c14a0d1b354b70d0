"""Prints every constant that stands in kernels/special, from its definition at 320 bits.

Run `python parity/special_constants.py` after changing a table's shape and paste the output. Nothing else calls
it: the accuracy of the kernels is held by fixtures/special, which special.py makes independently of these tables.
"""

from fractions import Fraction

from mpmath import atanh, cos, erf, erfc, exp, gamma, loggamma, log, lu_solve, matrix, mp, mpf, nint, pi, sin, sqrt
from special import PRECISION_BITS, normal_quantile

EXP_STEPS = 64  # exp-table: 2^(j/64)
LOG_STEPS = 128  # log-table: m is looked up by round(128 m)
LOG_FIRST = 128
LOG_LAST = 256
LOG_UPPER = 182  # from here on m counts as m / 2, so that numbers just below 1 are near 1 too
RECIPROCAL_STEPS = 512  # the reciprocals are whole multiples of 1/512, so that products with them are exact
HIGH_BITS = 42  # high parts of logarithms are whole multiples of 2^-42


def split(value, bits):
    """value as high + low: high a whole multiple of 2^-bits, low the rest rounded to a double."""
    high = nint(value * mpf(2) ** bits) / mpf(2) ** bits
    return float(high), float(value - high)


def nearest_pair(value):
    """value as a double and the rest as a double."""
    high = float(value)
    return high, float(value - mpf(high))


def exp_table():
    """Rows 2^(j/64): nearest double, rest."""
    return [nearest_pair(mpf(2) ** (mpf(j) / EXP_STEPS)) for j in range(EXP_STEPS)]


def log_table():
    """Rows for i = 128..256: c = 128/i to a whole multiple of 1/512, and in two parts -log(c).

    From i = 182 on it is -log(2c).
    """
    rows = []
    for i in range(LOG_FIRST, LOG_LAST + 1):
        c = nint(mpf(LOG_STEPS) / i * RECIPROCAL_STEPS) / RECIPROCAL_STEPS
        rows.append((float(c), *split(-log(2 * c if i >= LOG_UPPER else c), HIGH_BITS)))
    return rows


def upper_quantile(tail):
    """x > 0 whose upper tail of the standard normal is `tail` < 1/2."""
    return -normal_quantile(tail)


def rational(function, low, high, top, bottom):
    """Coefficients, lowest first, of P/Q through `function` at the Chebyshev points of [low, high]; Q starts with 1."""
    low, high, count = mpf(low), mpf(high), top + bottom + 1
    system, right = matrix(count, count), matrix(count, 1)
    for row in range(count):
        x = (low + high) / 2 + (high - low) / 2 * cos(pi * (2 * row + 1) / (2 * count))
        value = function(x)
        for j in range(top + 1):
            system[row, j] = x**j
        for j in range(1, bottom + 1):
            system[row, top + j] = -value * x**j
        right[row] = value
    solution = lu_solve(system, right)
    return [solution[j] for j in range(top + 1)], [mpf(1)] + [solution[top + j] for j in range(1, bottom + 1)]


CENTRE_LIMIT = mpf("0.140625")  # 0.375 squared


def quantile_centre(u):
    """(quantile(0.5 + q) / q - sqrt(2 pi)) / q^2 at u = 0.375^2 - q^2; in u all coefficients are positive."""
    s = CENTRE_LIMIT - u
    q = sqrt(s)
    return (upper_quantile(mpf(1) / 2 - q) / q - sqrt(2 * pi)) / s


def quantile_shoulder(v):
    """(x - x0) / v, with x the upper quantile of e^-v / 16 and x0 that of 1/16."""
    return (upper_quantile(exp(-v) / 16) - upper_quantile(mpf(1) / 16)) / v


def quantile_tail(w):
    """w - x, with x the upper quantile of exp(-w^2 / 2)."""
    return w - upper_quantile(exp(-w * w / 2))


def tail_divisor(x):
    """phi(x) sqrt(2 pi) / (upper tail at x), less its limit sqrt(2 pi) x."""
    return exp(-x * x / 2) * 2 / erfc(x / sqrt(2)) - sqrt(2 * pi) * x


def tail_divisor_far(s):
    """(tail_divisor(x) / sqrt(2 pi)) x at s = 1 / x^2."""
    x = 1 / sqrt(s)
    return tail_divisor(x) / sqrt(2 * pi) * x


def erf_centre(s):
    """(erf(x) / x - 2 / sqrt(pi)) / s at s = x^2."""
    x = sqrt(s)
    return (erf(x) / x - 2 / sqrt(pi)) / s


def normal_centre(s):
    """((Phi(x) - 1/2) / x - 1 / sqrt(2 pi)) / s at s = x^2."""
    x = sqrt(s)
    return (erf(x / sqrt(2)) / x / 2 - 1 / sqrt(2 * pi)) / s


def lgamma_rest(x, lead):
    """log Gamma(x) / ((x - 1) (x - 2)) less a number near its middle."""
    return loggamma(x) / ((x - 1) * (x - 2)) - lead


def gamma_over_ones(t):
    """(Gamma(1 + t) - 1) / (t (t - 1))."""
    return (gamma(1 + t) - 1) / (t * (t - 1))


def stirling_error(s):
    """x times what Stirling's formula leaves of log Gamma(x), at s = 1 / x^2."""
    x = 1 / sqrt(s)
    return (loggamma(x) - (x - mpf(1) / 2) * log(x) + x - log(2 * pi) / 2) * x


def half_step(s):
    """(Gamma(c + 3/4) / Gamma(c + 1/4) / sqrt(c) - 1) / s at s = 1 / c^2; it has no odd powers of c."""
    c = 1 / sqrt(s)
    return (gamma(c + mpf(3) / 4) / gamma(c + mpf(1) / 4) / sqrt(c) - 1) / s


def log_rest(s):
    """(atanh(r) / r - 1) / s at s = r^2."""
    r = sqrt(s)
    return (atanh(r) / r - 1) / s


def sine_rest(s):
    """(sin(pi x) / x - pi) / s at s = x^2."""
    x = sqrt(s)
    return (sin(pi * x) / x - pi) / s


def uniform_gamma_rows(rows, columns):
    """Taylor coefficients in eta of c_k(eta), k < rows: Temme's uniform expansion of the incomplete gamma function.

    With eta^2 / 2 = mu - log(1 + mu): c_0 = 1 / mu - 1 / eta and c_k = c_(k-1)' / eta + g_k / mu, where g_k is the
    number that leaves no pole (N. Temme, SIAM J. Math. Anal. 10, 1979, 757; DLMF 8.12.11).
    """
    size = columns + 2 * rows + 2
    mu = [Fraction(0), Fraction(1)]  # from mu mu' = eta (1 + mu)
    for n in range(2, size + 2):
        rest = sum(mu[i] * (n + 1 - i) * mu[n + 1 - i] for i in range(2, n))
        mu.append((mu[n - 1] - rest) / (n + 1))
    inverse = [Fraction(1)]  # eta / mu
    for n in range(1, size):
        inverse.append(-sum(mu[i + 1] * inverse[n - i] for i in range(1, n + 1)))
    row = inverse[1:]
    table = []
    for _ in range(rows):
        table.append(row[:columns])
        slope = [i * value for i, value in enumerate(row)][1:]  # its first over eta is the pole
        row = [value - slope[0] * inverse[i + 1] for i, value in enumerate(slope[1:])]
    return table


TINY = "1e-20"  # stands for 0 where the function is a quotient of zeros
RATIONALS = (
    ("erf: CENTRE", erf_centre, TINY, "0.72", 5, 5),
    ("normal-cdf: CENTRE", normal_centre, TINY, "0.46", 5, 5),
    ("normal-tail: NEAR", tail_divisor, "0.6", "2", 7, 7),
    ("normal-tail: MIDDLE", tail_divisor, "2", "6", 7, 7),
    ("normal-tail: FAR", tail_divisor_far, mpf(1) / 1600, mpf(1) / 36, 5, 5),
    ("lgamma: LOW", lambda t: lgamma_rest(1 + t, 0.59375), "-0.3001", "0.5", 7, 7),
    ("lgamma: NEAR", lambda t: lgamma_rest(2 + t, 0.40625), "-0.501", "1", 7, 7),
    ("lgamma: MIDDLE", lambda t: lgamma_rest(5 + t, 0.265625), "-2", "3", 7, 7),
    ("stirling: STIRLING", stirling_error, TINY, mpf(1) / 64, 7, 0),
    ("gamma: ONES", gamma_over_ones, "-0.0001", "1.0002", 6, 6),
    ("log1p: LOG", log_rest, TINY, "0.19", 5, 5),
    ("student-t: HALF_STEP", half_step, "1e-12", "0.0167", 6, 0),
    ("sine-pi: SINE", sine_rest, TINY, "0.25", 8, 0),
)


def print_array(name, numbers, per_line):
    """One TypeScript array."""
    print(f"const {name} = [")
    for start in range(0, len(numbers), per_line):
        print("  " + ", ".join(repr(float(v)) for v in numbers[start : start + per_line]) + ",")
    print("];")


def main():
    """Every constant, as TypeScript."""
    mp.prec = PRECISION_BITS
    print_array("EXP_TABLE", [v for row in exp_table() for v in row], 4)
    print_array("LOG_TABLE", [v for row in log_table() for v in row], 3)
    print("64 / ln 2:", repr(float(EXP_STEPS / log(mpf(2)))))
    print("ln 2 / 64 in two parts:", *split(log(mpf(2)) / EXP_STEPS, 41))
    print("ln 2 in two parts:", *split(log(mpf(2)), HIGH_BITS))
    print("log sqrt(2 pi) in two parts:", *nearest_pair(log(2 * pi) / 2))
    print("sqrt(2 pi) in two parts:", *nearest_pair(sqrt(2 * pi)))
    top, bottom = rational(quantile_centre, 0, CENTRE_LIMIT - mpf(10) ** -10, 7, 7)
    print_array("CENTRE_TOP", top, 4)
    print_array("CENTRE_BOTTOM", bottom, 4)
    print("upper quantile of 1/16 in two parts:", *nearest_pair(upper_quantile(mpf(1) / 16)))
    for name, function, low, high, degree in (
        ("SHOULDER", quantile_shoulder, "-0.7", "1.1", 6),
        ("NEAR", quantile_tail, "2.7", "5", 7),
        ("MIDDLE", quantile_tail, "5", "12", 7),
        ("FAR", quantile_tail, "12", "38.7", 8),
    ):
        top, bottom = rational(function, low, high, degree, degree)
        print_array(f"{name}_TOP", top, 4)
        print_array(f"{name}_BOTTOM", bottom, 4)
    print("pi in two parts:", *nearest_pair(+pi))
    print("2 / sqrt(pi) in two parts:", *nearest_pair(2 / sqrt(pi)))
    print("1 / sqrt(2 pi) in two parts:", *nearest_pair(1 / sqrt(2 * pi)))
    print("sqrt(pi) in two parts:", *nearest_pair(sqrt(pi)))
    print("log pi in two parts:", *nearest_pair(log(pi)))
    print("(log 2 pi - 1) / 2 in two parts:", *nearest_pair((log(2 * pi) - 1) / 2))
    for k, row in enumerate(uniform_gamma_rows(4, 12)):
        print_array(f"incomplete-gamma: UNIFORM_{k}", row[: 12 - 3 * k], 4)
    for name, function, low, high, top_degree, bottom_degree in RATIONALS:
        top, bottom = rational(function, low, high, top_degree, bottom_degree)
        print_array(f"{name}_TOP" if bottom_degree else name, top, 4)
        if bottom_degree:
            print_array(f"{name}_BOTTOM", bottom, 4)


if __name__ == "__main__":
    main()
