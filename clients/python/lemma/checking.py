"""The hub is asked once, at the start of a run: whether it was run before, and whether too much changed at once."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional

from .changes import tell_changes
from .duplicates import tell_duplicates
from .hub import HubDown, Refused
from .say import say

if TYPE_CHECKING:
    from .run import Run

WAIT_S = 3.0


def check_start(run: "Run", told: Mapping[str, Any], params: Mapping[str, str], reason: Optional[str]) -> None:
    """Asks the hub what a run with this code, data, configuration and environment would repeat, and what it changes against its baseline and its parent, and says so on stderr.

    Waits ``$LEMMA_CHECK_SECONDS`` (3; 0 does not ask) for the capture, the datasets and the answer together; a hub that is down, or that takes longer, is no reason not to start.
    Raises ``DoneBefore`` or ``TooManyChanges`` where the project's policy is to stop and ``reason`` is None.
    """
    answer = _asked(run, told, params)
    tell_duplicates(answer, reason)
    tell_changes(answer, reason)


def given_reason(reason: Optional[str]) -> Optional[str]:
    """Why it is run all the same: what was said, or ``$LEMMA_REASON``; None for nothing."""
    return (reason or os.environ.get("LEMMA_REASON") or "").strip()[:2_000] or None


def _asked(run: "Run", told: Mapping[str, Any], params: Mapping[str, str]) -> Mapping[str, Any]:
    wait_s = _wait_s()
    where = {key: told[key] for key in ("project", "experiment") if told.get(key)}
    if wait_s <= 0 or not where:
        return {}
    if "experiment" not in where and told.get("hypothesis"):
        where["hypothesis"] = told["hypothesis"]
    until = time.monotonic() + wait_s
    try:
        _require_answering(run, wait_s)
        document = run.captured(until - time.monotonic())
        datasets = run.recorded_datasets(until - time.monotonic())
        if document is None or datasets is None:
            say("whether this was run before is not asked: capturing it takes longer than %g s ($LEMMA_CHECK_SECONDS)" % wait_s)
            return {}
        body: Dict[str, Any] = {**where, "params": dict(params), "capture": document, "datasets": datasets}
        answer = run.hub.post("/duplicate-check", body, max(0.5, until - time.monotonic()))
        return answer if isinstance(answer, dict) else {}
    except (HubDown, Refused):
        # Down, older than the question, or a project that the run itself will make or be refused for.
        return {}


def _require_answering(run: "Run", wait_s: float) -> None:
    """Nothing is waited for where nobody would answer. Raises ``HubDown``."""
    try:
        run.hub.get("/projects?first=1", wait_s)
    except Refused:
        pass


def _wait_s() -> float:
    try:
        return float(os.environ.get("LEMMA_CHECK_SECONDS") or WAIT_S)
    except ValueError:
        return WAIT_S
