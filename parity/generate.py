"""Writes the fixtures of one Python environment, and the manifest rows that speak of them.

    python parity/generate.py --env main --out DIR [names…]

Run through `npm run parity`, which makes the environments and compares what comes out with what is committed.
A generator is a module of this folder with `generate(out_dir)`. It may have `manifest_rows()`: for each of its
files the fields of the manifest that cannot be read from the file itself.
"""

from __future__ import annotations

import os

# One thread and one hash seed, so that sums and sets come in the same order in every run.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import argparse
import hashlib
import importlib
import json
import pathlib
import tempfile
import warnings

HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENTS = json.loads((HERE / "environments.json").read_text(encoding="utf-8"))
MODULES = {name: tuple(environment["generators"]) for name, environment in ENVIRONMENTS.items()}
FIELDS = ("path", "sha256", "bytes", "madeBy", "reference", "version", "seed", "date", "licence", "note")


def describe(folder: pathlib.Path, path: str, module: str, known: dict) -> dict:
    """The manifest row of one file."""
    data = (folder / path).read_bytes()
    row = {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    row["madeBy"] = f"parity/{module}.py"
    if path in known:
        row |= known[path]
    else:
        fixture = json.loads(data)
        row |= {key: fixture[key] for key in ("reference", "version", "seed")}
        row["licence"] = "MIT (made for this project)"
        row["note"] = f"{fixture['function']}: {len(fixture['cases'])} cases"
    return {key: row[key] for key in FIELDS if key in row}


def run(module: str, out_dir: pathlib.Path) -> list[dict]:
    """Runs one generator in a folder of its own, moves its files to `out_dir` and returns their rows."""
    code = importlib.import_module(module)
    with tempfile.TemporaryDirectory(dir=out_dir) as scratch:
        folder = pathlib.Path(scratch)
        code.generate(folder)
        known = code.manifest_rows() if hasattr(code, "manifest_rows") else {}
        paths = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
        rows = [describe(folder, path, module, known) for path in paths]
        for path in paths:
            target = out_dir / path
            if target.exists():
                raise SystemExit(f"generate.py: {module} writes {path}, which another generator wrote")
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / path).rename(target)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the fixtures of one Python environment.")
    parser.add_argument("--env", choices=sorted(MODULES), required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("names", nargs="*", help="generators to run; all of the environment when absent")
    args = parser.parse_args()
    unknown = set(args.names) - set(MODULES[args.env])
    if unknown:
        parser.error(f"no generator {', '.join(sorted(unknown))} in {args.env}: {', '.join(MODULES[args.env])}")
    warnings.simplefilter("ignore")
    args.out.mkdir(parents=True, exist_ok=True)
    rows = []
    for module in args.names or MODULES[args.env]:
        print(f"  {args.env}: {module}", flush=True)
        rows += run(module, args.out)
    text = json.dumps({"files": rows}, ensure_ascii=False)
    (args.out / f"manifest.{args.env}.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
