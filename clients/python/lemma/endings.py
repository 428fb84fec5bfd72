"""How a process ends while a run is open: by an exception, a signal, or by reaching its end."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any, Optional, Tuple

if TYPE_CHECKING:
    from .run import Run


class Endings:
    """Listens to SIGTERM, to exceptions that nobody caught, and to the end of the interpreter. What listened before is called afterwards."""

    def __init__(self, run: "Run") -> None:
        self._run = run
        self._pid = os.getpid()
        self._failure: Optional[Tuple[str, Optional[int], Optional[str], str]] = None
        self._hook = sys.excepthook
        sys.excepthook = self._excepthook
        atexit.register(self._exit)
        self._before: Any = None
        try:
            before = signal.getsignal(signal.SIGTERM)
            if before is not signal.SIG_IGN and before is not None:
                signal.signal(signal.SIGTERM, self._terminated)
                self._before = before
        except ValueError:
            pass  # Not the main thread: only that one may listen to signals.

    @staticmethod
    def of_exception(problem: BaseException) -> Tuple[str, Optional[int], Optional[str]]:
        """Status, exit code and signal of a run that an exception ended: Ctrl-C kills it, ``sys.exit(0)`` finishes it, everything else fails it."""
        if isinstance(problem, KeyboardInterrupt):
            return "KILLED", None, "SIGINT"
        if isinstance(problem, SystemExit):
            code = problem.code if isinstance(problem.code, int) else 0 if problem.code is None else 1
            return ("FINISHED", 0, None) if code == 0 else ("FAILED", code, None)
        return "FAILED", 1, None

    def stop(self) -> None:
        """Gives everything back. Never raises."""
        if sys.excepthook == self._excepthook:
            sys.excepthook = self._hook
        atexit.unregister(self._exit)
        try:
            if self._before is not None and signal.getsignal(signal.SIGTERM) == self._terminated:
                signal.signal(signal.SIGTERM, self._before)
        except (ValueError, TypeError):
            pass

    def _excepthook(self, kind: Any, problem: Any, trace: Any) -> None:
        try:
            self._failure = (*self.of_exception(problem), "".join(traceback.format_exception(kind, problem, trace)))
        finally:
            self._hook(kind, problem, trace)

    def _exit(self) -> None:
        if os.getpid() != self._pid:
            return
        if self._failure is None:
            self._run.finish()
        else:
            status, code, name, said = self._failure
            self._run.finish(status, code, name, said)

    def _terminated(self, number: int, frame: Any) -> None:
        before = self._before
        if os.getpid() == self._pid:
            self._run.finish("KILLED", None, "SIGTERM", "".join(traceback.format_stack(frame)))
        if callable(before):
            before(number, frame)
            return
        # The process must end of the signal, as it would have without us.
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
