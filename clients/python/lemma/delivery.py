"""Brings one run's spooled records to the hub, exactly once: every door it uses takes the same thing twice without a change.

A record has a kind, ``t``: head, run, description, capture, part, datasets, points, line, sample, artifact, alive, end. The run is made first and ended
last; in between each writer's records go a piece of the journal at a time, those of a kind together and in their order.
"""

from __future__ import annotations

import json
import os
import shutil
import urllib.parse
from typing import Any, Callable, Dict, List, Optional, Tuple

from . import journal as journals_file
from .hub import Hub, Refused
from .say import say, say_once
from .spool import journals, lives, now_ms, read_json, remove, write_json

Record = Dict[str, Any]
LINES_A_REQUEST = 2_000
TEXT_A_REQUEST = 1_000_000
POINTS_A_REQUEST = 20_000
PARAMS_A_REQUEST = 100
PIECE_BYTES = 2 * 1024 * 1024
FORGOTTEN_MS = 3_600_000
COUNTS = ("points", "stdout", "stderr", "samples")


class Delivery:
    """What is sent of one run's folder. Used by one thread of one process, which holds the folder's claim."""

    def __init__(self, hub: Hub, folder: str) -> None:
        self.hub = hub
        self.folder = folder
        self.run_id = os.path.basename(folder)
        self.sent: Dict[str, Any] = read_json(os.path.join(folder, "sent.json")) or {}
        self.made: Optional[Dict[str, Any]] = read_json(os.path.join(folder, "answer.json"))
        self.end: Optional[Record] = None
        self.ended = False
        self.cut = 0
        self._doors: Dict[str, Callable[[List[Record], Dict[str, Any]], None]] = {
            "description": self._description, "capture": self._capture, "part": self._capture, "datasets": self._datasets, "points": self._points,
            "line": self._lines, "sample": self._samples, "artifact": self._artifacts,
        }

    def step(self) -> bool:
        """Sends what can be read now, at most a few megabytes. True when something was sent. Raises ``HubDown``; ``Refused`` only where the run itself is refused."""
        moved = False
        for path in journals(self.folder):
            moved = self._piece(path) or moved
        return moved

    def finish(self) -> bool:
        """Ends the run if its end was written and everything else is sent; True when it is over and nothing waits. Raises as ``step``."""
        if self.end is not None and not self.ended:
            self._run_there()
            arguments = self.end.get("arguments")
            if arguments and not self.hub.get("/runs/%s" % self.run_id).get("params"):
                self._description([{"params": arguments}], {})
            body = {key: value for key, value in self.end.items() if key not in ("t", "arguments") and value is not None}
            self._allowed("end", lambda: self.hub.post("/runs/%s/end" % self.run_id, body), self.end)
            self.ended = True
        return self.ended

    def waiting(self) -> int:
        """Bytes of records that the hub does not have yet."""
        return sum(max(0, os.path.getsize(path) - self._state(path)["offset"]) for path in journals(self.folder))

    def _state(self, path: str) -> Dict[str, Any]:
        state = self.sent.setdefault(os.path.basename(path), {"offset": 0, "epoch": 0, "base": 0, "source": "", "writer": "", **{name: 0 for name in COUNTS}})
        return state  # type: ignore[no-any-return]

    def _piece(self, path: str) -> bool:
        state = self._state(path)
        try:
            found = journals_file.read(path, state["offset"], PIECE_BYTES)
        except FileNotFoundError:
            return False
        self.cut = found.unfinished
        if found.torn:
            say("%d damaged bytes in %s are skipped; what stands before and behind them is sent" % (found.torn, path))
        known = dict(state)
        try:
            for kind, records in _groups([record for record, _ in found.records]):
                self._group(kind, records, state)
        except BaseException:
            # Back to where the hub surely stands; what it took of this piece changes nothing the second time.
            state.clear()
            state.update(known)
            raise
        if found.records:
            state["offset"] = found.records[-1][1]
            write_json(os.path.join(self.folder, "sent.json"), self.sent)
            self._let_go(path)
        return bool(found.records)

    def _group(self, kind: str, records: List[Record], state: Dict[str, Any]) -> None:
        if kind == "head":
            head = records[-1]
            state.update({name: head.get(name, 0) for name in COUNTS}, writer=head["writer"], source=head.get("source", ""))
            earlier = [other for other in self.sent.values() if other is not state and other.get("writer") == head["writer"]]
            state.update(epoch=max([other["epoch"] for other in earlier] or [0]), base=max([other["base"] for other in earlier] or [0]))
        elif kind == "run":
            self._make(records[-1])
        elif kind == "end":
            self.end = records[-1]
        elif kind in self._doors:
            self._run_there()
            self._doors[kind](records, state)

    def _make(self, record: Record) -> None:
        body = {key: value for key, value in record.items() if key not in ("t", "made") and value is not None}
        first = self.made is None
        if record.get("made"):
            return
        self.made = self.hub.post("/runs", body)
        write_json(os.path.join(self.folder, "answer.json"), self.made)
        if first:
            say("this run is %s in %s" % (self.made.get("url") or self.run_id, self.made.get("experiment")))

    def _run_there(self) -> None:
        """Where the first writer's journal with the run's beginning is read later than another's."""
        if self.made is not None:
            return
        for path in journals(self.folder):
            for record, _ in journals_file.read(path).records:
                if record.get("t") == "run":
                    self._make(record)
                    if self.made is not None:
                        return

    def _allowed(self, what: str, ask: Callable[[], Any], record: Any) -> None:
        """Asks; what the hub refuses is written down and said, and the rest goes on."""
        try:
            ask()
        except Refused as refused:
            say_once("the hub refused a %s of this run (%s); it is in %s" % (what, refused, os.path.join(self.folder, "refused.jsonl")), "%s %s" % (what, refused.reason))
            self._keep_refused(what, refused, record)

    def _keep_refused(self, what: str, refused: Refused, record: Any) -> None:
        try:
            with open(os.path.join(self.folder, "refused.jsonl"), "a", encoding="utf-8") as file:
                file.write(json.dumps({"what": what, "why": str(refused), "reason": refused.reason, "record": record}, default=str) + "\n")
        except OSError:
            pass

    def _description(self, records: List[Record], _state: Dict[str, Any]) -> None:
        for record in records:
            params, tags = list((record.get("params") or {}).items()), list((record.get("tags") or {}).items())
            for at in range(0, max(len(params), len(tags)), PARAMS_A_REQUEST):
                body = {"params": dict(params[at:at + PARAMS_A_REQUEST]), "tags": dict(tags[at:at + PARAMS_A_REQUEST])}
                self._allowed("description", lambda body=body: self.hub.post("/runs/%s/description" % self.run_id, {key: value for key, value in body.items() if value}), body)

    def _capture(self, records: List[Record], _state: Dict[str, Any]) -> None:
        """The document, with what was added to it by any process of the run, before it or after."""
        path = os.path.join(self.folder, "capture.json")
        known = read_json(path) or {"document": None, "part": {}}
        for record in records:
            if "document" in record:
                known["document"] = record["document"]
            else:
                known["part"].update(record["part"])
        write_json(path, known)
        if known["document"] is not None:
            document = {**known["document"], **known["part"]}
            self._allowed("capture", lambda: self.hub.post("/runs/%s/capture" % self.run_id, document), document)

    def _datasets(self, records: List[Record], _state: Dict[str, Any]) -> None:
        for record in records:
            self._allowed("dataset", lambda record=record: self.hub.post("/runs/%s/datasets" % self.run_id, {"datasets": record["datasets"]}), record["datasets"])

    def _points(self, records: List[Record], state: Dict[str, Any]) -> None:
        points = [point for record in records for point in record["p"]]
        for at in range(0, len(points), POINTS_A_REQUEST):
            self._some_points(points[at:at + POINTS_A_REQUEST], state)

    def _some_points(self, points: List[List[Any]], state: Dict[str, Any]) -> None:
        """The points' numbers in their stream are their places in the journal. A point that is refused begins a stream anew, as numbers leave none out."""
        while points:
            first = state["points"] + 1 - state["base"]
            stream = state["writer"] if state["epoch"] == 0 else "%s.%d" % (state["writer"], state["epoch"])
            body = "".join(json.dumps({"key": key, "step": _integer(step), "timestamp": timestamp, "value": value}) + "\n" for key, step, timestamp, value in points)
            path = "/api/v1/runs/%s/metrics?%s" % (self.run_id, urllib.parse.urlencode({"stream": stream, "first": first}))
            try:
                self.hub.send("POST", path, body.encode("utf-8"), {"content-type": "application/x-ndjson"}, timeout=60)
                state["points"] += len(points)
                return
            except Refused as refused:
                if refused.reason == "stream/gap":
                    # A hub that went back to an older state: equal points are one, so a stream of another name may bring them again.
                    state.update(epoch=state["epoch"] + 1, base=state["points"])
                    continue
                kept = max(0, (refused.acknowledged or 0) - (first - 1))
                if refused.acknowledged is None or kept >= len(points):
                    kept = 0
                say_once("the hub refused a metric (%s); it is in %s" % (refused, os.path.join(self.folder, "refused.jsonl")), "point " + refused.reason)
                self._keep_refused("point", refused, points[kept])
                points = points[kept + 1:]
                state["points"] += kept + 1
                state.update(epoch=state["epoch"] + 1, base=state["points"])

    def _lines(self, records: List[Record], state: Dict[str, Any]) -> None:
        entries: List[Record] = []
        for record in records:
            entries.append({"sequence": state[record["s"]], "text": record["x"], "stream": record["s"], "source": state["source"], "time": record["at"]})
            state[record["s"]] += 1
        self._entries("logs", entries)

    def _entries(self, door: str, entries: List[Record]) -> None:
        for part in _parts(entries):
            body = "".join(json.dumps(entry) + "\n" for entry in part).encode("ascii")
            self._allowed(door, lambda body=body: self.hub.send("POST", "/api/v1/runs/%s/%s" % (self.run_id, door), body, {"content-type": "application/x-ndjson"}, timeout=60), part)

    def _samples(self, records: List[Record], state: Dict[str, Any]) -> None:
        entries = [{"sequence": state["samples"] + at, "time": record["at"], "gauges": record["g"], "node": record.get("node", "")} for at, record in enumerate(records)]
        self._entries("system", entries)
        state["samples"] += len(records)

    def _artifacts(self, records: List[Record], _state: Dict[str, Any]) -> None:
        for record in records:
            kept = os.path.join(self.folder, record["file"])
            base = str((self.made or {}).get("artifacts") or "")
            if not base or not os.path.exists(kept):
                say_once("%s cannot be sent: %s" % (record["path"], "the hub did not say where files go" if not base else "its copy in the spool is gone"))
                continue
            path = base.rstrip("/") + "/" + urllib.parse.quote(record["path"].encode("utf-8", "surrogateescape"))
            with open(kept, "rb") as file:
                headers = {"content-type": "application/octet-stream", "content-length": str(record["bytes"])}
                try:
                    self.hub.send("PUT", path, file, headers, timeout=300)
                except Refused as refused:
                    self._keep_refused_file(kept, refused, record)

    def _keep_refused_file(self, kept: str, refused: Refused, record: Record) -> None:
        """The record alone would lose the file: it stays beside, also when the rest of the run is removed."""
        aside = os.path.join(self.folder, "refused", os.path.basename(kept))
        try:
            os.makedirs(os.path.dirname(aside), exist_ok=True)
            if not os.path.exists(aside):
                shutil.copyfile(kept, aside)
        except OSError as problem:
            say("%s could not be put aside (%s)" % (kept, problem.strerror or problem))
        say_once("the hub refused the file %s (%s); it is kept as %s" % (record["path"], refused, aside), "file " + record["path"])
        self._keep_refused("file", refused, {**record, "file": os.path.join("refused", os.path.basename(kept))})

    def _let_go(self, path: str) -> None:
        """Removes a journal of which all is sent and which its writer has left for the next."""
        name = os.path.basename(path)
        writer = name.rsplit("-", 1)[0]
        later = [other for other in journals(self.folder) if os.path.basename(other).startswith(writer + "-") and other > path]
        if later and self._state(path)["offset"] >= os.path.getsize(path) and not self._begins(path):
            os.unlink(path)

    def _begins(self, path: str) -> bool:
        """Whether the journal says how the run is made: it stays, so that a sync in a year knows."""
        return any(record.get("t") == "run" for record, _ in journals_file.read(path, 0, 65_536).records[:4])


