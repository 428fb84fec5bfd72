"""What an import says to a Lemma, and asks of it: through its MLflow door, its REST door and, for one figure, GraphQL."""

from __future__ import annotations

import datetime
import hashlib
import json
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import IO, Any, Callable, Dict, Iterable, Iterator, List, Optional, Tuple

from .hub import Hub, HubDown, Locked, Refused
from .mlflow_history import NAME_TAG, PastRun, Point

MARK = "lemma.imported"
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
PAGE = 1000
POINTS_AT_ONCE = 1000
PAIRS_AT_ONCE = 500
PIECE = 65_536
IN_MEMORY = 4_000_000
TRACKED = "/api/2.0/mlflow/"
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


@dataclass
class ThereExperiment:
    """An experiment as Lemma has it."""

    number: str
    name: str
    deleted: bool
    mark: str


@dataclass
class ThereRun:
    """A run as Lemma has it."""

    mark: str
    deleted: bool


class ImportingDoor:
    """One Lemma. What does not answer is asked again for a quarter of a minute; then ``HubDown`` is raised. A refusal is raised at once."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def project(self, slug: str) -> Dict[str, Any]:
        """Raises ``Refused`` when there is none."""
        return self._patiently(lambda: self._hub.get("/projects/" + urllib.parse.quote(slug, safe="")))

    def experiments(self) -> List[ThereExperiment]:
        """All that the viewer may see, those deleted included."""
        return [
            ThereExperiment(each["experiment_id"], each["name"], each.get("lifecycle_stage") == "deleted", _tag(each.get("tags"), MARK))
            for each in self._pages("experiments/search", {"view_type": "ALL"}, "experiments")
        ]

    def make_experiment(self, name: str, tags: Dict[str, str]) -> str:
        """Answers its number."""
        return self._track("experiments/create", {"name": name, "tags": _pairs(tags)})["experiment_id"]

    def tag_experiment(self, number: str, tags: Dict[str, str]) -> None:
        """Sets tags."""
        for key, value in tags.items():
            self._track("experiments/set-experiment-tag", {"experiment_id": number, "key": key, "value": value})

    def rename_experiment(self, number: str, name: str) -> None:
        """Gives it another name in its project."""
        self._track("experiments/update", {"experiment_id": number, "new_name": name})

    def delete_experiment(self, number: str) -> None:
        """With its runs, as MLflow does."""
        self._track("experiments/delete", {"experiment_id": number})

    def runs(self, number: str) -> Dict[str, ThereRun]:
        """By id, those deleted included."""
        return {
            each["info"]["run_id"]: ThereRun(_tag(each["data"].get("tags"), MARK), each["info"].get("lifecycle_stage") == "deleted")
            for each in self._pages("runs/search", {"experiment_ids": [number], "run_view_type": "ALL"}, "runs")
        }

    def import_run(self, number: str, run: PastRun, mark: str = "") -> str:
        """Brings a run, but for its points and files, or what is new of it; a long one in several requests. Answers what came of it: created, updated or unchanged."""
        tags = {**run.tags, **({NAME_TAG: run.name} if run.name else {})}
        body = {"id": run.id, "experiment": int(number), "name": run.name or None, "user": run.user[:500], "status": run.status, "startedAt": _moment(run.started_ms), "endedAt": _moment(run.ended_ms), "mark": mark}
        outcome = ""
        for params, some_tags in _slices(run.params, tags):
            answer = self._patiently(lambda: self._hub.post("/import/runs", {**body, "params": params, "tags": some_tags}))
            outcome = outcome or answer["outcome"]
        return outcome

    def log_points(self, run_id: str, points: Iterable[Point]) -> int:
        """Points that are there already are one with them. Answers how many were sent."""
        sent = 0
        for batch in _batches(points, POINTS_AT_ONCE):
            metrics = [{"key": key, "value": value, "timestamp": at, "step": step} for key, value, at, step in batch]
            self._track("runs/log-batch", {"run_id": run_id, "metrics": metrics})
            sent += len(batch)
        return sent

    def put_file(self, number: str, run_id: str, path: str, content: IO[bytes]) -> bool:
        """Keeps a file and checks its SHA-256 there; False when it was there already. What is read is spooled, so that a sending that broke off begins again."""
        address = "/api/2.0/mlflow-artifacts/artifacts/%s/%s/artifacts/%s" % (number, run_id, urllib.parse.quote(path))
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spooled:
            size, digest = _copy(content, spooled)
            if self._digest_at(address) == digest:
                return False

            def _put() -> Any:
                spooled.seek(0)
                return self._hub.send("PUT", address, spooled, {"content-length": str(size), "content-type": "application/octet-stream"}, 600.0)

            self._patiently(_put)
        if self._digest_at(address) != digest:
            raise HubDown("%s of the run %s did not arrive as it was sent" % (path, run_id))
        return True

    def delete_run(self, run_id: str) -> None:
        """Puts it into the bin."""
        self._track("runs/delete", {"run_id": run_id})

    def duplicate_rate(self, slug: str, numbers: List[int]) -> Optional[Dict[str, Any]]:
        """Of the runs that were imported into the experiments of these numbers. None where this Lemma does not tell."""
        question = "query($slug: String!, $imported: [Int!]) { project(slug: $slug) { duplicateRate(imported: $imported) { runs silent waiting sameSeed earlierExperiment } } }"
        try:
            project = self._hub.ask(question, {"slug": slug, "imported": numbers}).get("project")
        except (HubDown, Refused):
            return None
        return project["duplicateRate"] if project else None

    def _digest_at(self, address: str) -> Optional[str]:
        found = self._patiently(lambda: self._hub.headers_at(address))
        return None if found is None else (found.get("etag") or "").strip('"')

    def _track(self, path: str, body: Dict[str, Any]) -> Any:
        return self._patiently(lambda: self._hub.send("POST", TRACKED + path, _json(body), {"content-type": "application/json"}, 60.0))

    def _pages(self, path: str, query: Dict[str, Any], name: str) -> Iterator[Dict[str, Any]]:
        token = ""
        while True:
            page = self._track(path, {**query, "max_results": PAGE, **({"page_token": token} if token else {})})
            yield from page.get(name, [])
            token = page.get("next_page_token") or ""
            if not token:
                return

    def _patiently(self, ask: Callable[[], Any]) -> Any:
        for pause in PAUSES_S:
            try:
                return ask()
            except Locked:
                raise
            except HubDown:
                time.sleep(pause)
        return ask()


def _copy(content: IO[bytes], into: Any) -> Tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while True:
        piece = content.read(PIECE)
        if not piece:
            return size, digest.hexdigest()
        digest.update(piece)
        into.write(piece)
        size += len(piece)


def _slices(params: Dict[str, str], tags: Dict[str, str]) -> Iterator[Tuple[Dict[str, str], Dict[str, str]]]:
    """At least one, and each small enough for a request."""
    all_params, all_tags = list(params.items()), list(tags.items())
    for at in range(0, max(len(all_params), len(all_tags), 1), PAIRS_AT_ONCE):
        yield dict(all_params[at:at + PAIRS_AT_ONCE]), dict(all_tags[at:at + PAIRS_AT_ONCE])


def _batches(points: Iterable[Point], most: int) -> Iterator[List[Point]]:
    batch: List[Point] = []
    for point in points:
        batch.append(point)
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch


def _moment(ms: Optional[int]) -> Optional[str]:
    if ms is None:
        return None
    try:
        return (EPOCH + datetime.timedelta(milliseconds=ms)).isoformat(timespec="milliseconds")
    except OverflowError:
        return None


def _tag(tags: Any, key: str) -> str:
    return next((each.get("value", "") for each in tags or [] if each["key"] == key), "")


def _pairs(tags: Dict[str, str]) -> List[Dict[str, str]]:
    return [{"key": key, "value": value} for key, value in tags.items()]


def _json(body: Any) -> bytes:
    import json

    return json.dumps(body).encode("utf-8")
