"""Points at which the special functions are asked: made by exactly rounded operations and by mpmath only."""

import math

import mpmath


def two_to(power):
    """2 to a real power."""
    return float(mpmath.power(2, power))


def either_sign(rng):
    """1 or -1."""
    return 1.0 if rng.random() < 0.5 else -1.0


def positive_double(rng):
    """A positive finite double, all exponents alike."""
    return math.ldexp(1.0 + rng.random(), rng.randint(-1022, 1023))


def around(x):
    """x and its two neighbours."""
    return [math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf)]


def tail_probability(rng, lowest=-300):
    """A probability, all sizes from 10^lowest alike."""
    return float(mpmath.power(10, rng.uniform(lowest, 0)))


def one_of(rng, *values):
    """One of the values."""
    return values[rng.randrange(len(values))]
