"""Reference values of kernels/special from mpmath: fixtures/special/*.json.

A case is a group of inputs; the expected numbers are the doubles nearest the true values. Beside the inputs stands
`restUlp`: what is missing from those doubles to the true values, in units of their last place and to six decimals.
So a test can measure errors to a millionth of an ulp, below the normal range too. Inputs are made by exactly rounded
operations and by mpmath only, so that they do not depend on the machine's own exp and log.
"""

import math
import pathlib
import random

import fixture_io
import mpmath
from mpmath import mp, mpf
from special_distributions import DISTRIBUTIONS
from special_points import around, either_sign, positive_double, two_to

SEED = 20240229
PRECISION_BITS = 320
SMALLEST = -1074  # exponent of the smallest subnormal number
LARGEST_LOG = 709.782712893384
LOWEST_LOG = -745.1332191019411


def reference(value):
    """The nearest double of an mpmath number, and the rest in units of its last place."""
    if value == 0:
        return 0.0, 0.0
    exponent = max(mpmath.frexp(value)[1] - 53, SMALLEST)
    count = int(mpmath.nint(mpmath.ldexp(value, -exponent)))
    if abs(count) == 2**53:
        count //= 2
        exponent += 1
    try:
        nearest = math.ldexp(count, exponent)
    except OverflowError:
        return math.inf, 0.0
    return nearest, round(float(mpmath.ldexp(value, -exponent) - count), 6)


def exp_inputs(rng):
    """Groups of x."""
    step = mpmath.log(2) / 64
    edges = []
    for j in range(64):
        n = j + 64 * rng.randint(-900, 900)
        edges += [float(n * step), *around(float((n + mpf(1) / 2) * step))]
    return {
        "whole range": [rng.uniform(-745.2, 709.79) for _ in range(500)],
        "around 0": [0.0, 1.0, -1.0, *(rng.uniform(-2.0, 2.0) for _ in range(400))],
        "near 0 on every scale": [either_sign(rng) * two_to(rng.uniform(-60, -3)) for _ in range(200)],
        "subnormal results": [*around(-708.3964185322641), *(rng.uniform(-745.2, -708.0) for _ in range(300))],
        "ends of the range": [*around(LARGEST_LOG), *around(LOWEST_LOG), 710.0, -746.0, 1e300, -1e300],
        "middles and edges of 64 steps per doubling": edges,
    }


def log_inputs(rng):
    """Groups of x."""
    rows = []
    for row in range(128, 257):
        rows += [row / 128, math.ldexp((row + 0.5) / 128, rng.randint(-3, 3))]
    powers = []
    for k in range(-1070, 1024, 31):
        powers += around(math.ldexp(1.0, k))
    return {
        "whole range": [positive_double(rng) for _ in range(400)],
        "near 1 on every scale": [1.0 + either_sign(rng) * two_to(rng.uniform(-52, -1.5)) for _ in range(400)],
        "around 1": [1.0, *(rng.uniform(0.99, 1.01) for _ in range(300))],
        "everyday sizes": [two_to(rng.uniform(-20, 20)) for _ in range(200)],
        "subnormal": [5e-324, *around(2.2250738585072014e-308), *(rng.random() * 2.0**-1022 for _ in range(100))],
        "powers of 2 and their neighbours": powers,
        "edges and middles of 128 steps": [*around(math.sqrt(2.0)), *rows],
        "largest": [1.7976931348623157e308],
    }


def pow_inputs(rng):
    """Groups of (x, y)."""

    def reaching(base, low, high):
        return base, float(rng.uniform(low, high) / mpmath.log(base))

    def near_one():
        return 1.0 + either_sign(rng) * two_to(rng.uniform(-52, -3))

    corners = [(1.0, 1e300), (1e5, 1e-300), (0.3, 2.0**-70), (1.7e308, 1.0000001)]
    corners += [(5e-324, y) for y in (1.0, -0.25, 0.3)]
    corners += [(x, y) for x in around(1.0) for y in (1e15, -1e15, 4e18, -4e18)]
    return {
        "powers of 10": [(10.0, float(n)) for n in range(-23, 24)],
        "powers of 2": [(2.0, float(k)) for k in (-1075, -1074, -1073, -1022, -1, 0, 1, 52, 1023, 1024)],
        "corners": corners,
        "growth to a year": [(1.0 + rng.uniform(-0.05, 0.05), 252.0 / rng.randint(1, 8000)) for _ in range(150)],
        "roots": [(rng.uniform(0.01, 50.0), 1.0 / rng.randint(1, 60)) for _ in range(150)],
        "whole powers": [(rng.uniform(0.1, 10.0), float(rng.randint(-150, 150))) for _ in range(150)],
        "results over the whole range": [
            reaching(positive_double(rng), LOWEST_LOG, LARGEST_LOG) for _ in range(250)
        ],
        "bases near 1": [reaching(near_one(), LOWEST_LOG, LARGEST_LOG) for _ in range(250)],
        "large results of bases a little off 1": [
            reaching(1.0 + either_sign(rng) * rng.uniform(0.002, 0.009), 500.0, LARGEST_LOG) for _ in range(200)
        ],
        "subnormal results": [reaching(positive_double(rng), LOWEST_LOG, -708.5) for _ in range(150)],
        "subnormal bases": [(rng.random() * 2.0**-1022, rng.uniform(-1.0, 1.0)) for _ in range(50)],
    }


