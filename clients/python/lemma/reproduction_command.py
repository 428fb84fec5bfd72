"""How the command of a run is started elsewhere: its words, its variables and its folder, as they are meant there."""

from __future__ import annotations

import os
import re
import shutil
from typing import Dict, List, Mapping, Optional

from .reproduction import MASKED, Cause, Differs, Recorded, inside
from .say import say

# What belongs to a machine and its owner, or says where other programs go: never taken from a record.
KEPT_HERE = re.compile(
    r"(?:LD_|DYLD_|LEMMA_|MLFLOW_|PIP_|GIT_|SSH_|SLURM_|CONDA_|NVIDIA_|AWS_|GOOGLE_|AZURE_|BASH_|XDG_)"
    r"|(?:PATH|PWD|OLDPWD|HOME|USER|SHELL|TMPDIR|ENV|IFS|VIRTUAL_ENV|PYTHONPATH|PYTHONHOME|PYTHONSTARTUP|PYTHONINSPECT|RANK|LOCAL_RANK|WORLD_SIZE|CUDA_VISIBLE_DEVICES|HF_HOME|TORCH_HOME|(?:HTTPS?|ALL|NO)_PROXY)\Z"
    r"|.*(?:TOKEN|SECRET|PASSWORD|API_KEY|ACCESS_KEY)S?\Z",
    re.IGNORECASE,
)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def words_of(recorded: Recorded, code: str, python: str, instead: Mapping[str, str]) -> List[str]:
    """The command with this environment's interpreter, paths of the repository below ``code``, and datasets at the paths of ``instead``. Raises ``Differs`` where its program is not there."""
    words = [_moved(word, recorded, code, instead) for word in recorded.command]
    name = os.path.basename(words[0])
    beside = os.path.join(os.path.dirname(python), name)
    if re.match(r"python[\d.]*\Z", name):
        words[0] = python
    elif os.access(beside, os.X_OK):
        words[0] = beside
    elif os.sep not in words[0] and shutil.which(words[0]) is None:
        raise Differs([Cause("COMMAND", "the command", words[0], None)], "%s is neither in the environment nor on PATH" % words[0])
    return _from_elsewhere(words, recorded, code)


def _moved(word: str, recorded: Recorded, code: str, instead: Mapping[str, str]) -> str:
    """A path stands alone or behind the ``=`` of an option."""
    option, equals, path = word.partition("=") if word.startswith("-") else ("", "", word)
    place = recorded.place(path) if path.startswith("/") else None
    return option + equals + (instead.get(path) or (os.path.normpath(os.path.join(code, place)) if place is not None else path))


def _from_elsewhere(words: List[str], recorded: Recorded, code: str) -> List[str]:
    """A script that was named from a folder outside of its repository."""
    script = recorded.code.get("script")
    if folder_of(recorded, code) != code or recorded.working_folder == "." or not script or not os.path.isfile(os.path.join(code, script)):
        return words
    at = next((at for at, word in enumerate(words) if at and (word == script or word.endswith("/" + script) or script.endswith("/" + word))), None)
    return words if at is None else [*words[:at], os.path.join(code, script), *words[at + 1:]]


def folder_of(recorded: Recorded, code: str) -> str:
    """Where the command is started."""
    folder = recorded.working_folder
    return code if folder in (None, ".") else inside(code, str(folder))


def variables_of(recorded: Recorded, code: str, python: str, client: Optional[str]) -> Dict[str, str]:
    """The variables to set: those recorded but for what belongs to a machine (its paths as well, but for those of the repository), ``PYTHONPATH`` as far as it names the repository, and the environment's programs first on ``PATH``."""
    told = {name: value for name, value in recorded.variables.items() if NAME.match(name) and not KEPT_HERE.match(name) and not MASKED.search(value) and "\0" not in value}
    meant = {name: _meant(value, recorded, code) for name, value in told.items()}
    kept = {name: value for name, value in meant.items() if value is not None}
    moved = [place for place in (_meant(entry, recorded, code) for entry in (recorded.variables.get("PYTHONPATH") or "").split(os.pathsep)) if place]
    paths = [*moved, *([client] if client else [])]
    if kept:
        say("command: sets %s" % ", ".join("%s=%s" % item for item in sorted(kept.items())))
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "PATH": os.path.dirname(python) + os.pathsep + os.environ.get("PATH", os.defpath), "GIT_CEILING_DIRECTORIES": os.path.dirname(code)}


def _meant(value: str, recorded: Recorded, code: str) -> Optional[str]:
    """A value as it is meant here; None for a path of the other machine that lay outside of the repository."""
    if not value.startswith("/"):
        return value
    place = recorded.place(value)
    return None if place is None else os.path.normpath(os.path.join(code, place))
