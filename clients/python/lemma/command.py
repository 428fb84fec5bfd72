"""The command line: ``lemma exec``, ``lemma reproduce``, ``lemma sync`` and ``lemma import``."""

from __future__ import annotations

import argparse
import sys
from typing import List, Optional, Sequence

from .executing import execute
from .hub import Hub
from .spool import root_folder
from .syncing import sync

EXEC = """Runs a command and records it as a run: lemma exec --experiment VIS-42 -- python train.py --lr 0.1

The command has this terminal's input and output as ever; what it prints is recorded beside being shown. The exit code is the command's own.
Options of the command (--lr 0.1) become params, if the command records none by itself; MLflow calls inside land in the same run.
"""

REPRODUCE = """Does a run again as it was recorded, and records whether it came out the same: lemma reproduce VIS-42 --data train=/data/train.csv

Checks the code out and applies what was uncommitted, makes an environment with the recorded packages, compares the data, and only then runs the recorded command, which it shows, with your rights.
What differs is named, and nothing is run. Exit codes: 0 reproduced, 1 not reproduced (recorded with its causes), 2 not tried, 130 stopped. A dry run answers 0 when nothing that it looks at differs, else 1.
"""

IMPORT = """Brings the history of an MLflow into a project: lemma import mlflow http://127.0.0.1:5000 --project vision

Ids, dates, users, metrics, files and nested runs stay as they are. Run again, only what is new or changed comes; stopped in the middle, it goes on.
"""


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Answers the exit code: of ``exec`` the command's own, or 2 when it was not started; of ``sync`` 0 when nothing waits any more, else 1; of ``reproduce`` 0 when it was reproduced, 1 when not, 2 when it was not tried; of ``import`` 0 when everything came, 1 when something did not, 2 when nothing could begin."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command: List[str] = []
    if given[:1] == ["exec"] and "--" in given:
        at = given.index("--")
        given, command = given[:at], given[at + 1:]
    parser = _parser()
    options = parser.parse_args(given)
    if options.verb == "exec":
        return execute(options, command or options.command)
    if options.verb == "sync":
        return 1 if sync(root_folder(options.folder), Hub()) else 0
    if options.verb == "reproduce":
        from .reproducing import Wishes, reproduce

        return reproduce(Wishes(options.subject, options.into, options.repo, options.data, options.metric, options.python, not options.no_environment, options.dry_run), Hub())
    if options.verb == "import":
        # Not before: a Python without SQLite still records trainings.
        from .importing import import_history
        from .importing_door import ImportingDoor

        return import_history(options.source, options.project, ImportingDoor(Hub()), options.artifacts, options.dry_run)
    parser.print_help()
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lemma", description="Records trainings in Lemma. LEMMA_URL and LEMMA_TOKEN say where.")
    verbs = parser.add_subparsers(dest="verb")
    execution = verbs.add_parser("exec", help="run a command and record it", description=EXEC, formatter_class=argparse.RawDescriptionHelpFormatter)
    execution.add_argument("--experiment", help="key of the experiment, as VIS-42")
    execution.add_argument("--hypothesis", help="what the run tests; the experiment is made where there is none")
    execution.add_argument("--project", help="slug of the project of the hypothesis ($LEMMA_PROJECT)")
    execution.add_argument("--because", help="why you believe it")
    execution.add_argument("--metric", help="the metric that should move")
    execution.add_argument("--direction", choices=("increase", "decrease"))
    execution.add_argument("--min-effect", type=float, help="the smallest change that matters, in the metric's unit")
    execution.add_argument("--name", help="the run's name")
    execution.add_argument("--reason", help="why it is run although it was run before or changes several variables at once: replication, or a sentence ($LEMMA_REASON)")
    execution.add_argument("--dataset", action="append", default=[], metavar="ROLE=PATH", help="data that the command reads: train=data/train.csv, test=data/test/*.png")
    execution.add_argument("command", nargs="*", help="behind --: the command and its arguments")
    again = verbs.add_parser("reproduce", help="do a run again and record whether it came out the same", description=REPRODUCE, formatter_class=argparse.RawDescriptionHelpFormatter)
    again.add_argument("subject", help="the id of a run, or the key of an experiment: its best finished run by the metric of its hypothesis")
    again.add_argument("--into", metavar="FOLDER", help="where everything is built: a new or empty folder (reproduce-<run>)")
    again.add_argument("--repo", metavar="PATH_OR_URL", help="the repository, where the recorded remote is not reachable")
    again.add_argument("--data", action="append", default=[], metavar="NAME=PATH", help="where a dataset is, by its name or role; the recorded path is tried without")
    again.add_argument("--metric", action="append", default=[], metavar="KEY", help="compare only these metrics; leave out what measures time")
    again.add_argument("--python", metavar="PATH", help="the interpreter to use, instead of looking for the recorded version")
    again.add_argument("--no-environment", action="store_true", help="take the interpreter and its packages as they are; they are compared all the same")
    again.add_argument("--dry-run", action="store_true", help="show the command, compare interpreter and data, and neither build, run nor record anything")
    syncing = verbs.add_parser("sync", help="send what was spooled while the hub was down")
    syncing.add_argument("folder", nargs="?", help="the spool ($LEMMA_SPOOL, .lemma-spool)")
    importing = verbs.add_parser("import", help="bring the history of another tracker into a project", description=IMPORT, formatter_class=argparse.RawDescriptionHelpFormatter)
    importing.add_argument("tracker", choices=("mlflow",))
    importing.add_argument("source", help="the address of a tracking server, an mlflow.db or an mlruns folder")
    importing.add_argument("--project", required=True, help="slug of the project that the history goes to; you are a maintainer of it")
    importing.add_argument("--artifacts", help="the folder in which a tracking server kept files (its --artifacts-destination)")
    importing.add_argument("--dry-run", action="store_true", help="say what would come and what would not, and write nothing")
    return parser
