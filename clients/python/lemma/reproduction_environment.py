"""The interpreter and the packages of a run, built again in an environment of its own."""

from __future__ import annotations

import glob
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

from .recording import software_of
from .reproduction import CannotTry, Cause, Differs, Recorded
from .say import say

PIP_S = 3_600
ASK_S = 30
NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\Z")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+_-]*\Z")
MISSING = re.compile(r"(?:No matching distribution found for|Could not find a version that satisfies the requirement)\s+([A-Za-z0-9._-]+)\s*==")
# pip then says as well that there is no such version, which nobody knows.
UNBUILT = re.compile(r"metadata-generation-failed|subprocess-exited-with-error|Failed building wheel|[Ff]ailed to build")
WHEEL = re.compile(r"Failed building wheel for ([A-Za-z0-9._-]+)")
COLLECTING = re.compile(r"^(?:Collecting |Processing (?:\S*/)?)([A-Za-z0-9._-]+?)(?=[=<>!~;\s]|-\d\S*)", re.M)
REASON = re.compile(r"\bERROR: |\b[Ee]rror: (?!subprocess-exited|metadata-generation)|: fatal error|No such file")
NO_ANSWER = re.compile(r"Retrying \(Retry\(|Could not fetch URL|HTTP error (?:401|403|407|5\d\d)")
MOST_NAMED = 20
# name = "vision" of [project] and [metadata], name="vision" of setup().
PROJECT = re.compile(r"""^[ \t]*name[ \t]*=[ \t]*["']?([A-Za-z0-9][A-Za-z0-9._-]*)["']?[ \t]*,?[ \t]*(?:#.*)?$""", re.MULTILINE)
CLIENT = "lemma-client"
WHO = "import json,platform; print(json.dumps([platform.python_version(), platform.python_implementation()]))"
PIP = "from importlib import metadata; print(metadata.version('pip'))"
WHERE = "import sysconfig; print(sysconfig.get_paths()['purelib'])"


@dataclass(frozen=True)
class Interpreter:
    """A Python of this machine."""

    path: str
    version: str
    implementation: str

    def is_like(self, version: str, implementation: str) -> bool:
        """Whether it is of the same major and minor version, which decide what code and packages mean."""
        return self.version.split(".")[:2] == version.split(".")[:2] and self.implementation == implementation


def find_interpreter(recorded: Recorded, given: Optional[str]) -> Interpreter:
    """The interpreter of the run: ``given``, or one of this machine, the same version before another patch of it. Raises ``Differs`` where there is none of the same major.minor."""
    paths = [shutil.which(given) or given] if given else _candidates(recorded.python)
    implementation = recorded.implementation or "CPython"
    seen: Dict[str, Optional[Interpreter]] = {}
    for path in paths:
        if path in seen:
            continue
        found = seen[path] = _asked(path)
        # The first of that very version ends the search: each question starts a program.
        if found is not None and (recorded.python is None or (found.version, found.implementation) == (recorded.python, implementation)):
            say("environment: %s %s (%s)%s" % (found.implementation, found.version, found.path, "" if recorded.python else "; which version the run had is not recorded"))
            return found
    there = [each for each in seen.values() if each is not None]
    if not there or recorded.python is None:
        raise CannotTry("%s is no Python" % given if given else "there is no Python here; name one with --python")
    like = next((each for each in there if each.is_like(recorded.python, implementation)), None)
    if like is None:
        raise Differs([Cause("INTERPRETER", "Python", _named(recorded.python, implementation), _named(there[0].version, there[0].implementation))], "install %s %s, or name it with --python PATH" % (implementation, recorded.python))
    say("environment: %s %s (%s), where %s was recorded: that counts as another interpreter" % (like.implementation, like.version, like.path, recorded.python))
    return like


def _named(version: str, implementation: str) -> str:
    return version if implementation == "CPython" else "%s (%s)" % (version, implementation)


def _candidates(version: Optional[str]) -> Iterator[str]:
    if sys.executable:
        yield sys.executable
    minor = ".".join((version or "").split(".")[:2])
    names = (["python" + minor] if re.match(r"\d+\.\d+\Z", minor) else []) + ["python3", "python"]
    for name in names:
        for folder in os.get_exec_path():
            path = os.path.join(folder, name)
            if os.access(path, os.X_OK) and os.path.isfile(path):
                yield path
    if version and VERSION.match(version):
        home = os.path.expanduser("~")
        for pattern in (".pyenv/versions/%s/bin/python", ".local/share/uv/python/*-%s-*/bin/python3"):
            yield from sorted(glob.glob(os.path.join(glob.escape(home), pattern % glob.escape(version))))


