"""Inputs of the functions behind distributions; special.py writes them with the answers of special_references.py."""

import mpmath
from mpmath import mpf
from special_points import around, either_sign, one_of, positive_double, tail_probability, two_to
from special_references import (
    incomplete_beta,
    incomplete_beta_inverse,
    incomplete_gamma,
    incomplete_gamma_upper,
    lgamma,
    student_density,
    student_quantile,
    student_two_sided,
)


def erf_inputs(rng):
    """Groups of x."""
    return {
        "centre": [rng.uniform(-1.0, 1.0) for _ in range(300)],
        "to the ends": [rng.uniform(-6.0, 6.0) for _ in range(200)],
        "near 0 on every scale": [either_sign(rng) * two_to(rng.uniform(-1074, -1)) for _ in range(100)],
        "borders between the approximations": [*around(0.84), *around(-0.84), 0.0],
    }


def erfc_inputs(rng):
    """Groups of x."""
    return {
        "centre": [rng.uniform(-1.0, 2.0) for _ in range(300)],
        "lower side": [rng.uniform(-6.5, 0.0) for _ in range(100)],
        "upper tail": [rng.uniform(1.0, 26.5) for _ in range(300)],
        "subnormal results": [27.2, *(rng.uniform(26.55, 27.22) for _ in range(60))],
        "borders between the approximations": [x for border in (0.46, 2**0.5, 18**0.5) for x in around(border)],
    }


def normal_cdf_inputs(rng):
    """Groups of x."""
    return {
        "everyday sizes": [-1.96, 1.96, -2.575829, 1.0, 0.0, *(rng.uniform(-4.0, 4.0) for _ in range(300))],
        "lower tail": [rng.uniform(-37.5, 0.0) for _ in range(300)],
        "upper tail": [rng.uniform(0.0, 9.0) for _ in range(100)],
        "subnormal results": [-38.4, *(rng.uniform(-38.4, -37.6) for _ in range(60))],
        "borders between the approximations": [x for border in (-0.65, 0.65, -2.0, -6.0) for x in around(border)],
    }


def gamma_inputs(rng):
    """Groups of x."""
    return {
        "whole and half": [n / 2 for n in range(1, 343)],
        "small": [rng.uniform(0.0, 8.0) for _ in range(250)],
        "large": [rng.uniform(8.0, 171.6) for _ in range(250)],
        "near 0 on every scale": [either_sign(rng) * two_to(rng.uniform(-1020, -1)) for _ in range(100)],
        "negative": [rng.uniform(-170.0, 0.0) for _ in range(200)],
        "borders between the approximations": [x for border in (1.0, 2.0, 8.0) for x in around(border)],
    }


def lgamma_inputs(rng):
    """Groups of x, at which the result is not near a zero but at 1 and 2."""
    borders = [x for border in (0.7, 1.5, 3.0, 8.0) for x in around(border)]
    return {
        "small": [rng.uniform(0.0, 10.0) for _ in range(300)],
        "near its zeros": [
            float(zero) + either_sign(rng) * two_to(rng.uniform(-50, -2)) for zero in (1, 2) for _ in range(100)
        ],
        "every scale": [positive_double(rng) for _ in range(100)],
        "everyday sizes": [two_to(rng.uniform(-10, 20)) for _ in range(150)],
        "just below 0": [-rng.uniform(0.0, 2.0) for _ in range(100)],
        "borders between the approximations": borders,
    }


DEGREES = (1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 30.0, 58.0, 98.0, 1000.0, 1e5, 1e6, 1e7)


def degrees(rng):
    """Degrees of freedom: everyday ones, and any from 1/2 to 10 million."""
    return one_of(rng, *DEGREES, two_to(rng.uniform(-1, 7)), two_to(rng.uniform(0, 23.2)))


def student_inputs(rng):
    """Groups of (t, df)."""

    def far(df):
        square = df * mpmath.expm1(-2 * mpmath.log(tail_probability(rng)) / df)
        return min(float(mpmath.sqrt(square)), 1e200), df

    return {
        "everyday sizes": [(rng.uniform(-6.0, 6.0), degrees(rng)) for _ in range(200)],
        "between series and fraction": [(rng.uniform(1.4, 1.8), degrees(rng)) for _ in range(60)],
        "tails to 1e-300": [far(degrees(rng)) for _ in range(100)],
        "near 0 on every scale": [(two_to(rng.uniform(-200, 0)), degrees(rng)) for _ in range(60)],
        "heavy tails": [(two_to(rng.uniform(-5, 600)), two_to(rng.uniform(-6, 0.5))) for _ in range(80)],
        "far tails of long series": [(49.5, 498.0), (36.0, 1998.0), (-36.0, 1998.0)],
    }