def _groups(records: List[Record]) -> List[Tuple[str, List[Record]]]:
    """Records by kind, each kind in its order: a training prints and logs by turns, and neither waits for the other. What makes the run stands in front."""
    groups: Dict[str, List[Record]] = {kind: [] for kind in ("head", "run")}
    for record in records:
        groups.setdefault(str(record.get("t")), []).append(record)
    return [(kind, group) for kind, group in groups.items() if group]


def _integer(step: Any) -> Any:
    return step if abs(step) <= 2 ** 53 else str(step)


def _parts(entries: List[Record]) -> List[List[Record]]:
    """Parts of at most 2,000 entries and a megabyte of text each."""
    parts: List[List[Record]] = []
    weight = TEXT_A_REQUEST + 1
    for entry in entries:
        own = len(entry.get("text", "")) * 2 + 200
        if weight + own > TEXT_A_REQUEST or len(parts[-1]) >= LINES_A_REQUEST:
            parts.append([])
            weight = 0
        parts[-1].append(entry)
        weight += own
    return parts


def heads(folder: str) -> Tuple[List[Record], int]:
    """The heads of a run's writers that have not closed, and the time of the last thing that was written by any, in epoch milliseconds."""
    found: Dict[str, Record] = {}
    last = 0
    for path in journals(folder):
        found.update({record["writer"]: record for record, _ in journals_file.read(path, 0, 4_096).records if record.get("t") == "head"})
        ends = [record for record, _ in journals_file.read(path, max(0, os.path.getsize(path) - 65_536), 65_536).records]
        last = max([last] + [record["at"] for record in ends if isinstance(record.get("at"), int)])
        if ends and ends[-1].get("t") == "closed":
            found.pop(os.path.basename(path).rsplit("-", 1)[0], None)
    return list(found.values()), last


