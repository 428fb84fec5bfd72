"""``lemma reproduce``: does a run again as it was recorded, and records whether it came out the same.

Everything is compared before anything runs: code, environment and data. What differs is recorded as the cause, and nothing is run.
"""

from __future__ import annotations

import os
import shlex
import time
import uuid
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, TypeVar

from . import machine
from .delivery import deliver_all
from .executing import Execution
from .hub import Hub, HubDown, Locked, Refused
from .recording import Recording, python_in, script_in
from .reproduction import CannotTry, Cause, Differs, Recorded, artifact, find_run, read_recorded
from .reproduction_code import rebuild_code, require_kept
from .reproduction_command import folder_of, variables_of, words_of
from .reproduction_data import given_places, require_data
from .reproduction_environment import CLIENT, client_folder, find_interpreter, rebuild_environment, require_packages
from .run import Run, new_run_id
from .say import printable, say
from .spool import Claim, make_folder
from .starting import body_of

REPRODUCED, NOT_REPRODUCED, NOT_TRIED, INTERRUPTED = 0, 1, 2, 130
MADE_S = 60.0
PATIENCE_S = 90.0
SIGINT_CODE = 130


@dataclass(frozen=True)
class Wishes:
    """What the command line says."""

    subject: str
    into: Optional[str] = None
    repository: Optional[str] = None
    data: Sequence[str] = ()
    metrics: Sequence[str] = ()
    python: Optional[str] = None
    environment: bool = True
    dry: bool = False


def reproduce(wishes: Wishes, hub: Hub) -> int:
    """Answers the exit code: 0 reproduced, 1 not reproduced (recorded with its causes), 2 not tried, 130 stopped by Ctrl-C; nothing is recorded of the last two. Of a dry run 0 when nothing that was looked at differs, else 1."""
    try:
        run_id = find_run(hub, wishes.subject)
        return _Attempt(wishes, hub, run_id).result()
    except CannotTry as problem:
        say("nothing was run: %s" % problem)
    except Locked as problem:
        say("Lemma does not let you do this: %s Set LEMMA_TOKEN to the token of a member of the project." % problem)
    except HubDown as problem:
        say("Lemma does not answer at %s (%s). Look whether LEMMA_URL is right, and run this again." % (hub.url, problem))
    except Refused as problem:
        say("Lemma refuses: %s" % problem)
    except OSError as problem:
        say("nothing was run: %s: %s" % (problem.filename or "a file", problem.strerror or problem))
    return NOT_TRIED


