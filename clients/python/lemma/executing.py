"""``lemma exec``: a command as a run, without a call of ours in it."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
from typing import Any, Dict, List, Optional, Sequence, Tuple

from .changes import TooManyChanges
from .checking import check_start, given_reason
from .config import from_arguments
from .console import Lines
from .duplicates import DoneBefore
from .hub import Hub, Refused
from .masking import mask_params
from .recording import Recording, python_in, script_in
from .run import WHAT_TO_WRITE, Run, folder_for, new_run_id
from .say import say
from .starting import body_of

WAIT_FOR_HUB_S = 5.0
PIECE = 65_536
# A pipe holds no more than one piece (pipe(7)), and another may be in our hands.
MOST_UNREAD = 2 * PIECE
QUIET_S = 2.0
TAIL = 60_000
TRACEBACK = "Traceback (most recent call last):"


def execute(options: argparse.Namespace, command: Sequence[str]) -> int:
    """Runs the command and answers its exit code, 128 and the signal's number when one ended it, 2 when it was not started."""
    if not command:
        say("say which command to run: lemma exec --experiment VIS-42 -- python train.py")
        return 2
    if not options.experiment and not options.hypothesis:
        say(WHAT_TO_WRITE)
        return 2
    run = Run(Hub(), folder_for(new_run_id()), joined=False)
    told = {
        "project": options.project or os.environ.get("LEMMA_PROJECT"), "experiment": options.experiment, "hypothesis": options.hypothesis, "because": options.because,
        "metric": options.metric, "direction": options.direction, "minEffect": options.min_effect, "name": options.name, "reason": given_reason(options.reason),
    }
    run.prepare(body_of(run.id, told, {}, None))
    run.record(Recording(command, script_in(command), foreign_python=python_in(command)))
    for each in options.dataset:
        role, _, path = each.partition("=")
        run.dataset(os.path.basename(path) or path, path, role=role)
    try:
        check_start(run, told, mask_params(from_arguments(command)), told["reason"])
        run.send(asked=True)
        run.wait_until_made(WAIT_FOR_HUB_S)
    except (Refused, DoneBefore, TooManyChanges) as refused:
        for line in ("nothing was started: %s" % refused).split("\n"):
            say(line)
        run.abandon()
        return 2
    run.watch(console=False, endings=False)
    return Execution(run, command).result()


class Execution:
    """A command that is executed, and what becomes of the run that records it."""

    def __init__(self, run: Run, command: Sequence[str]) -> None:
        self._run = run
        self._command = list(command)
        self._tail: Dict[str, str] = {"stdout": "", "stderr": ""}
        self._kept = {"stdout": 0, "stderr": 0}
        self._reading = {"stdout": False, "stderr": False}
        self._child: Optional["subprocess.Popen[bytes]"] = None
        self._feeds: List[threading.Thread] = []

    def result(self) -> int:
        """Starts, waits, records and answers the exit code."""
        readers: List[Tuple[int, str]] = []
        ends: List[int] = []
        for number, name in ((1, "stdout"), (2, "stderr")):
            read, write = _channel(number)
            readers.append((read, name))
            ends.append(write)
        try:
            self._child = subprocess.Popen(self._command, stdout=ends[0], stderr=ends[1], env=_environment(self._run))
        except OSError as problem:
            say("%s cannot be started: %s" % (self._command[0], problem.strerror))
            code = 127 if isinstance(problem, FileNotFoundError) else 126
            self._run.finish("FAILED", code, None, str(problem))
            return code
        finally:
            for end in ends:
                os.close(end)
        with _Signals(self._child):
            for (read, name), number in zip(readers, (1, 2)):
                thread = threading.Thread(target=self._feed, args=(read, name, number), name="lemma-" + name, daemon=True)
                thread.start()
                self._feeds.append(thread)
            code = self._child.wait()
            for (read, name), thread in zip(readers, self._feeds):
                self._until_read(thread, read, name)
        return self._record(code)

    def _until_read(self, thread: threading.Thread, read: int, name: str) -> None:
        """Waits until all is kept that the command had printed. A grandchild in the background may hold its channel open for ever, silent or not."""
        before = self._kept[name]
        while thread.is_alive() and self._kept[name] - before < MOST_UNREAD:
            quiet = (True, self._kept[name])
            thread.join(QUIET_S)
            if thread.is_alive() and quiet == (self._reading[name], self._kept[name]) and not _waits(read):
                return

    def _feed(self, read: int, name: str, number: int) -> None:
        import codecs

        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        lines = Lines(name, self._run.keep_line)
        shown = True
        while True:
            self._reading[name] = True
            try:
                piece = os.read(read, PIECE)
            except OSError:  # EIO: the other end of a terminal was closed.
                piece = b""
            self._reading[name] = False
            if not piece:
                break
            if shown:
                shown = _write_all(number, piece)
            text = decoder.decode(piece)
            self._tail[name] = (self._tail[name] + text)[-TAIL:]
            lines.take(text)
            self._kept[name] += len(piece)
        lines.end()
        os.close(read)

    def _record(self, code: int) -> int:
        self._run.keep_arguments(mask_params(from_arguments(self._command)))
        if code >= 0:
            self._run.finish("FINISHED" if code == 0 else "FAILED", code, None, self._traceback() if code else None)
            return code
        name = _signal_name(-code)
        # The program's own fault, not somebody's wish.
        status = "FAILED" if name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL") else "KILLED"
        self._run.finish(status, 128 - code, name, self._traceback())
        return 128 - code

    def _traceback(self) -> Optional[str]:
        """The last traceback that the command printed, or the end of what it printed as an error."""
        said = self._tail["stderr"] or self._tail["stdout"]
        at = said.rfind(TRACEBACK)
        # An exception during another one: the first of them tells the cause.
        while at > 0 and said[:at].rstrip().endswith(("another exception occurred:", "direct cause of the following exception:")):
            at = said.rfind(TRACEBACK, 0, at)
        return (said[at:] if at >= 0 else said[-4_000:]) or None


