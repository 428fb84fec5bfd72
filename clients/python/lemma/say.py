"""One clear line on stderr, and never an exception into the training that it is about."""

from __future__ import annotations

import os
import sys
import threading
from typing import Set

_said: Set[str] = set()
_lock = threading.Lock()


def say(sentence: str) -> None:
    """Writes ``lemma: <sentence>`` to the process's real stderr. Never raises; a path that is not UTF-8 is written with escapes."""
    line = "lemma: " + printable(sentence.replace("\n", " ")) + "\n"
    try:
        stream = sys.__stderr__ or sys.stderr
        try:
            descriptor = stream.fileno()
        except (AttributeError, OSError, ValueError):
            # Past the capture of the console: what Lemma says is not what the training printed.
            type(stream).write(stream, line)
            stream.flush()
            return
        # Past the stream's buffer too: its lock, held by this thread while the process forks, would stay held in the child for ever.
        os.write(descriptor, line.encode("utf-8", "backslashreplace"))
    except Exception:
        pass


def say_once(sentence: str, about: str = "") -> None:
    """As ``say``, but only the first time in this process; ``about`` names what is the same where the sentences differ."""
    key = about or sentence
    with _lock:
        if key in _said:
            return
        _said.add(key)
    say(sentence)


def printable(text: str) -> str:
    """The text with what cannot be encoded (a path that is not UTF-8 holds lone surrogates) as ``\\xNN``, and control characters as ``\\n`` or ``\\x1b``."""
    if text.isprintable():
        return text
    encoded = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() or letter == " " else letter.encode("unicode_escape").decode("ascii") for letter in encoded)


def after_fork() -> None:
    """A lock that another thread held while the process forked stays held in the child for ever."""
    global _lock
    _lock = threading.Lock()


def size(count: float) -> str:
    """Bytes as a person reads them: ``5.0 GB``."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return "%d %s" % (count, unit) if unit == "bytes" else "%.1f %s" % (count, unit)
        count /= 1000.0
    return ""
