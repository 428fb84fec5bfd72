"""The code that a run executes: where it is in git, and what of it is not there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional, Tuple

from .artifacts import place_on_disk, placeable
from .masking import mask, without_credentials
from .meaning import functions_of, meaning_of_python
from .say import printable, say, size

if TYPE_CHECKING:
    from .run import Run

GIT_S = 60
SOURCES = (
    ".py .pyi .pyx .pxd .ipynb .r .jl .c .cc .cpp .cu .cuh .h .hpp .rs .go .java .scala .kt .swift .m .lua .js .mjs .ts .tsx .jsx .sh .bash .zsh .sql "
    ".toml .yaml .yml .json .cfg .ini .conf .md .rst .txt .cmake .bzl .nix .proto .j2 .jinja .gin .hydra .tf .dockerfile .lock .mk"
).split()
NAMES = ("dockerfile", "makefile", "snakefile", "cmakelists.txt", "justfile", "procfile", "environment.yml")
LARGEST_FILE = 1_000_000
LARGEST_DIFF = 10_000_000
LARGEST_CHANGED = 5_000_000
MOST_UNTRACKED = 500
MOST_UNTRACKED_BYTES = 20_000_000
MOST_FILES = 2_000
MOST_LISTED = 1_000
MOST_FUNCTIONS = 5_000
# The same changes are the same bytes in every clone, whatever its configuration and its number of objects: their digest is compared.
SAME_EVERYWHERE = ("-c", "diff.suppressBlankEmpty=false", "-c", "diff.indentHeuristic=true", "-c", "diff.relative=false")
AS_WRITTEN = (
    "--binary", "--full-index", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--unified=3", "--inter-hunk-context=0", "--diff-algorithm=myers",
    "--src-prefix=a/", "--dst-prefix=b/", "-O" + os.devnull, "--submodule=short", "--ignore-submodules=dirty",
)
SKIPPED_FOLDERS = {"node_modules", "__pycache__", "site-packages", "venv", "env", "build", "dist", "wandb", "mlruns"}


class NoGit(Exception):
    """There is no git here, or no repository."""


class Git:
    """The git program in one folder. Takes no locks, asks nobody, and is given up after a minute."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def bytes(self, *arguments: str) -> bytes:
        """What git writes. Raises ``NoGit`` when it fails."""
        environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_PAGER": "cat"}
        environment.pop("GIT_EXTERNAL_DIFF", None)
        try:
            done = subprocess.run(["git", "-c", "core.quotepath=off", *arguments], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=GIT_S, check=False)
        except (OSError, subprocess.SubprocessError) as problem:
            raise NoGit(str(problem)) from None
        if done.returncode != 0:
            raise NoGit(done.stderr.decode("utf-8", "replace").strip()[:300])
        return done.stdout

    def line(self, *arguments: str) -> Optional[str]:
        """The first line, or None where git fails or says nothing."""
        try:
            return os.fsdecode(self.bytes(*arguments)).split("\n")[0].strip() or None
        except NoGit:
            return None

    def paths(self, *arguments: str) -> List[str]:
        """Paths that git writes with ``-z``."""
        return [os.fsdecode(path) for path in self.bytes(*arguments).split(b"\0") if path]


def code_of(folder: str, script: Optional[str], run: "Run") -> Dict[str, Any]:
    """The ``code`` of the capture document for a script in ``folder``; keeps diff and untracked files as artifacts of the run. Says what it leaves out; never raises for the state of a repository."""
    try:
        root = os.fsdecode(Git(folder).bytes("rev-parse", "--show-toplevel").rstrip(b"\n"))
    except NoGit:
        say("%s is in no git repository: the code is recorded as files, without a version" % folder)
        return _without_git(folder, script, run)
    return _with_git(Git(root), root, script, run)


def _with_git(git: Git, root: str, script: Optional[str], run: "Run") -> Dict[str, Any]:
    commit = git.line("rev-parse", "--verify", "-q", "HEAD")
    left_out: List[Dict[str, Any]] = []
    submodules = _submodules(git)
    diff = _diff(git, root, commit, left_out, run)
    try:
        untracked = _keep_untracked(root, [path for path in git.paths("ls-files", "--others", "--exclude-standard", "-z")], left_out, run)
        tracked = git.paths("ls-files", "-z")
    except NoGit as problem:
        say("git does not list the files of %s: %s" % (root, problem))
        untracked, tracked = [], []
    branch = git.line("symbolic-ref", "--short", "-q", "HEAD")
    on_remote = _on_remote(git, commit)
    if commit is None:
        say("this repository has no commit yet: the code is recorded as files")
    elif on_remote is False:
        say("commit %s is on no remote branch: nobody else can check it out" % commit[:12])
    return {
        "repository": without_credentials(git.line("config", "--get", "remote.origin.url") or _any_remote(git)), "commit": commit, "branch": branch,
        "dirty": diff is not None or bool(untracked) or any(module["dirty"] for module in submodules), "onRemote": on_remote, "diff": diff, "untracked": untracked,
        "leftOut": _bounded(left_out), "submodules": submodules, "files": source_files(root, tracked + _on_disk(untracked), script), "script": _relative(script, root),
    }


