"""The capture document of a run: written by a thread, so that training begins at once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence

from . import machine
from .code import Git, code_of
from .config import as_params
from .masking import mask_command
from .say import printable, say_once
from .seeds import seen_seeds

if TYPE_CHECKING:
    from .run import Run

LARGEST_DOCUMENT = 1_900_000
ASK = "import json,sys; sys.path.insert(0, sys.argv[1]); from lemma import machine; sys.path.pop(0); print(json.dumps([machine.python(), machine.packages()]))"


class Recording:
    """What is captured of one run. ``start`` begins it, ``update`` adds what is learned later, ``finish`` waits for it."""

    def __init__(self, command: Sequence[str], script: Optional[str], *, defaults: Any = None, seed: Any = None, foreign_python: Optional[str] = None) -> None:
        """``script`` is the file that is executed, None where there is none (a notebook, ``-c``). ``foreign_python`` is the interpreter that will execute it, where that is another one than this."""
        self._command = list(command)
        self._script = os.path.abspath(script) if script and os.path.isfile(script) else None
        self._folder = os.path.dirname(self._script) if self._script else os.getcwd()
        self._working = os.getcwd()
        self._foreign = foreign_python
        self._later: Dict[str, Any] = {"defaults": as_params(defaults)} if defaults is not None else {}
        self._seed = seed
        self._run: Optional["Run"] = None
        self._thread: Optional[threading.Thread] = None
        self._document: Optional[Dict[str, Any]] = None
        # Looked at now: what is drawn from a generator changes its state.
        self._seeds = {} if foreign_python else seen_seeds([seed])

    def start(self, run: "Run") -> None:
        """Captures by a thread; each part that fails is said and left out."""
        self._run = run
        self._thread = threading.Thread(target=self._work, name="lemma-capture", daemon=True)
        self._thread.start()

    def update(self, part: Mapping[str, Any]) -> None:
        """Sets fields of the document that were not known at the start."""
        self._later.update(part)
        if self._run is not None:
            self._run.keep_part(part)

    def document(self, wait_s: float) -> Optional[Dict[str, Any]]:
        """What was captured at the start; None when the thread is not done after ``wait_s`` seconds."""
        if self._thread is not None:
            self._thread.join(max(0.0, wait_s))
        return self._document

    def finish(self, wait_s: float) -> None:
        """Waits for the thread, so long at most, and adds seeds of libraries that were imported meanwhile."""
        if self._thread is not None:
            self._thread.join(wait_s)
            if self._thread.is_alive():
                say_once("the run ended before its code and environment were captured; $LEMMA_WAIT waits longer")
        if self._foreign is None:
            new = {name: seed for name, seed in seen_seeds([self._seed]).items() if name not in self._seeds and not seed.startswith("state:")}
            if new:
                self.update({"seeds": {**self._seeds, **new}})

    def _work(self) -> None:
        run = self._run
        if run is None:
            return
        document: Dict[str, Any] = {
            "version": 1, "command": [word.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")[:4_096] for word in mask_command(self._command)][:5_000], "seeds": self._seeds or None, "machine": machine.machine(),
        }
        parts = {
            "code": lambda: code_of(self._folder, self._script, run), "workingFolder": self._working_folder, "hardware": machine.hardware,
            "container": machine.container,
            # Relative paths of the command and of data mean something from here.
            "variables": lambda: {**machine.variables(), "PWD": printable(self._working)},
        }
        for name, capture in {**parts, **self._software()}.items():
            try:
                document[name] = capture()
            except Exception as problem:  # noqa: BLE001
                say_once("%s of this run could not be captured: %s: %s" % (name, type(problem).__name__, problem))
        software = document.pop("software", None)
        if software:
            document["python"], document["packages"] = software
        self._document = _fitting({key: value for key, value in {**document, **self._later}.items() if value is not None})
        run.keep_capture(self._document)

    def _software(self) -> Mapping[str, Any]:
        if self._foreign is None:
            return {"python": machine.python, "packages": machine.packages}
        return {"software": lambda: software_of(str(self._foreign))}

    def _working_folder(self) -> Optional[str]:
        root = Git(self._folder).line("rev-parse", "--show-toplevel")
        relative = os.path.relpath(os.path.realpath(self._working), os.path.realpath(root)) if root else None
        return None if relative is None or relative.startswith("..") else printable(relative)


def _fitting(document: Dict[str, Any]) -> Dict[str, Any]:
    """The document within what the hub takes: of very large code the functions go, then files, which is said."""
    code = document.get("code") or {}
    if _weight(document) > LARGEST_DOCUMENT:
        say_once("the code has too many functions to be compared one by one; files are")
        code["files"] = [{key: value for key, value in file.items() if key != "functions"} for file in code.get("files", [])]
    while _weight(document) > LARGEST_DOCUMENT and (code.get("files") or code.get("leftOut")):
        say_once("the code has too many files; some of them are not compared")
        code["files"], code["leftOut"] = code.get("files", [])[:len(code.get("files", [])) // 2], code.get("leftOut", [])[:100]
    return document


def _weight(document: Dict[str, Any]) -> int:
    return len(json.dumps(document, default=str))


def software_of(python: str) -> Optional[List[Any]]:
    """Version and packages of another interpreter; None, said, where it does not answer."""
    try:
        done = subprocess.run([python, "-c", ASK, os.path.dirname(os.path.dirname(os.path.abspath(__file__)))], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.SubprocessError) as problem:
        say_once("the packages of %s could not be listed: %s" % (python, problem))
        return None


def this_command() -> List[str]:
    """The command line of this process, as it was typed where Python knows it (3.10 and newer)."""
    typed = getattr(sys, "orig_argv", None)
    return [os.path.basename(typed[0]), *typed[1:]] if typed else [os.path.basename(sys.executable or "python"), *sys.argv]


def this_script() -> Optional[str]:
    """The file that this process executes."""
    return getattr(sys.modules.get("__main__"), "__file__", None)


def script_in(command: Sequence[str]) -> Optional[str]:
    """The first word of a command, behind its program, that is a file here: ``train.py`` of ``python -u train.py``; for a program that is a script itself, the program."""
    for word in command[1:]:
        if not word.startswith("-") and os.path.isfile(word):
            return word
    for at, word in enumerate(command[:-1]):
        module = command[at + 1].replace(".", os.sep) + ".py"
        if word == "-m" and os.path.isfile(module):
            return module
    program = command[0]
    return program if os.sep in program and os.path.isfile(program) and not os.path.basename(program).startswith("python") else None


def python_in(command: Sequence[str]) -> Optional[str]:
    """The interpreter that a command names, as a path; None where it names none, or this one."""
    found = shutil.which(command[0]) if os.path.basename(command[0]).startswith("python") else None
    return None if found is None or os.path.abspath(found) == os.path.abspath(sys.executable or "") else found
