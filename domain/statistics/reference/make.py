"""Writes values.json: what SciPy and statsmodels say, for the tests of domain/statistics. Not part of the product.

Run with: python -m venv v && v/bin/pip install scipy==1.17.1 statsmodels==0.15.0 && v/bin/python make.py > values.json
"""
import json

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower, TTestPower
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

random = np.random.default_rng(20261122)


def interval(result, level):
    low_high = result.confidence_interval(level)
    return [low_high.low, low_high.high]


def comparison(treatment, baseline, pair):
    test = stats.ttest_rel(treatment, baseline) if pair else stats.ttest_ind(treatment, baseline, equal_var=False)
    margin = 0.6 * max(np.std(treatment, ddof=1), np.std(baseline, ddof=1))
    if pair:
        tost = DescrStatsW(np.subtract(treatment, baseline)).ttost_mean(-margin, margin)[0]
    else:
        tost = CompareMeans.from_data(treatment, baseline).ttost_ind(-margin, margin, usevar="unequal")[0]
    return {"treatment": list(treatment), "baseline": list(baseline), "paired": pair,
            "difference": float(np.mean(treatment) - np.mean(baseline)), "t": float(test.statistic), "df": float(test.df), "p": float(test.pvalue),
            "ci95": interval(test, 0.95), "ci90": interval(test, 0.90), "margin": float(margin), "tostP": float(tost)}


def samples():
    for n, m, shift, spread in [(2, 2, 0.5, 1), (3, 3, 0.01, 1), (3, 8, 2, 5), (5, 5, 0.8, 0.1), (10, 10, 0.3, 1), (30, 12, 0.2, 3)]:
        yield np.round(random.normal(shift, 1, n), 6).tolist(), np.round(random.normal(0, spread, m), 6).tolist()
    yield [0.9617, 0.9633, 0.9589, 0.9650, 0.9622], [0.9533, 0.9544, 0.9511, 0.9572, 0.9528]
    yield [1e-9 + 1e-12, 1.2e-9, 0.9e-9], [1.1e-9, 0.8e-9, 1.05e-9]
    yield [1000000.1, 1000000.2, 1000000.4], [1000000.3, 1000000.25, 1000000.6]


comparisons = [comparison(t, b, pair) for t, b in samples() for pair in (False, True) if not pair or len(t) == len(b)]
families = [[0.01, 0.04, 0.03], [0.5], [0.001, 0.001, 0.2, 0.9, 0.04], np.round(random.uniform(0, 1, 12), 6).tolist()]
print(json.dumps({
    "source": f"SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}; written by make.py beside this file",
    "comparisons": comparisons,
    "means": [{"values": v, "mean": float(np.mean(v)), "sd": float(np.std(v, ddof=1)), "ci95": [float(x) for x in stats.t.interval(0.95, len(v) - 1, np.mean(v), stats.sem(v))]}
              for v in ([1.5, 2.25], [0.9533, 0.9544, 0.9511], np.round(random.normal(5, 2, 20), 6).tolist())],
    "noncentralT": [{"t": t, "df": df, "nc": nc, "cdf": float(stats.nct.cdf(t, df, nc))} for t, df, nc in
                    [(2.0, 4, 1.0), (2.776, 4, 3.5), (-1.0, 7, 0.5), (0.0, 5, 1.2), (2.1, 18, 2.8), (1.98, 120, 5.0), (-2.0, 10, -3.0), (3.0, 2.5, 0.1), (12.7, 1, 10.0)]],
    "power": [{"effect": d, "n": n, "alpha": a, "ind": float(TTestIndPower().power(d, n, a)), "one": float(TTestPower().power(d, n, a))}
              for d, n, a in [(0.5, 64, 0.05), (1.0, 5, 0.05), (2.0, 3, 0.05), (0.2, 30, 0.025), (1.5, 8, 0.01), (3.0, 2, 0.05)]],
    "repeats": [{"effect": d, "alpha": a, "ind": float(TTestIndPower().solve_power(d, None, a, 0.8)), "one": float(TTestPower().solve_power(d, None, a, 0.8))}
                for d, a in [(0.5, 0.05), (0.8, 0.05), (1.2, 0.05), (1.0, 0.01), (0.3, 0.025)]],
    "corrections": [{"p": p, "holm": multipletests(p, method="holm")[1].tolist(), "bh": multipletests(p, method="fdr_bh")[1].tolist()} for p in families],
}, indent=1))
