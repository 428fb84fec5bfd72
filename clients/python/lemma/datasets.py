"""Datasets by their content: digest, schema, rows, role, and rows that stand in two roles."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import queue
import threading
import time
from typing import Any, Callable, Dict, List, Optional, Tuple

from .rows import MOST_BYTES, Table, is_array, is_frame, table_of_array, table_of_file, table_of_frame
from .say import printable, say

Entry = Dict[str, Any]
PIECE = 1 << 20
MOST_FILES = 200_000
MOST_COLUMNS = 1_000


class Datasets:
    """The datasets of a run. Files are hashed by one thread, in the order they were named; the thread ends when there is nothing to do."""

    def __init__(self, keep: Callable[[List[Entry]], None], tag: Callable[[Dict[str, str]], None]) -> None:
        self._keep = keep
        self._tag = tag
        self._lock = threading.Lock()
        self._waiting: "queue.Queue[Tuple[str, str, str, Optional[str]]]" = queue.Queue()
        self._thread: Optional[threading.Thread] = None
        self._seen: List[Tuple[str, str, str, Dict[bytes, int]]] = []

    def add(self, name: str, data: Any, role: str, source: Optional[str]) -> None:
        """Arrays and frames are read at once, as training may change them; paths later. Raises ``TypeError`` for what is no dataset."""
        if is_frame(data):
            self._found(of_frame(name, data, role, source))
        elif is_array(data):
            self._found(of_array(name, data, role, source))
        elif isinstance(data, (str, bytes, os.PathLike)):
            with self._lock:
                self._waiting.put((name, os.fsdecode(data), role, source))
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._work, name="lemma-datasets", daemon=True)
                    self._thread.start()
        else:
            raise TypeError("a dataset is a path, a glob, a NumPy array or a frame of pandas or polars, not a %s" % type(data).__name__)

    def settled(self, wait_s: float) -> bool:
        """Waits for the thread, so long at most; whether everything that was named is hashed."""
        thread = self._thread
        if thread is not None:
            thread.join(max(0.0, wait_s))
        return thread is None or not thread.is_alive()

    def finish(self, wait_s: float) -> None:
        """Waits for the thread, so long at most; says what could not be hashed in that time."""
        if not self.settled(wait_s):
            say("a dataset was still being hashed when the run ended, and is not recorded; $LEMMA_WAIT waits longer")

    def after_fork(self) -> None:
        """The child has no thread, and repeats nothing of its parent's."""
        self._lock = threading.Lock()
        self._waiting = queue.Queue()
        self._thread = None

    def _work(self) -> None:
        while True:
            with self._lock:
                try:
                    name, path, role, source = self._waiting.get_nowait()
                except queue.Empty:
                    self._thread = None
                    return
            try:
                self._found(of_path(name, path, role, source))
            except Exception as problem:  # noqa: BLE001
                say("the dataset %s (%s) is not recorded: %s" % (name, path, getattr(problem, "strerror", None) or problem))

    def _found(self, found: Tuple[Entry, Dict[bytes, int]]) -> None:
        entry, parts = found
        self._keep([{key: value for key, value in entry.items() if value is not None}])
        for name, role, digest, others in list(self._seen):
            if role != entry["role"]:
                self._compare((name, role, digest, others), (entry["name"], entry["role"], entry["digest"], parts))
        self._seen.append((entry["name"], entry["role"], entry["digest"], parts))

    def _compare(self, one: Tuple[str, str, str, Dict[bytes, int]], other: Tuple[str, str, str, Dict[bytes, int]]) -> None:
        both = sum(1 for part in other[3] if part in one[3])
        if one[2] == other[2]:
            sentence = "%s (%s) and %s (%s) are the same data" % (one[0], one[1], other[0], other[1])
        elif both:
            sentence = "%d of %d rows or files of %s (%s) are in %s (%s) too" % (both, len(other[3]), other[0], other[1], one[0], one[1])
        else:
            return
        say(sentence)
        self._tag({"lemma.data.overlap.%s.%s" % (one[1], other[1]): sentence})


def of_array(name: str, array: Any, role: str, source: Optional[str]) -> Tuple[Entry, Dict[bytes, int]]:
    """A NumPy array: its digest is that of type, shape and values in C order."""
    import numpy

    digest = hashlib.sha256(("array %s %s " % (array.dtype.str, array.shape)).encode())
    plain = array if array.dtype.kind != "O" else numpy.array([repr(value) for value in array.ravel().tolist()])
    digest.update(memoryview(numpy.ascontiguousarray(plain)).cast("B") if plain.size else b"")
    table = table_of_array(array)
    entry = _entry(name, digest.hexdigest(), role, source or "memory", "array", table)
    rows = int(array.shape[0]) if array.ndim else 1
    return {**entry, "rows": rows, "bytes": int(array.nbytes), "columns": entry.get("columns") or [{"name": "values", "type": "%s %s" % (array.dtype.name, tuple(array.shape[1:]))}]}, _rows(table)


def of_frame(name: str, frame: Any, role: str, source: Optional[str]) -> Tuple[Entry, Dict[bytes, int]]:
    """A frame of pandas or polars: its digest is that of the rows as values, and of the columns' names and types. Frames of more than five million cells are hashed column by column."""
    table = table_of_frame(frame)
    names = [str(each) for each in frame.columns]
    types = [str(each) for each in frame.dtypes]
    digest = hashlib.sha256(repr(("frame", names, types)).encode())
    if table is not None:
        digest.update(table.meaning.encode())
    else:
        for each in frame.columns:
            column = frame[each].to_numpy()
            digest.update(repr(column.tolist()).encode() if column.dtype.kind == "O" else column.tobytes())
    entry = _entry(name, digest.hexdigest(), role, source or "memory", "frame", table)
    return {**entry, "rows": int(frame.shape[0]), "columns": [{"name": one[:250], "type": kind} for one, kind in zip(names, types)][:MOST_COLUMNS]}, _rows(table)


