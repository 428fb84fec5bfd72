"""The folder in which everything waits until the hub has it: ``.lemma-spool`` in the working folder, or ``$LEMMA_SPOOL``.

    .lemma-spool/<run id>/lock                       held by the one process that sends this run
                          <writer>-<n>.journal       records of one process; several files, so that what was sent can go
                          files/<sha256>             artifacts, by content
                          sent.json                  how far the hub has it; only saves time, sending twice changes nothing
                          refused.jsonl              what the hub refused, kept for people
                          refused/…                  the files among it

All of it together takes at most ``$LEMMA_SPOOL_BYTES`` (2 GB).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import tempfile
import time
import uuid
from typing import Any, Dict, List, Optional, Tuple

from .journal import SUFFIX, Journal
from .say import say, say_once, size

try:
    import fcntl
except ImportError:  # Windows outside of WSL2: nothing tells two senders apart, and sending twice changes nothing.
    fcntl = None  # type: ignore[assignment]

DEFAULT_BYTES = 2_000_000_000
ROTATE_BYTES = 16 * 1024 * 1024
LOOK_BYTES = 1024 * 1024


def root_folder(given: Optional[str] = None) -> str:
    """The spool's absolute path: as given, else ``$LEMMA_SPOOL``, else ``.lemma-spool`` in the working folder."""
    return os.path.abspath(given or os.environ.get("LEMMA_SPOOL") or ".lemma-spool")


def allowed_bytes() -> int:
    """How much all spooled runs may take together, in bytes."""
    try:
        return int(os.environ.get("LEMMA_SPOOL_BYTES", "") or DEFAULT_BYTES)
    except ValueError:
        return DEFAULT_BYTES


def bytes_below(folder: str) -> int:
    """What the files of a folder take, in bytes; 0 for what cannot be looked at."""
    total = 0
    try:
        for entry in os.scandir(folder):
            try:
                total += bytes_below(entry.path) if entry.is_dir(follow_symlinks=False) else entry.stat(follow_symlinks=False).st_size
            except OSError:
                pass
    except OSError:
        pass
    return total


def make_folder(root: str, run_id: str) -> str:
    """Makes the folder of a run and answers its path. Where the root cannot be written to, a folder for temporary files is taken, and said. Raises ``OSError``."""
    try:
        os.makedirs(os.path.join(root, run_id, "files"), mode=0o700, exist_ok=True)
    except OSError as problem:
        elsewhere = os.path.join(tempfile.gettempdir(), "lemma-spool-%s" % (os.getuid() if hasattr(os, "getuid") else "user"))
        say("cannot write to %s (%s); the spool is in %s instead" % (root, problem.strerror, elsewhere))
        root = elsewhere
        os.makedirs(os.path.join(root, run_id, "files"), mode=0o700, exist_ok=True)
    ignore = os.path.join(root, ".gitignore")
    if not os.path.exists(ignore):
        with open(ignore, "w", encoding="ascii") as file:
            file.write("*\n")
    return os.path.join(root, run_id)


