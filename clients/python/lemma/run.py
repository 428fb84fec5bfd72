"""A run of a training: what it logs is in the spool at once, and with the hub as soon as that answers."""

from __future__ import annotations

import os
import socket
import threading
import time
import traceback as tracebacks
import uuid
from typing import Any, Dict, List, Mapping, Optional

from . import say as sayings
from .artifacts import files_of
from .config import LONGEST_VALUE, as_params, param_name
from .console import Capture
from .datasets import Datasets
from .delivery import iso, others_live
from .endings import Endings
from .forks import closed, opened
from .hub import Hub
from .points import PointMaker
from .recording import Recording
from .samples import measure
from .say import say, say_once
from .sending import Sampler, Sender
from .spool import Claim, Writer, make_folder, now_ms, remove, root_folder

SAMPLE_S = 15.0


class NoHypothesis(ValueError):
    """A run without ``hypothesis`` and ``experiment``."""


WHAT_TO_WRITE = (
    "say what this run tests: hypothesis=\"CutMix raises accuracy\" with project=\"vision\" (the experiment is made), or experiment=\"VIS-42\". "
    "On the command line: --hypothesis \"…\" --project vision, or --experiment VIS-42."
)


class Run:
    """One execution of a training. Made by ``lemma.run``; safe for threads and for ``fork``.

    ``id`` is 32 hex digits, known from the beginning. ``summary`` is a dict of final values that are tags of the run once it ends; keys and values are texts.
    """

    def __init__(self, hub: Hub, folder: str, *, joined: bool) -> None:
        """For ``lemma.run`` and ``lemma exec``. Raises ``OSError`` when nothing can be written anywhere."""
        self.id = os.path.basename(folder)
        self.folder = folder
        self.joined = joined
        self.hub = hub
        self.summary: Dict[str, Any] = {}
        self._claim = Claim.take(folder)
        self._source = _source() if joined else ""
        self._writer: Optional[Writer] = Writer(folder, self._source)
        self._lock = threading.RLock()
        self._points = PointMaker()
        self._owner = os.getpid()
        self._ended = False
        self._arguments: Optional[Dict[str, str]] = None
        self._sender: Optional[Sender] = None
        self._sampler: Optional[Sampler] = None
        self._capture: Optional[Capture] = None
        self._recording: Optional[Recording] = None
        self._endings: Optional[Endings] = None
        self._dataset_entries: List[Dict[str, Any]] = []
        self._datasets = Datasets(self._keep_datasets, self._keep_tags)
        opened(self)

    # --- what a training says ---

    def log(self, metrics: Optional[Mapping[str, Any]] = None, step: Optional[int] = None, **more: Any) -> None:
        """Logs numbers: ``run.log({"acc": 0.9}, step=3)`` or ``run.log(acc=0.9)``.

        Values are anything ``float`` takes: numbers, NumPy scalars, tensors of one element. ``step`` is a whole number of 64 bits; without one, each metric counts
        its own from 0. The time is this moment. Never raises: what is no number or no name is said once and left out.
        """
        try:
            with self._lock:
                points = self._points.made({**(metrics or {}), **more}, step)
                if points:
                    self._keep({"t": "points", "p": points})
        except Exception as problem:  # noqa: BLE001
            _told("log", problem)

    def log_params(self, config: Any) -> None:
        """Adds params: a dict (nested keys get dots), Namespace or dataclass. A param that is there with another value is refused by the hub, and said. Never raises."""
        try:
            self._keep({"t": "description", "params": as_params(config)}, soon=True)
        except Exception as problem:  # noqa: BLE001
            _told("log_params", problem)

    def set_tags(self, tags: Mapping[str, Any]) -> None:
        """Sets tags, texts by name. Never raises."""
        try:
            self._keep_tags({str(key): str(value) for key, value in tags.items()})
        except Exception as problem:  # noqa: BLE001
            _told("set_tags", problem)

    def log_artifact(self, path: Any, name: Optional[str] = None) -> None:
        """Keeps a file, or every file of a folder, as artifacts of the run; ``name`` is its path there (the file's own name by default).

        The content is copied into the spool at once, so the file may change afterwards. What cannot be read, or for which there is no room, is said and left out. Never raises.
        """
        try:
            for file, place in files_of(os.fspath(path), name):
                self.keep_file(file, place)
        except Exception as problem:  # noqa: BLE001
            _told("log_artifact", problem)

    def dataset(self, name: str, data: Any, role: str = "train", source: Optional[str] = None) -> None:
        """Records data that the run reads, by its content.

        ``data`` is a path of a file or folder, a glob, a NumPy array, or a pandas or polars frame; ``role`` is train, validation, test or a word of yours. Files are
        hashed by a thread, arrays and frames at once (about a second a gigabyte). Rows that are in two roles are found and said. Never raises.
        """
        try:
            self._datasets.add(name, data, role, source)
        except Exception as problem:  # noqa: BLE001
            _told("dataset", problem)

    def model(self, model: Any) -> None:
        """Says what kind of model is trained: a text, or the model itself, of which the class is recorded. Never raises."""
        kind = model if isinstance(model, str) else "%s.%s" % (type(model).__module__, type(model).__qualname__)
        keep = self.keep_part if self._recording is None else self._recording.update
        try:
            keep({"modelType": kind})
        except Exception as problem:  # noqa: BLE001
            _told("model", problem)

    def finish(self, status: str = "FINISHED", exit_code: Optional[int] = None, signal: Optional[str] = None, traceback: Optional[str] = None) -> None:
        """Ends the run: FINISHED, FAILED or KILLED. Waits a bounded while for what is still to be sent ($LEMMA_WAIT, 10 s), not at all for a hub that is down. Never raises."""
        try:
            self._finish(status, exit_code, signal, traceback)
        except Exception as problem:  # noqa: BLE001
            _told("finish", problem)

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, kind: Any, problem: Any, trace: Any) -> bool:
        """Ends the run as the block ended; an exception goes on."""
        if os.getpid() != self._owner:
            return False
        if problem is None:
            self.finish()
        else:
            status, code, signal = Endings.of_exception(problem)
            self.finish(status, code, signal, None if status == "FINISHED" else "".join(tracebacks.format_exception(kind, problem, trace)))
        return False

    def __reduce__(self) -> Any:
        """A process that was spawned and is given the run logs to the same."""
        return (joined, (self.folder, self.hub.url))

    # --- how it is kept ---

    def prepare(self, record: Dict[str, Any]) -> None:
        """Writes what makes the run; ``record`` is the body of ``POST /api/v1/runs``. Nothing is sent yet, so that it can still be abandoned."""
        self._keep({"t": "run", **record, **({"made": True} if self.joined else {})})

    def send(self, *, asked: bool = False) -> None:
        """Starts to send. ``asked``: whoever calls waits until the run is made, and says itself what comes of a refusal."""
        if self._claim is not None and self._writer is not None:
            self._sender = Sender(self.hub, self.folder, self._writer, self._claim, asked)
        elif not self.joined:
            say("another process sends %s" % self.folder)

    def watch(self, *, console: bool, endings: bool) -> None:
        """Starts to measure the machine, and to listen to the console and to how the process ends, where asked for."""
        if self._writer is not None and _seconds("LEMMA_SAMPLE_SECONDS", SAMPLE_S) > 0:
            self._sampler = Sampler(self._writer, measure, _seconds("LEMMA_SAMPLE_SECONDS", SAMPLE_S))
        if console:
            self._capture = Capture(self.keep_line)
        if endings:
            self._endings = Endings(self)

    def record(self, recording: Recording) -> None:
        """Captures code, environment and machine by a thread."""
        self._recording = recording
        recording.start(self)

    def captured(self, wait_s: float) -> Optional[Mapping[str, Any]]:
        """The capture document as far as it is known at the start; None when it takes longer than ``wait_s`` seconds."""
        return None if self._recording is None else self._recording.document(wait_s)

    def recorded_datasets(self, wait_s: float) -> Optional[List[Dict[str, Any]]]:
        """The datasets that were named until now; None when they are still being hashed after ``wait_s`` seconds."""
        return list(self._dataset_entries) if self._datasets.settled(wait_s) else None

    def keep_line(self, stream: str, text: str) -> None:
        """One line of the console; ``stream`` is stdout or stderr."""
        self._keep({"t": "line", "s": stream, "x": text.encode("utf-8", "replace").decode("utf-8"), "at": now_ms()})

    def keep_file(self, path: str, place: str) -> bool:
        """Keeps one file as the artifact ``place``; False, said, where that is not possible."""
        try:
            if self._writer is None:
                return False
            return self._kept(place, self._writer.keep_file(path))
        except OSError as problem:
            say("%s is not kept as an artifact: %s" % (path, problem.strerror or problem))
            return False

    def keep_bytes(self, content: bytes, place: str) -> bool:
        """As ``keep_file``, of bytes."""
        try:
            return self._writer is not None and self._kept(place, self._writer.keep_bytes(content))
        except OSError as problem:
            say("%s is not kept as an artifact: %s" % (place, problem.strerror or problem))
            return False

    def keep_capture(self, document: Mapping[str, Any]) -> None:
        """The capture document; the last one wins."""
        self._keep({"t": "capture", "document": document}, soon=True)

    def keep_part(self, part: Mapping[str, Any]) -> None:
        """Fields of the capture document that are known later, or only to this process of the run."""
        self._keep({"t": "part", "part": part}, soon=True)

    def keep_arguments(self, params: Mapping[str, str]) -> None:
        """Params that count only if the run has none by its end."""
        self._arguments = dict(params)

    def wait_until_made(self, wait_s: float) -> bool:
        """Whether the hub made the run. Raises ``Refused`` when it refuses to."""
        return self._sender is not None and self._sender.made(wait_s)

    def abandon(self) -> None:
        """Forgets a run that was never started: nothing of it stays in the spool."""
        self._ended = True
        closed(self)
        if self._sender is not None:
            self._sender.stop()
        if self._writer is not None:
            self._writer.close(sync=False)
        remove(self.folder)

    def _kept(self, place: str, kept: Any) -> bool:
        file, digest, count = kept
        return self._keep({"t": "artifact", "path": place, "file": file, "sha256": digest, "bytes": count})

    def _keep_datasets(self, entries: List[Dict[str, Any]]) -> None:
        self._dataset_entries += entries
        self._keep({"t": "datasets", "datasets": entries}, soon=True)

    def _keep_tags(self, tags: Mapping[str, str]) -> None:
        self._keep({"t": "description", "tags": {param_name(key): value[:LONGEST_VALUE] for key, value in tags.items()}}, soon=True)

    def _keep(self, record: Dict[str, Any], soon: bool = False) -> bool:
        with self._lock:
            if self._writer is None:
                try:
                    self._writer = Writer(self.folder, self._source)
                except OSError as problem:
                    say_once("nothing can be kept in %s: %s" % (self.folder, problem.strerror))
                    return False
            if self._ended:
                say_once("the run is over; what is logged now is not kept")
                return False
            kept = self._writer.append(record)
        if soon and self._sender is not None:
            self._sender.wake()
        return kept

    def _finish(self, status: str, exit_code: Optional[int], signal: Optional[str], traceback: Optional[str]) -> None:
        if self._ended or self._owner != os.getpid():
            return
        if self._endings is not None:
            self._endings.stop()
        if self._capture is not None:
            self._capture.stop()
        if self._sampler is not None:
            self._sampler.stop()
        wait_s = _seconds("LEMMA_WAIT", 10.0)
        self._datasets.finish(wait_s)
        if self._recording is not None:
            self._recording.finish(wait_s)
        if self.summary:
            self._keep_tags({"summary." + str(key): str(value) for key, value in self.summary.items()})
        if not self.joined:
            self._keep({"t": "end", "status": status, "endedAt": iso(now_ms()), "exitCode": exit_code, "signal": signal, "traceback": traceback[-60_000:] if traceback else None, "arguments": self._arguments})
        self._close(wait_s)

    def _close(self, wait_s: float) -> None:
        self._ended = True
        closed(self)
        if self._writer is None:
            return
        self._writer.sync()
        done = self._sender is not None and not self.joined and self._sender.finish(wait_s)
        if self._writer.dropped:
            say("%d records were not kept: the spool was full" % self._writer.dropped)
        self._writer.close()
        if done and not others_live(self.folder):
            remove(self.folder)
        elif not self.joined:
            say("what the hub does not have yet waits in %s; `lemma sync` sends it" % self.folder)
        if self._sender is not None:
            self._sender.stop()
        if self._claim is not None:
            self._claim.drop()

    # --- forks ---

    def before_fork(self) -> None:
        """No other thread is in the middle of a record while the process forks."""
        self._lock.acquire()

    def after_fork_in_parent(self) -> None:
        """Goes on."""
        self._lock.release()

    def after_fork_in_child(self) -> None:
        """The child writes a journal of its own, which its parent sends; it has no threads, sends nothing and does not end the run."""
        self._lock = threading.RLock()
        sayings.after_fork()
        self._writer = None
        self._source = _source()
        self._sender = self._sampler = self._recording = None
        if self._claim is not None:
            self._claim.drop()
            self._claim = None
        if self._capture is not None:
            self._capture.after_fork()
        if self._endings is not None:
            self._endings.stop()
            self._endings = None
        self._datasets.after_fork()


def new_run_id() -> str:
    """32 hex digits."""
    return uuid.uuid4().hex


def folder_for(run_id: str) -> str:
    """The folder of a new run in the spool. Raises ``OSError`` when there is no room anywhere."""
    return make_folder(root_folder(), run_id)


def joined(folder: str, url: Optional[str] = None) -> Run:
    """The run that another process of this machine made and sends."""
    run = Run(Hub(url), folder, joined=True)
    run.prepare({"id": run.id})
    run.send()
    return run


def _source() -> str:
    rank = os.environ.get("RANK") or os.environ.get("SLURM_PROCID")
    return ("rank %s, " % rank if rank else "") + "%s:%d:%d" % (socket.gethostname()[:60], os.getpid(), int(time.time()))


def _seconds(name: str, default: float) -> float:
    try:
        return float(os.environ.get(name, "") or default)
    except ValueError:
        return default


def _told(what: str, problem: Exception) -> None:
    say_once("run.%s left something out: %s: %s" % (what, type(problem).__name__, problem), "%s %s" % (what, problem))