def _asked(path: str) -> Optional[Interpreter]:
    done = _run([path, "-I", "-c", WHO], ASK_S)
    try:
        version, implementation = json.loads(done.stdout) if done is not None and done.returncode == 0 else (None, None)
    except ValueError:
        return None
    return Interpreter(path, str(version), str(implementation)) if version else None


def rebuild_environment(recorded: Recorded, interpreter: Interpreter, folder: str, code: Optional[str] = None) -> str:
    """Makes a virtual environment with the recorded packages and answers its interpreter's path. Raises ``Differs`` naming the versions that cannot be had, and ``CannotTry``.

    ``code`` is the checked out repository: a recorded package that is built from it is built from it again, and no index is asked for a package of that name.
    """
    _require_names(recorded.packages)
    _must([interpreter.path, "-m", "venv", "--without-pip", folder], "no environment can be made with %s" % interpreter.path)
    python = os.path.join(folder, "bin", "python")
    ours = recorded.packages.get(CLIENT) == _our_version()
    wanted = {name: version for name, version in recorded.packages.items() if not (ours and name == CLIENT)}
    if ours:
        _install_client(python)
    own = {name: source for name, source in _projects(code).items() if name in wanted}
    wanted = {name: version for name, version in wanted.items() if name not in own}
    pip = _pip(interpreter, python, "pip" in wanted) if wanted or own else []
    if wanted:
        say("environment: installing %d package%s with pip" % (len(wanted), "" if len(wanted) == 1 else "s"))
        _install(pip, wanted, folder + "-packages.txt")
    for name, source in own.items():
        _install_own(pip, name, recorded.packages[name], source, folder + "-" + name)
    require_packages(recorded.packages, python)
    return python


def require_packages(packages: Mapping[str, str], python: str) -> None:
    """Raises ``Differs`` where a recorded package has another version for this interpreter, or is not there."""
    software = software_of(python)
    if software is None:
        raise CannotTry("the packages of %s cannot be listed" % python)
    there = {each["name"]: each["version"] for each in software[1]}
    causes = [Cause("PACKAGE", name, version, there.get(name)) for name, version in sorted(packages.items()) if there.get(name) != version]
    if causes:
        raise Differs(causes, "the packages are not as recorded")
    say("environment: %d package%s as recorded" % (len(packages), " is" if len(packages) == 1 else "s are"))


def _require_names(packages: Mapping[str, str]) -> None:
    """What is given to pip is a name and a version, never an option or an address."""
    strange = [name for name, version in packages.items() if not NAME.match(name) or not VERSION.match(version)]
    if strange:
        raise Differs([Cause("PACKAGE", name[:500], packages[name], None) for name in strange[:MOST_NAMED]], "what is recorded there is no package")


def _pip(interpreter: Interpreter, python: str, recorded: bool) -> List[str]:
    """A pip that installs into the environment: its own where the run had one, else one of this machine that can install elsewhere (22.3 and newer), which takes less time."""
    if not recorded:
        for outer in dict.fromkeys((sys.executable, interpreter.path)):
            done = _run([outer, "-c", PIP], ASK_S)
            if done is not None and _release(done.stdout) >= (22, 3):
                return [outer, "-m", "pip", "--python", python]
    _must([python, "-m", "ensurepip", "--default-pip"], "pip cannot be made for the environment (some systems keep it in a package such as python3-venv)")
    return [python, "-m", "pip"]


def _release(version: bytes) -> Tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.decode("ascii", "replace"))[:2])


def _why_not(said: str, told: str) -> str:
    """Why pip gave up, in one sentence. What it was at when it had to build from source is told by its progress alone."""
    if not UNBUILT.search(said):
        return "pip failed: %s" % (next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "no answer"))
    package = next(iter(WHEEL.findall(said) or reversed(COLLECTING.findall(told))), "a package")
    reason = next((line.strip() for line in said.splitlines() if REASON.search(line)), "")
    return (
        "%s has to be built from source, and that fails here%s. Install what its build needs. If the script can do without it, --no-environment takes the interpreter and the packages that are here, and says how they differ"
        % (package, ": " + reason[:300].rstrip(".") if reason else "")
    )


