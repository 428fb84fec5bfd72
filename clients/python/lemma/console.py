"""What the process prints through Python, kept line by line beside being printed.

The streams stay what they are: only their ``write`` is wrapped, and what is printed is printed first. ``lemma exec`` sees more: what other programs and C
libraries print.
"""

from __future__ import annotations

import sys
import threading
from typing import Any, Callable, Dict, List, Tuple

LONGEST_LINE = 16_384
Keep = Callable[[str, str], None]


class Lines:
    """Puts lines together from pieces. A line ends at a line break, or behind a carriage return (a progress bar), which it keeps."""

    def __init__(self, stream: str, keep: Keep) -> None:
        """``keep(stream, line)`` is called for each line; ``stream`` is stdout or stderr."""
        self._stream = stream
        self._keep = keep
        self._begun = ""
        self._lock = threading.RLock()

    def take(self, text: str) -> None:
        """Reads on."""
        with self._lock:
            *whole, self._begun = (self._begun + text).replace("\r\n", "\n").split("\n")
            lines = [state for line in whole for state in _states(line)]
            if len(self._begun) > LONGEST_LINE or self._begun.endswith("\r"):
                lines += _states(self._begun)
                self._begun = ""
        for line in lines:
            self._keep(self._stream, line[:LONGEST_LINE])

    def end(self) -> None:
        """What has no line break behind it is a line as well."""
        with self._lock:
            begun, self._begun = self._begun, ""
        if begun:
            for line in _states(begun):
                self._keep(self._stream, line[:LONGEST_LINE])

    def after_fork(self) -> None:
        """The child prints its own half of a line."""
        self._lock = threading.RLock()
        self._begun = ""


def _states(line: str) -> List[str]:
    """A line, or the states of a progress bar in it, each with its carriage return but the last. ``'\\ra\\rb'`` is ``['\\r'…]`` without the empty one."""
    if "\r" not in line:
        return [line]
    parts = line.split("\r")
    return [part + "\r" for part in parts[:-1] if part] + [part for part in parts[-1:] if part]


class Capture:
    """Wraps ``sys.stdout`` and ``sys.stderr`` until ``stop``."""

    def __init__(self, keep: Keep) -> None:
        self._wrapped: List[Tuple[Any, Any, Any]] = []
        self.lines: Dict[str, Lines] = {}
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name, None)
            if stream is not None:
                self._wrap(stream, name, keep)

    def _wrap(self, stream: Any, name: str, keep: Keep) -> None:
        lines = Lines(name, keep)
        original = stream.write

        def write(text: Any) -> Any:
            written = original(text)
            try:
                if isinstance(text, str):
                    lines.take(text)
            except Exception:  # noqa: BLE001: printing goes on
                pass
            return written

        try:
            stream.write = write
        except (AttributeError, TypeError):
            return  # A stream that cannot be wrapped is only printed to.
        self._wrapped.append((stream, write, original))
        self.lines[name] = lines

    def after_fork(self) -> None:
        """Locks that other threads held are new in the child."""
        for lines in self.lines.values():
            lines.after_fork()

    def stop(self) -> None:
        """Gives the streams back, and keeps what has no line break yet."""
        for stream, write, original in self._wrapped:
            try:
                if stream.write is write:
                    stream.write = original
            except Exception:  # noqa: BLE001
                pass
        for lines in self.lines.values():
            lines.end()
