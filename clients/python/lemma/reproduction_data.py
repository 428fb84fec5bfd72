"""The datasets of a run: found, compared by their digest, and put where the code looks for them."""

from __future__ import annotations

import glob
import os
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from .datasets import digest_at
from .reproduction import SHA256, CannotTry, Cause, Differs, Recorded, inside
from .say import say


def given_places(told: Sequence[str]) -> Dict[str, str]:
    """``NAME=PATH`` as a mapping, with absolute paths. Raises ``CannotTry``."""
    places: Dict[str, str] = {}
    for each in told:
        name, equals, path = each.partition("=")
        if not equals or not name or not path:
            raise CannotTry("--data takes NAME=PATH, not %s" % each)
        places[name] = os.path.abspath(os.path.expanduser(path))
    return places


def require_data(recorded: Recorded, code: Optional[str], places: Mapping[str, str]) -> Dict[str, str]:
    """Compares every dataset of the run that is a file, folder or glob with its digest, and links what lies elsewhere into the code at its recorded place.

    ``code`` is None where nothing is built: then nothing is linked either. Answers recorded paths with the ones to use instead. Raises ``Differs`` naming each dataset that is not the same or not there.
    """
    unknown = set(places) - {name for each in recorded.datasets for name in (each["name"], each["role"])}
    if unknown:
        raise CannotTry("the run has no dataset %s; it has %s" % (", ".join(sorted(unknown)), ", ".join(sorted({str(each["name"]) for each in recorded.datasets})) or "none"))
    causes: List[Cause] = []
    instead: Dict[str, str] = {}
    for dataset in recorded.datasets:
        name, digest, source = str(dataset["name"]), str(dataset["digest"]), str(dataset["source"])
        if not SHA256.match(digest) or dataset["sourceType"] in ("array", "frame"):
            say("data: %s is made by the code; it is compared after the run" % name if SHA256.match(digest) else "data: %s has no SHA-256: nobody can tell whether it is the same" % name)
            continue
        place = _place(recorded, code, source)
        told = places.get(name) or places.get(str(dataset["role"]))
        path = _found(place, told, source, code)
        found, why = _digest(path)
        if found != digest:
            causes.append(Cause("DATA", name, digest, found))
            say("data: %s (%s): %s" % (name, path or source, why or "another SHA-256, %s where %s was recorded" % (str(found)[:12], digest[:12])))
            continue
        say("data: %s is as recorded (%s)" % (name, path))
        if path is not None and path != source:
            instead[source] = path
        if code is not None and path is not None:
            _put(code, place, path)
    if causes:
        raise Differs(causes, "say where each dataset is with --data NAME=PATH")
    return instead


def _place(recorded: Recorded, code: Optional[str], source: str) -> Optional[str]:
    """Where the dataset lay in the repository: by its root; else by what the record or the code holds under the end of the path."""
    place = recorded.place(source)
    if place is not None:
        return place
    parts = source.strip("/").split("/")
    ends = ["/".join(parts[at:]) for at in range(len(parts))]
    seen = {str(each["path"]) for each in recorded.code.get("leftOut") or []}
    typed = next((os.path.normpath(os.path.join(recorded.working_folder or ".", end)) for end in ends if end in recorded.command), None)
    return next((end for end in ends if end in seen), None) or typed or next((end for end in ends if code is not None and _is_there(os.path.join(code, end))), None)


def _found(place: Optional[str], told: Optional[str], source: str, code: Optional[str]) -> Optional[str]:
    """What the code will read: what it brings itself, what was told, or the recorded path where that is still there."""
    own = os.path.join(code, place) if code is not None and place is not None else None
    if own is not None and _is_there(own):
        if told is not None:
            say("data: the code brings %s itself; it is read, and not %s" % (place, told))
        return own
    if told is not None and glob.has_magic(source) and os.path.isdir(told):
        return os.path.join(glob.escape(told), os.path.relpath(source, _base(source)))
    if told is not None:
        return told
    return source if source.startswith("/") and _is_there(source) else None


def _is_there(path: str) -> bool:
    return os.path.exists(path) or (glob.has_magic(path) and bool(glob.glob(path, recursive=True)))


def _digest(path: Optional[str]) -> Tuple[Optional[str], str]:
    """The digest, or None and why there is none."""
    if path is None:
        return None, "it is not where it was recorded"
    try:
        return digest_at(path), ""
    except OSError as problem:
        return None, problem.strerror or str(problem)


def _base(path: str) -> str:
    """The folder that a glob looks below; the path itself for any other."""
    return (os.path.dirname(path[:next(at for at, letter in enumerate(path) if letter in "*?[")]) or ".") if glob.has_magic(path) else path


def _put(code: str, place: Optional[str], path: str) -> None:
    """Links what is read into the code at its place. Nothing that is there is replaced."""
    if place is None:
        return
    at = _base(place)
    if at == ".":
        return
    target = inside(code, at)
    if os.path.lexists(target):
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    os.symlink(_base(path) if glob.has_magic(place) else path, inside(code, at))
    say("data: %s in the code is a link to it" % at)
