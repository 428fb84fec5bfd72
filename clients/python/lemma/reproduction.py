"""What doing a run again is about: the record of the run, what differs from it, and why nothing can be tried."""

from __future__ import annotations

import os
import re
import urllib.parse
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence

from .hub import Hub, Refused

RUN_ID = re.compile(r"[0-9a-f]{32}\Z")
SHA256 = re.compile(r"[0-9a-f]{64}\Z")
MASKED = re.compile(r"\[masked [a-z-]+ \d+-\d+\]")
BEST = "query($project: String!, $filter: String!, $order: String!) { runs(project: $project, filter: $filter, orderBy: $order, first: 1) { nodes { id } } }"


@dataclass(frozen=True)
class Cause:
    """What was recorded and what was found in its place; ``kind`` is one of the server's: COMMIT, CHANGES, SUBMODULE, INTERPRETER, PACKAGE, DATA, SEED, COMMAND, METRIC. ``found`` is None for nothing."""

    kind: str
    name: str
    expected: Optional[str]
    found: Optional[str]


class Differs(Exception):
    """Something is not as it was recorded, so nothing is run."""

    def __init__(self, causes: Sequence[Cause], advice: str = "") -> None:
        super().__init__(advice)
        self.causes = list(causes)
        self.advice = advice


class CannotTry(Exception):
    """Nobody knows whether it differs: the text says what to do."""


@dataclass(frozen=True)
class Recorded:
    """A run as the hub recorded it. What comes from there is what somebody sent: paths are checked by ``inside`` before anything is written."""

    id: str
    name: str
    experiment: str
    artifacts: str
    seed: Optional[str]
    command: List[str]
    code: Mapping[str, Any]
    variables: Mapping[str, str]
    working_folder: Optional[str]
    python: Optional[str]
    implementation: Optional[str]
    packages: Mapping[str, str]
    datasets: List[Mapping[str, Any]]

    @property
    def root(self) -> Optional[str]:
        """Where the repository lay on the machine of the run, as far as that can be told."""
        pwd = self.variables.get("PWD") or ""
        if self.working_folder == "." and pwd:
            return pwd
        if self.working_folder and pwd.endswith("/" + self.working_folder):
            return pwd[:-len(self.working_folder) - 1]
        script = self.code.get("script")
        for word in self.command[1:]:
            path = os.path.normpath(os.path.join(pwd, word)) if pwd or word.startswith("/") else ""
            if script and path.endswith("/" + script):
                return path[:-len(script) - 1]
        return None

    def place(self, path: str) -> Optional[str]:
        """A path of the machine of the run, relative to its repository; None where it lay elsewhere, or nobody knows."""
        root = self.root
        relative = os.path.relpath(os.path.normpath(path), root) if root and path.startswith("/") else ".."
        return None if relative.split("/")[0] == ".." else relative


def find_run(hub: Hub, subject: str) -> str:
    """The id of a run: as given, or of the best finished run of an experiment (``VIS-42``) by the metric of its hypothesis. Raises ``CannotTry``, and as ``Hub.get``."""
    if RUN_ID.match(subject):
        return subject
    if not re.match(r"[A-Za-z][A-Za-z0-9]*-\d+\Z", subject):
        raise CannotTry("%s is neither the id of a run (32 hex digits) nor the key of an experiment (VIS-42)" % subject)
    experiment = hub.get("/experiments/" + subject)
    hypothesis = experiment.get("hypothesis") or {}
    metric = hypothesis.get("metric")
    if not metric:
        raise CannotTry("the hypothesis of %s names no metric, so none of its runs is the best: name a run by its id" % subject)
    field = "metrics.`%s`" % metric.replace("`", "``")
    found = hub.ask(BEST, {
        "project": experiment["project"], "filter": "experiment = '%s' AND status = 'FINISHED' AND excluded = false AND %s IS NOT NULL" % (experiment["key"], field),
        "order": "%s %s" % (field, "ASC" if hypothesis.get("direction") == "DECREASE" else "DESC"),
    })
    nodes = (found.get("runs") or {}).get("nodes") or []
    if not nodes:
        raise CannotTry("no run of %s has finished with %s: name a run by its id" % (subject, metric))
    return str(nodes[0]["id"])


def read_recorded(hub: Hub, run_id: str) -> Recorded:
    """What the hub recorded of a run. Raises ``Differs`` for a run that nobody captured, and as ``Hub.get``."""
    answer = hub.get("/runs/%s/capture" % run_id)
    capture: Dict[str, Any] = answer.get("capture") or {}
    python = capture.get("python") or {}
    recorded = Recorded(
        id=run_id, name=str(answer["name"]), experiment=str(answer["experiment"]), artifacts=urllib.parse.urlsplit(str(answer["artifacts"])).path, seed=answer.get("seed"), command=list(capture.get("command") or []),
        code=capture.get("code") or {}, variables=capture.get("variables") or {}, working_folder=capture.get("workingFolder"), python=python.get("version"), implementation=python.get("implementation"),
        packages={each["name"]: each["version"] for each in capture.get("packages") or []}, datasets=list(answer.get("datasets") or []),
    )
    if not recorded.command:
        raise Differs([Cause("COMMAND", "the command", None, None)], "how it was started is not recorded: record trainings with lemma.run or lemma exec")
    hidden = [word for word in recorded.command if MASKED.search(word)]
    if hidden:
        raise Differs([Cause("COMMAND", "the command", hidden[0], None)], "a secret in the command line was masked: give secrets by environment variables")
    return recorded


def inside(root: str, path: str) -> str:
    """The place of a recorded path below a folder. Raises ``Differs`` for one that leads out of it, through a link as well, or into git's own files."""
    parts = path.split("/")
    target = os.path.join(root, *parts)
    around = os.path.realpath(root)
    parent = os.path.realpath(os.path.dirname(target))
    unsafe = path.startswith("/") or "\\" in path or "\0" in path or any(part in ("", ".", "..") or _is_git(part) for part in parts)
    if unsafe or not (parent + os.sep).startswith(around + os.sep):
        raise Differs([Cause("CHANGES", "uncommitted changes", path, None)], "the record names a path outside of its own folder (%s): nothing is written there" % path)
    return target


def _is_git(part: str) -> bool:
    """``.git`` as any file system would take it: some ignore case, dots and spaces at the end, or letters that cannot be seen."""
    plain = "".join(letter for letter in part if letter.isprintable()).lower().rstrip(". ")
    return plain == ".git" or re.match(r"git~\d+\Z", plain) is not None


def quoted(path: str) -> str:
    """A path as part of an address."""
    return urllib.parse.quote(path, safe="/")


def artifact(hub: Hub, recorded: Recorded, path: str, most_bytes: int) -> bytes:
    """A file of the run. Raises ``Differs`` when it is not there, and as ``Hub.file``."""
    try:
        return hub.file("%s/%s" % (recorded.artifacts, quoted(path)), most_bytes)
    except Refused as problem:
        raise Differs([Cause("CHANGES", "uncommitted changes", path, None)], "%s is not among the files of the run: %s" % (path, problem)) from None
