"""How a process ends while a run is open: by an exception, a signal, or by reaching its end."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
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
        self._stack = ""
        self._over = False
        self._wake, waken = os.pipe()
        self._waken: Optional[int] = waken
        threading.Thread(target=self._wait_for_signal, name="lemma-ending", daemon=True).start()
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
        # Its thread is this one, or ends of it; a forked child has none.
        if self._waken is not None:
            os.close(self._waken)
            self._waken = None
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

    def _wait_for_signal(self) -> None:
        asked = os.read(self._wake, 1)
        if asked:
            self._run.finish("KILLED", None, "SIGTERM", self._stack)
            self._over = True
            os.kill(self._pid, signal.SIGTERM)
        os.close(self._wake)

    def _terminated(self, number: int, frame: Any) -> None:
        """Interrupts the main thread anywhere, also where it holds one of our locks: so it takes none. Another thread ends the run and sends the signal again, for whoever listened before."""
        if os.getpid() == self._pid and not self._over:
            if self._stack == "" and self._waken is not None:
                self._stack = "".join(traceback.format_stack(frame))
                os.write(self._waken, b"t")
            return
        before = self._before
        if callable(before):
            before(number, frame)
            return
        # The process must end of the signal, as it would have without us.
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