def _any_remote(git: Git) -> Optional[str]:
    name = git.line("remote")
    return git.line("config", "--get", "remote.%s.url" % name) if name else None


def _on_remote(git: Git, commit: Optional[str]) -> Optional[bool]:
    if commit is None:
        return None
    try:
        return bool(git.bytes("for-each-ref", "--contains", commit, "--count=1", "refs/remotes").strip())
    except NoGit:
        return None


def _submodules(git: Git) -> List[Dict[str, Any]]:
    try:
        lines = os.fsdecode(git.bytes("submodule", "status", "--recursive")).splitlines()
    except NoGit:
        return []
    modules = []
    for line in lines:
        commit, _, rest = line[1:].partition(" ")
        path = rest.rsplit(" (", 1)[0]
        if line.startswith("-"):
            say("the submodule %s is not checked out" % path)
        modules.append({"path": printable(path), "commit": commit, "dirty": line.startswith("U") or (not line.startswith("-") and _changed(Git(os.path.join(git.folder, path))))})
    return modules


def _changed(inside: Git) -> bool:
    """Whether a submodule holds what its commit does not. Another commit than the outer one names is in the diff; what a training leaves there, such as bytecode, changes nothing."""
    try:
        return bool(inside.bytes("status", "--porcelain", "--untracked-files=no").strip()) or any(is_source(path) for path in inside.paths("ls-files", "--others", "--exclude-standard", "-z"))
    except NoGit:
        return True


def _diff(git: Git, root: str, commit: Optional[str], left_out: List[Dict[str, Any]], run: "Run") -> Optional[Dict[str, Any]]:
    if commit is None:
        return None
    try:
        changed = git.paths("diff", "HEAD", "--name-only", "-z", "--ignore-submodules=dirty")
        large = [path for path in changed if _size(os.path.join(root, path)) > LARGEST_CHANGED]
        for path in large:
            left_out.append({"path": printable(path), "bytes": _size(os.path.join(root, path)), "why": "changed, and larger than %s: not in the diff" % size(LARGEST_CHANGED)})
        if not changed:
            return None
        excluded = [":(exclude,top,literal)" + path for path in large]
        content = git.bytes(*SAME_EVERYWHERE, "diff", "HEAD", *AS_WRITTEN, "--", ":/", *excluded)
    except NoGit as problem:
        say("git cannot say what is changed: %s" % problem)
        return None
    if len(content) > LARGEST_DIFF:
        left_out.append({"path": "lemma/code/changes.diff", "bytes": len(content), "why": "the diff is larger than %s" % size(LARGEST_DIFF)})
        say("the uncommitted changes take %s and are left out" % size(len(content)))
        return None
    masked, count = _masked(content)
    if count:
        say("%d secret%s in the uncommitted changes %s masked; the real change cannot be applied again from the record" % (count, "" if count == 1 else "s", "is" if count == 1 else "are"))
    run.keep_bytes(masked, "lemma/code/changes.diff")
    return {"path": "lemma/code/changes.diff", "sha256": hashlib.sha256(masked).hexdigest(), "bytes": len(masked), "masked": count}


def _masked(content: bytes) -> Tuple[bytes, int]:
    text, count = mask(content.decode("utf-8", "surrogateescape"))
    return text.encode("utf-8", "surrogateescape"), count


def _keep_untracked(root: str, paths: List[str], left_out: List[Dict[str, Any]], run: "Run") -> List[Dict[str, Any]]:
    kept: List[Dict[str, Any]] = []
    total = secrets = 0
    for path in sorted(paths):
        full = os.path.join(root, path)
        why = _why_not(full, path) or ("more than %d untracked source files" % MOST_UNTRACKED if len(kept) >= MOST_UNTRACKED else None) or ("untracked files take more than %s" % size(MOST_UNTRACKED_BYTES) if total > MOST_UNTRACKED_BYTES else None)
        content = b""
        if why is None:
            try:
                with open(full, "rb") as file:
                    content = file.read(LARGEST_FILE + 1)
            except OSError as problem:
                why = problem.strerror or "cannot be read"
                say("%s cannot be read (%s) and is left out" % (full, why))
        if why is not None:
            left_out.append({"path": printable(path), "bytes": _size(full), "why": why})
            continue
        masked, count = _masked(content)
        secrets += count
        if not run.keep_bytes(masked, "lemma/code/untracked/" + placeable(path)):
            left_out.append({"path": printable(path), "bytes": len(content), "why": "no room in the spool"})
            continue
        total += len(content)
        kept.append({"path": placeable(path), "bytes": len(masked), "sha256": hashlib.sha256(masked).hexdigest()})
    if secrets:
        say("%d secret%s in untracked files %s masked" % (secrets, "" if secrets == 1 else "s", "is" if secrets == 1 else "are"))
    big = [entry for entry in left_out if entry["why"].startswith("larger")]
    if big:
        say("%d untracked file%s too large and not read, among them %s (%s)" % (len(big), " is" if len(big) == 1 else "s are", big[0]["path"], size(big[0]["bytes"])))
    return kept


