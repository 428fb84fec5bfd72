"""The code of a run, built again: commit, submodules, uncommitted changes and untracked files, each looked at before anything runs."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from typing import Any, Callable, List, Mapping, Optional, Tuple

from .artifacts import place_on_disk
from .code import LARGEST_DIFF, LARGEST_FILE
from .masking import without_credentials
from .reproduction import MASKED, CannotTry, Cause, Differs, Recorded, inside
from .say import say

GIT_S = 1_800
COMMIT = re.compile(r"[0-9a-f]{7,64}\Z")
LINKED = "160000"
# No program that a repository brings with it: hooks, or transports that are commands.
CAREFUL = ("-c", "core.hooksPath=" + os.devnull, "-c", "protocol.ext.allow=never", "-c", "submodule.recurse=false", "-c", "advice.detachedHead=false", "-c", "core.quotepath=off")
Fetch = Callable[[str, int], bytes]


class GitFailed(Exception):
    """What git said."""


class Checkout:
    """One folder that git works in."""

    def __init__(self, folder: str, local: bool) -> None:
        """``local``: it came from a folder of this machine, so its submodules may too. Of others a path would read what is none of theirs."""
        self.folder = folder
        self.local = local

    def git(self, *arguments: str, content: bytes = b"") -> str:
        """What git writes. Raises ``GitFailed``, and ``CannotTry`` where there is no git."""
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF"):
            environment.pop(name, None)
        environment.setdefault("GIT_ALLOW_PROTOCOL", "https:http:ssh:git" + (":file" if self.local else ""))
        try:
            done = subprocess.run(["git", *CAREFUL, *arguments], cwd=self.folder, env=environment, input=content, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=GIT_S, check=False)
        except (OSError, subprocess.SubprocessError) as problem:
            raise CannotTry("git cannot be run: %s" % problem) from None
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise GitFailed(next((line for line in said if line.startswith(("fatal:", "error:"))), said[-1] if said else "git failed")[:500])
        return os.fsdecode(done.stdout)

    def tip(self) -> Optional[str]:
        """The commit that is checked out; None where this is no repository of its own."""
        try:
            top = self.git("rev-parse", "--show-toplevel").rstrip("\n")
            return self.git("rev-parse", "--verify", "-q", "HEAD").strip() if os.path.realpath(top) == os.path.realpath(self.folder) else None
        except (GitFailed, CannotTry):
            return None

    def reach(self, commit: str) -> Optional[str]:
        """Checks a commit out, which is asked for by name where no branch holds it; None when it cannot be had."""
        for last in (False, True):
            try:
                full = self.git("rev-parse", "--verify", "-q", commit + "^{commit}").strip()
                self.git("checkout", "-q", "--detach", full)
                return full
            except GitFailed:
                if last:
                    return None
            try:
                self.git("fetch", "-q", "origin", commit)
            except GitFailed:
                return None
        return None


def require_kept(code: Mapping[str, Any]) -> None:
    """Raises ``Differs`` where the record says that something of the code was not kept as it was: no copy of it can be the same."""
    causes: List[Cause] = []
    diff = code.get("diff")
    untracked = code.get("untracked") or []
    if code.get("commit") is None and not untracked:
        causes.append(Cause("COMMIT", "commit", None, None))
    if diff and diff["masked"]:
        causes.append(Cause("CHANGES", "uncommitted changes", "changes without %d secret%s that stood in them" % (diff["masked"], "" if diff["masked"] == 1 else "s"), None))
    causes += [Cause("CHANGES", each["path"], each["path"], None) for each in code.get("leftOut") or [] if each["path"] == "lemma/code/changes.diff" or each["why"].startswith("changed,")]
    causes += [Cause("SUBMODULE", each["path"], "%s with changes that were not kept" % each["commit"], each["commit"]) for each in code.get("submodules") or [] if each["dirty"]]
    if causes:
        raise Differs(causes, "the code of the run was not kept as it was; commit and push before a run that should be done again")


def rebuild_code(recorded: Recorded, folder: str, repository: Optional[str], fetch: Fetch) -> str:
    """Builds the code in a folder that is not there yet, and answers it. ``repository`` stands for the recorded remote; ``fetch`` reads a file of the run, at most so many bytes. Raises ``Differs`` and ``CannotTry``."""
    code = recorded.code
    require_kept(code)
    commit = code.get("commit")
    if commit is None:
        os.makedirs(folder)
        say("code: the run was in no commit; its source files are taken from its record")
    else:
        checkout = _cloned(repository or code.get("repository"), folder, str(commit))
        modules = [_checked_out(checkout, module) for module in code.get("submodules") or []]
        _apply(checkout, code.get("diff"), modules, fetch)
    for entry in code.get("untracked") or []:
        _write(folder, entry, fetch)
    if code.get("untracked"):
        say("code: %d untracked file%s written" % (len(code["untracked"]), "" if len(code["untracked"]) == 1 else "s"))
    _compare(folder, code.get("files") or [])
    return folder


def _cloned(repository: Optional[str], folder: str, commit: str) -> Checkout:
    if not repository:
        raise CannotTry("the run records no remote: say where its repository is, with --repo PATH_OR_URL")
    local = repository.startswith("file://") or os.path.isdir(repository)
    source = os.path.abspath(repository) if os.path.isdir(repository) else repository
    shown = without_credentials(source)
    say("code: cloning %s" % shown)
    try:
        # Not by links into the other folder: only what its branches hold counts.
        Checkout(os.path.dirname(folder), local).git("clone", "-q", "--no-checkout", *(["--no-local"] if local else []), "--", source, folder)
    except GitFailed as problem:
        raise CannotTry("%s cannot be cloned (%s); if the repository is elsewhere, say where with --repo PATH_OR_URL" % (shown, problem)) from None
    checkout = Checkout(folder, local)
    if not COMMIT.match(commit) or checkout.reach(commit) is None:
        raise Differs([Cause("COMMIT", "commit", commit, None)], "no branch of %s holds the commit %s: push it, or name a repository that has it with --repo" % (shown, commit[:12]))
    say("code: commit %s is checked out" % commit[:12])
    return checkout


def _checked_out(outer: Checkout, module: Mapping[str, Any]) -> str:
    """Checks out one submodule at the recorded commit and answers its path. Those around it come first."""
    path, commit = str(module["path"]), module["commit"]
    parent, inner = _holder(outer, path)
    found = None
    if commit and COMMIT.match(commit) and parent.git("ls-files", "--stage", "--", ":(top,literal)" + inner).startswith(LINKED):
        inside(parent.folder, inner)
        try:
            parent.git("submodule", "update", "-q", "--init", "--checkout", "--", inner)
        except GitFailed as problem:
            say("code: the submodule %s: %s" % (path, problem))
        within = Checkout(os.path.join(parent.folder, inner), outer.local)
        found = within.tip() if os.path.isdir(within.folder) else None
        if found is not None and found != commit and within.reach(commit) is not None:
            found = within.tip()
    if commit is None or found != commit:
        raise Differs([Cause("SUBMODULE", path, commit, found)], "the submodule %s has no commit %s any more: push it there" % (path, str(commit)[:12]))
    say("code: the submodule %s is at %s" % (path, commit[:12]))
    return path


def _holder(outer: Checkout, path: str) -> Tuple[Checkout, str]:
    """The repository that a submodule is in, and its path there."""
    inside(outer.folder, path)
    parts = path.split("/")
    for count in range(len(parts) - 1, 0, -1):
        folder = os.path.join(outer.folder, *parts[:count])
        if os.path.lexists(os.path.join(folder, ".git")):
            return Checkout(folder, outer.local), "/".join(parts[count:])
    return outer, path


def _apply(checkout: Checkout, diff: Optional[Mapping[str, Any]], modules: List[str], fetch: Fetch) -> None:
    if diff is None:
        return
    content = fetch(str(diff["path"]), LARGEST_DIFF)
    _require_digest("changes.diff", diff["sha256"], content)
    excluded = ["--exclude=" + re.sub(r"([*?\[\\])", r"\\\1", path) for path in modules]
    try:
        if b"".join(content.split()):
            # Never --unsafe-paths: git refuses what leads out of the folder, into .git or behind a link.
            checkout.git("apply", "--index", "--whitespace=nowarn", *excluded, content=content)
    except GitFailed as problem:
        if "No valid patches" not in str(problem) or not modules:
            raise Differs([Cause("CHANGES", "uncommitted changes", diff["sha256"], None)], "the uncommitted changes do not apply: %s" % problem) from None
    say("code: the uncommitted changes are applied (%d bytes)" % len(content))


def _write(folder: str, entry: Mapping[str, Any], fetch: Fetch) -> None:
    path = str(entry["path"])
    where = place_on_disk(path)
    target = inside(folder, where)
    content = fetch("lemma/code/untracked/" + path, LARGEST_FILE + 100_000)
    _require_digest(path, entry["sha256"], content)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        inside(folder, where)
        # Made anew, so that neither a file nor a link of the commit is written through.
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
            file.write(content)
    except OSError as problem:
        raise Differs([Cause("CHANGES", "uncommitted changes", path, None)], "the untracked file %s cannot be written: %s" % (path, problem.strerror)) from None


def _require_digest(name: str, expected: str, content: bytes) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise Differs([Cause("CHANGES", "uncommitted changes", "%s %s" % (name, expected), "%s %s" % (name, found))], "%s of the run was written over after it was recorded" % name)


def _compare(folder: str, files: List[Mapping[str, Any]]) -> None:
    """Every source file that was recorded is there as it was: what a filter, or the masking of a secret, changed is found here."""
    causes: List[Cause] = []
    count = 0
    for entry in files:
        expected = entry.get("sha256")
        path = str(entry["path"])
        if expected is None or "\\" in path:
            continue
        count += 1
        try:
            with open(inside(folder, place_on_disk(path)), "rb") as file:
                content: Optional[bytes] = file.read()
        except OSError:
            content = None
        found = None if content is None else hashlib.sha256(content).hexdigest()
        if found != expected:
            masked = content is not None and MASKED.search(content.decode("utf-8", "replace")) is not None
            causes.append(Cause("CHANGES", path, "%s %s" % (path, expected), "%s %s" % (path, "with a secret masked" if masked else found or "missing")))
    if causes:
        raise Differs(causes[:20], "%d source file%s not as recorded" % (len(causes), " is" if len(causes) == 1 else "s are"))
    if count:
        say("code: %d source files are as recorded" % count)
