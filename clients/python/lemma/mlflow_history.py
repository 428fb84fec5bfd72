"""What an MLflow holds, whichever of its three forms it is read from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import IO, Dict, Iterator, List, Optional, Tuple

COMMIT_TAG = "mlflow.source.git.commit"
NAME_TAG = "mlflow.runName"
#: By MLflow's numbers.
STATUSES = ("", "RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED")
ENDED = ("FINISHED", "FAILED", "KILLED")
#: Key, value, milliseconds, step.
Point = Tuple[str, float, int, int]


class SourceProblem(Exception):
    """The source cannot be read at all; the sentence says what to do."""


class RunProblem(Exception):
    """One run cannot be read; the others can."""


class FilesElsewhere(Exception):
    """The files of a run are where this form does not reach."""


@dataclass
class PastExperiment:
    """An experiment as its source tells it."""

    id: str
    name: str
    made_ms: Optional[int] = None
    deleted: bool = False
    tags: Dict[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """Known by it again, also after it was renamed: numbers alone begin at 0 in every MLflow."""
        return "mlflow %s %s" % (self.id, "-" if self.made_ms is None else self.made_ms)

    def mark(self) -> str:
        """Another one as soon as anything changes of it."""
        return "%s %s" % (self.identity, _digest([self.name, self.tags]))


@dataclass
class PastFile:
    """A file of a run, by its path among the artifacts; ``near`` is where it lies on this machine."""

    path: str
    size: int
    near: Optional[str] = None


@dataclass
class PastRun:
    """A run as its source tells it, but for its points and files."""

    id: str
    name: str = ""
    user: str = ""
    status: str = "RUNNING"
    started_ms: Optional[int] = None
    ended_ms: Optional[int] = None
    deleted: bool = False
    artifact_uri: str = ""
    params: Dict[str, str] = field(default_factory=dict)
    tags: Dict[str, str] = field(default_factory=dict)
    #: By key: value, milliseconds and step of the last point.
    latest: Dict[str, Tuple[float, int, int]] = field(default_factory=dict)
    #: How many, where the source knows it without reading them.
    points: Optional[int] = None
    #: What else tells that a run has changed, such as the sizes of its files.
    more: List[object] = field(default_factory=list)

    @property
    def traceable(self) -> bool:
        """Whether MLflow kept from which commit it was run."""
        return bool(self.tags.get(COMMIT_TAG))

    def mark(self) -> str:
        """Another one as soon as anything changes of it."""
        latest = {key: [repr(value), at, step] for key, (value, at, step) in self.latest.items()}
        return _digest([self.name, self.user, self.status, self.started_ms, self.ended_ms, self.deleted, self.params, self.tags, latest, self.points, self.more])


class History:
    """Where a history is read from. What cannot be read of it is added to ``problems`` as a sentence, and the rest goes on."""

    #: Whether files lie on this machine, so that looking at them costs nothing.
    near = True

    def __init__(self, place: str) -> None:
        self.place = place
        self.problems: List[str] = []

    def experiments(self) -> Iterator[PastExperiment]:
        """All of them, those deleted included."""
        raise NotImplementedError

    def runs(self, experiment: PastExperiment) -> Iterator[PastRun]:
        """All of an experiment, those deleted included."""
        raise NotImplementedError

    def points(self, run: PastRun) -> Iterator[Point]:
        """Every point of every metric."""
        raise NotImplementedError

    def files(self, run: PastRun) -> List[PastFile]:
        """Raises ``FilesElsewhere``."""
        raise NotImplementedError

    def open(self, run: PastRun, file: PastFile) -> IO[bytes]:
        """The content of a file."""
        if file.near is None:
            raise FilesElsewhere("the file %s is not on this machine" % file.path)
        return open(file.near, "rb")

    def besides(self) -> Dict[str, int]:
        """What the source holds and an import leaves there: how many of what."""
        return {}


def _digest(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode("utf-8", "surrogatepass")).hexdigest()[:32]
