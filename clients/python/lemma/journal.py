"""An append-only file of records, of which a half-written one is noticed and skipped.

The file begins with ``LEMMAJ1\\n``. A record is the byte F5, its length in bytes (u32), the CRC-32 of its payload (u32), both little-endian, and the
payload: JSON in ASCII. F5 never stands in ASCII, so a reader that meets damage finds the next record by looking for it.

A journal has one writer: a process that forked writes a journal of its own. Records are written by one ``write`` each, without a buffer, so that a
process that is killed loses nothing that it had logged; ``sync`` makes them last through a loss of power as well.
"""

from __future__ import annotations

import json
import os
import struct
import threading
import zlib
from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional, Tuple

HEAD = b"LEMMAJ1\n"
MARK = b"\xf5"
FRAME = struct.Struct("<cII")
LARGEST_RECORD = 64 * 1024 * 1024
SUFFIX = ".journal"


class Journal:
    """The writing end of one file.

    Safe for threads. Whoever forks must call ``after_fork`` of the run it belongs to before writing again.
    """

    def __init__(self, path: str) -> None:
        """Makes the file, which must not be there. Raises ``OSError`` when the disk says no."""
        self.path = path
        self.lock = threading.RLock()
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self.size = 0
        self._write(HEAD)

    def append(self, record: Dict[str, Any]) -> int:
        """Writes one record and answers its size in bytes. Raises ``OSError`` when it could not be written; then nothing of it is in the file."""
        payload = json.dumps(record, separators=(",", ":"), default=str).encode("ascii")
        frame = FRAME.pack(MARK, len(payload), zlib.crc32(payload)) + payload
        with self.lock:
            self._write(frame)
        return len(frame)

    def _write(self, data: bytes) -> None:
        written = 0
        try:
            while written < len(data):
                written += os.write(self._file, data[written:])
        except OSError:
            # A disk that was full in the middle: the half is taken back, or, where that fails too, skipped by readers.
            if written:
                try:
                    os.ftruncate(self._file, self.size)
                except OSError:
                    self.size += written
            raise
        self.size += len(data)

    def sync(self) -> None:
        """Waits until the disk has it all. Never raises."""
        try:
            os.fsync(self._file)
        except (OSError, ValueError):
            pass

    def close(self, sync: bool = True) -> None:
        """Ends the file. Never raises."""
        if sync:
            self.sync()
        try:
            os.close(self._file)
        except OSError:
            pass


@dataclass
class Read:
    """What ``read`` found: records with the offset behind each, and what was skipped."""

    records: List[Tuple[Dict[str, Any], int]]
    end: int
    """Where to go on reading, in bytes from the beginning."""
    torn: int
    """Bytes that were skipped as damage in the middle."""
    unfinished: int
    """Bytes at the end that are no whole record yet: being written, or cut off for ever."""


def read(path: str, start: int = 0, most_bytes: int = 4 * 1024 * 1024) -> Read:
    """Reads whole records from ``start`` (an offset that an earlier call gave, or 0), at most about ``most_bytes`` of them.

    Raises ``OSError`` when the file cannot be read. Damage is never an error: it is counted in ``torn`` and ``unfinished``.
    """
    with open(path, "rb") as file:
        file.seek(start)
        data = file.read(most_bytes)
        records, used, torn = _parse(data, start == 0)
        # One record that is larger than what was read.
        while not records and used < len(data) == most_bytes and most_bytes <= LARGEST_RECORD + FRAME.size:
            most_bytes *= 2
            file.seek(start)
            data = file.read(most_bytes)
            records, used, torn = _parse(data, start == 0)
    unfinished = len(data) - used if len(data) < most_bytes else 0
    return Read([(record, start + at) for record, at in records], start + used, torn, unfinished)


def _parse(data: bytes, at_start: bool) -> Tuple[List[Tuple[Dict[str, Any], int]], int, int]:
    """Records with the position behind each, how far everything is settled, and how many bytes before that were damage."""
    records: List[Tuple[Dict[str, Any], int]] = []
    at = len(HEAD) if at_start and data.startswith(HEAD) else 0
    torn = 0
    while at < len(data):
        found = _record_at(data, at)
        if found is not None:
            record, at = found
            records.append((record, at))
            continue
        following = _next_record(data, at + 1)
        if following is None:
            break
        torn += following - at
        at = following
    return records, at, torn


def _record_at(data: bytes, at: int) -> Optional[Tuple[Dict[str, Any], int]]:
    if data[at:at + 1] != MARK or at + FRAME.size > len(data):
        return None
    _, length, crc = FRAME.unpack_from(data, at)
    end = at + FRAME.size + length
    if length > LARGEST_RECORD or end > len(data):
        return None
    payload = data[at + FRAME.size:end]
    if zlib.crc32(payload) != crc:
        return None
    try:
        record = json.loads(payload)
    except ValueError:
        return None
    return (record, end) if isinstance(record, dict) else None


def _next_record(data: bytes, start: int) -> Optional[int]:
    """Where the next whole record begins; None when there is none behind."""
    for at in _marks(data, start):
        if _record_at(data, at) is not None:
            return at
    return None


def _marks(data: bytes, start: int) -> Iterator[int]:
    at = data.find(MARK, start)
    while at >= 0:
        yield at
        at = data.find(MARK, at + 1)
