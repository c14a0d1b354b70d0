"""scipy.stats: correlations with p-values."""

import scipy
from scipy import stats

from peer import serve


def correlation(function):
    def kernel(arrays, params):
        x, y = arrays["x"], arrays["y"]
        return lambda: function(x, y), lambda found: {
            "correlation": float(found.statistic),
            "pValue": float(found.pvalue),
        }

    return kernel


serve(
    {
        "spearman": correlation(stats.spearmanr),
        "pearson": correlation(stats.pearsonr),
        "kendall": correlation(stats.kendalltau),
    },
    scipy.__version__,
)