def _on_disk(untracked: List[Dict[str, Any]]) -> List[str]:
    return [place_on_disk(entry["path"]) for entry in untracked]


def _why_not(full: str, path: str) -> Optional[str]:
    """Why an untracked file is not stored; None when it is. Looks at the name and the size before anything is read."""
    if os.path.islink(full):
        return "a symbolic link"
    if not os.path.isfile(full):
        return "no ordinary file"
    if _size(full) > LARGEST_FILE:
        return "larger than %s: not read" % size(LARGEST_FILE)
    return None if is_source(path) else "no source file"


def is_source(path: str) -> bool:
    """Whether a name is that of source code or of its configuration. ``.env`` files never are."""
    name = os.path.basename(path).lower()
    return not name.startswith(".env") and (os.path.splitext(name)[1] in SOURCES or name in NAMES)


def _without_git(folder: str, script: Optional[str], run: "Run") -> Dict[str, Any]:
    # The home folder of somebody, or the whole disk, is no project.
    whole = script is not None and os.path.realpath(folder) not in (os.path.realpath(os.path.expanduser("~")), os.path.realpath(os.sep))
    paths = list(_walk(folder)) if whole else [os.path.basename(script)] if script else []
    left_out: List[Dict[str, Any]] = []
    untracked = _keep_untracked(folder, paths[:MOST_FILES], left_out, run)
    return {
        "repository": None, "commit": None, "branch": None, "dirty": False, "onRemote": None, "diff": None, "untracked": untracked, "leftOut": _bounded(left_out), "submodules": [],
        "files": source_files(folder, _on_disk(untracked), script), "script": _relative(script, folder),
    }


def _walk(folder: str) -> Iterator[str]:
    """Source files below a folder, hidden ones and installed packages aside. Links are not followed, so a loop of them ends nothing."""
    for at, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS and not os.path.exists(os.path.join(at, name, "pyvenv.cfg")))
        yield from (os.path.relpath(os.path.join(at, name), folder) for name in sorted(files) if not name.startswith(".") and is_source(name))


def source_files(root: str, paths: List[str], script: Optional[str]) -> List[Dict[str, Any]]:
    """Digests of the source files, the script's first; what a Python file means besides, also for each function. Works half of the time only, so that training goes on beside it."""
    wanted = sorted((path for path in set(paths) if is_source(path)), key=lambda path: (path != _relative(script, root), not path.endswith(".py"), path))
    if len(wanted) > MOST_FILES:
        say("the repository has %d source files; %d of them are compared" % (len(wanted), MOST_FILES))
    files: List[Dict[str, Any]] = []
    functions = 0
    for path in wanted[:MOST_FILES]:
        began = time.perf_counter()
        full = os.path.join(root, path)
        try:
            if os.path.islink(full) or not os.path.isfile(full) or os.path.getsize(full) > LARGEST_FILE:
                continue
            with open(full, "rb") as file:
                content = file.read()
        except OSError:
            continue
        entry: Dict[str, Any] = {"path": placeable(path), "sha256": hashlib.sha256(content).hexdigest()}
        meaning = meaning_of_python(content) if path.endswith(".py") else None
        if meaning is not None and functions < MOST_FUNCTIONS:
            entry["functions"] = functions_of(content)
            functions += len(entry["functions"])
        files.append({**entry, "meaning": meaning or entry["sha256"]})
        time.sleep(min(0.05, time.perf_counter() - began))
    return files


def _bounded(left_out: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    return sorted(left_out, key=lambda entry: -int(entry["bytes"]))[:MOST_LISTED]


def _relative(path: Optional[str], root: str) -> Optional[str]:
    if path is None:
        return None
    relative = os.path.relpath(os.path.realpath(path), os.path.realpath(root))
    return None if relative.startswith("..") else printable(relative)


def _size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0
