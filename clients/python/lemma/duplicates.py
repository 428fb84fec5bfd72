"""What was run before is told before it is run again."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional

from .say import say

MOST_SAID = 3
HOW_TO_GO_ON = "say why it is done again: reason=\"replication\" or a sentence (lemma exec --reason …, or LEMMA_REASON)"


class DoneBefore(RuntimeError):
    """The project stops runs that repeat an earlier one, and no ``reason`` was given. The text, of several lines, names the earlier run and what came of it."""


def tell_duplicates(answer: Mapping[str, Any], reason: Optional[str]) -> None:
    """Says which earlier runs the hub names, three at most. Raises ``DoneBefore`` where the project's policy is to stop and ``reason`` is None."""
    matches: List[Mapping[str, Any]] = [*answer.get("exact", []), *answer.get("near", [])]
    told = [(match.get("sentence"), match.get("url")) for match in matches[:MOST_SAID]]
    if matches and answer.get("policy") == "STOP" and reason is None:
        lines = [line for sentence, url in told for line in ("  %s" % sentence, "  %s" % url)]
        raise DoneBefore("\n".join(["this project does not repeat a run without a reason:", *lines, "To go on, %s." % HOW_TO_GO_ON]))
    for sentence, url in told:
        say("done before? %s %s" % (sentence, url))
