"""What an import tells: what came, or would come, and what a team's history looked like before."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from .mlflow_history import PastRun
from .say import size

LONGEST_PARAM = 6000
LONGEST_TAG = 8000


class Tally:
    """Counts of one import."""

    def __init__(self) -> None:
        self.experiments = self.new_experiments = 0
        self.new = self.changed = self.same = self.again = self.deleted = self.nested = self.refused = 0
        self.series = self.points = self.points_sent = self.files = self.bytes = self.cut = 0
        self.points_known = True
        self.joined: List[str] = []
        self.without_files: Dict[str, int] = {}
        self.besides: Dict[str, int] = {}

    def take(self, run: PastRun, known: bool, sign: int = 1) -> None:
        """Counts a run that comes."""
        self.changed += sign if known else 0
        self.new += 0 if known else sign
        self.deleted += sign if run.deleted else 0
        self.nested += sign if "mlflow.parentRunId" in run.tags else 0
        self.series += sign * len(run.latest)
        self.points += sign * (run.points or 0)
        self.points_known = self.points_known and run.points is not None
        self.cut += sign * (sum(len(value) > LONGEST_PARAM for value in run.params.values()) + sum(len(value) > LONGEST_TAG for value in run.tags.values()))

    def give_back(self, run: PastRun, known: bool) -> None:
        """It was refused after all."""
        self.take(run, known, -1)

    def progress(self) -> str:
        """One line while it goes on."""
        return "%d new runs, %d changed, %d there already; %d points, %d files (%s) so far" % (self.new, self.changed, self.same, self.points_sent, self.files, size(self.bytes))

    def lines(self, dry: bool) -> List[str]:
        """The report. Of a dry run: what would come."""
        would = "would come" if dry else "came"
        points = "%d points" % (self.points_sent if not dry else self.points) if not dry or self.points_known else "points that only reading them counts"
        told = [
            "%s%d experiments, %d of them new" % ("Nothing is written. " if dry else "", self.experiments, self.new_experiments),
            "%d new and %d changed runs %s (%d of them nested, %d deleted), %d are there already" % (self.new, self.changed, would, self.nested, self.deleted, self.same),
            "%d series of metrics with %s, %d files of %s" % (self.series, points, self.files, size(self.bytes)),
        ]
        told += ["%d that still go on there were read again" % self.again] if self.again else []
        told += ["the runs join those of %s" % name for name in self.joined]
        told += ["%d values are longer than Lemma keeps and %s cut" % (self.cut, "would be" if dry else "were")] if self.cut else []
        told += ["left out, the files of %d runs: %s" % (count, why) for why, count in sorted(self.without_files.items())]
        told += ["left out: %d %s, which an import does not bring" % (count, what) for what, count in sorted(self.besides.items()) if count]
        told += ["left out, as told above: %d" % self.refused] if self.refused else []
        return told


class Before:
    """A team's own "before": how much of its history nobody can trace."""

    def __init__(self) -> None:
        self.runs = self.untraceable = 0

    def count(self, run: PastRun) -> None:
        """One run that is not deleted."""
        self.runs += 1
        self.untraceable += 0 if run.traceable else 1

    def lines(self, rate: Optional[Mapping[str, Any]]) -> List[str]:
        """The report; ``rate`` is what Lemma says of duplicates among the imported runs."""
        told = ["Your history before Lemma: %d runs" % self.runs]
        told.append("cannot be traced to code: %s. MLflow kept no commit with them, so nobody can say what was run" % _share(self.untraceable, self.runs))
        if rate is None:
            return [*told, "the duplicates among them: this Lemma does not tell; its project page does"]
        again, earlier, silent = rate["sameSeed"], rate["earlierExperiment"], rate["silent"]
        told.append("computed before: %s, of finished runs that say what they did: %d with the same settings and seed, %d in another experiment" % (_share(again + earlier, rate["runs"]), again, earlier))
        told += ["%d more %s nothing, neither params nor code nor data of their own, so nobody can say whether they were computed before" % (silent, "says" if silent == 1 else "say")] if silent else []
        return told + (["%d runs are still being looked at, so there may be more: run this again later for the final figure" % rate["waiting"]] if rate["waiting"] else [])


def _share(part: int, whole: int) -> str:
    return "%d of %d" % (part, whole) + (" (%.0f %%)" % (100.0 * part / whole) if whole else "")
