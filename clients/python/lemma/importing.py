"""``lemma import mlflow``: brings the history of an MLflow into a project, and goes on where it stopped."""

from __future__ import annotations

import os
import re
import time
from typing import Dict, List, Optional

from .hub import HubDown, Locked, Refused
from .importing_door import MARK, ImportingDoor, ThereExperiment, ThereRun
from .importing_report import Before, Tally
from .mlflow_database import DatabaseHistory
from .mlflow_folder import FolderHistory
from .mlflow_history import ENDED, FilesElsewhere, History, PastExperiment, PastFile, PastRun, SourceProblem
from .mlflow_server import ServerHistory
from .say import say

RUN_ID = re.compile(r"[0-9a-f]{32}$")
PROGRESS_S = 5.0
ANALYSIS_S = 120.0


def history_at(source: str, artifacts: Optional[str]) -> History:
    """Reads a server's address, a database or a folder by what it is. Raises ``SourceProblem``."""
    if re.match(r"https?://", source):
        return ServerHistory(source)
    path = re.sub(r"^(sqlite:///|file://)", "", source)
    if os.path.isdir(path):
        return FolderHistory(path, artifacts)
    if os.path.isfile(path):
        return DatabaseHistory(path, artifacts)
    raise SourceProblem("there is nothing at %s. Name the address of a tracking server, an mlflow.db or an mlruns folder." % source)


def import_history(source: str, project: str, door: ImportingDoor, artifacts: Optional[str] = None, dry: bool = False) -> int:
    """Answers the exit code: 0 when everything came, 1 when something did not, 2 when nothing could begin."""
    try:
        door.project(project)
    except Refused as problem:
        say("%s Make the project %s in Lemma first, or name another one." % (problem, project))
        return 2
    except HubDown as problem:
        say(_hub_down(problem))
        return 2
    try:
        history = history_at(source, artifacts)
    except (SourceProblem, OSError) as problem:
        say(str(problem))
        return 2
    return _Import(history, project, door, dry).result()