def normal_density_inputs(rng):
    """Groups of x."""
    return {
        "centre": [0.0, 1.0, -1.0, *(rng.uniform(-5.0, 5.0) for _ in range(400))],
        "tails": [rng.uniform(-38.6, 38.6) for _ in range(200)],
        "subnormal results": [38.5, -38.56, *(rng.uniform(37.6, 38.6) for _ in range(100))],
        "near 0 on every scale": [either_sign(rng) * two_to(rng.uniform(-30, 0)) for _ in range(100)],
    }


def normal_quantile_inputs(rng):
    """Groups of p."""
    levels = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25]
    borders = []
    for border in (0.125, 0.875, 0.0225, 0.9775, float(mpmath.exp(-12.5)), float(mpmath.exp(-72))):
        borders += around(border)
    return {
        "everyday levels": [*levels, 0.5, *(1.0 - p for p in levels)],
        "uniform": [rng.random() for _ in range(500)],
        "lower tail on every scale": [5e-324, *(two_to(rng.uniform(-1074, -1)) for _ in range(300))],
        "near lower tail": [two_to(rng.uniform(-40, -1)) for _ in range(300)],
        "upper tail": [1.0 - 2.0**-53, *(1.0 - two_to(rng.uniform(-53, -1)) for _ in range(200))],
        "near 1/2 on every scale": [0.5 + either_sign(rng) * two_to(rng.uniform(-53, -2)) for _ in range(200)],
        "borders between the approximations": borders,
    }


def normal_quantile(p):
    """Newton's method on the logarithm of the nearer tail, which is concave: from below it cannot overshoot far."""
    p = mpf(p)
    tail = min(p, 1 - p)
    if tail == mpf(1) / 2:
        return mpf(0)
    x = mpmath.sqrt(-2 * mpmath.log(tail)) / 2
    for _ in range(200):
        upper = mpmath.erfc(x / mpmath.sqrt(2)) / 2
        step = mpmath.log(upper / tail) * upper / mpmath.npdf(x)
        x += step
        if abs(step) < mpf(2) ** -250 * x:
            return x if p > tail else -x
    raise ArithmeticError(f"no quantile of {p}")


FUNCTIONS = {
    "exp": (exp_inputs, mpmath.exp),
    "log": (log_inputs, mpmath.log),
    "pow": (pow_inputs, mpmath.power),
    "normal-density": (normal_density_inputs, mpmath.npdf),
    "normal-quantile": (normal_quantile_inputs, normal_quantile),
    **DISTRIBUTIONS,
}


def case(name, items, function):
    """One group of inputs with its reference values; the precision in force is PRECISION_BITS."""
    arguments = [item if isinstance(item, tuple) else (item,) for item in items]
    answers = [reference(function(*map(mpf, each))) for each in arguments]
    inputs = {letter: list(column) for letter, column in zip("xyz", zip(*arguments))}
    inputs["restUlp"] = [rest for _, rest in answers]
    return {"case": name, "params": {}, "inputs": inputs, "expected": [nearest for nearest, _ in answers]}


def generate(out_dir: pathlib.Path) -> None:
    """Writes out_dir/special/<function>.json; the same bytes on every run."""
    for name, (inputs, function) in FUNCTIONS.items():
        with mp.workprec(PRECISION_BITS):
            groups = inputs(random.Random(f"{SEED} {name}"))
            cases = [case(group, items, function) for group, items in groups.items()]
        fixture_io.write(
            out_dir,
            f"special/{name}.json",
            function=name,
            reference="mpmath",
            version=mpmath.__version__,
            seed=SEED,
            cases=cases,
        )
