"""The peers' side of a benchmark: reads one JSON command a line on stdin, answers with one JSON line each.

A peer script hands `serve` its kernels. A kernel takes the input (arrays by name) and the parameters and gives two
functions: one to be timed, and one that takes a few numbers out of its result.
"""

import gc
import json
import math
import os
import re
import sys
import time
import traceback

import numpy as np


def read_input(path):
    """The matrices of an input file by name; a matrix of one column comes as a vector."""
    if path is None:
        return {}
    with open(path, encoding="utf-8") as file:
        header = json.load(file)
    data = np.fromfile(os.path.join(os.path.dirname(path), header["data"]), dtype="<f8")
    arrays = {}
    for part in header["arrays"]:
        rows, cols, offset = part["rows"], part["cols"], part["offset"]
        cells = data[offset : offset + rows * cols].copy()
        arrays[part["name"]] = cells if cols == 1 else cells.reshape(rows, cols)
    return arrays


def reset_peak():
    """Linux can start the high-water mark of a process afresh; elsewhere it counts from its start."""
    try:
        with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
            file.write("5")
    except OSError:
        pass


def peak_bytes():
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            return int(re.search(r"^VmHWM:\s+(\d+) kB$", file.read(), re.M).group(1)) * 1024
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def timed(run, repeat, cold):
    """Milliseconds of one call; the collector rests meanwhile, as in timeit."""
    result = None
    gc.collect()
    gc.disable()
    try:
        if not cold:
            run()  # while the other side ran, memory and caches went cold
        start = time.perf_counter_ns()
        for _ in range(repeat):
            result = run()
        elapsed = time.perf_counter_ns() - start
    finally:
        gc.enable()
    return elapsed / 1e6 / repeat, result


def finite(value):
    """A number that JSON can carry; None for NaN and the infinities."""
    return value if math.isfinite(value) else None


def serve(kernels, version):
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    job = None

    def answer(command):
        nonlocal job
        if command["op"] == "info":
            return {"version": version}
        if command["op"] == "prepare":
            job = None
            gc.unfreeze()
            gc.collect()
            reset_peak()
            job = kernels[command["kernel"]](read_input(command["input"]), command["params"])
            gc.freeze()  # the input stays: collecting before each round need not walk it
            return {}
        if command["op"] == "time":
            run, check = job
            ms, result = timed(run, command["repeat"], command["cold"])
            return {"ms": ms, "check": {name: finite(value) for name, value in check(result).items()}}
        return {"peakBytes": peak_bytes()}

    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception:  # the harness prints it
            reply = {"error": traceback.format_exc()}
        answers.write(json.dumps(reply) + "\n")
        answers.flush()