def _install(pip: Sequence[str], packages: Mapping[str, str], file: str) -> None:
    """Installs what can be had; raises ``Differs`` naming what cannot. The configuration of pip and ``PIP_*`` count as ever."""
    left: Dict[str, str] = dict(packages)
    causes: List[Cause] = []
    while left:
        with open(file, "w", encoding="ascii") as lines:
            lines.write("".join("%s==%s\n" % item for item in sorted(left.items())))
        done = _run([*pip, "install", "--no-deps", "--no-input", "--progress-bar", "off", "--disable-pip-version-check", "-r", file], PIP_S)
        said = "" if done is None else done.stderr.decode("utf-8", "replace")
        if done is not None and done.returncode == 0:
            break
        named = next((re.sub(r"[-_.]+", "-", name).lower() for name in MISSING.findall(said)), None)
        if NO_ANSWER.search(said):
            raise CannotTry("a package index does not answer: look at the configuration of pip and at PIP_INDEX_URL, and run this again")
        if named not in left:
            raise CannotTry(_why_not(said, "" if done is None else done.stdout.decode("utf-8", "replace")))
        causes.append(Cause("PACKAGE", named, left.pop(named), None))
        if len(causes) >= MOST_NAMED:
            break
    if causes:
        raise Differs(causes, "pip cannot get %s; say where it is with PIP_INDEX_URL, PIP_EXTRA_INDEX_URL or PIP_FIND_LINKS" % ", ".join("%s %s" % (cause.name, cause.expected) for cause in causes))


def _projects(code: Optional[str]) -> Dict[str, str]:
    """Packages that are built from the repository itself, by name, with their folder: as its ``pyproject.toml``, ``setup.cfg`` or ``setup.py`` names them, at its root or one folder below."""
    found: Dict[str, str] = {}
    for folder in [code, *sorted(glob.glob(os.path.join(glob.escape(code), "*", "")))] if code else []:
        for file in ("pyproject.toml", "setup.cfg", "setup.py"):
            path = os.path.join(str(folder), file)
            if os.path.islink(os.path.dirname(path)) or os.path.islink(path) or not os.path.isfile(path):
                continue
            with open(path, encoding="utf-8", errors="replace") as content:
                name = PROJECT.search(content.read(1_000_000))
            if name is not None:
                found.setdefault(re.sub(r"[-_.]+", "-", name.group(1)).lower(), str(folder))
    return found


def _install_own(pip: Sequence[str], name: str, version: str, source: str, copy: str) -> None:
    """Builds from a copy, so that what building leaves behind is no part of the code of the run."""
    shutil.copytree(source, copy, symlinks=True)
    say("environment: building %s from the repository" % name)
    done = _run([*pip, "install", "--no-deps", "--no-input", "--quiet", "--disable-pip-version-check", copy], PIP_S)
    if done is None or done.returncode != 0:
        said = [] if done is None else done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Differs([Cause("PACKAGE", name, version, None)], "%s cannot be built from the repository: %s" % (name, said[-1] if said else "no answer"))


def client_folder(into: str) -> str:
    """A folder that holds this package and nothing else, for a training that found it on ``PYTHONPATH``."""
    folder = os.path.join(into, "client")
    shutil.copytree(os.path.dirname(os.path.abspath(__file__)), os.path.join(folder, "lemma"), ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def _install_client(python: str) -> None:
    """This package, as the run had it: no index need know it."""
    done = _must([python, "-c", WHERE], "the environment does not answer")
    packages = os.fsdecode(done.stdout).strip()
    shutil.copytree(os.path.dirname(os.path.abspath(__file__)), os.path.join(packages, "lemma"), ignore=shutil.ignore_patterns("__pycache__"))
    about = os.path.join(packages, "lemma_client-%s.dist-info" % _our_version())
    os.makedirs(about)
    with open(os.path.join(about, "METADATA"), "w", encoding="ascii") as file:
        file.write("Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (CLIENT, _our_version()))


def _our_version() -> str:
    from . import __version__

    return __version__


def _run(command: Sequence[str], wait_s: float) -> "Optional[subprocess.CompletedProcess[bytes]]":
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=wait_s, check=False, env={name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")})
    except (OSError, subprocess.SubprocessError):
        return None


def _must(command: Sequence[str], why: str) -> "subprocess.CompletedProcess[bytes]":
    done = _run(command, PIP_S)
    if done is None or done.returncode != 0:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines() if done is not None else []
        raise CannotTry("%s%s" % (why, ": " + said[-1] if said else ""))
    return done