def of_path(name: str, path: str, role: str, source: Optional[str]) -> Tuple[Entry, Dict[bytes, int]]:
    """A file, folder or glob. What changes while it is read is read once more, and recorded as unstable when it changes again. Raises ``OSError``."""
    files, kind, base = _files(path)
    for attempt in (1, 2):
        before = [_stamp(file) for file in files]
        hashed = [(os.path.relpath(file, base) if base else "", _digest_of(file)) for file in files]
        if before == [_stamp(file) for file in files]:
            unstable = False
            break
        unstable = True
        say("%s changed while it was hashed; %s" % (path, "hashing it once more" if attempt == 1 else "it is recorded as unstable"))
    digest = _digest_of_all(kind, hashed)
    total = sum(stamp[0] for stamp in before if stamp)
    table = table_of_file(files[0]) if len(files) == 1 and total <= MOST_BYTES else None
    entry = _entry(name, digest, role, printable(source or os.path.abspath(path)), kind, table)
    profile = {"files": len(files), **({"unstable": True} if unstable else {}), **_sketch(table)}
    parts = _rows(table) if table is not None else {sha.encode(): 1 for _, sha in hashed}
    return {**entry, "bytes": total, "profile": json.dumps(profile)}, parts


def digest_at(path: str) -> str:
    """The digest that ``of_path`` records for a file, folder or glob, and nothing else of it. Raises ``OSError``."""
    files, kind, base = _files(path)
    return _digest_of_all(kind, [(os.path.relpath(file, base) if base else "", _digest_of(file)) for file in files])


def _digest_of_all(kind: str, hashed: List[Tuple[str, str]]) -> str:
    if kind == "file":
        return hashed[0][1]
    return hashlib.sha256("".join("%s %s\n" % (sha, printable(relative)) for relative, sha in sorted(hashed)).encode()).hexdigest()


def _entry(name: str, digest: str, role: str, source: str, kind: str, table: Optional[Table]) -> Entry:
    entry: Entry = {"name": printable(str(name))[:500] or "data", "digest": digest, "role": str(role)[:100], "source": source[:4_096], "sourceType": kind}
    if table is not None:
        entry.update(meaning=table.meaning, rows=table.count, columns=table.columns[:MOST_COLUMNS])
        if table.sketch:
            entry["profile"] = json.dumps({"num_rows": table.count, **_sketch(table)})
    return entry


def _sketch(table: Optional[Table]) -> Dict[str, Any]:
    """Beside what MLflow's profile says: how the numbers of each column lie."""
    return {"sketch": table.sketch} if table is not None and table.sketch else {}


def _rows(table: Optional[Table]) -> Dict[bytes, int]:
    return {} if table is None else dict.fromkeys(table.row_digests, 1)


def _files(path: str) -> Tuple[List[str], str, Optional[str]]:
    """The files of a path, in order; whether it is a file, folder or glob; and what their names are relative to. Raises ``OSError`` when there are none."""
    if os.path.isdir(path):
        return _below(path), "folder", path
    if os.path.lexists(path) or not glob.has_magic(path):
        os.stat(path)
        return [path], "file", None
    found = sorted(each for each in glob.glob(path, recursive=True) if os.path.isfile(each))
    if not found:
        raise FileNotFoundError(2, "no file matches the glob")
    return found, "glob", os.path.dirname(glob.escape(path).split("[")[0]) or "."


def _below(folder: str) -> List[str]:
    """Files below a folder. Folders behind links are followed once each, so that a loop of links ends, and is said."""
    found: List[str] = []
    seen = set()
    for at, folders, files in os.walk(folder, followlinks=True, onerror=lambda problem: say("%s cannot be read (%s) and is left out of the dataset" % (problem.filename, problem.strerror))):
        status = os.stat(at)
        if (status.st_dev, status.st_ino) in seen:
            say("%s is a link to a folder that was read already; it is not followed" % at)
            folders[:] = []
            continue
        seen.add((status.st_dev, status.st_ino))
        outside = {name for name in folders if os.path.islink(os.path.join(at, name)) and _holds(os.path.join(at, name), folder)}
        for name in sorted(outside):
            say("%s is a link to a folder around it; it is not followed" % os.path.join(at, name))
        folders[:] = sorted(set(folders) - outside)
        found += [os.path.join(at, name) for name in files]
        if len(found) > MOST_FILES:
            raise OSError(7, "it has more than %d files" % MOST_FILES)
    return sorted(found)


def _holds(outer: str, inner: str) -> bool:
    around = os.path.realpath(outer).rstrip(os.sep) + os.sep
    return (os.path.realpath(inner) + os.sep).startswith(around)


def _stamp(path: str) -> Optional[Tuple[int, int, int]]:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _digest_of(path: str) -> str:
    """SHA-256 of a file in hex; what cannot be read counts as its reason, and is said."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            for piece in iter(lambda: file.read(PIECE), b""):
                digest.update(piece)
                time.sleep(0)
    except OSError as problem:
        say("%s cannot be read (%s); its content is no part of the dataset's digest" % (path, problem.strerror))
        return "unreadable-" + hashlib.sha256(str(problem.errno).encode()).hexdigest()[:16]
    return digest.hexdigest()