def _channel(number: int) -> Tuple[int, int]:
    """Where the child writes and we read: a terminal where ours is one, so that colours and progress bars stay; else a pipe."""
    try:
        if os.isatty(number):
            return _terminal(number)
    except (ImportError, OSError):
        pass
    return os.pipe()


def _terminal(number: int) -> Tuple[int, int]:
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    modes = termios.tcgetattr(theirs)
    modes[1] &= ~termios.OPOST  # The real terminal makes line ends of its own.
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    try:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, fcntl.ioctl(number, termios.TIOCGWINSZ, b"\0" * 8))
    except OSError:
        pass
    return ours, theirs


def _waits(read: int) -> bool:
    """Whether there is something to read; where that cannot be asked, no."""
    import select

    try:
        return bool(select.select([read], [], [], 0)[0])
    except (OSError, ValueError):
        return False


def _write_all(number: int, piece: bytes) -> bool:
    """False once nobody reads it any more; the command goes on."""
    try:
        while piece:
            piece = piece[os.write(number, piece):]
        return True
    except OSError:
        return False


def _environment(run: Run) -> Dict[str, str]:
    """What the command finds: the run to join, and MLflow's names of it where they are free."""
    environment = {**os.environ, "LEMMA_RUN_ID": run.id, "LEMMA_RUN_FOLDER": run.folder}
    if "MLFLOW_TRACKING_URI" not in os.environ:
        environment["MLFLOW_TRACKING_URI"] = run.hub.url
        environment.setdefault("MLFLOW_RUN_ID", run.id)
        token = os.environ.get("LEMMA_TOKEN")
        if token:
            environment.setdefault("MLFLOW_TRACKING_TOKEN", token)
    elif os.environ["MLFLOW_TRACKING_URI"].rstrip("/") == run.hub.url:
        environment.setdefault("MLFLOW_RUN_ID", run.id)
    return environment


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "signal %d" % number


class _Signals:
    """While the command runs, a signal that ends things is the command's to answer. Ctrl-C reaches it from the terminal by itself."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child
        self._before: Dict[int, Any] = {}

    def __enter__(self) -> None:
        for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._pass_on)

    def __exit__(self, *_: Any) -> None:
        for number, before in self._before.items():
            signal.signal(number, before if before is not None else signal.SIG_DFL)

    def _pass_on(self, number: int, _frame: Any) -> None:
        from_terminal = number in (signal.SIGINT, getattr(signal, "SIGQUIT", None)) and sys.stdin is not None and _in_foreground()
        if not from_terminal and self._child.poll() is None:
            self._child.send_signal(number)


def _in_foreground() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False
