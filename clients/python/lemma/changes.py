"""A run that changes several variables at once is told so before it starts: no effect of it could be put down to one of them."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional

from .say import say

HOW_TO_GO_ON = "say such a design on the experiment's page, or why it is all changed at once: reason=\"…\" (lemma exec --reason …, or LEMMA_REASON)"


class TooManyChanges(RuntimeError):
    """The project stops runs that change several variables at once, and no ``reason`` was given. The text, of several lines, names the variables and what they were compared with."""


def tell_changes(answer: Mapping[str, Any], reason: Optional[str]) -> None:
    """Says which variables changed against the baseline and against the parent, where that is more than one and no design takes them apart.

    Raises ``TooManyChanges`` where the project's policy is to stop and ``reason`` is None. The baseline decides, and the parent only where no baseline was chosen: a treatment that
    changes one thing against a baseline which itself changed one is two things away from the parent, as it should be.
    """
    changes: List[Mapping[str, Any]] = list(answer.get("changes", []))
    if changes and changes[0].get("sentence") and answer.get("changesPolicy") == "STOP" and reason is None:
        raise TooManyChanges("\n".join(["this project does not change several variables at once without a reason:", "  %s" % changes[0].get("sentence"), "  %s" % changes[0].get("url"), "To go on all the same, %s." % HOW_TO_GO_ON]))
    for change in changes:
        if change.get("sentence"):
            say("too much at once? %s %s" % (change.get("sentence"), change.get("url")))
