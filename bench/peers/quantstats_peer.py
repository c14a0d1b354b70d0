"""quantstats: its HTML tear sheet, with a benchmark, written to a file."""

import logging
import os
import tempfile
import warnings

import matplotlib

matplotlib.use("Agg")
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # a line for every missing font
warnings.filterwarnings("ignore")

import pandas as pd
import quantstats as qs

from peer import serve


def page(arrays, params):
    index = pd.bdate_range("2013-01-02", periods=len(arrays["returns"]))
    returns = pd.Series(arrays["returns"], index, name="Strategy")
    benchmark = pd.Series(arrays["benchmark"], index, name="Benchmark")
    file = os.path.join(tempfile.mkdtemp(prefix="nb-bench-page-"), "page.html")

    def run():
        qs.reports.html(returns, benchmark, output=file)

    return run, lambda _: {"bytes": os.path.getsize(file)}


serve({"page": page}, qs.__version__)
