"""An MLflow history in the SQLite file of a tracking server: ``mlflow.db``. It is read only, a little at a time, so that a server may go on writing to it."""

from __future__ import annotations

import os
import sqlite3
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

from .mlflow_files import files_below, folder_of
from .mlflow_history import NAME_TAG, STATUSES, FilesElsewhere, History, PastExperiment, PastFile, PastRun, Point, SourceProblem

WAIT_S = 10.0
RUNS_AT_ONCE = 400
POINTS_AT_ONCE = 10_000
NEEDED = ("experiments", "runs", "metrics", "latest_metrics", "params", "tags")
LEFT = (("registered_models", "registered models"), ("logged_models", "logged models"), ("datasets", "datasets"), ("trace_info", "traces"))


class DatabaseHistory(History):
    """``artifacts`` is the folder in which the server kept the files it took, where it did."""

    def __init__(self, path: str, artifacts: Optional[str] = None) -> None:
        super().__init__(path)
        self._artifacts = artifacts
        self._base = os.path.dirname(os.path.abspath(path))
        with open(path, "rb") as file:
            if file.read(16) != b"SQLite format 3\0":
                raise SourceProblem("%s is no SQLite database. Name MLflow's mlflow.db, its mlruns folder, or the address of its server." % path)
        address = "file:%s?mode=ro" % os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        self._connection = sqlite3.connect(address, uri=True, timeout=WAIT_S)
        self._connection.text_factory = lambda text: text.decode("utf-8", "replace")
        self._tables = {name for (name,) in self._ask("SELECT name FROM sqlite_master WHERE type = 'table'")}
        missing = [name for name in NEEDED if name not in self._tables]
        if missing:
            raise SourceProblem("%s is no MLflow database: it has no table %s." % (path, ", ".join(missing)))
        self._columns = {name for (_, name, *_) in self._ask("PRAGMA table_info(experiments)")}

    def experiments(self) -> Iterator[PastExperiment]:
        """All of them, those deleted included."""
        tags = self._pairs("experiment_tags", "experiment_id", None) if "experiment_tags" in self._tables else {}
        made = "creation_time" if "creation_time" in self._columns else "NULL"
        for number, name, stage, made_ms in self._ask("SELECT experiment_id, name, lifecycle_stage, %s FROM experiments ORDER BY experiment_id" % made):
            yield PastExperiment(str(number), name, made_ms, stage == "deleted", tags.get(number, {}))

    def runs(self, experiment: PastExperiment) -> Iterator[PastRun]:
        """All of an experiment, those deleted included."""
        last = ""
        while True:
            rows = self._ask(
                "SELECT run_uuid, name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri FROM runs WHERE experiment_id = ? AND run_uuid > ? ORDER BY run_uuid LIMIT ?",
                (int(experiment.id), last, RUNS_AT_ONCE),
            )
            if not rows:
                return
            last = rows[-1][0]
            yield from self._described(rows)

    def _described(self, rows: Sequence[Tuple[Any, ...]]) -> Iterator[PastRun]:
        ids = [row[0] for row in rows]
        params, tags, latest = self._pairs("params", "run_uuid", ids), self._pairs("tags", "run_uuid", ids), self._latest(ids)
        counts = dict(self._ask("SELECT run_uuid, count(*) FROM metrics WHERE run_uuid IN (%s) GROUP BY run_uuid" % _marks(ids), ids))
        for run_id, name, user, status, started, ended, stage, uri in rows:
            its = tags.get(run_id, {})
            run = PastRun(
                run_id, name or its.get(NAME_TAG, ""), user or "", status if status in STATUSES else "RUNNING", started, ended or None, stage == "deleted", uri or "",
                params.get(run_id, {}), its, latest.get(run_id, {}), counts.get(run_id, 0),
            )
            try:
                run.more = [[file.path, file.size] for file in self.files(run)]
            except FilesElsewhere:
                pass
            yield run

    def points(self, run: PastRun) -> Iterator[Point]:
        """Every point of every metric."""
        last = -1
        while True:
            rows = self._ask("SELECT rowid, key, value, is_nan, timestamp, step FROM metrics WHERE run_uuid = ? AND rowid > ? ORDER BY rowid LIMIT ?", (run.id, last, POINTS_AT_ONCE))
            if not rows:
                return
            last = rows[-1][0]
            for _, key, value, is_nan, timestamp, step in rows:
                yield key, _number(value, is_nan), int(timestamp), int(step)

    def files(self, run: PastRun) -> List[PastFile]:
        """By path."""
        return files_below(folder_of(run.artifact_uri, self._base, self._artifacts))

    def besides(self) -> Dict[str, int]:
        """What an import leaves there: how many of what."""
        return {words: self._ask("SELECT count(*) FROM %s" % table)[0][0] for table, words in LEFT if table in self._tables}

    def _latest(self, ids: Sequence[str]) -> Dict[str, Dict[str, Tuple[float, int, int]]]:
        found: Dict[str, Dict[str, Tuple[float, int, int]]] = {}
        for run_id, key, value, is_nan, timestamp, step in self._ask("SELECT run_uuid, key, value, is_nan, timestamp, step FROM latest_metrics WHERE run_uuid IN (%s)" % _marks(ids), ids):
            found.setdefault(run_id, {})[key] = (_number(value, is_nan), int(timestamp), int(step))
        return found

    def _pairs(self, table: str, owner: str, ids: Optional[Sequence[str]]) -> Dict[Any, Dict[str, str]]:
        found: Dict[Any, Dict[str, str]] = {}
        where = "" if ids is None else "WHERE %s IN (%s)" % (owner, _marks(ids))
        for whose, key, value in self._ask("SELECT %s, key, value FROM %s %s" % (owner, table, where), ids or ()):
            found.setdefault(whose, {})[key] = value if value is not None else ""
        return found

    def _ask(self, question: str, given: Sequence[Any] = ()) -> List[Tuple[Any, ...]]:
        try:
            return self._connection.execute(question, tuple(given)).fetchall()
        except sqlite3.OperationalError as problem:
            if "locked" in str(problem) or "busy" in str(problem):
                raise SourceProblem("%s is locked by another program. Stop what writes to it or import from a copy of the file, and run this again: it goes on where it stopped." % self.place) from None
            raise SourceProblem("%s cannot be read: %s. Is it the database of an MLflow that is older than 1.0?" % (self.place, problem)) from None
        except sqlite3.DatabaseError as problem:
            raise SourceProblem("%s is damaged: %s. Import from a backup of it." % (self.place, problem)) from None


def _number(value: Any, is_nan: Any) -> float:
    return float("nan") if is_nan or value is None else float(value)


def _marks(ids: Sequence[str]) -> str:
    return ",".join("?" * len(ids))