def others_live(folder: str) -> bool:
    """Whether a process other than this one may still write to the run."""
    return any(lives(head) for head in heads(folder)[0] if head.get("pid") != os.getpid())


def vanished(folder: str) -> Optional[Record]:
    """The end of a run whose process is gone without having written one; None while it may live, on this machine or on another."""
    found, last = heads(folder)
    alive = [lives(head) for head in found]
    if any(alive) or (None in alive and now_ms() - last < FORGOTTEN_MS):
        return None
    return {"t": "end", "status": "KILLED", "endedAt": iso(last)}


def iso(ms: int) -> str:
    """Epoch milliseconds as ISO 8601 in UTC."""
    import datetime

    return datetime.datetime.fromtimestamp(ms / 1000.0, datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def deliver_all(hub: Hub, folder: str) -> bool:
    """Sends a whole folder whose claim the caller holds, and removes it when the run is over; False when it may still be written to. Raises as ``step``."""
    delivery = Delivery(hub, folder)
    while delivery.step():
        pass
    if delivery.cut:
        say("the last record of %s is only half there (%d bytes) and is skipped: the process or the disk stopped while writing it" % (folder, delivery.cut))
    if delivery.made is None:
        # Only joined, and made elsewhere: who made it ends it.
        if vanished(folder) is not None:
            remove(folder)
        return True
    if delivery.end is None:
        # Its end may have been sent before, or it never wrote one.
        delivery.end = next((record for path in reversed(journals(folder)) for record, _ in reversed(journals_file.read(path, 0, 1 << 30).records) if record.get("t") == "end"), None) or vanished(folder)
    if not delivery.finish() or others_live(folder):
        return False
    remove(folder)
    return True
