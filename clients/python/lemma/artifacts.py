"""Which files a path means, and where they go among the artifacts of a run."""

from __future__ import annotations

import os
from typing import List, Optional, Tuple


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
    """A place below the run's own folder: no ``..`` leads out of it."""
    return os.path.normpath("/" + place).lstrip("/")
