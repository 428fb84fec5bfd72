"""An MLflow history behind a tracking server, read through its REST interface as MLflow's own client reads it."""

from __future__ import annotations

import base64
import http.client
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import IO, Any, Dict, Iterator, List, Mapping

from .hub import LOOPBACK
from .mlflow_history import NAME_TAG, STATUSES, History, PastExperiment, PastFile, PastRun, Point, SourceProblem
from .redirects import KeepTheToken

TIMEOUT_S = 60.0
PAUSES_S = (0.5, 2.0)
PAGE = 200
POINTS = 20_000
DEEPEST = 50


class ServerHistory(History):
    """Credentials are those of MLflow's client: in the address, or ``$MLFLOW_TRACKING_USERNAME`` and ``$MLFLOW_TRACKING_PASSWORD``, or ``$MLFLOW_TRACKING_TOKEN``."""

    near = False

    def __init__(self, address: str) -> None:
        parts = urllib.parse.urlsplit(address)
        super().__init__(urllib.parse.urlunsplit((parts.scheme, parts.netloc.rsplit("@", 1)[-1], parts.path.rstrip("/"), "", "")))
        self._headers = {"accept": "application/json", **_credentials(parts)}
        self._opener = urllib.request.build_opener(KeepTheToken, *([urllib.request.ProxyHandler({})] if parts.hostname in LOOPBACK else []))

    def experiments(self) -> Iterator[PastExperiment]:
        """All of them, those deleted included."""
        for found in self._pages("experiments/search", {"view_type": "ALL", "max_results": PAGE}, "experiments"):
            yield PastExperiment(str(found["experiment_id"]), found["name"], _whole(found.get("creation_time")), found.get("lifecycle_stage") == "deleted", _pairs(found.get("tags")))

    def runs(self, experiment: PastExperiment) -> Iterator[PastRun]:
        """All of an experiment, those deleted included."""
        for found in self._pages("runs/search", {"experiment_ids": [experiment.id], "run_view_type": "ALL", "max_results": PAGE}, "runs"):
            info, data = found["info"], found.get("data", {})
            tags = _pairs(data.get("tags"))
            yield PastRun(
                info.get("run_id") or info["run_uuid"], info.get("run_name") or tags.get(NAME_TAG, ""), info.get("user_id") or "", info.get("status") if info.get("status") in STATUSES else "RUNNING",
                _whole(info.get("start_time")), _whole(info.get("end_time")) or None, info.get("lifecycle_stage") == "deleted", info.get("artifact_uri") or "",
                _pairs(data.get("params")), tags, {each["key"]: (float(each.get("value", "nan")), int(each.get("timestamp", 0)), int(each.get("step", 0))) for each in data.get("metrics", [])},
            )

    def points(self, run: PastRun) -> Iterator[Point]:
        """Every point of every metric."""
        for key in run.latest:
            token = ""
            while True:
                page = self._get("metrics/get-history", {"run_id": run.id, "metric_key": key, "max_results": str(POINTS), **({"page_token": token} if token else {})})
                for each in page.get("metrics", []):
                    yield key, float(each.get("value", "nan")), int(each.get("timestamp", 0)), int(each.get("step", 0))
                token = page.get("next_page_token") or ""
                if not token:
                    break

    def files(self, run: PastRun) -> List[PastFile]:
        """By path."""
        found: List[PastFile] = []
        folders = [("", 0)]
        while folders:
            folder, depth = folders.pop()
            for each in self._get("artifacts/list", {"run_id": run.id, **({"path": folder} if folder else {})}).get("files", []):
                if each.get("is_dir") and depth < DEEPEST:
                    folders.append((each["path"], depth + 1))
                elif not each.get("is_dir"):
                    found.append(PastFile(each["path"], int(each.get("file_size") or 0)))
        return sorted(found, key=lambda file: file.path)

    def open(self, run: PastRun, file: PastFile) -> IO[bytes]:
        """The content of a file."""
        # The server reads it from wherever it lies, with its own rights.
        return self._ask("/get-artifact?" + urllib.parse.urlencode({"run_id": run.id, "run_uuid": run.id, "path": file.path}), None)

    def besides(self) -> Dict[str, int]:
        """What an import leaves there: how many of what."""
        models = sum(1 for _ in self._pages("registered-models/search", {"max_results": "100"}, "registered_models", get=True))
        return {"registered models": models}

    def _pages(self, path: str, query: Mapping[str, Any], name: str, get: bool = False) -> Iterator[Dict[str, Any]]:
        token = ""
        while True:
            asked = {**query, **({"page_token": token} if token else {})}
            page = self._get(path, asked) if get else self._read("/api/2.0/mlflow/" + path, json.dumps(asked).encode())
            yield from page.get(name, [])
            token = page.get("next_page_token") or ""
            if not token:
                return

    def _get(self, path: str, query: Mapping[str, str]) -> Dict[str, Any]:
        return self._read("/api/2.0/mlflow/%s?%s" % (path, urllib.parse.urlencode(query)), None)

    def _read(self, path: str, body: "bytes | None") -> Dict[str, Any]:
        try:
            with self._ask(path, body) as answer:
                read = json.loads(answer.read() or b"{}")
        except ValueError:
            read = None
        except (OSError, http.client.HTTPException) as problem:
            raise SourceProblem("the connection to %s broke off (%s). Run this again: it goes on where it stopped." % (self.place, problem)) from None
        if not isinstance(read, dict):
            raise SourceProblem("%s answered what MLflow does not: is it the address of a tracking server?" % self.place)
        return read

    def _ask(self, path: str, body: "bytes | None") -> IO[bytes]:
        """Raises ``SourceProblem`` with what to do. A server that is busy is asked again."""
        request = urllib.request.Request(self.place + path, data=body, headers={**self._headers, **({"content-type": "application/json"} if body else {})})
        for pause in (*PAUSES_S, None):
            try:
                return self._opener.open(request, timeout=TIMEOUT_S)
            except urllib.error.HTTPError as problem:
                if pause is None or (problem.code < 500 and problem.code != 429):
                    raise SourceProblem(self._told(problem, path)) from None
            except (urllib.error.URLError, http.client.HTTPException, OSError) as problem:
                if pause is None:
                    raise SourceProblem("nobody answers at %s (%s). Start the tracking server and run this again." % (self.place, getattr(problem, "reason", problem))) from None
            time.sleep(pause)
        raise AssertionError("unreachable")

    def _told(self, problem: urllib.error.HTTPError, path: str) -> str:
        asked = path.split("?")[0]
        if problem.code in (401, 403):
            return "%s does not let you in (status %d). Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN." % (self.place, problem.code)
        if problem.code == 404:
            return "%s has nothing at %s: is it the address of a tracking server?" % (self.place, asked)
        return "%s answered status %d to %s. Look into the log of that server, then run this again: it goes on where it stopped." % (self.place, problem.code, asked)


def _credentials(parts: urllib.parse.SplitResult) -> Dict[str, str]:
    user = urllib.parse.unquote(parts.username or "") or os.environ.get("MLFLOW_TRACKING_USERNAME", "")
    password = urllib.parse.unquote(parts.password or "") or os.environ.get("MLFLOW_TRACKING_PASSWORD", "")
    if user:
        return {"authorization": "Basic " + base64.b64encode(("%s:%s" % (user, password)).encode()).decode("ascii")}
    token = os.environ.get("MLFLOW_TRACKING_TOKEN")
    return {"authorization": "Bearer " + token} if token else {}


def _pairs(given: Any) -> Dict[str, str]:
    return {each["key"]: each.get("value", "") for each in given or []}


def _whole(given: Any) -> "int | None":
    return None if given is None else int(given)