class Writer:
    """One process's end of a run's spool: a row of journals, each continued by the next.

    ``append`` never raises and never waits for a network. Counts of points, lines and samples go into the head of each journal,
    so that a reader can number them although earlier journals are gone.
    """

    def __init__(self, folder: str, source: str) -> None:
        """``source`` names the process among those of its run ('' for the first). Raises ``OSError`` when no file can be made."""
        self.folder = folder
        self.source = source
        self.name = "%s-%s" % (time.strftime("%Y%m%dT%H%M%S"), uuid.uuid4().hex[:12])
        self.dropped = 0
        self._counts = {"points": 0, "stdout": 0, "stderr": 0, "samples": 0}
        self._ordinal = 0
        self._looked = 0
        self._room = allowed_bytes() - bytes_below(os.path.dirname(folder))
        self._journal = self._next()
        self.lock = self._journal.lock

    def append(self, record: Dict[str, Any]) -> bool:
        """Keeps one record; False when there was no room for it, which is said once and counted."""
        with self.lock:
            try:
                if self._journal.size > ROTATE_BYTES:
                    self._rotate()
                if not self._has_room():
                    return self._no_room("the spool has its %s ($LEMMA_SPOOL_BYTES)" % size(allowed_bytes()))
                written = self._journal.append(record)
            except OSError as problem:
                return self._no_room(problem.strerror or str(problem))
            self._room -= written
            self._looked += written
            self._count(record)
            return True

    def room(self) -> int:
        """How many bytes more may be kept, as looked at just now."""
        self._room = allowed_bytes() - bytes_below(os.path.dirname(self.folder))
        return self._room

    def sync(self) -> None:
        """Waits until the disk has all records. Never raises."""
        self._journal.sync()

    def close(self, sync: bool = True) -> None:
        """Ends the journal. What is appended afterwards is dropped."""
        with self.lock:
            self.append({"t": "closed", "at": now_ms()})
            self._journal.close(sync)

    def _has_room(self) -> bool:
        if self._looked > LOOK_BYTES or self._room <= 0:
            self._looked = 0
            self.room()
        return self._room > 0

    def _no_room(self, why: str) -> bool:
        self.dropped += 1
        say_once("%s is full (%s): what is logged now is not kept until there is room. `lemma sync` sends what is there." % (os.path.dirname(self.folder), why), "full " + self.folder)
        return False

    def _count(self, record: Dict[str, Any]) -> None:
        kind = record.get("t")
        if kind == "points":
            self._counts["points"] += len(record["p"])
        elif kind == "line":
            self._counts[record["s"]] += 1
        elif kind == "sample":
            self._counts["samples"] += 1

    def _next(self) -> Journal:
        journal = Journal(os.path.join(self.folder, "%s-%06d%s" % (self.name, self._ordinal, SUFFIX)))
        journal.append({"t": "head", "writer": self.name, "source": self.source, "pid": os.getpid(), "host": socket.gethostname(), "started": process_started(os.getpid()), "at": now_ms(), **self._counts})
        return journal

    def _rotate(self) -> None:
        self._ordinal += 1
        following = self._next()
        following.lock = self.lock
        self._journal.close()
        self._journal = following

    def keep_file(self, path: str) -> Tuple[str, str, int]:
        """Copies a file into the spool and answers where it lies, its SHA-256 in hex and its size in bytes. Raises ``OSError`` (no room, not readable)."""
        if os.stat(path).st_size > self.room():
            raise OSError(28, "the spool has its %s ($LEMMA_SPOOL_BYTES)" % size(allowed_bytes()))
        with open(path, "rb") as source:
            return self._keep(iter(lambda: source.read(1 << 20), b""))

    def keep_bytes(self, content: bytes) -> Tuple[str, str, int]:
        """As ``keep_file``, of bytes."""
        if len(content) > self.room():
            raise OSError(28, "the spool has its %s ($LEMMA_SPOOL_BYTES)" % size(allowed_bytes()))
        return self._keep(iter([content]))

    def _keep(self, pieces: Any) -> Tuple[str, str, int]:
        digest, total = hashlib.sha256(), 0
        os.makedirs(os.path.join(self.folder, "files"), mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=os.path.join(self.folder, "files"))
        try:
            with os.fdopen(handle, "wb") as target:
                for piece in pieces:
                    digest.update(piece)
                    total += len(piece)
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            os.replace(temporary, os.path.join(self.folder, "files", digest.hexdigest()))
        except BaseException:
            try:
                os.unlink(temporary)
            except OSError:
                pass
            raise
        return os.path.join("files", digest.hexdigest()), digest.hexdigest(), total


class Claim:
    """The right to send a run: a lock on its folder that goes with its process. Children made by ``fork`` must call ``drop``."""

    def __init__(self, folder: str) -> None:
        self._file: Optional[int] = os.open(os.path.join(folder, "lock"), os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)

    @staticmethod
    def take(folder: str) -> Optional["Claim"]:
        """The claim, or None where another process has it."""
        try:
            claim = Claim(folder)
        except OSError:
            return None
        if fcntl is None:
            return claim
        try:
            fcntl.flock(claim._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            claim.drop()
            return None
        except OSError:
            pass  # A file system without locks: two senders change nothing that one would not.
        return claim

    def drop(self) -> None:
        """Lets go of it in this process."""
        if self._file is not None:
            try:
                os.close(self._file)
            except OSError:
                pass
            self._file = None


def journals(folder: str) -> List[str]:
    """Paths of a run's journals, each writer's in order."""
    try:
        return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(SUFFIX))
    except OSError:
        return []


def spooled_runs(root: str) -> List[str]:
    """Folders of runs of which something waits, oldest first."""
    try:
        folders = [entry.path for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return sorted((folder for folder in folders if journals(folder)), key=lambda folder: os.path.getmtime(folder))


def remove(folder: str) -> None:
    """Removes a run of which the hub has everything. What the hub refused stays, for people to read."""
    if os.path.exists(os.path.join(folder, "refused.jsonl")):
        for path in journals(folder) + [os.path.join(folder, "sent.json"), os.path.join(folder, "lock")]:
            try:
                os.unlink(path)
            except OSError:
                pass
        shutil.rmtree(os.path.join(folder, "files"), ignore_errors=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def read_json(path: str) -> Any:
    """What a small file of ours holds; None when it is not there or not whole."""
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def write_json(path: str, content: Any) -> None:
    """Replaces a small file of ours as a whole. Raises ``OSError``."""
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path))
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file)
    os.replace(temporary, path)


def now_ms() -> int:
    """This moment, in epoch milliseconds."""
    return int(time.time() * 1000)


def process_started(pid: int) -> Optional[str]:
    """When a process started, in the kernel's own ticks, so that a number that was given again is not taken for the same process; None where it cannot be seen."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as file:
            return file.read().rsplit(b")", 1)[1].split()[19].decode("ascii")
    except (OSError, IndexError):
        return None


def lives(head: Dict[str, Any]) -> Optional[bool]:
    """Whether the process that wrote this head still runs; None when it was another machine's."""
    if head.get("host") != socket.gethostname():
        return None
    pid = head.get("pid")
    try:
        os.kill(int(pid), 0)  # type: ignore[arg-type]
    except (ProcessLookupError, TypeError, ValueError):
        return False
    except OSError:
        pass
    return process_started(int(pid)) == head.get("started")  # type: ignore[arg-type]
