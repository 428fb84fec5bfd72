"""An MLflow history in an ``mlruns`` folder: a file for every param, tag and metric."""

from __future__ import annotations

import os
from typing import Dict, Iterator, List, Optional, Tuple

from .mlflow_files import files_below, folder_of
from .mlflow_history import STATUSES, FilesElsewhere, History, PastExperiment, PastFile, PastRun, Point, RunProblem, SourceProblem
from .plain_yaml import read_plain

TRASH = ".trash"
META = "meta.yaml"
OTHERS = ("models", "traces", "tags", "datasets")


class FolderHistory(History):
    """``artifacts`` is the folder in which a server kept the files it took, where it did."""

    def __init__(self, path: str, artifacts: Optional[str] = None) -> None:
        super().__init__(path)
        self._artifacts = artifacts
        self._folders: Dict[str, str] = {}
        self._runs: Dict[str, str] = {}
        if not any(os.path.exists(os.path.join(path, name, META)) for name in _names(path)) and not _names(os.path.join(path, TRASH)):
            raise SourceProblem("%s holds no MLflow history: no folder in it has a %s. Name the mlruns folder itself, MLflow's mlflow.db, or the address of its server." % (path, META))

    def experiments(self) -> Iterator[PastExperiment]:
        """All of them, those deleted included."""
        for parent, deleted in ((self.place, False), (os.path.join(self.place, TRASH), True)):
            for name in _names(parent):
                folder = os.path.join(parent, name)
                if name == TRASH or name == "models" or not os.path.isdir(folder):
                    continue
                try:
                    meta = _meta(folder, ("experiment_id", "name"))
                except RunProblem as problem:
                    self.problems.append("the experiment in %s is left out: %s" % (folder, problem))
                    continue
                experiment = PastExperiment(meta["experiment_id"] or name, meta["name"] or name, _whole(meta.get("creation_time")), deleted or meta.get("lifecycle_stage") == "deleted", _texts(os.path.join(folder, "tags")))
                self._folders[experiment.id] = folder
                yield experiment

    def runs(self, experiment: PastExperiment) -> Iterator[PastRun]:
        """All of an experiment, those deleted included."""
        folder = self._folders[experiment.id]
        for name in _names(folder):
            path = os.path.join(folder, name)
            if name in OTHERS or not os.path.isdir(path):
                continue
            try:
                yield self._run(path)
            except (RunProblem, OSError, ValueError) as problem:
                self.problems.append("the run in %s is left out: %s" % (path, problem))

    def _run(self, folder: str) -> PastRun:
        meta = _meta(folder, ("status",))
        run_id = meta.get("run_id") or meta.get("run_uuid") or ""
        if run_id != os.path.basename(folder):
            raise RunProblem("its %s names the run %s" % (META, run_id or "nowhere"))
        tags = _texts(os.path.join(folder, "tags"))
        self._runs[run_id] = folder
        run = PastRun(
            run_id, meta.get("run_name") or meta.get("name") or tags.get("mlflow.runName", ""), meta.get("user_id") or "", _status(meta["status"]), _whole(meta.get("start_time")), _whole(meta.get("end_time")),
            meta.get("lifecycle_stage") == "deleted", meta.get("artifact_uri") or "", _texts(os.path.join(folder, "params")), tags,
        )
        metrics = files_below(os.path.join(folder, "metrics"))
        run.points = 0
        for file in metrics:
            points = list(_points(file))
            run.points += len(points)
            if points:
                last = max(points, key=lambda point: (point[3], point[2], point[1]))
                run.latest[file.path] = (last[1], last[2], last[3])
        try:
            run.more = [[file.path, file.size] for file in self.files(run)]
        except FilesElsewhere:
            pass
        return run

    def points(self, run: PastRun) -> Iterator[Point]:
        """Every point of every metric."""
        for file in files_below(os.path.join(self._runs[run.id], "metrics")):
            yield from _points(file)

    def files(self, run: PastRun) -> List[PastFile]:
        """By path."""
        # Beside the run first: a folder that was copied or moved still names its old place.
        beside = os.path.join(self._runs[run.id], "artifacts")
        if os.path.isdir(beside) and _names(beside):
            return files_below(beside)
        return files_below(folder_of(run.artifact_uri, os.path.dirname(os.path.abspath(self.place)), self._artifacts)) if run.artifact_uri else []

    def besides(self) -> Dict[str, int]:
        """What an import leaves there: how many of what."""
        models = [name for name in _names(os.path.join(self.place, "models")) if os.path.exists(os.path.join(self.place, "models", name, META))]
        return {"registered models": len(models)}


def _meta(folder: str, needed: Tuple[str, ...]) -> Dict[str, Optional[str]]:
    path = os.path.join(folder, META)
    try:
        with open(path, encoding="utf-8") as file:
            meta = read_plain(file.read())
    except FileNotFoundError:
        raise RunProblem("it has no %s" % META) from None
    except (OSError, ValueError) as problem:
        raise RunProblem("its %s cannot be read (%s); mend or remove the folder" % (META, problem)) from None
    missing = [name for name in needed if meta.get(name) is None]
    if missing:
        raise RunProblem("its %s is only half written: %s is missing; mend or remove the folder" % (META, ", ".join(missing)))
    return meta


def _points(file: PastFile) -> Iterator[Point]:
    with open(file.near or "", encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            # A last line that was cut off while it was written.
            if len(words) < 2 or not line.endswith("\n"):
                continue
            yield file.path, float(words[1]), int(words[0]), int(words[2]) if len(words) > 2 else 0


def _texts(folder: str) -> Dict[str, str]:
    found = {}
    for file in files_below(folder):
        with open(file.near or "", encoding="utf-8", newline="") as text:
            found[file.path] = text.read()
    return found


def _status(text: Optional[str]) -> str:
    if text in STATUSES:
        return str(text)
    number = _whole(text)
    return STATUSES[number] if number is not None and 0 < number < len(STATUSES) else "RUNNING"


def _whole(text: Optional[str]) -> Optional[int]:
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def _names(folder: str) -> List[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
