"""Which files a path means, and where they go among the artifacts of a run."""

from __future__ import annotations

import os
import urllib.parse
from typing import List, Optional, Tuple

from .say import say


def files_of(path: str, name: Optional[str]) -> List[Tuple[str, str]]:
    """A file, or every file below a folder, each with its place among the artifacts: below ``name``, or the path's own name."""
    if not os.path.isdir(path):
        return [(path, _inside(name or os.path.basename(path)))]
    base = name or os.path.basename(os.path.abspath(path))
    found = []
    for folder, _, files in os.walk(path):
        found += [(os.path.join(folder, file), _inside(os.path.join(base, os.path.relpath(folder, path), file))) for file in files]
    return sorted(found)


def _inside(place: str) -> str:
    """A place below the run's own folder: no ``..`` leads out of it. Says where that is another than was asked for."""
    found = os.path.normpath("/" + place).lstrip("/")
    if place.startswith("/") or ".." in place.split("/"):
        say("%s leads out of the run's own files: it is kept as %s" % (place, found))
    return found


def placeable(path: str) -> str:
    """The path as an artifact's name may be: one that is not UTF-8, or holds a backslash or control characters, with those bytes and ``%`` as ``%NN``. ``place_on_disk`` undoes it."""
    if path.isprintable() and "\\" not in path:
        return path
    return "".join(letter if letter.isprintable() and letter not in "\\%" else urllib.parse.quote(letter.encode("utf-8", "surrogateescape")) for letter in path)


def place_on_disk(name: str) -> str:
    """The path that ``placeable`` wrote so; a name that it would not have written stays as it is."""
    path = os.fsdecode(urllib.parse.unquote_to_bytes(name))
    return path if path != name and placeable(path) == name else name
