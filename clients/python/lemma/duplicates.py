"""What was run before is told before it is run again."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional

from .say import say

MOST_SAID = 3
HOW_TO_GO_ON = "say why it is done again: reason=\"replication\" or a sentence (lemma exec --reason …, or LEMMA_REASON)"


class DoneBefore(RuntimeError):
    """The project stops runs that repeat an earlier one, and no ``reason`` was given. The text names the earlier run and what came of it."""


def tell_duplicates(answer: Mapping[str, Any], reason: Optional[str]) -> None:
    """Says which earlier runs the hub names, three at most. Raises ``DoneBefore`` where the project's policy is to stop and ``reason`` is None."""
    matches: List[Mapping[str, Any]] = [*answer.get("exact", []), *answer.get("near", [])]
    sentences = ["%s %s" % (match.get("sentence"), match.get("url")) for match in matches[:MOST_SAID]]
    if matches and answer.get("policy") == "STOP" and reason is None:
        raise DoneBefore("this project does not repeat a run without a reason. %s To go on, %s." % (" ".join(sentences), HOW_TO_GO_ON))
    for sentence in sentences:
        say("done before? " + sentence)
