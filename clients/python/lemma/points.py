"""Numbers that a training logs, as points of metrics."""

from __future__ import annotations

import math
import re
from typing import Any, Dict, List, Mapping, Optional

from .say import say_once
from .spool import now_ms

NAME = re.compile(r"[\w.\- :/]{1,250}\Z")
NO_PART = re.compile(r"(?:^|/)\.{0,2}(?:/|\Z)")
LARGEST_STEP = 2 ** 63


class PointMaker:
    """Turns what ``run.log`` is given into points, and counts the steps of what has none."""

    def __init__(self) -> None:
        self._next: Dict[str, int] = {}

    def made(self, metrics: Mapping[str, Any], step: Optional[int]) -> List[List[Any]]:
        """Points ``[key, step, epoch milliseconds, value]``; what is no number or no name is said once and left out."""
        at = now_ms()
        points: List[List[Any]] = []
        for key, given in metrics.items():
            name = str(key)
            value = _number(name, given)
            place = self._step(name, step)
            if value is None or place is None or not _is_name(name):
                continue
            self._next[name] = place + 1
            points.append([name, place, at, value])
        return points

    def _step(self, name: str, step: Optional[int]) -> Optional[int]:
        if step is None:
            return self._next.get(name, 0)
        try:
            whole = int(step)
        except (TypeError, ValueError, OverflowError):
            whole = LARGEST_STEP
        if not -LARGEST_STEP <= whole < LARGEST_STEP:
            say_once("the step of %s is no whole number of 64 bits: %r; the point is left out" % (name, step), "step " + name)
            return None
        return whole


def _is_name(name: str) -> bool:
    if NAME.match(name) and not NO_PART.search(name):
        return True
    say_once("%r cannot be the name of a metric (letters, digits and _ - . : / or spaces, at most 250); it is left out" % name)
    return False


def _number(name: str, given: Any) -> Any:
    try:
        value = float(given)
    except Exception:  # noqa: BLE001: a tensor of many elements, text, None
        say_once("the value of %s is no number (%s); it is left out" % (name, type(given).__name__), "value " + name)
        return None
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