class _Import:
    def __init__(self, history: History, project: str, door: ImportingDoor, dry: bool) -> None:
        self._history = history
        self._project = project
        self._door = door
        self._dry = dry
        self._tally = Tally()
        self._before = Before()
        self._there: List[ThereExperiment] = []
        #: Of the experiments that the history is in now.
        self._numbers: List[int] = []
        self._said_at = time.monotonic()

    def result(self) -> int:
        """Imports, tells what came and answers the exit code."""
        code = 0
        try:
            self._there = self._door.experiments()
            for experiment in self._history.experiments():
                self._experiment(experiment)
            self._tally.besides = self._history.besides()
        except SourceProblem as problem:
            say(str(problem))
            code = 1
        except (Locked, HubDown) as problem:
            say(_hub_down(problem))
            code = 1
        for problem in self._history.problems:
            say(problem)
        print("\n".join(self._tally.lines(self._dry)), flush=True)
        if not self._dry and code == 0:
            self._tell_before()
        return 1 if code or self._history.problems or self._tally.refused else 0

    def _experiment(self, experiment: PastExperiment) -> None:
        self._tally.experiments += 1
        there = self._found(experiment)
        if there is not None and there.deleted and not experiment.deleted:
            self._refuse("the experiment %s was deleted in Lemma; restore it there to import its runs" % there.name)
            return
        if there is not None and there.deleted:
            # Deleting it was the last thing that an earlier import did.
            for run in self._history.runs(experiment):
                self._tally.same += 1
            return
        try:
            number = self._placed(experiment, there)
        except Refused as problem:
            self._refuse("the experiment %s is left out: %s" % (experiment.name, problem))
            return
        if number is not None:
            self._numbers.append(int(number))
        known = self._door.runs(number) if number is not None and there is not None else {}
        for run in self._history.runs(experiment):
            if not experiment.deleted and not run.deleted:
                self._before.count(run)
            self._run(number, run, known.get(run.id))
            self._progress(experiment.name)
        if experiment.deleted and number is not None and not self._dry and (there is None or there.mark.startswith(experiment.identity + " ")):
            self._door.delete_experiment(number)

    def _found(self, experiment: PastExperiment) -> Optional[ThereExperiment]:
        name = self._name(experiment)
        by_mark = next((each for each in self._there if each.mark.startswith(experiment.identity + " ")), None) if experiment.made_ms is not None else None
        return by_mark or next((each for each in self._there if each.name == name), None)

    def _name(self, experiment: PastExperiment) -> str:
        return "%s/%s" % (self._project, experiment.name)

    def _placed(self, experiment: PastExperiment, there: Optional[ThereExperiment]) -> Optional[str]:
        """The experiment's number in Lemma, made or told anew; None in a dry run where it is still to be made."""
        mark = experiment.mark()
        if there is None:
            self._tally.new_experiments += 1
            return None if self._dry else self._door.make_experiment(self._name(experiment), {**experiment.tags, MARK: mark})
        ours = there.mark.startswith(experiment.identity + " ")
        if not ours and there.mark == "":
            self._tally.joined.append(there.name)
        elif not ours:
            self._tally.joined.append("%s, which came from another MLflow" % there.name)
        elif there.mark != mark and not self._dry:
            if there.name != self._name(experiment):
                self._door.rename_experiment(there.number, self._name(experiment))
            self._door.tag_experiment(there.number, {**experiment.tags, MARK: mark})
        return there.number

    def _run(self, number: Optional[str], run: PastRun, there: Optional[ThereRun]) -> None:
        if not RUN_ID.match(run.id):
            self._refuse("the run %s is left out: its id is not 32 hexadecimal digits" % run.id)
            return
        mark = run.mark()
        if there is not None and there.deleted:
            if there.mark != mark and not run.deleted:
                self._refuse("the run %s was deleted in Lemma and has changed since; restore it there to import it" % run.id)
            self._tally.same += 1
            return
        complete = there is not None and there.mark == mark
        if complete and run.deleted and not self._dry:
            self._door.delete_run(run.id)
        if complete and (run.status in ENDED or self._history.near):
            self._tally.same += 1
            return
        if complete:
            # A server does not tell whether more came to a run that goes on: what came late may be no metric's latest point.
            self._tally.again += 1
        else:
            self._tally.take(run, there is not None)
        files = self._files(run)
        if self._dry or number is None:
            self._tally.files += len(files)
            self._tally.bytes += sum(file.size for file in files)
            return
        try:
            self._bring(number, run, files, mark)
        except Refused as problem:
            if not complete:
                self._tally.give_back(run, there is not None)
            self._refuse("the run %s is left out: %s" % (run.id, problem))

    def _bring(self, number: str, run: PastRun, files: List[PastFile], mark: str) -> None:
        self._door.import_run(number, run)
        self._tally.points_sent += self._door.log_points(run.id, self._history.points(run))
        for file in files:
            self._file(number, run, file)
        # Only now is the run known to have come in full.
        self._door.import_run(number, run, mark)
        if run.deleted:
            self._door.delete_run(run.id)

    def _file(self, number: str, run: PastRun, file: PastFile) -> None:
        try:
            with self._history.open(run, file) as content:
                if self._door.put_file(number, run.id, file.path, content):
                    self._tally.files += 1
                    self._tally.bytes += file.size
        except Refused as problem:
            self._refuse("the file %s of the run %s is left out: %s" % (file.path, run.id, problem))
        except (FilesElsewhere, OSError) as problem:
            self._refuse("the file %s of the run %s cannot be read: %s" % (file.path, run.id, problem))

    def _files(self, run: PastRun) -> List[PastFile]:
        try:
            return self._history.files(run)
        except FilesElsewhere as problem:
            self._tally.without_files[str(problem)] = self._tally.without_files.get(str(problem), 0) + 1
            return []

    def _refuse(self, sentence: str) -> None:
        self._tally.refused += 1
        say(sentence)

    def _progress(self, name: str) -> None:
        if time.monotonic() - self._said_at >= PROGRESS_S:
            self._said_at = time.monotonic()
            say("%s: %s" % (name, self._tally.progress()))

    def _tell_before(self) -> None:
        """The duplicates are known once the analysis has looked at what came."""
        until = time.monotonic() + ANALYSIS_S
        rate: Optional[Dict[str, object]] = self._door.duplicate_rate(self._project, self._numbers)
        while rate is not None and rate["waiting"] and time.monotonic() < until:
            time.sleep(1.0)
            rate = self._door.duplicate_rate(self._project, self._numbers)
        print("\n".join(self._before.lines(rate)), flush=True)


def _hub_down(problem: HubDown) -> str:
    if isinstance(problem, Locked):
        return "Lemma does not let this import in: %s Set LEMMA_TOKEN to the token of a maintainer of the project." % problem
    return "Lemma does not answer (%s). Look whether LEMMA_URL is right and run this again: it goes on where it stopped." % problem