def student_quantile_inputs(rng):
    """Groups of (p, df)."""
    levels = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5]
    return {
        "everyday levels": [(p, df) for p in (*levels, 0.975, 0.995) for df in (1.0, 2.0, 4.0, 9.5, 58.0, 1e4)],
        "uniform": [(rng.random(), degrees(rng)) for _ in range(50)],
        "tails to 1e-300": [(tail_probability(rng), degrees(rng)) for _ in range(50)],
        "near 1/2 on every scale": [(0.5 + two_to(rng.uniform(-50, -2)), degrees(rng)) for _ in range(30)],
    }


def shape(rng, low=-4, high=12):
    """A parameter of shape, all sizes alike."""
    return two_to(rng.uniform(low, high))


def incomplete_beta_inputs(rng):
    """Groups of (a, b, x)."""

    def near_mean(a, b):
        width = mpmath.sqrt(a * b / (a + b) ** 2 / (a + b + 1))
        return a, b, float(min(max(a / (a + b) + rng.uniform(-4.0, 4.0) * width, mpf(2) ** -60), 1 - mpf(2) ** -50))

    def lower(a, b):
        return a, b, float(a / (a + b) * two_to(rng.uniform(-6, 0)))

    return {
        "whole and half shapes": [
            (rng.randint(1, 60) / 2, rng.randint(1, 60) / 2, rng.random()) for _ in range(150)
        ],
        "near the mean": [near_mean(shape(rng), shape(rng)) for _ in range(120)],
        "large shapes": [near_mean(shape(rng, 12, 18), shape(rng, 12, 18)) for _ in range(12)],
        "lower tail": [lower(shape(rng), shape(rng)) for _ in range(100)],
        "near 0 on every scale": [(shape(rng), shape(rng, -4, 6), two_to(rng.uniform(-80, -1))) for _ in range(60)],
        "ends": [(2.5, 0.5, 0.0), (2.5, 0.5, 1.0), (1.0, 1.0, 0.25)],
    }


def incomplete_beta_inverse_inputs(rng):
    """Groups of (a, b, p)."""
    return {
        "everyday": [(rng.randint(1, 60) / 2, rng.randint(1, 60) / 2, rng.random()) for _ in range(60)],
        "any shape": [(shape(rng, -3, 10), shape(rng, -3, 10), rng.random()) for _ in range(30)],
        "lower tail": [(shape(rng, -1, 8), shape(rng, -1, 8), tail_probability(rng, -200)) for _ in range(30)],
    }


def incomplete_gamma_inputs(rng):
    """Groups of (a, x)."""

    def near_mean(a):
        return a, abs(float(a + rng.uniform(-4.0, 5.0) * mpmath.sqrt(a)))

    return {
        "everyday": [(rng.randint(1, 60) / 2, rng.uniform(0.0, 50.0)) for _ in range(150)],
        "near the mean": [near_mean(shape(rng)) for _ in range(120)],
        "large shapes": [near_mean(shape(rng, 13, 19)) for _ in range(12)],
        "a tenth from the mean of large shapes": [
            (a, a * (1.0 + rng.uniform(-0.11, 0.11))) for a in (shape(rng, 13, 15) for _ in range(24))
        ],
        "upper tail": [(a, a + rng.uniform(0.0, 650.0)) for a in (shape(rng, -4, 9) for _ in range(100))],
        "near 0 on every scale": [(shape(rng, -20, 6), two_to(rng.uniform(-80, 1))) for _ in range(80)],
        "ends": [(2.5, 0.0), (1.0, 0.6931471805599453)],
    }


DISTRIBUTIONS = {
    "erf": (erf_inputs, mpmath.erf),
    "erfc": (erfc_inputs, mpmath.erfc),
    "normal-cdf": (normal_cdf_inputs, lambda x: mpmath.erfc(-x / mpmath.sqrt(2)) / 2),
    "gamma": (gamma_inputs, mpmath.gamma),
    "lgamma": (lgamma_inputs, lgamma),
    "student-t-two-sided": (student_inputs, student_two_sided),
    "student-t-density": (student_inputs, student_density),
    "student-t-quantile": (student_quantile_inputs, student_quantile),
    "incomplete-beta": (incomplete_beta_inputs, incomplete_beta),
    "incomplete-beta-inverse": (incomplete_beta_inverse_inputs, incomplete_beta_inverse),
    "incomplete-gamma": (incomplete_gamma_inputs, incomplete_gamma),
    "incomplete-gamma-upper": (incomplete_gamma_inputs, incomplete_gamma_upper),
}
