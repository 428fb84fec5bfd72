"""The runs that are open in this process, and what becomes of them when it forks."""

from __future__ import annotations

import os
import weakref
from typing import TYPE_CHECKING, List

if TYPE_CHECKING:
    from .run import Run

_open: "weakref.WeakSet[Run]" = weakref.WeakSet()
_held: "List[Run]" = []


def opened(run: "Run") -> None:
    """From now on the run is looked after when the process forks."""
    _open.add(run)


def closed(run: "Run") -> None:
    """The run is over."""
    _open.discard(run)


def open_runs() -> "List[Run]":
    """Runs of this process that have not ended."""
    return list(_open)


def _before() -> None:
    _held[:] = open_runs()
    for run in _held:
        run.before_fork()


def _in_parent() -> None:
    for run in _held:
        run.after_fork_in_parent()


def _in_child() -> None:
    for run in _held:
        run.after_fork_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before, after_in_parent=_in_parent, after_in_child=_in_child)