class _Attempt:
    """One attempt at one run."""

    def __init__(self, wishes: Wishes, hub: Hub, run_id: str) -> None:
        self._wishes = wishes
        self._hub = hub
        self._run_id = run_id
        self._into = os.path.abspath(wishes.into or "reproduce-" + run_id[:8])
        self._places = given_places(wishes.data)

    def result(self) -> int:
        """Tries, records and answers the exit code."""
        try:
            recorded = read_recorded(self._hub, self._run_id)
            say("run %s (%s) of %s: %s" % (self._run_id, recorded.name, recorded.experiment, shlex.join(recorded.command)))
            if self._wishes.dry:
                return self._dry(recorded)
            self._make_folder()
            prepared = self._prepared(recorded)
        except Differs as differs:
            return self._differs(differs)
        return self._execute(recorded, prepared)

    def _make_folder(self) -> None:
        if os.path.lexists(self._into) and (not os.path.isdir(self._into) or os.listdir(self._into)):
            raise CannotTry("%s is not empty: name a new folder with --into, so that nothing of an earlier attempt is used" % self._into)
        os.makedirs(self._into, exist_ok=True)
        self._into = os.path.realpath(self._into)

    def _prepared(self, recorded: Recorded) -> "_Prepared":
        """Builds everything. Raises ``Differs`` and ``CannotTry`` before anything of the run is executed."""
        wishes = self._wishes
        code = os.path.join(self._into, "code")
        # Nothing of a repository around the folder counts as code of the run.
        os.environ["GIT_CEILING_DIRECTORIES"] = self._into
        differs: List[Differs] = []
        interpreter = _tried(differs, lambda: find_interpreter(recorded, wishes.python))
        rebuilt = _tried(differs, lambda: rebuild_code(recorded, code, wishes.repository, lambda path, most: artifact(self._hub, recorded, path, most)))
        instead = _tried(differs, lambda: require_data(recorded, rebuilt, self._places))
        # An environment takes the longest: it is not built for what cannot be run.
        if interpreter is None or rebuilt is None or instead is None:
            raise Differs([cause for each in differs for cause in each.causes], "; ".join(each.advice for each in differs))
        if wishes.environment:
            python = rebuild_environment(recorded, interpreter, os.path.join(self._into, "environment"), code)
        else:
            python = interpreter.path
            require_packages(recorded.packages, python)
        client = None if CLIENT in recorded.packages else client_folder(self._into)
        if recorded.seed is not None:
            say("seed: %s, given as it was: by the command, its variables or the code" % recorded.seed)
        words = words_of(recorded, code, python, instead)
        variables = variables_of(recorded, code, python, client)
        return _Prepared(words, folder_of(recorded, code), variables, _named_for_it(recorded, instead))

    def _dry(self, recorded: Recorded) -> int:
        say("dry run: nothing is built, run or recorded")
        code = recorded.code
        say("code: %s at %s%s" % (self._wishes.repository or code.get("repository") or "no remote is recorded", code.get("commit") or "no commit", ", with changes in no commit" if code.get("dirty") else ""))
        causes: List[Cause] = []
        differs: List[Differs] = []
        _tried(differs, lambda: find_interpreter(recorded, self._wishes.python))
        _tried(differs, lambda: require_kept(code))
        _tried(differs, lambda: require_data(recorded, None, self._places))
        for each in differs:
            causes += each.causes
            say(each.advice)
        say("environment: %d packages" % len(recorded.packages))
        for cause in causes:
            print(printable(_sentence(cause)), flush=True)
        return NOT_REPRODUCED if causes else REPRODUCED

    def _differs(self, differs: Differs) -> int:
        """What differs is recorded, and nothing is run."""
        say("nothing was run: %s" % differs.advice)
        if self._wishes.dry:
            for cause in differs.causes:
                print(printable(_sentence(cause)), flush=True)
            return NOT_REPRODUCED
        return self._record(None, differs.causes)

    def _execute(self, recorded: Recorded, prepared: "_Prepared") -> int:
        run = Run(self._hub, make_folder(os.path.join(self._into, "spool"), new_run_id()), joined=False)
        run.prepare(body_of(run.id, {"experiment": recorded.experiment, "name": ("%s, again" % recorded.name)[:500], "reason": "replication"}, {}, {"lemma.reproduces": recorded.id}))
        os.chdir(prepared.folder)
        os.environ.pop("VIRTUAL_ENV", None)
        os.environ.update(prepared.variables)
        try:
            run.record(Recording(prepared.words, script_in(prepared.words), foreign_python=python_in(prepared.words)))
            for each in prepared.datasets:
                run.dataset(each["name"], each["path"], role=each["role"], source=each["source"])
            run.send(asked=True)
            if not run.wait_until_made(MADE_S):
                raise HubDown("the run could not be begun")
        except (Refused, HubDown):
            run.abandon()
            raise
        run.watch(console=False, endings=False)
        say("running: %s" % shlex.join(prepared.words))
        code = Execution(run, prepared.words).result()
        if code == SIGINT_CODE:
            say("stopped: nothing is recorded of this attempt")
            return INTERRUPTED
        self._deliver(run.folder)
        return self._record(run.id, [])

    def _deliver(self, folder: str) -> None:
        """What the run could not send by its end is sent now: it is judged by its record."""
        until = time.monotonic() + PATIENCE_S
        while os.path.isdir(folder):
            claim = Claim.take(folder)
            try:
                if claim is not None and deliver_all(self._hub, folder):
                    return
            except HubDown:
                pass
            finally:
                if claim is not None:
                    claim.drop()
            if time.monotonic() > until:
                raise HubDown("what the run recorded waits in %s; send it with `lemma sync %s`" % (folder, os.path.dirname(folder)))
            time.sleep(0.5)

    def _record(self, again: Optional[str], causes: Sequence[Cause]) -> int:
        body = {
            "id": uuid.uuid4().hex, "run": again, "machine": machine.machine(), "metrics": list(self._wishes.metrics) or None,
            "causes": [{"kind": cause.kind, "name": cause.name[:500], "expected": _cut(cause.expected), "found": _cut(cause.found)} for cause in causes[:100]],
        }
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                answer = self._hub.post("/runs/%s/reproductions" % self._run_id, body, 60.0)
                break
            except Locked:
                raise
            except HubDown:
                # Under its id, an attempt that is sent twice is one.
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
        for line in _verdict(answer, again is not None):
            print(printable(line), flush=True)
        return REPRODUCED if answer["reproduced"] else NOT_REPRODUCED


@dataclass(frozen=True)
class _Prepared:
    words: List[str]
    folder: str
    variables: Mapping[str, str]
    datasets: List[Mapping[str, str]]


def _named_for_it(recorded: Recorded, instead: Mapping[str, str]) -> List[Mapping[str, str]]:
    """Datasets that ``lemma exec --dataset`` named for the command, under the name of their file: the code does not tell of them."""
    return [
        {"name": str(each["name"]), "role": str(each["role"] or "train"), "path": instead.get(str(each["source"]), str(each["source"])), "source": str(each["source"])}
        for each in recorded.datasets if each["name"] == os.path.basename(str(each["source"])) and each["sourceType"] in ("file", "folder", "glob")
    ]


Answer = TypeVar("Answer")


def _tried(differs: List[Differs], step: Callable[[], Answer]) -> Optional[Answer]:
    """What a step answers; None when something differs, which is kept: all of it is told at once."""
    try:
        return step()
    except Differs as problem:
        differs.append(problem)
        return None


def _verdict(answer: Mapping[str, Any], ran: bool) -> List[str]:
    lines = ["reproduced" if answer["reproduced"] else "not reproduced" if ran else "not reproduced: nothing was run"]
    lines += ["  %s" % cause["sentence"] for cause in answer["causes"]]
    return lines + ["  %s" % _metric(metric) for metric in answer["metrics"]]


LEARNED: Dict[str, str] = {"EXACT": "equality is asked for", "SAME_SEED": "learned from %d runs with this seed", "ALL_SEEDS": "learned from %d runs of the variant"}


def _metric(metric: Mapping[str, Any]) -> str:
    tolerance = metric["tolerance"]
    learned = LEARNED.get(str(tolerance["from"]), "")
    return "%s: %s, again %s (%s; tolerance %.3g, %s)" % (metric["key"], metric["original"], metric["again"], "within" if metric["within"] else "not within", tolerance["amount"], learned % tolerance["runs"] if "%d" in learned else learned)


def _sentence(cause: Cause) -> str:
    return "%s %s: %s was recorded, %s was found." % (cause.kind.lower(), cause.name, cause.expected or "nothing", cause.found or "nothing")


def _cut(text: Optional[str]) -> Optional[str]:
    return None if text is None else text[:2_000]
