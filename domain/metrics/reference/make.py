"""Writes values.json: curves over runs as NumPy and SciPy compute them. Run: python make.py (numpy, scipy)."""
import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(7)
# Each run logs at its own steps and ends at its own; seen at the steps of all, as width 1 keeps them.
runs = []
for every, offset, last in [(3, 0, 60), (5, 2, 75), (1, 0, 40), (7, 1, 90), (4, 0, 60)]:
    steps = np.arange(offset, last + 1, every)
    runs.append((steps, np.round(np.exp(-steps / 30) + rng.normal(0, 0.1, len(steps)), 6)))

xs = np.unique(np.concatenate([steps for steps, _ in runs]))
points = []
for x in xs:
    values = np.array([np.interp(x, steps, values) for steps, values in runs if steps[0] <= x <= steps[-1]])
    n = len(values)
    point = {"x": int(x), "n": n, "mean": values.mean(), "median": np.median(values), "min": values.min(), "max": values.max()}
    if n > 1:
        se = stats.sem(values)
        low, high = stats.t.interval(0.95, n - 1, loc=values.mean(), scale=se)
        point |= {"sd": values.std(ddof=1), "se": se, "ciLow": low, "ciHigh": high}
    points.append(point)

Path(__file__).with_name("values.json").write_text(json.dumps({
    "source": f"NumPy {np.__version__}, SciPy {scipy.__version__}; written by make.py beside this file",
    "runs": [{"steps": steps.tolist(), "values": values.tolist()} for steps, values in runs],
    "points": points,
}, indent=1) + "\n")
