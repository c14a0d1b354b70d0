"""How a generator writes a fixture: one layout, one spelling of numbers, the same bytes in every run."""

from __future__ import annotations

import json
import math
import pathlib
from typing import Any


def plain(value: Any) -> Any:
    """Numbers, strings, lists and dicts that JSON can hold: NaN is null, an infinity is a string."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if math.isnan(value):
            return None
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return int(value) if value.is_integer() and abs(value) < 2**53 and value != 0 else float(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):  # a numpy array or scalar
        return plain(value.tolist())
    return [plain(item) for item in value]


def dump(value: Any) -> str:
    """One line of JSON; floats in their shortest round-trip form."""
    return json.dumps(plain(value), separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def write(
    out_dir: pathlib.Path,
    path: str,
    *,
    function: str,
    reference: str,
    version: str,
    seed: int | None,
    cases: list[dict[str, Any]],
    shared: dict[str, dict[str, Any]] | None = None,
) -> None:
    """Writes `path` below `out_dir`, one case on a line. A case has `case`, `params`, `inputs` and `expected`.

    `shared` are inputs that several cases have: a case takes them by their name, as `inputs: {"shared": name}`.
    """
    names = [case["case"] for case in cases]
    if len(set(names)) != len(names):
        raise ValueError(f"{path}: two cases have the same name")
    for case in cases:
        if set(case) != {"case", "params", "inputs", "expected"}:
            raise ValueError(f"{path}: case {case['case']!r} has the fields {sorted(case)}")
    head = ",\n".join(
        f'"{key}":{dump(value)}'
        for key, value in (
            ("function", function),
            ("reference", reference),
            ("version", version),
            ("seed", seed),
        )
    )
    if shared is not None:
        rows = ",\n".join(f"{dump(name)}:{dump(inputs)}" for name, inputs in shared.items())
        head += f',\n"shared":{{\n{rows}\n}}'
    body = ",\n".join(dump(case) for case in cases)
    target = out_dir / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f'{{{head},\n"cases":[\n{body}\n]}}\n', encoding="utf-8", newline="\n")
